"""YouTube. A video is known by its code; a channel by its UC… id, its @handle or the older names, which all differ."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, POST, Platform, Sample, Shape

_ID: Final = "UC[A-Za-z0-9_-]{22}"

PLATFORM: Final = Platform(
    name="youtube",
    label="YouTube",
    host="youtube.com",
    hosts=(
        *("youtube.com", "m.youtube.com", "music.youtube.com", "gaming.youtube.com", "youtube-nocookie.com"),
        *("youtubekids.com", "tv.youtube.com", "studio.youtube.com"),
    ),
    languages=("youtube.com",),
    own=("ytimg.com", "ggpht.com"),
    aliases=("yt", "ytb", "youtubemusic", "youtubeshorts"),
    brand="youtube",
    profile="https://www.youtube.com/@{name}",
    by_id="https://www.youtube.com/channel/{user}",
    typed_id=_ID,
    fields={
        "name": "(?:[A-Za-z0-9._-]|%[0-9A-F]{2}){3,200}",
        "user": _ID,
        "id": "[A-Za-z0-9_-]{11}",
        "kind": "shorts|embed|live|v|e",
        "tab": "videos|shorts|streams|live|playlists|community|posts|featured|about|channels|podcasts|releases|store",
        "custom": "(?:[A-Za-z0-9._-]|%[0-9A-F]{2}){1,200}",
        "list": "[A-Za-z0-9_-]{12,60}",
        "post": "Ug[A-Za-z0-9_-]{20,80}",
        "clip": "Ug[A-Za-z0-9_-]{20,80}",
    },
    shapes=(
        Shape(
            POST,
            ("/watch?v={id}", "/{kind}/{id}", "/watch/{id}", "youtu.be/{id}", "/attribution_link?v={id}"),
            canonical="https://www.youtube.com/watch?v={id}",
        ),
        Shape(
            POST,
            ("/playlist?list={list}", "/embed/videoseries?list={list}"),
            canonical="https://www.youtube.com/playlist?list={list}",
            id="{list}",
        ),
        Shape(POST, ("/clip/{clip}",), canonical="https://www.youtube.com/clip/{clip}", id="{clip}"),
        Shape(
            POST,
            ("/channel/{user}/community?lb={post}",),
            canonical="https://www.youtube.com/post/{post}",
            id="{post}",
        ),
        Shape(POST, ("/post/{post}",), canonical="https://www.youtube.com/post/{post}", id="{post}"),
        Shape(ACCOUNT, ("/channel/{user}/*",)),
        Shape(ACCOUNT, ("/@{name}", "/@{name}/{tab}")),
        Shape(
            ACCOUNT,
            ("/c/{custom}", "/c/{custom}/{tab}"),
            canonical="https://www.youtube.com/c/{custom}",
            id="{custom}",
            handle="{custom}",
        ),
        Shape(
            ACCOUNT,
            ("/user/{custom}", "/user/{custom}/{tab}"),
            canonical="https://www.youtube.com/user/{custom}",
            id="{custom}",
            handle="{custom}",
        ),
    ),
    apps={
        "vnd.youtube:{id}": "https://www.youtube.com/watch?v={id}",
        "vnd.youtube:www.youtube.com/watch?v={id}": "https://www.youtube.com/watch?v={id}",
        "vnd.youtube:channel/{user}": "https://www.youtube.com/channel/{user}",
        "youtube:{id}": "https://www.youtube.com/watch?v={id}",
        "youtube:watch?v={id}": "https://www.youtube.com/watch?v={id}",
        "youtube:www.youtube.com/watch?v={id}": "https://www.youtube.com/watch?v={id}",
    },
)

SAMPLES: Final = (
    Sample(
        ACCOUNT,
        "https://www.youtube.com/@examplehandle",
        "examplehandle",
        handle="examplehandle",
        typed=(
            *("https://www.youtube.com/@ExampleHandle", "https://m.youtube.com/@examplehandle/shorts?si=AbC"),
            "https://youtube.com/%40ExampleHandle/videos",
        ),
        names=("@ExampleHandle", "examplehandle"),
    ),
    Sample(
        ACCOUNT,
        "https://www.youtube.com/@caf%C3%A9-example",
        "café-example",
        handle="café-example",
        typed=("https://www.youtube.com/@Caf%c3%89-Example", "https://www.youtube.com/@café-example"),
        names=("@Café-Example",),
    ),
    Sample(
        ACCOUNT,
        "https://www.youtube.com/channel/UC0123456789abcdefghijkl",
        "UC0123456789abcdefghijkl",
        typed=("https://m.youtube.com/channel/UC0123456789abcdefghijkl/videos?view=0",),
        names=("UC0123456789abcdefghijkl",),
    ),
    Sample(ACCOUNT, "https://www.youtube.com/c/ExampleCustom", "ExampleCustom", handle="ExampleCustom"),
    Sample(
        ACCOUNT,
        "https://www.youtube.com/user/ExampleUser",
        "ExampleUser",
        handle="ExampleUser",
        typed=("https://m.youtube.com/user/ExampleUser/videos",),
    ),
    Sample(
        POST,
        "https://www.youtube.com/watch?v=AbCdEfGhIj0",
        "AbCdEfGhIj0",
        typed=(
            *("https://youtu.be/AbCdEfGhIj0?si=AbC&t=42", "https://m.youtube.com/watch?app=desktop&v=AbCdEfGhIj0"),
            *("https://www.youtube.com/shorts/AbCdEfGhIj0", "https://www.youtube-nocookie.com/embed/AbCdEfGhIj0"),
            "https://music.youtube.com/watch?v=AbCdEfGhIj0&list=RDAMVM",
            "https://www.youtube.com/live/AbCdEfGhIj0?t=1",
            *("vnd.youtube:AbCdEfGhIj0", "vnd.youtube://AbCdEfGhIj0"),
        ),
    ),
    Sample(POST, "https://www.youtube.com/playlist?list=PLabcdefghijklmnop", "PLabcdefghijklmnop"),
    Sample(POST, "https://www.youtube.com/post/UgkxAbCdEfGhIjKlMnOpQrSt", "UgkxAbCdEfGhIjKlMnOpQrSt"),
    Sample(
        POST,
        "https://www.youtube.com/post/UgkxAbCdEfGhIjKlMnOpQrSt",
        "UgkxAbCdEfGhIjKlMnOpQrSt",
        account="https://www.youtube.com/channel/UC0123456789abcdefghijkl",
        typed=("https://www.youtube.com/channel/UC0123456789abcdefghijkl/community?lb=UgkxAbCdEfGhIjKlMnOpQrSt",),
    ),
    Sample(POST, "https://www.youtube.com/clip/UgkxAbCdEfGhIjKlMnOpQrSt", "UgkxAbCdEfGhIjKlMnOpQrSt"),
)
ORDINARY: Final = (
    "https://www.youtube.com/",
    "https://www.youtube.com/results?search_query=a",
    "https://www.youtube.com/feed/trending",
    *("https://www.youtube.com/watch?v=short", "https://support.google.example/youtube"),
)
LOOK_ALIKES: Final = (
    *("https://youtube.com.evil.example/watch?v=AbCdEfGhIj0", "https://y0utube.example/a", "https://youtub.example/a"),
    *("https://youtube-premium.example/a", "https://youtube.example/a"),
)
