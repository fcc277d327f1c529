"""WhatsApp. An account is its telephone number there: it is read as an account, whose id is the number without its +.

A number is a name that can pass to somebody else, as operators give numbers out again. A number alone, without the
platform, is a telephone number and no account of WhatsApp.
"""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, GROUP, INVITE, OPAQUE, POST, Platform, Sample, Shape

PLATFORM: Final = Platform(
    name="whatsapp",
    label="WhatsApp",
    host="whatsapp.com",
    hosts=("whatsapp.com", "api.whatsapp.com", "web.whatsapp.com"),
    own=("whatsapp.net",),
    aliases=("wa", "watsapp", "whats app", "whatsap", "wapp"),
    brand="whatsapp",
    profile="https://wa.me/{name}",
    fields={
        "name": "[1-9][0-9]{6,14}",
        "id": "[0-9]{1,12}",
        "code": "[A-Za-z0-9]{20,24}",
        "channel": "[A-Za-z0-9]{20,40}",
        "link": "[A-Za-z0-9]{6,40}",
        "kind": "message|qr",
        "call": "voice|video",
    },
    spare="+ .-()/\u00a0\u202f@",
    shapes=(
        Shape(
            INVITE,
            ("chat.whatsapp.com/{code}", "chat.whatsapp.com/invite/{code}", "/accept?code={code}"),
            canonical="https://chat.whatsapp.com/{code}",
            id="{code}",
        ),
        Shape(
            INVITE,
            ("call.whatsapp.com/{call}/{link}",),
            canonical="https://call.whatsapp.com/{call}/{link}",
            id="{link}",
        ),
        Shape(
            POST,
            ("/channel/{channel}/{id}",),
            canonical="https://www.whatsapp.com/channel/{channel}/{id}",
            id="{channel}/{id}",
            account="https://www.whatsapp.com/channel/{channel}",
        ),
        Shape(GROUP, ("/channel/{channel}",), canonical="https://www.whatsapp.com/channel/{channel}", id="{channel}"),
        Shape(OPAQUE, ("wa.me/{kind}/{link}", "/{kind}/{link}"), canonical="https://wa.me/{kind}/{link}", id="{link}"),
        Shape(
            ACCOUNT,
            (
                *("wa.me/{name}", "wa.me/+{name}", "wa.me/%2B{name}", "wa.me/c/{name}", "/send?phone={name}"),
                *("/send?phone=+{name}", "/send?phone=%2B{name}", "/send/?phone={name}", "/catalog/{name}"),
            ),
        ),
    ),
    apps={
        "whatsapp://send?phone={name}": "https://wa.me/{name}",
        "whatsapp://send?phone=+{name}": "https://wa.me/{name}",
        "whatsapp://chat?code={code}": "https://chat.whatsapp.com/{code}",
    },
)

SAMPLES: Final = (
    Sample(
        ACCOUNT,
        "https://wa.me/33600000000",
        "33600000000",
        handle="33600000000",
        typed=(
            "https://wa.me/33600000000?text=a",
            "https://api.whatsapp.com/send?text=a&phone=33600000000",
            "wa.me/+33600000000",
            *("https://web.whatsapp.com/send/?phone=%2B33600000000", "whatsapp://send?phone=+33600000000"),
        ),
        names=("+33 6 00 00 00 00", "0033600000000", "33600000000", "+33-600-000-000"),
    ),
    Sample(
        INVITE,
        "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv",
        "AbCdEfGhIjKlMnOpQrStUv",
        typed=("chat.whatsapp.com/invite/AbCdEfGhIjKlMnOpQrStUv", "whatsapp://chat/?code=AbCdEfGhIjKlMnOpQrStUv"),
    ),
    Sample(INVITE, "https://call.whatsapp.com/video/AbCdEfGhIjKlMnOpQrStUv", "AbCdEfGhIjKlMnOpQrStUv"),
    Sample(
        GROUP,
        "https://www.whatsapp.com/channel/0029VaAbCdEfGhIjKlMnOpQr",
        "0029VaAbCdEfGhIjKlMnOpQr",
        typed=("https://whatsapp.com/channel/0029VaAbCdEfGhIjKlMnOpQr",),
    ),
    Sample(
        POST,
        "https://www.whatsapp.com/channel/0029VaAbCdEfGhIjKlMnOpQr/123",
        "0029VaAbCdEfGhIjKlMnOpQr/123",
        account="https://www.whatsapp.com/channel/0029VaAbCdEfGhIjKlMnOpQr",
    ),
    Sample(OPAQUE, "https://wa.me/message/ABCDEFGHIJKLM1", "ABCDEFGHIJKLM1"),
)
ORDINARY: Final = (
    "https://www.whatsapp.com/download",
    "https://wa.me/",
    "https://faq.whatsapp.com/123",
    "https://wa.me/012",
)
LOOK_ALIKES: Final = (
    *("https://whatsapp.com.evil.example/a", "https://watsapp.example/a", "https://whatsapp-web.example/a"),
    *("https://wa.me.evil.example/33600000000", "https://vvhatsapp.example/a"),
)
