"""Snapchat. Names cannot be changed at will and were never stable ids: the date counts."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, OPAQUE, POST, Platform, Sample, Shape

PLATFORM: Final = Platform(
    name="snapchat",
    label="Snapchat",
    host="snapchat.com",
    hosts=("snapchat.com", "web.snapchat.com", "m.snapchat.com"),
    own=("sc-cdn.net", "snap.com"),
    aliases=("snap",),
    brand="snapchat",
    profile="https://www.snapchat.com/add/{name}",
    fields={
        "name": "[A-Za-z][A-Za-z0-9._-]{2,14}",
        "id": "[A-Za-z0-9_-]{10,120}",
        "code": "[A-Za-z0-9]{4,20}",
    },
    shapes=(
        Shape(
            POST,
            ("/spotlight/{id}", "/@{name}/spotlight/{id}", "/add/{name}/spotlight/{id}"),
            canonical="https://www.snapchat.com/spotlight/{id}",
        ),
        Shape(OPAQUE, ("/t/{code}",), canonical="https://www.snapchat.com/t/{code}", id="{code}"),
        Shape(OPAQUE, ("t.snapchat.com/{code}",), canonical="https://t.snapchat.com/{code}", id="{code}"),
        Shape(
            ACCOUNT,
            ("/add/{name}", "/@{name}", "/add/@{name}", "story.snapchat.com/@{name}", "story.snapchat.com/s/{name}"),
        ),
    ),
    apps={"snapchat://add/{name}": "https://www.snapchat.com/add/{name}"},
)

_PROFILE: Final = "https://www.snapchat.com/add/example-user"
_POST: Final = "W7_EDlXWTBiXAEEniNoMPwAAYAbCdEfGhIj"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "example-user",
        handle="example-user",
        typed=(
            "https://snapchat.com/add/Example-User?share_id=abc&locale=fr-FR",
            "https://www.snapchat.com/@example-user",
            "snapchat://add/example-user",
            "https://story.snapchat.com/@example-user",
            "snapchat.com/add/example-user",
        ),
        names=("@example-user", "Example-User"),
    ),
    Sample(POST, f"https://www.snapchat.com/spotlight/{_POST}", _POST),
    Sample(
        POST,
        f"https://www.snapchat.com/spotlight/{_POST}",
        _POST,
        account=_PROFILE,
        typed=(f"https://www.snapchat.com/@Example-User/spotlight/{_POST}?share_id=abc",),
    ),
    Sample(OPAQUE, "https://www.snapchat.com/t/AbCdEf12", "AbCdEf12"),
    Sample(OPAQUE, "https://t.snapchat.com/AbCdEf12", "AbCdEf12"),
)
ORDINARY: Final = (
    *("https://www.snapchat.com/", "https://www.snapchat.com/discover", "https://accounts.snapchat.com/accounts/login"),
    *("https://www.snapchat.com/add/1-digit-first", "https://help.snapchat.com/"),
)
LOOK_ALIKES: Final = (
    *("https://snapchat.com.evil.example/add/a", "https://snapchaat.example/a", "https://snapchat-login.example/a"),
    *("https://snapch4t.example/a",),
)
