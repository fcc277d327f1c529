"""Instagram. The code of a publication and the number of a story are one id in two spellings."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise import born
from fanal.core.harmonise.platform import ACCOUNT, INVITE, OPAQUE, POST, Platform, Sample, Shape, words

PLATFORM: Final = Platform(
    name="instagram",
    label="Instagram",
    host="instagram.com",
    hosts=("instagram.com", "m.instagram.com", "instagr.am"),
    own=("cdninstagram.com",),
    aliases=("insta", "ig"),
    brand="instagram",
    profile="https://www.instagram.com/{name}/",
    fields={
        "name": "(?=\\.*[A-Za-z0-9_])[A-Za-z0-9._]{1,30}",
        "code": "[A-Za-z0-9_-]{5,40}",
        "id": "[0-9]{5,20}",
        "kind": "p|reel|reels|tv",
        "tab": "reels|tagged|live|channel|followers|following",
        "share": "[A-Za-z0-9_-]{5,60}={0,2}",
    },
    shapes=(
        Shape(OPAQUE, ("/s/{share}",), canonical="https://www.instagram.com/s/{share}", id="{share}"),
        Shape(OPAQUE, ("/share/{share}",), canonical="https://www.instagram.com/share/{share}", id="{share}"),
        Shape(
            OPAQUE,
            ("/share/{kind}/{share}",),
            canonical="https://www.instagram.com/share/{kind}/{share}",
            id="{share}",
        ),
        Shape(
            POST,
            ("/{kind}/{code}/*", "/{name}/{kind}/{code}/*"),
            canonical="https://www.instagram.com/p/{code}/",
            id="{code}",
            born=born.instagram_code,
        ),
        Shape(POST, ("/stories/highlights/{id}/*",), canonical="https://www.instagram.com/stories/highlights/{id}/"),
        Shape(
            POST,
            ("/stories/{name}/{id}/*",),
            canonical="https://www.instagram.com/stories/{name}/{id}/",
            born=born.instagram,
        ),
        Shape(
            INVITE, ("/j/{share}", "ig.me/j/{share}"), canonical="https://www.instagram.com/j/{share}/", id="{share}"
        ),
        Shape(
            ACCOUNT,
            (
                *("/{name}", "/@{name}", "/{name}/{tab}", "/_u/{name}", "/_n/user?username={name}", "/stories/{name}"),
                *("ig.me/m/{name}", "threads.instagram.com/{name}"),
            ),
        ),
    ),
    reserved=words(
        "p reel reels tv explore stories accounts direct about legal developer web s share archive j _u _n challenge"
        " emails press api graphql highlights create oauth"
    ),
    apps={
        "instagram://user?username={name}": "https://www.instagram.com/{name}/",
    },
)

_PROFILE: Final = "https://www.instagram.com/some.name/"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "some.name",
        handle="some.name",
        typed=(
            "http://instagram.com/Some.Name?igsh=AbC",
            "instagr.am/some.name",
            "https://www.instagram.com/some.name/reels/",
            "https://www.instagram.com/_u/some.name",
            "instagram://user?username=some.name",
            "https://ig.me/m/some.name",
            "https://www.instagram.com/stories/some.name/",
        ),
        names=("@Some.Name", "some.name"),
    ),
    Sample(
        POST,
        "https://www.instagram.com/p/CEWsh68Kc5C/",
        "CEWsh68Kc5C",
        typed=("https://www.instagram.com/reel/CEWsh68Kc5C/?igsh=AbC", "https://instagram.com/tv/CEWsh68Kc5C"),
        born="2020-08-26T13:43:27.313+00:00",
    ),
    Sample(
        POST,
        "https://www.instagram.com/p/CEWsh68Kc5C/",
        "CEWsh68Kc5C",
        account=_PROFILE,
        typed=(
            "https://www.instagram.com/some.name/reel/CEWsh68Kc5C/",
            "https://instagram.com/Some.Name/p/CEWsh68Kc5C",
        ),
        born="2020-08-26T13:43:27.313+00:00",
    ),
    Sample(
        POST,
        "https://www.instagram.com/stories/some.name/2384288897814875714/",
        "2384288897814875714",
        account=_PROFILE,
        typed=("https://instagram.com/stories/Some.Name/2384288897814875714?utm_source=ig",),
        born="2020-08-26T13:43:27.313+00:00",
    ),
    Sample(POST, "https://www.instagram.com/stories/highlights/17900000000000001/", "17900000000000001"),
    Sample(
        INVITE, "https://www.instagram.com/j/AbYzAbYzAbYz/", "AbYzAbYzAbYz", typed=("https://ig.me/j/AbYzAbYzAbYz/",)
    ),
    Sample(OPAQUE, "https://www.instagram.com/share/BAbCdEfGhIj", "BAbCdEfGhIj"),
    Sample(OPAQUE, "https://www.instagram.com/share/reel/BAbCdEfGhIj", "BAbCdEfGhIj"),
    Sample(OPAQUE, "https://www.instagram.com/s/aGlnaGxpZ2h0OjE3OTAw", "aGlnaGxpZ2h0OjE3OTAw"),
)
ORDINARY: Final = (
    *("https://www.instagram.com/explore/tags/word/", "https://www.instagram.com/accounts/login/"),
    *("https://www.instagram.com/direct/inbox/", "https://help.instagram.com/", "https://www.instagram.com/"),
)
LOOK_ALIKES: Final = (
    *("https://instagram.com.evil.example/a", "https://lnstagram.example/a", "https://instagran.example/a"),
    *("https://instagram-help.example/a", "https://xn--nstagram-skb.example/a", "https://1nstagram.example/a"),
)
