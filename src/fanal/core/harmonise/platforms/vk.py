"""VK. A wall belongs to an account (its number) or to a community (its number with a minus)."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, GROUP, POST, Platform, Sample, Shape, words

_KINDS: Final = "photo|video|clip|story|album|topic|audio|doc"
_NUMBERED: Final = f"(?:id|club|public|event)[0-9]+|(?:wall|{_KINDS})[0-9]+_[0-9]+"

PLATFORM: Final = Platform(
    name="vk",
    label="VK",
    host="vk.com",
    hosts=("vk.com", "m.vk.com", "vk.ru", "m.vk.ru", "vkontakte.ru", "vkvideo.ru", "new.vk.com"),
    own=("userapi.com", "vkuser.net", "vkuservideo.net"),
    aliases=("vkontakte", "вконтакте", "вк"),
    profile="https://vk.com/{name}",
    by_id="https://vk.com/id{user}",
    fields={
        "name": f"(?!(?:{_NUMBERED})(?:[/?#]|\\Z))[A-Za-z][A-Za-z0-9_.]{{1,31}}",
        "user": "[1-9][0-9]{0,11}",
        "group": "[1-9][0-9]{0,11}",
        "id": "[0-9]{1,12}",
        "what": _KINDS,
        "kind": "club|public|event",
        "any": "[^/?#]*",
    },
    shapes=(
        Shape(
            POST,
            ("/wall-{group}_{id}/*", "/{any}?w=wall-{group}_{id}"),
            canonical="https://vk.com/wall-{group}_{id}",
            id="-{group}_{id}",
            account="https://vk.com/club{group}",
        ),
        Shape(
            POST,
            ("/wall{user}_{id}/*", "/{any}?w=wall{user}_{id}"),
            canonical="https://vk.com/wall{user}_{id}",
            id="{user}_{id}",
        ),
        Shape(
            POST,
            ("/{what}-{group}_{id}/*", "/{any}?z={what}-{group}_{id}"),
            canonical="https://vk.com/{what}-{group}_{id}",
            id="{what}-{group}_{id}",
            account="https://vk.com/club{group}",
        ),
        Shape(
            POST,
            ("/{what}{user}_{id}/*", "/{any}?z={what}{user}_{id}"),
            canonical="https://vk.com/{what}{user}_{id}",
            id="{what}{user}_{id}",
        ),
        Shape(GROUP, ("/{kind}{id}",), canonical="https://vk.com/club{id}"),
        Shape(ACCOUNT, ("/id{user}", "vk.me/id{user}")),
        Shape(ACCOUNT, ("/{name}", "/@{name}", "vk.me/{name}")),
    ),
    reserved=words(
        "feed im friends groups video music market apps login join search settings support about terms privacy clips"
        " games audio photos albums wall bookmarks fave docs write share.php away.php restore services games jobs dev"
        " ads business mail video_ext.php app write stories"
    ),
    apps={"vk://vk.com/id{user}": "https://vk.com/id{user}", "vk://vk.com/{name}": "https://vk.com/{name}"},
)

SAMPLES: Final = (
    Sample(
        ACCOUNT,
        "https://vk.com/example_user",
        "example_user",
        handle="example_user",
        typed=(
            "https://m.vk.com/Example_User?from=search",
            "vk.ru/example_user",
            "vk://vk.com/example_user",
            "https://vk.me/example_user",
        ),
        names=("@example_user", "Example_User"),
    ),
    Sample(
        ACCOUNT,
        "https://vk.com/id123456789",
        "123456789",
        typed=("https://m.vk.ru/id123456789", "vk://vk.com/id123456789"),
    ),
    Sample(
        GROUP,
        "https://vk.com/club123456",
        "123456",
        typed=("https://vk.ru/club123456", "https://m.vk.com/public123456", "https://vk.com/event123456"),
    ),
    Sample(
        POST,
        "https://vk.com/wall-123456_789",
        "-123456_789",
        account="https://vk.com/club123456",
        typed=(
            "https://m.vk.com/wall-123456_789?reply=1",
            "https://vk.com/some_club?w=wall-123456_789",
        ),
    ),
    Sample(POST, "https://vk.com/wall123456_789", "123456_789", account="https://vk.com/id123456"),
    Sample(
        POST,
        "https://vk.com/video-123456_789",
        "video-123456_789",
        account="https://vk.com/club123456",
        typed=("https://vkvideo.ru/video-123456_789", "https://vk.com/video?z=video-123456_789"),
    ),
    Sample(POST, "https://vk.com/photo123456_789", "photo123456_789", account="https://vk.com/id123456"),
)
ORDINARY: Final = (
    "https://vk.com/",
    "https://vk.com/feed",
    "https://vk.com/search?c%5Bq%5D=a",
    "https://dev.vk.com/ru",
    "https://vk.com/im?sel=1",
)
LOOK_ALIKES: Final = ("https://vk.com.evil.example/id1", "https://m.vk.com.evil.example/a", "https://v\u043a.com/id1")
