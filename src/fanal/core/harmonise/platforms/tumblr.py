"""Tumblr. A blog has its own host (name.tumblr.com) and a place on the main one; a publication belongs to its blog."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, OPAQUE, POST, Platform, Sample, Shape, words

PLATFORM: Final = Platform(
    name="tumblr",
    label="Tumblr",
    host="tumblr.com",
    hosts=("tumblr.com", "m.tumblr.com"),
    brand="tumblr",
    profile="https://www.tumblr.com/{name}",
    fields={
        "name": "[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?",
        "id": "[0-9]{6,20}",
        "code": "[A-Za-z0-9_-]{5,40}",
        "tab": "archive|about|ask|likes|following|rss",
    },
    shapes=(
        Shape(ACCOUNT, ("/blog/view/{name}", "/dashboard/blog/{name}")),
        Shape(
            POST,
            (
                *("/blog/view/{name}/{id}/*", "/dashboard/blog/{name}/{id}", "/blog/{name}/{id}/*"),
                "{name}.tumblr.com/post/{id}/*",
                "{name}.tumblr.com/image/{id}",
                "/embed/post/{name}/{id}/*",
                "/{name}/{id}/*",
            ),
            canonical="https://www.tumblr.com/{name}/{id}",
            id="{name}/{id}",
        ),
        Shape(OPAQUE, ("tmblr.co/{code}",), canonical="https://tmblr.co/{code}", id="{code}"),
        Shape(
            ACCOUNT,
            (
                "/{name}",
                "/@{name}",
                "/blog/{name}",
                "/{name}/{tab}",
                *("{name}.tumblr.com", "{name}.tumblr.com/{tab}", "at.tumblr.com/{name}"),
            ),
        ),
    ),
    reserved=words(
        "www m dashboard explore login register tagged search settings likes following inbox blog new message customize"
        " communities live reblog docs policy privacy support about apps jobs help assets static media api embed at"
        " safe-mode logout account oauth share widgets archive staff-picks developers"
    ),
    apps={"tumblr://x-callback-url/blog?blogName={name}": "https://www.tumblr.com/{name}"},
)

_PROFILE: Final = "https://www.tumblr.com/example-blog"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "example-blog",
        handle="example-blog",
        typed=(
            "https://example-blog.tumblr.com/",
            "https://Example-Blog.tumblr.com/archive",
            "https://www.tumblr.com/blog/example-blog",
            *("https://www.tumblr.com/blog/view/example-blog?x=1", "https://m.tumblr.com/@Example-Blog"),
            "tumblr://x-callback-url/blog?blogName=example-blog",
        ),
        names=("@example-blog", "Example-Blog"),
    ),
    Sample(
        POST,
        "https://www.tumblr.com/example-blog/712345678901234567",
        "example-blog/712345678901234567",
        account=_PROFILE,
        typed=(
            "https://example-blog.tumblr.com/post/712345678901234567/some-words",
            "tumblr.com/blog/view/example-blog/712345678901234567",
            "https://www.tumblr.com/Example-Blog/712345678901234567/some-words?source=share",
        ),
    ),
    Sample(OPAQUE, "https://tmblr.co/ZAbCdEf12345", "ZAbCdEf12345"),
)
ORDINARY: Final = (
    *("https://www.tumblr.com/", "https://www.tumblr.com/tagged/word", "https://64.media.tumblr.com/a.png"),
    *("https://help.tumblr.com/", "https://assets.tumblr.com/a.js", "https://www.tumblr.com/search/word"),
)
LOOK_ALIKES: Final = ("https://tumblr.com.evil.example/a", "https://tumb1r.example/a", "https://tumblr-login.example/a")
