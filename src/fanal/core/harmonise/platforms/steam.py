"""Steam. An account's number of 17 digits stays; the name in its address is chosen and can pass on."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, GROUP, INVITE, POST, Platform, Sample, Shape

_NUMBER: Final = "7656119[0-9]{10}"

PLATFORM: Final = Platform(
    name="steam",
    label="Steam",
    host="steamcommunity.com",
    hosts=("steamcommunity.com",),
    own=("steampowered.com", "steamusercontent.com", "steamstatic.com"),
    aliases=("steam community",),
    brand="steamcommunity",
    profile="https://steamcommunity.com/id/{name}",
    by_id="https://steamcommunity.com/profiles/{user}",
    typed_id=_NUMBER,
    fields={
        "name": "[A-Za-z0-9_-]{2,32}",
        "user": _NUMBER,
        "id": "[0-9]{5,20}",
        "group": "[A-Za-z0-9_-]{2,32}",
        "number": "[0-9]{5,20}",
        "friend": "[a-z-]{4,20}",
        "code": "[A-Za-z0-9]{4,20}",
    },
    folded=frozenset({"name", "group"}),
    shapes=(
        Shape(ACCOUNT, ("/profiles/{user}/*",)),
        Shape(ACCOUNT, ("/id/{name}/*",)),
        Shape(
            GROUP,
            ("/groups/{group}/*",),
            canonical="https://steamcommunity.com/groups/{group}",
            id="{group}",
            handle="{group}",
        ),
        Shape(GROUP, ("/gid/{number}/*",), canonical="https://steamcommunity.com/gid/{number}", id="{number}"),
        Shape(
            POST,
            ("/sharedfiles/filedetails?id={id}", "/workshop/filedetails?id={id}"),
            canonical="https://steamcommunity.com/sharedfiles/filedetails/?id={id}",
        ),
        Shape(
            INVITE, ("s.team/p/{friend}/{code}",), canonical="https://s.team/p/{friend}/{code}", id="{friend}/{code}"
        ),
        Shape(
            INVITE,
            ("/user/{friend}/{code}",),
            canonical="https://steamcommunity.com/user/{friend}/{code}",
            id="{friend}/{code}",
        ),
    ),
    apps={
        "steam://url/SteamIDPage/{user}": "https://steamcommunity.com/profiles/{user}",
        "steam://friends/add/{user}": "https://steamcommunity.com/profiles/{user}",
    },
)

_BY_ID: Final = "https://steamcommunity.com/profiles/76561197960287930"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _BY_ID,
        "76561197960287930",
        typed=(f"{_BY_ID}/games?tab=all", "steam://url/SteamIDPage/76561197960287930"),
        names=("76561197960287930",),
    ),
    Sample(
        ACCOUNT,
        "https://steamcommunity.com/id/example_user",
        "example_user",
        handle="example_user",
        typed=("https://www.steamcommunity.com/id/Example_User/",),
        names=("@Example_User", "example_user"),
    ),
    Sample(GROUP, "https://steamcommunity.com/groups/example-group", "example-group", handle="example-group"),
    Sample(
        POST,
        "https://steamcommunity.com/sharedfiles/filedetails/?id=123456789",
        "123456789",
        typed=("https://steamcommunity.com/workshop/filedetails/?l=french&id=123456789",),
    ),
    Sample(INVITE, "https://s.team/p/abcd-efg/AbCdEfGh", "abcd-efg/AbCdEfGh"),
    Sample(GROUP, "https://steamcommunity.com/gid/103582791429521412", "103582791429521412"),
    Sample(INVITE, "https://steamcommunity.com/user/abcd-efg/AbCdEfGh", "abcd-efg/AbCdEfGh"),
)
ORDINARY: Final = (
    "https://steamcommunity.com/",
    "https://steamcommunity.com/market/",
    "https://store.steampowered.com/app/10",
)
LOOK_ALIKES: Final = (
    "https://steamcommunity.com.evil.example/id/a",
    "https://steamcomunity.example/a",
    "https://steamcornmunity.example/a",
    *("https://steancommunity.example/a",),
)
