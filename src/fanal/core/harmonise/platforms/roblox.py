"""Roblox. An account's number stays; its name can be bought anew."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, GROUP, OPAQUE, POST, Platform, Sample, Shape

PLATFORM: Final = Platform(
    name="roblox",
    label="Roblox",
    host="roblox.com",
    hosts=("roblox.com", "web.roblox.com", "m.roblox.com"),
    own=("rbxcdn.com",),
    aliases=("rblx",),
    brand="roblox",
    profile="https://www.roblox.com/user.aspx?username={name}",
    by_id="https://www.roblox.com/users/{user}/profile",
    fields={
        "name": "[A-Za-z0-9](?:[A-Za-z0-9_]{1,18})[A-Za-z0-9]",
        "user": "[1-9][0-9]{0,11}",
        "id": "[1-9][0-9]{0,19}",
        "lang": "[a-z]{2}(?:-[a-z]{2})?",
        "kind": "groups|communities",
        "code": "[0-9a-f]{32}",
    },
    shapes=(
        Shape(
            ACCOUNT,
            ("/users/{user}/*", "/{lang}/users/{user}/*", "/user.aspx?id={user}", "/User.aspx?ID={user}"),
        ),
        Shape(ACCOUNT, ("/user.aspx?username={name}", "/users/profile?username={name}", "/User.aspx?username={name}")),
        Shape(
            GROUP,
            ("/{kind}/{id}/*", "/{lang}/{kind}/{id}/*"),
            canonical="https://www.roblox.com/communities/{id}",
        ),
        Shape(POST, ("/games/{id}/*", "/{lang}/games/{id}/*"), canonical="https://www.roblox.com/games/{id}"),
        Shape(
            OPAQUE,
            ("/share?code={code}", "/share-links?code={code}"),
            canonical="https://www.roblox.com/share?code={code}",
            id="{code}",
        ),
    ),
    apps={"roblox://navigation/profile?userId={user}": "https://www.roblox.com/users/{user}/profile"},
)

SAMPLES: Final = (
    Sample(
        ACCOUNT,
        "https://www.roblox.com/users/123456789/profile",
        "123456789",
        typed=(
            "https://web.roblox.com/users/123456789/profile?x=1",
            "https://www.roblox.com/fr/users/123456789/profile",
        ),
    ),
    Sample(
        ACCOUNT,
        "https://www.roblox.com/user.aspx?username=example_user",
        "example_user",
        handle="example_user",
        typed=("https://www.roblox.com/users/profile?username=Example_User",),
        names=("@Example_User", "example_user"),
    ),
    Sample(
        GROUP,
        "https://www.roblox.com/communities/1234567",
        "1234567",
        typed=("https://www.roblox.com/groups/1234567/Some-Group",),
    ),
    Sample(
        POST,
        "https://www.roblox.com/games/1234567890",
        "1234567890",
        typed=("https://www.roblox.com/fr/games/1234567890/Some-Game",),
    ),
    Sample(
        OPAQUE,
        "https://www.roblox.com/share?code=0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef",
        typed=("https://www.roblox.com/share?type=Server&code=0123456789abcdef0123456789abcdef",),
    ),
)
ORDINARY: Final = (
    "https://www.roblox.com/",
    "https://www.roblox.com/catalog/123/a",
    "https://create.roblox.com/docs",
    "https://www.roblox.com/users/abc/profile",
)
LOOK_ALIKES: Final = (
    "https://roblox.com.evil.example/users/1/profile",
    "https://rob1ox.example/a",
    "https://roblox-gifts.example/a",
)
