"""The form of an identifier that a person may read, and that no program turns into a link."""

from __future__ import annotations

import re
from typing import Final

_HTTP: Final = re.compile(r"http(?=s?\s*:)", re.IGNORECASE)
_SLASHES: Final = re.compile(r"(?<!hxxp)(?<!hxxps)(?<!\]):(?=[/\\]{2})", re.IGNORECASE)
_SCHEME: Final = re.compile(
    r"\b(mailto|javascript|data|tel|sms|magnet|acct|geo|xmpp|sip|bitcoin):(?!\])", re.IGNORECASE
)
# The full stops that IDNA takes for a dot (UTS #46, 2.3) count as one.
_DOT: Final = re.compile(r"(?<=[^\s\[])[.\u3002\uff0e\uff61](?=[^\s\[\].,;:!?(){}»”\"'/\\])")
_AT: Final = re.compile(r"(?<=[\w.+-])@(?=\w)")


def defang(text: str) -> str:
    """Make every address in `text` unclickable: hxxps://video[.]example/…, name[at]host[.]example.

    Any text is accepted; what is defanged already stays as it is. The result never holds http before :// nor two
    labels joined by a bare dot. core/harmonise/refang.py reads it back.
    """
    text = _HTTP.sub(lambda found: "hxxp" if found.group().islower() else "HXXP", text)
    text = _SLASHES.sub("[:]", text)
    text = _SCHEME.sub(r"\1[:]", text)
    text = _DOT.sub("[.]", text)
    return _AT.sub("[at]", text)
