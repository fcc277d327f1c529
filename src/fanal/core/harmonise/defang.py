"""The form of an identifier that a person may read, and that no program turns into a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import hosts

if TYPE_CHECKING:
    from fanal.core.harmonise.hosts import Host

_HTTP: Final = re.compile(r"http(?=s?\s*:)", re.IGNORECASE)
_SLASHES: Final = re.compile(r"(?<!hxxp)(?<!hxxps)(?<!\]):(?=[/\\]{2})", re.IGNORECASE)
_SCHEME: Final = re.compile(
    r"\b(mailto|javascript|data|tel|sms|magnet|acct|geo|xmpp|sip|bitcoin|litecoin|ethereum|monero|tron):(?!\])",
    re.IGNORECASE,
)
# The full stops that IDNA takes for a dot (UTS #46, 2.3) count as one.
_DOT: Final = re.compile(r"(?<=[^\s\[])[.\u3002\uff0e\uff61](?=[^\s\[\].,;:!?(){}»”\"'/\\])")
_PATH_DOT: Final = re.compile(r"\.(?=[^\].,;!?(){}\"'/\\])")
_AT: Final = re.compile(r"(?<=[\w.+-])@(?=\w)")
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_LINK: Final = re.compile(
    r"(?:https?|ftps?|wss?|tg|at|magnet|acct|mailto|tel|sms|bitcoin|litecoin|ethereum|monero|tron|javascript|data)"
    r":[^\s<>\"«»]+",
    re.IGNORECASE,
)
_HOST: Final = re.compile(rf"(?:[\w.+-]{{1,64}}@)?(?<!\w){_LABEL}(?:[.\u3002\uff0e\uff61]{_LABEL})+")
# A telephone number with its country (ITU-T E.164: 8 to 15 digits).
_NUMBER: Final = re.compile("(?<![\\w+])\\+[1-9](?:[ ()./\u00a0\u202f-]{0,3}[0-9]){7,14}(?![\\w])")
_NOT_DIGIT: Final = re.compile("[^0-9]")
_NAME: Final = re.compile(r"(?<![\w/\[])@(?=\w)")


def defang(text: str) -> str:
    """Make every address in `text` unclickable: hxxps://video[.]example/…, name[at]host[.]example.

    Any text is accepted; what is defanged already stays as it is. The result never holds http before :// nor two
    labels joined by a bare dot. core/harmonise/refang.py reads it back.
    """
    text = _HTTP.sub(_hxxp, text)
    text = _SLASHES.sub("[:]", text)
    text = _SCHEME.sub(r"\1[:]", text)
    text = _DOT.sub("[.]", text)
    return _NAME.sub("[at]", _AT.sub("[at]", text))


def web(origin: str, host: str, path: str, facts: Host) -> str:
    """Defang a web address that is already taken apart: as defang(origin + path), in a fraction of the time."""
    if (
        ":" in path
        or "[" in path
        or ("@" in path and (_AT.search(path) or _NAME.search(path)))
        or host[0] == "["
        or not origin.endswith(host)
        or origin[0] != "h"
    ):
        return defang(origin + path)
    if "." in path:
        path = with_dots(path)
    return f"hxxp{origin[4 : -len(host)]}{facts.defanged}{path}"


def with_dots(path: str) -> str:
    """Defang the dots of a path that holds none of : [ @: each but those that end a sentence or stand by themselves."""
    return _PATH_DOT.sub("[.]", path)


def phone(number: str, country: int) -> str:
    """Write a number in E.164, of whose digits `country` name the country, so that nothing offers to dial it.

    As in +33[.]1[.]99[.]00[.]12[.]34.
    """
    code, rest = number[: country + 1], number[country + 1 :]
    pairs = [rest[max(0, end - 2) : end] for end in range(len(rest), 0, -2)]
    return "[.]".join([code, *reversed(pairs)])


def defang_text(text: str) -> str:
    """Defang the addresses, hosts, e-mail addresses, @names and numbers within a text; leave its other words alone.

    “art. 226-10”, “R.645-1” and “3.14” are words; “example.com” is a host: names exist under its ending. What is
    defanged already stays as it is, so that `defang_text(text) != text` says that something live stands in `text`.
    """
    text = _LINK.sub(lambda found: defang(found.group()), text)
    text = _HOST.sub(_host, text)
    text = _NAME.sub("[at]", text)
    if "+" in text:
        text = _NUMBER.sub(_parted, text)
    return _HTTP.sub(_hxxp, text)


def _parted(found: re.Match[str]) -> str:
    digits = _NOT_DIGIT.sub("", found.group())
    return "+" + "[.]".join(digits[start : start + 2] for start in range(0, len(digits), 2))


def _host(found: re.Match[str]) -> str:
    word = found.group()
    return defang(word) if hosts.names_a_host(word.rpartition("@")[2].lower()) else word


def _hxxp(found: re.Match[str]) -> str:
    return "hxxp" if found.group().islower() else "HXXP"
