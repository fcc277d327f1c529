"""Discord. Every number is a time (its developers' reference, “Snowflakes”); names have no address of their own."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise import born
from fanal.core.harmonise.platform import ACCOUNT, GROUP, INVITE, POST, Platform, Sample, Shape

_NUMBER: Final = "[1-9][0-9]{14,19}"

PLATFORM: Final = Platform(
    name="discord",
    label="Discord",
    host="discord.com",
    hosts=(
        *("discord.com", "ptb.discord.com", "canary.discord.com"),
        *("discordapp.com", "ptb.discordapp.com", "canary.discordapp.com"),
    ),
    own=("discordapp.net", "discord.media", "discord.new", "discord.gift"),
    aliases=("discordapp",),
    by_id="https://discord.com/users/{user}",
    typed_id="[1-9][0-9]{16,19}",
    fields={
        "name": "[A-Za-z0-9._]{2,32}(?:#[0-9]{4})?",
        "user": _NUMBER,
        "id": _NUMBER,
        "server": f"{_NUMBER}|@me|%40me",
        "channel": _NUMBER,
        "code": "[A-Za-z0-9-]{2,40}",
        "slug": "[a-z0-9-]{1,110}?",
        "file": "[^/?#]{1,260}",
    },
    shapes=(
        Shape(ACCOUNT, ("/users/{user}",), born=born.discord),
        Shape(
            POST,
            ("/channels/{server}/{channel}/{id}",),
            canonical="https://discord.com/channels/{server}/{channel}/{id}",
            id="{server}/{channel}/{id}",
            born=born.discord,
        ),
        Shape(
            GROUP,
            ("/channels/{server}/{channel}",),
            canonical="https://discord.com/channels/{server}/{channel}",
            id="{server}/{channel}",
            born=born.discord,
        ),
        Shape(
            GROUP,
            ("/channels/{id}", "/servers/{id}", "/servers/{slug}-{id}", "/guilds/{id}"),
            canonical="https://discord.com/channels/{id}",
            born=born.discord,
        ),
        Shape(
            POST,
            ("/events/{channel}/{id}",),
            canonical="https://discord.com/events/{channel}/{id}",
            id="{channel}/{id}",
            born=born.discord,
        ),
        Shape(
            POST,
            (
                "cdn.discordapp.com/attachments/{channel}/{id}/{file}",
                "cdn.discord.com/attachments/{channel}/{id}/{file}",
                "media.discordapp.net/attachments/{channel}/{id}/{file}",
            ),
            canonical="https://cdn.discordapp.com/attachments/{channel}/{id}/{file}",
            id="{channel}/{id}",
            born=born.discord,
        ),
        Shape(
            INVITE,
            ("/invite/{code}", "discord.gg/{code}", "discord.gg/invite/{code}"),
            canonical="https://discord.gg/{code}",
            id="{code}",
        ),
    ),
    apps={
        "discord://-/users/{user}": "https://discord.com/users/{user}",
        "discord://-/channels/{server}/{channel}/{id}": "https://discord.com/channels/{server}/{channel}/{id}",
        "discord://-/channels/{server}/{channel}": "https://discord.com/channels/{server}/{channel}",
        "discord://-/invite/{code}": "https://discord.gg/{code}",
        "discord://discord.com/users/{user}": "https://discord.com/users/{user}",
    },
)

_THREE: Final = "111111111111111111/222222222222222222/333333333333333333"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        "https://discord.com/users/175928847299117063",
        "175928847299117063",
        typed=("https://discordapp.com/users/175928847299117063", "discord://-/users/175928847299117063"),
        names=("175928847299117063",),
        born="2016-04-30T11:18:25.796+00:00",
    ),
    Sample(ACCOUNT, "discord:@some_name", "some_name", handle="some_name", names=("@Some_Name", "some_name")),
    Sample(
        POST,
        f"https://discord.com/channels/{_THREE}",
        _THREE,
        typed=(f"https://ptb.discord.com/channels/{_THREE}", f"discord://-/channels/{_THREE}"),
        born="2017-07-08T19:47:39.700+00:00",
    ),
    Sample(GROUP, "https://discord.com/channels/111111111111111111", "111111111111111111"),
    Sample(
        GROUP,
        "https://discord.com/channels/111111111111111111/222222222222222222",
        "111111111111111111/222222222222222222",
    ),
    Sample(
        POST,
        "https://cdn.discordapp.com/attachments/222222222222222222/333333333333333333/some_file.png",
        "222222222222222222/333333333333333333",
        typed=(
            "https://media.discordapp.net/attachments/222222222222222222/333333333333333333/some_file.png?ex=1&is=2&hm=3",
        ),
    ),
    Sample(
        INVITE,
        "https://discord.gg/AbCdEfG",
        "AbCdEfG",
        typed=(
            "https://discordapp.com/invite/AbCdEfG",
            "discord.gg/AbCdEfG",
            "https://discord.com/invite/AbCdEfG?event=1",
        ),
    ),
    Sample(
        POST,
        "https://discord.com/events/222222222222222222/333333333333333333",
        "222222222222222222/333333333333333333",
    ),
)
ORDINARY: Final = (
    "https://discord.com/",
    "https://discord.com/login",
    "https://support.discord.com/hc/fr",
    "https://discord.com/channels/@me",
)
LOOK_ALIKES: Final = (
    *("https://discord.com.evil.example/a", "https://discord.gg.evil.example/a", "https://discord-com.example/a"),
)
