"""TikTok. A video is known by its number alone; its name stands before it only for people."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise import born
from fanal.core.harmonise.platform import ACCOUNT, OPAQUE, POST, Platform, Sample, Shape

PLATFORM: Final = Platform(
    name="tiktok",
    label="TikTok",
    host="tiktok.com",
    hosts=("tiktok.com", "m.tiktok.com", "lite.tiktok.com", "us.tiktok.com"),
    own=("tiktokcdn.com", "tiktokcdn-us.com", "tiktokv.com", "ttwstatic.com"),
    aliases=("tik", "tiktoklite"),
    brand="tiktok",
    profile="https://www.tiktok.com/@{name}",
    by_id="https://www.tiktok.com/share/user/{user}",
    fields={
        "name": "(?=\\.*[A-Za-z0-9_])[A-Za-z0-9._]{2,24}",
        "user": "[1-9][0-9]{4,19}",
        "id": "[1-9][0-9]{14,19}",
        "kind": "video|photo",
        "code": "[A-Za-z0-9]{5,20}",
        "list": "[^/?#]+",
    },
    shapes=(
        Shape(
            POST,
            (
                *("/@{name}/{kind}/{id}/*", "/@/{kind}/{id}/*", "/v/{id}.html", "/v/{id}", "/video/{id}"),
                *("/embed/{id}", "/embed/v2/{id}", "/player/v1/{id}", "/share/video/{id}", "/i18n/share/video/{id}"),
            ),
            canonical="https://m.tiktok.com/v/{id}.html",
            born=born.tiktok,
        ),
        Shape(OPAQUE, ("vm.tiktok.com/{code}",), canonical="https://vm.tiktok.com/{code}/", id="{code}"),
        Shape(OPAQUE, ("vt.tiktok.com/{code}",), canonical="https://vt.tiktok.com/{code}/", id="{code}"),
        Shape(OPAQUE, ("/t/{code}",), canonical="https://www.tiktok.com/t/{code}/", id="{code}"),
        Shape(ACCOUNT, ("/share/user/{user}", "/h5/share/usr/{user}.html")),
        Shape(
            POST,
            ("/@{name}/playlist/{list}",),
            canonical="https://www.tiktok.com/@{name}/playlist/{list}",
            id="{list}",
        ),
        Shape(ACCOUNT, ("/@{name}", "/@{name}/live/*")),
    ),
    apps={
        "snssdk1233://user/profile/{user}": "https://www.tiktok.com/share/user/{user}",
        "snssdk1180://user/profile/{user}": "https://www.tiktok.com/share/user/{user}",
        "snssdk1233://aweme/detail/{id}": "https://m.tiktok.com/v/{id}.html",
        "snssdk1180://aweme/detail/{id}": "https://m.tiktok.com/v/{id}.html",
        "tiktok://user/@{name}": "https://www.tiktok.com/@{name}",
    },
)

_PROFILE: Final = "https://www.tiktok.com/@example.user"
_POST: Final = "https://m.tiktok.com/v/7123456789012345678.html"
_BORN: Final = "2022-07-23T06:50:29.000+00:00"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "example.user",
        handle="example.user",
        typed=(
            *("https://www.tiktok.com/@Example.User?_t=AbC&_r=1", "https://m.tiktok.com/@example.user"),
            *("https://www.tiktok.com/@example.user/live", "tiktok.com/%40example.user", "tiktok://user/@example.user"),
        ),
        names=("@example.user", "Example.User"),
    ),
    Sample(
        ACCOUNT,
        "https://www.tiktok.com/share/user/6745191554350760966",
        "6745191554350760966",
        typed=(
            "https://m.tiktok.com/h5/share/usr/6745191554350760966.html",
            "snssdk1233://user/profile/6745191554350760966",
        ),
    ),
    Sample(
        POST,
        _POST,
        "7123456789012345678",
        typed=(
            "https://www.tiktok.com/@/video/7123456789012345678",
            "https://www.tiktok.com/embed/v2/7123456789012345678",
        ),
        born=_BORN,
    ),
    Sample(
        POST,
        _POST,
        "7123456789012345678",
        account=_PROFILE,
        typed=(
            "https://www.tiktok.com/@Example.User/video/7123456789012345678?is_from_webapp=1&sender_device=pc",
            "https://www.tiktok.com/@example.user/photo/7123456789012345678",
        ),
        born=_BORN,
    ),
    Sample(OPAQUE, "https://vm.tiktok.com/ZSabcdef1/", "ZSabcdef1", typed=("vm.tiktok.com/ZSabcdef1",)),
    Sample(OPAQUE, "https://vt.tiktok.com/ZSabcdef1/", "ZSabcdef1"),
    Sample(OPAQUE, "https://www.tiktok.com/t/ZTabcdef1/", "ZTabcdef1", typed=("https://tiktok.com/t/ZTabcdef1?x=1",)),
    Sample(POST, f"{_PROFILE}/playlist/Words-7123456789012345678", "Words-7123456789012345678", account=_PROFILE),
)
ORDINARY: Final = (
    *("https://www.tiktok.com/", "https://www.tiktok.com/tag/word", "https://www.tiktok.com/explore"),
    *("https://www.tiktok.com/music/a-song-123", "https://support.tiktok.com/fr"),
)
LOOK_ALIKES: Final = (
    *("https://tiktok.com.evil.example/@a", "https://t1ktok.example/@a", "https://tiktok-live.example/@a"),
    *("https://tlktok.example/a", "https://t\u0456ktok.example/a"),
)
