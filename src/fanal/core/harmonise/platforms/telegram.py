"""Telegram. Its addresses: core.telegram.org/api/links. A public name may be a person, a group or a channel."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, GROUP, INVITE, POST, Platform, Sample, Shape, words

PLATFORM: Final = Platform(
    name="telegram",
    label="Telegram",
    host="t.me",
    hosts=("t.me", "telegram.me", "telegram.dog"),
    own=("telegram.org", "telesco.pe", "telegram-cdn.org"),
    aliases=("tg", "télégram", "telegramme"),
    profile="https://t.me/{name}",
    by_id="https://web.telegram.org/a/#{user}",
    fields={
        "name": "[A-Za-z][A-Za-z0-9_]{3,31}",
        "user": "[1-9][0-9]{4,14}",
        "id": "[0-9]{1,12}",
        "topic": "[0-9]{1,12}",
        "channel": "[0-9]{5,14}",
        "code": "(?=[0-9]*[A-Za-z_-])[A-Za-z0-9_-]{10,64}",
        "list": "[A-Za-z0-9_-]{6,64}",
        "phone": "[1-9][0-9]{6,14}",
        "web": "a|k|z",
    },
    shapes=(
        Shape(
            ACCOUNT, ("/+{phone}", "/%2B{phone}"), canonical="https://t.me/+{phone}", id="+{phone}", handle="+{phone}"
        ),
        Shape(
            INVITE,
            ("/+{code}", "/%2B{code}", "/joinchat/{code}", "/%20{code}"),
            canonical="https://t.me/+{code}",
            id="{code}",
        ),
        Shape(INVITE, ("/addlist/{list}",), canonical="https://t.me/addlist/{list}", id="addlist/{list}"),
        Shape(
            POST,
            ("/c/{channel}/{id}", "/c/{channel}/{topic}/{id}"),
            canonical="https://t.me/c/{channel}/{id}",
            id="{channel}/{id}",
            account="https://t.me/c/{channel}",
        ),
        Shape(
            GROUP,
            ("/c/{channel}", "web.telegram.org/{web}/#-100{channel}", "web.telegram.org/k/#-{channel}"),
            canonical="https://t.me/c/{channel}",
            id="{channel}",
        ),
        Shape(
            POST,
            ("/{name}/s/{id}", "{name}.t.me/s/{id}"),
            canonical="https://t.me/{name}/s/{id}",
            id="{name}/s/{id}",
        ),
        Shape(
            POST,
            ("/{name}/{topic}/{id}", "/{name}/{id}", "/s/{name}/{id}", "{name}.t.me/{id}"),
            canonical="https://t.me/{name}/{id}",
            id="{name}/{id}",
        ),
        Shape(
            ACCOUNT,
            (
                *("/{name}", "/s/{name}", "/@{name}", "/boost/{name}", "{name}.t.me"),
                *("web.telegram.org/{web}/#@{name}", "web.telegram.org/#/im?p=@{name}"),
                "web.telegram.org/{web}/#?tgaddr=tg%3A%2F%2Fresolve%3Fdomain%3D{name}",
            ),
        ),
        Shape(ACCOUNT, ("web.telegram.org/{web}/#{user}",)),
    ),
    reserved=words(
        "joinchat addstickers addemoji addtheme addlist addstyle share proxy socks setlanguage login boost contact"
        " invoice giftcode confirmphone auth web auction call nft bg msg stars premium"
    ),
    apps={
        "tg:resolve?domain={name}&post={id}": "https://t.me/{name}/{id}",
        "tg:resolve?domain={name}": "https://t.me/{name}",
        "tg:resolve?phone={phone}": "https://t.me/+{phone}",
        "tg:join?invite={code}": "https://t.me/+{code}",
        "tg:addlist?slug={list}": "https://t.me/addlist/{list}",
        "tg:privatepost?channel={channel}&post={id}": "https://t.me/c/{channel}/{id}",
        "tg:user?id={user}": "https://web.telegram.org/a/#{user}",
        "tg:openmessage?user_id={user}": "https://web.telegram.org/a/#{user}",
    },
)

_PROFILE: Final = "https://t.me/examplechannel"
_CODE: Final = "AbCdEfGhIjKlMnOp"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "examplechannel",
        handle="examplechannel",
        typed=(
            "https://telegram.dog/examplechannel",
            "http://telegram.me/ExampleChannel?start=AbC",
            "t.me/s/examplechannel",
            *("tg://resolve?domain=examplechannel", "tg:resolve?domain=ExampleChannel", "https://examplechannel.t.me"),
            *("https://web.telegram.org/k/#@examplechannel", "https://web.telegram.org/#/im?p=@examplechannel"),
        ),
        names=("@ExampleChannel", "examplechannel"),
    ),
    Sample(ACCOUNT, "https://web.telegram.org/a/#1234567890", "1234567890", typed=("tg://user?id=1234567890",)),
    Sample(
        ACCOUNT,
        "https://t.me/+33600000000",
        "+33600000000",
        handle="+33600000000",
        typed=("tg://resolve?phone=33600000000",),
    ),
    Sample(
        POST,
        "https://t.me/examplechannel/55",
        "examplechannel/55",
        account=_PROFILE,
        typed=(
            "https://t.me/s/ExampleChannel/55",
            "tg://resolve?domain=examplechannel&post=55&single",
            "t.me/examplechannel/7/55",
            *("https://t.me/examplechannel/55?single", "https://examplechannel.t.me/55"),
        ),
    ),
    Sample(POST, "https://t.me/examplechannel/s/5", "examplechannel/s/5", account=_PROFILE),
    Sample(
        POST,
        "https://t.me/c/1234567890/55",
        "1234567890/55",
        account="https://t.me/c/1234567890",
        typed=("tg://privatepost?channel=1234567890&post=55", "https://t.me/c/1234567890/7/55?thread=7"),
    ),
    Sample(
        GROUP,
        "https://t.me/c/1234567890",
        "1234567890",
        typed=("https://web.telegram.org/a/#-1001234567890", "https://web.telegram.org/k/#-1234567890"),
    ),
    Sample(
        INVITE,
        f"https://t.me/+{_CODE}",
        _CODE,
        typed=(f"https://t.me/joinchat/{_CODE}", f"tg://join?invite={_CODE}", f"telegram.me/+{_CODE}"),
    ),
    Sample(INVITE, "https://t.me/addlist/AbCdEfGhIjK", "addlist/AbCdEfGhIjK", typed=("tg:addlist?slug=AbCdEfGhIjK",)),
)
ORDINARY: Final = (
    *("https://t.me/addstickers/SomeSet", "https://t.me/share/url?url=x", "https://t.me/joinchat/AAA", "https://t.me/"),
    *("https://telegram.org/faq", "https://t.me/proxy?server=x", "tg://settings"),
)
LOOK_ALIKES: Final = (*("https://t.me.evil.example/a", "https://telegram.me.evil.example/a"),)
