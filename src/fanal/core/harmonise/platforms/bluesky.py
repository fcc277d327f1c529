"""Bluesky. Its DIDs stay (atproto.com/specs/did); a handle is a domain, and passes on as domains do."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, OPAQUE, POST, Platform, Sample, Shape

_DID: Final = "did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.-]{3,253})"

PLATFORM: Final = Platform(
    name="bluesky",
    label="Bluesky",
    host="bsky.app",
    hosts=("bsky.app", "staging.bsky.app"),
    own=("bsky.network", "bsky.social"),
    aliases=("bsky",),
    brand="bluesky",
    profile="https://bsky.app/profile/{name}",
    by_id="https://bsky.app/profile/{user}",
    typed_id=_DID,
    fields={
        "name": "[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}",
        "label": "[A-Za-z0-9-]{3,63}",
        "user": _DID,
        "id": "[A-Za-z0-9._~:-]{5,64}",
        "kind": "lists|feed",
        "tab": "followers|follows|search|known-followers",
        "code": "[A-Za-z0-9]{5,20}",
    },
    folded=frozenset({"name", "label"}),
    shapes=(
        Shape(
            POST,
            ("/profile/{user}/post/{id}/*",),
            canonical="https://bsky.app/profile/{user}/post/{id}",
            id="{user}/{id}",
        ),
        Shape(
            POST,
            ("/profile/{name}/post/{id}/*",),
            canonical="https://bsky.app/profile/{name}/post/{id}",
            id="{name}/{id}",
        ),
        Shape(
            POST,
            ("/profile/{user}/{kind}/{id}",),
            canonical="https://bsky.app/profile/{user}/{kind}/{id}",
            id="{user}/{kind}/{id}",
        ),
        Shape(
            POST,
            ("/profile/{name}/{kind}/{id}",),
            canonical="https://bsky.app/profile/{name}/{kind}/{id}",
            id="{name}/{kind}/{id}",
        ),
        Shape(
            POST,
            ("/starter-pack/{user}/{id}",),
            canonical="https://bsky.app/starter-pack/{user}/{id}",
            id="{user}/starter-pack/{id}",
        ),
        Shape(
            POST,
            ("/starter-pack/{name}/{id}",),
            canonical="https://bsky.app/starter-pack/{name}/{id}",
            id="{name}/starter-pack/{id}",
        ),
        Shape(OPAQUE, ("go.bsky.app/{code}",), canonical="https://go.bsky.app/{code}", id="{code}"),
        Shape(ACCOUNT, ("/profile/{user}", "/profile/{user}/{tab}")),
        Shape(ACCOUNT, ("/profile/{name}", "/profile/@{name}", "/profile/{name}/{tab}")),
    ),
    apps={
        "at://{user}/app.bsky.feed.post/{id}": "https://bsky.app/profile/{user}/post/{id}",
        "at://{name}/app.bsky.feed.post/{id}": "https://bsky.app/profile/{name}/post/{id}",
        "at://{user}/app.bsky.actor.profile/self": "https://bsky.app/profile/{user}",
        "at://{user}": "https://bsky.app/profile/{user}",
        "at://{name}": "https://bsky.app/profile/{name}",
        "did:plc:{label}": "https://bsky.app/profile/did:plc:{label}",
        "bluesky://profile/{name}": "https://bsky.app/profile/{name}",
    },
)

_PROFILE: Final = "https://bsky.app/profile/alice.bsky.social"
_NUMBER: Final = "did:plc:abcdefghijklmnopqrstuvwx"
_BY_ID: Final = f"https://bsky.app/profile/{_NUMBER}"
_POST: Final = "3kabcdefghi2x"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "alice.bsky.social",
        handle="alice.bsky.social",
        typed=(
            *("https://bsky.app/profile/Alice.bsky.social/", "at://alice.bsky.social", "@Alice.bsky.social"),
            "https://bsky.app/profile/alice.bsky.social/followers",
            "https://staging.bsky.app/profile/alice.bsky.social",
        ),
        names=("@alice.bsky.social", "alice.bsky.social"),
    ),
    Sample(
        ACCOUNT,
        "https://bsky.app/profile/alice.example",
        "alice.example",
        handle="alice.example",
        names=("@alice.example",),
    ),
    Sample(ACCOUNT, _BY_ID, _NUMBER, typed=(f"at://{_NUMBER}", _NUMBER), names=(_NUMBER,)),
    Sample(
        POST,
        f"{_PROFILE}/post/{_POST}",
        f"alice.bsky.social/{_POST}",
        account=_PROFILE,
        typed=(f"at://alice.bsky.social/app.bsky.feed.post/{_POST}", f"{_PROFILE}/post/{_POST}?ref_src=embed"),
    ),
    Sample(
        POST,
        f"{_BY_ID}/post/{_POST}",
        f"{_NUMBER}/{_POST}",
        account=_BY_ID,
        typed=(f"at://{_NUMBER}/app.bsky.feed.post/{_POST}", f"{_BY_ID}/post/{_POST}/quotes"),
    ),
    Sample(POST, f"{_PROFILE}/lists/{_POST}", f"alice.bsky.social/lists/{_POST}", account=_PROFILE),
    Sample(
        POST,
        f"https://bsky.app/starter-pack/alice.bsky.social/{_POST}",
        f"alice.bsky.social/starter-pack/{_POST}",
        account=_PROFILE,
    ),
    Sample(OPAQUE, "https://go.bsky.app/AbCdEf1", "AbCdEf1"),
    Sample(POST, f"{_BY_ID}/feed/{_POST}", f"{_NUMBER}/feed/{_POST}", account=_BY_ID),
    Sample(POST, f"https://bsky.app/starter-pack/{_NUMBER}/{_POST}", f"{_NUMBER}/starter-pack/{_POST}", account=_BY_ID),
)
ORDINARY: Final = (
    "https://bsky.app/",
    "https://bsky.app/search?q=a",
    "https://bsky.app/profile/alice",
    "https://docs.bsky.app/",
)
LOOK_ALIKES: Final = (
    "https://bsky.app.evil.example/profile/a.example",
    "https://b1uesky.example/a",
    "https://bluesky.example/a",
)
