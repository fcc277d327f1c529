"""Twitch. A clip is known by its name of words, a recording by its number."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, POST, Platform, Sample, Shape, words

PLATFORM: Final = Platform(
    name="twitch",
    label="Twitch",
    host="twitch.tv",
    hosts=("twitch.tv", "m.twitch.tv", "go.twitch.tv"),
    own=("ttvnw.net", "jtvnw.net", "twitchcdn.net"),
    brand="twitch",
    profile="https://www.twitch.tv/{name}",
    fields={
        "name": "[A-Za-z0-9_]{3,25}",
        "id": "[0-9]{5,15}",
        "clip": "[A-Za-z0-9_-]{5,100}",
        "tab": "about|videos|schedule|clips|followers|following|home|collections|squad",
        "view": "popout|embed|moderator",
    },
    shapes=(
        Shape(
            POST,
            ("/videos/{id}", "/{name}/v/{id}", "/{name}/video/{id}", "player.twitch.tv/?video={id}"),
            canonical="https://www.twitch.tv/videos/{id}",
        ),
        Shape(
            POST,
            (
                *("/{name}/clip/{clip}", "clips.twitch.tv/embed?clip={clip}", "/clip/{clip}"),
                *("clips.twitch.tv/{clip}", "clips.twitch.tv/{name}/{clip}"),
            ),
            canonical="https://clips.twitch.tv/{clip}",
            id="{clip}",
        ),
        Shape(
            ACCOUNT,
            ("/{view}/{name}/*", "/u/{name}/*", "/{name}", "/{name}/{tab}", "player.twitch.tv/?channel={name}"),
        ),
    ),
    reserved=words(
        "directory videos settings downloads jobs turbo store prime search subscriptions wallet login signup clip"
        " popout embed moderator friends inventory drops bits broadcast products team user about legal"
    ),
    apps={
        "twitch://stream/{name}": "https://www.twitch.tv/{name}",
        "twitch://open?stream={name}": "https://www.twitch.tv/{name}",
        "twitch://channel/{name}": "https://www.twitch.tv/{name}",
        "twitch://video/{id}": "https://www.twitch.tv/videos/{id}",
    },
)

_PROFILE: Final = "https://www.twitch.tv/example_user"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "example_user",
        handle="example_user",
        typed=(
            "https://www.twitch.tv/Example_User?sr=a",
            "https://m.twitch.tv/example_user/about",
            "twitch://stream/example_user",
            "https://www.twitch.tv/popout/example_user/chat",
            "https://player.twitch.tv/?parent=x&channel=example_user",
        ),
        names=("@Example_User", "example_user"),
    ),
    Sample(
        POST,
        "https://www.twitch.tv/videos/1234567890",
        "1234567890",
        typed=("https://m.twitch.tv/videos/1234567890?t=1h2m", "https://player.twitch.tv/?video=1234567890"),
    ),
    Sample(
        POST,
        "https://www.twitch.tv/videos/1234567890",
        "1234567890",
        account=_PROFILE,
        typed=("https://www.twitch.tv/Example_User/v/1234567890",),
    ),
    Sample(
        POST,
        "https://clips.twitch.tv/ExampleClipSlug",
        "ExampleClipSlug",
        typed=("https://clips.twitch.tv/embed?clip=ExampleClipSlug&parent=x",),
    ),
    Sample(
        POST,
        "https://clips.twitch.tv/ExampleClipSlug",
        "ExampleClipSlug",
        account=_PROFILE,
        typed=("https://www.twitch.tv/Example_User/clip/ExampleClipSlug?filter=clips",),
    ),
)
ORDINARY: Final = (
    *("https://www.twitch.tv/", "https://www.twitch.tv/directory/category/a", "https://www.twitch.tv/settings/profile"),
    *("https://help.twitch.tv/s/", "https://clips.twitch.tv/"),
)
LOOK_ALIKES: Final = ("https://twitch.tv.evil.example/a", "https://tw1tch.example/a", "https://twitch-login.example/a")
