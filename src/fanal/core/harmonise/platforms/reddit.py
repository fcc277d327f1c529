"""Reddit. A publication is known by its number in letters and digits alone; a community's members write in it."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, GROUP, OPAQUE, POST, Platform, Sample, Shape, words

_NUMBER: Final = "[A-Za-z0-9]{2,12}"

PLATFORM: Final = Platform(
    name="reddit",
    label="Reddit",
    host="reddit.com",
    hosts=tuple(f"{part}reddit.com" for part in ("", "old.", "new.", "np.", "m.", "i.", "sh.", "amp.", "ssl.", "pay.")),
    languages=("reddit.com",),
    own=("redditstatic.com", "redditmedia.com"),
    brand="reddit",
    profile="https://www.reddit.com/user/{name}",
    fields={
        "name": "[A-Za-z0-9_-]{3,20}",
        "id": _NUMBER,
        "comment": _NUMBER,
        "group": "(?![uU]_)[A-Za-z0-9_]{2,21}",
        "slug": "[^/?#]*",
        "kind": "u|user",
        "code": "[A-Za-z0-9]{5,20}",
        "tab": "submitted|comments|overview|gilded|saved|upvoted|posts|about",
        "page": "new|top|hot|rising|about|best|controversial|wiki|rules|about/.{1,40}|wiki/.{1,80}",
    },
    folded=frozenset({"name", "id", "comment", "group"}),
    shapes=(
        Shape(
            POST,
            (
                *("/comments/{id}/{slug}/{comment}", "/r/{group}/comments/{id}/{slug}/{comment}"),
                *("/r/{group}/comments/{id}/comment/{comment}", "/comments/{id}/comment/{comment}"),
            ),
            canonical="https://www.reddit.com/comments/{id}/_/{comment}",
            id="{comment}",
        ),
        Shape(
            POST,
            (
                *("/{kind}/{name}/comments/{id}", "/{kind}/{name}/comments/{id}/{slug}"),
                *("/r/u_{name}/comments/{id}", "/r/u_{name}/comments/{id}/{slug}"),
                "/comments/{id}",
                "/comments/{id}/{slug}",
                "/r/{group}/comments/{id}",
                "/r/{group}/comments/{id}/{slug}",
                *("/gallery/{id}", "/poll/{id}", "/tb/{id}", "redd.it/{id}", "/video/{id}"),
            ),
            canonical="https://www.reddit.com/comments/{id}",
        ),
        Shape(OPAQUE, ("/r/{group}/s/{code}",), canonical="https://www.reddit.com/r/{group}/s/{code}", id="{code}"),
        Shape(
            OPAQUE, ("/{kind}/{name}/s/{code}",), canonical="https://www.reddit.com/user/{name}/s/{code}", id="{code}"
        ),
        Shape(ACCOUNT, ("/{kind}/{name}", "/{kind}/{name}/{tab}", "/r/u_{name}")),
        Shape(
            GROUP,
            ("/r/{group}", "/r/{group}/{page}"),
            canonical="https://www.reddit.com/r/{group}",
            id="{group}",
            handle="{group}",
        ),
    ),
    reserved=words("me"),
    apps={
        ":u/{name}": "https://www.reddit.com/user/{name}",
        ":user/{name}": "https://www.reddit.com/user/{name}",
        ":r/{group}": "https://www.reddit.com/r/{group}",
        "reddit:///u/{name}": "https://www.reddit.com/user/{name}",
        "reddit:///r/{group}": "https://www.reddit.com/r/{group}",
    },
)

_PROFILE: Final = "https://www.reddit.com/user/example_user"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "example_user",
        handle="example_user",
        typed=(
            "https://www.reddit.com/user/Example_User/?utm_source=share",
            "https://old.reddit.com/u/example_user",
            "u/Example_User",
            "https://reddit.com/u/EXAMPLE_USER/comments",
            "https://www.reddit.com/r/u_Example_User/",
            "/u/example_user",
            "https://fr.reddit.com/user/example_user",
        ),
        names=("@example_user", "example_user", "u/example_user"),
    ),
    Sample(
        GROUP,
        "https://www.reddit.com/r/examplesub",
        "examplesub",
        handle="examplesub",
        typed=("https://old.reddit.com/r/ExampleSub/new/", "r/examplesub", "/r/ExampleSub"),
    ),
    Sample(
        POST,
        "https://www.reddit.com/comments/1abcde",
        "1abcde",
        typed=(
            *("https://redd.it/1abcde", "https://www.reddit.com/r/examplesub/comments/1AbCdE/some_title/?share_id=x"),
            *("https://www.reddit.com/gallery/1abcde", "https://np.reddit.com/r/examplesub/comments/1abcde"),
        ),
    ),
    Sample(
        POST,
        "https://www.reddit.com/comments/1abcde",
        "1abcde",
        account=_PROFILE,
        typed=("https://www.reddit.com/user/Example_User/comments/1abcde/some_title/",),
    ),
    Sample(
        POST,
        "https://www.reddit.com/comments/1abcde/_/k9xyz12",
        "k9xyz12",
        typed=(
            "https://www.reddit.com/r/examplesub/comments/1abcde/some_title/k9xyz12/?context=3",
            "https://www.reddit.com/r/examplesub/comments/1abcde/comment/k9xyz12/",
        ),
    ),
    Sample(OPAQUE, "https://www.reddit.com/r/examplesub/s/AbCdEf1234", "AbCdEf1234"),
    Sample(OPAQUE, "https://www.reddit.com/user/example_user/s/AbCdEf1234", "AbCdEf1234"),
)
ORDINARY: Final = (
    "https://www.reddit.com/",
    "https://www.reddit.com/search/?q=a",
    "https://www.reddit.com/login",
    "https://i.redd.it/a.png",
)
LOOK_ALIKES: Final = (
    *("https://reddit.com.evil.example/u/a", "https://redd1t.example/a", "https://reddit-login.example/a"),
)
