"""Mastodon, and whatever other software of the fediverse writes its addresses likewise, on any server.

Only shapes are read that hardly anything else has: `/@name`, `/@name/number`, `/users/name/statuses/number`. A name of
another server shown here (`/@name@home`) belongs to that server.
"""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise import born
from fanal.core.harmonise.platform import ACCOUNT, POST, Platform, Sample, Shape

_HOST: Final = "(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z][A-Za-z0-9-]{1,62}"

PLATFORM: Final = Platform(
    name="mastodon",
    label="Mastodon",
    host="",
    hosts=(),
    aliases=("fediverse", "fédivers", "pixelfed", "pleroma", "akkoma", "misskey", "gotosocial", "friendica"),
    profile="https://{server}/@{name}",
    fields={
        "name": "[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}",
        "server": f"{_HOST}(?::[0-9]{{1,5}})?",
        "home": _HOST,
        "id": "[0-9]{1,20}",
        "tab": "with_replies|media|followers|following|featured|collections",
    },
    folded=frozenset({"name", "server", "home"}),
    shapes=(
        Shape(
            POST,
            ("{server}/@{name}@{home}/{id}", "{server}/web/@{name}@{home}/{id}", "{server}/deck/@{name}@{home}/{id}"),
            canonical="https://{server}/@{name}@{home}/{id}",
            id="{server}/{id}",
            account="https://{home}/@{name}",
            confidence=0.8,
        ),
        Shape(
            POST,
            (
                *("{server}/@{name}/{id}/*", "{server}/web/@{name}/{id}", "{server}/deck/@{name}/{id}"),
                "{server}/users/{name}/statuses/{id}/*",
            ),
            canonical="https://{server}/@{name}/{id}",
            id="{server}/{id}",
            born=born.mastodon,
            confidence=0.8,
        ),
        Shape(
            ACCOUNT,
            ("{server}/@{name}@{home}", "{server}/web/@{name}@{home}", "{server}/deck/@{name}@{home}"),
            canonical="https://{home}/@{name}",
            id="{name}@{home}",
            handle="{name}@{home}",
            confidence=0.8,
        ),
        Shape(
            ACCOUNT,
            ("{server}/@{name}", "{server}/@{name}/{tab}", "{server}/web/@{name}", "{server}/deck/@{name}"),
            id="{name}@{server}",
            handle="{name}@{server}",
            confidence=0.8,
        ),
    ),
    apps={
        "acct:{name}@{server}": "@{name}@{server}",
        "acct:@{name}@{server}": "@{name}@{server}",
        "web+ap://{server}/@{name}": "https://{server}/@{name}",
        "web+mastodon://follow?uri=acct:{name}@{server}": "@{name}@{server}",
    },
)

_PROFILE: Final = "https://mastodon.example/@alice"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "alice@mastodon.example",
        handle="alice@mastodon.example",
        typed=(
            *("https://MASTODON.example/@Alice/", "@Alice@mastodon.example", "acct:alice@mastodon.example"),
            *("https://other.example/@alice@mastodon.example", "https://mastodon.example/web/@alice"),
            *("https://mastodon.example/@alice/media", "mastodon.example/%40alice", "web+ap://mastodon.example/@alice"),
        ),
    ),
    Sample(
        POST,
        "https://mastodon.example/@alice/112000000000000000",
        "mastodon.example/112000000000000000",
        account=_PROFILE,
        typed=(
            "https://mastodon.example/users/Alice/statuses/112000000000000000",
            "https://mastodon.example/@alice/112000000000000000/embed",
        ),
        born="2024-02-26T21:52:55.000+00:00",
    ),
    Sample(
        POST,
        "https://other.example/@alice@mastodon.example/112000000000000000",
        "other.example/112000000000000000",
        account=_PROFILE,
        typed=("https://other.example/deck/@Alice@mastodon.example/112000000000000000",),
    ),
)
ORDINARY: Final = (
    *("https://medium.com/@some.name", "https://mastodon.example/explore", "https://mastodon.example/users/alice"),
    *("https://mastodon.example/@", "https://mastodon.example/@a/b/c", "ftp://mastodon.example/@alice"),
)
LOOK_ALIKES: Final = ()
