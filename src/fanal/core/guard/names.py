"""How each target may be named: the words that the blind index keeps a mark of, as few as find every way of writing."""

from __future__ import annotations

import base64
import ipaddress
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from fanal.core.crosscheck import everybody
from fanal.core.guard.review import Name, Role
from fanal.core.harmonise import platforms, single
from fanal.core.harmonise.platform import words
from fanal.core.report import Target, TargetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the house itself, the press and the authorities name in public all day: a page reported there names no site.
_OF_ALL: Final = words(
    "gouv.fr service-public.fr legifrance.gouv.fr justice.fr cnil.fr arcom.fr vie-publique.fr europa.eu coe.int"
    " interpol.int un.org unicef.org unicef.fr inhope.org iwf.org.uk gov.uk police.uk nspcc.org.uk childline.org.uk"
    " missingkids.org ncmec.org ic3.gov fbi.gov e-enfance.org 3018.fr pointdecontact.net netecoute.fr allo119.gouv.fr"
    " stopncii.org commentonsaime.fr france-victimes.fr lavoixdelenfant.org lemonde.fr lefigaro.fr liberation.fr"
    " leparisien.fr francetvinfo.fr franceinfo.fr ouest-france.fr bbc.co.uk theguardian.com nytimes.com reuters.com"
    " afp.com orange.fr sfr.fr bouyguestelecom.fr laposte.net laposte.fr"
)
_LONG_NUMBER: Final = 9  # a shorter number is an amount or a reference as easily as somebody's id
_LONG_CODE: Final = 6
_SHORT_NAME: Final = 3  # the index keeps nothing shorter
_MAYBE_A_WORD: Final = 12
_LONGEST_NAME: Final = 22  # of groups: what is longer is a code
_ONION: Final = (16, 56)
_INFOHASH: Final = 40
_CODE: Final = re.compile(r"(?=[\w-]*[0-9])(?=[\w-]*[A-Za-z])[\w-]{8,}", re.ASCII)
_MOST_CODES: Final = 2
_BETWEEN: Final = re.compile("[/:]")


def names(target: Target) -> tuple[Name, ...]:
    """Give the names of `target`, each once; none where whatever names it stands for everybody (a platform's host).

    The index folds them (signs, capitals, accents and look-alikes do not count), and finds them among any other words:
    of an account its name is enough, since every address of it holds that.
    """
    found: dict[str, Name] = {}
    for one in _all(target):
        if one.words:
            found.setdefault(one.words, one)
    return tuple(found.values())


def _all(target: Target) -> Iterator[Name]:
    match target.kind:
        case TargetKind.ACCOUNT:
            yield from _account(target)
        case TargetKind.POST:
            yield from _post(target)
        case TargetKind.GROUP | TargetKind.INVITE:
            yield from _code(target, target.id)
        case TargetKind.URL:
            yield from _code(target, target.id) if target.id else _page(target)
        case TargetKind.DOMAIN:
            yield from _host(target.canonical)
        case TargetKind.EMAIL:
            yield Name(target.canonical, Role.MAILBOX)
        case TargetKind.PHONE:
            yield from _number(target.canonical)
        case TargetKind.MAGNET:
            yield from _infohash(target.id)
        case TargetKind.WALLET | TargetKind.HASH:
            yield Name(target.id, Role.CODE)


def _account(target: Target) -> Iterator[Name]:
    handle = target.handle
    if handle.removeprefix("+").isdigit() and target.platform in {"whatsapp", "telegram"}:
        yield from _number(f"+{handle.removeprefix('+')}")
    elif "@" in handle:
        name, _, server = handle.partition("@")
        yield Name(handle, Role.WHOLE)
        yield Name(f"{server}/@{name}", Role.WHOLE)
        yield Name(name, Role.HANDLE)
    elif handle:
        yield Name(handle, Role.HANDLE)
        if target.platform == "discord":
            yield Name(handle.partition("#")[0], Role.HANDLE)
        if target.platform == "bluesky":
            yield Name(handle.removesuffix(".bsky.social"), Role.HANDLE)
        if sum(map(str.isalnum, handle)) < _SHORT_NAME:
            yield from _short(target, handle)
    if target.id and target.id != handle:
        yield from _code(target, target.id)


def _short(target: Target, handle: str) -> Iterator[Name]:
    """Name an account whose name is too short to be looked for alone by its address on each host of its platform."""
    platform = platforms.find(target.platform)
    for host in platform.hosts if platform else ():
        if host.count(".") == 1:
            yield Name(f"{host}/{handle}", Role.WHOLE)


def _post(target: Target) -> Iterator[Name]:
    yield from _code(target, target.id)
    owner = single.read(target.account, single.Said()) if target.account else None
    if isinstance(owner, Target) and owner.kind is TargetKind.ACCOUNT:
        yield from _account(owner)


def _code(target: Target, whole: str) -> Iterator[Name]:
    """Name something by its id: the last part of it where that says enough, else with what stands before it."""
    last = _BETWEEN.split(whole)[-1].removeprefix("+")
    letters = any(map(str.isalpha, last))
    slug = target.kind is TargetKind.POST and "/" in whole and last.islower() and not any(map(str.isdigit, last))
    if target.kind is TargetKind.GROUP and letters and len(last) < _LONGEST_NAME:
        yield Name(last, Role.HANDLE)
    elif not slug and len(last) >= (_LONG_CODE if letters else _LONG_NUMBER):
        word = len(last) < _MAYBE_A_WORD and not any(map(str.isdigit, last))
        yield Name(last, Role.HANDLE if word else Role.CODE)
        yield from _prefixed(target.canonical, last)
    else:
        yield Name(whole if "/" in whole else _bare(target.canonical), Role.WHOLE)


def _prefixed(canonical: str, id: str) -> Iterator[Name]:
    """Name an id also with the letters or figures that its platform sets before it without a sign (vk.com/id12…)."""
    if found := re.search(rf"[A-Za-z0-9-]*[A-Za-z0-9]{re.escape(id)}(?=$|[/?#])", canonical):
        yield Name(found.group(), Role.CODE)
    if canonical.startswith("https://t.me/c/"):
        yield Name(f"100{id}", Role.CODE)


def _page(target: Target) -> Iterator[Name]:
    bare = _bare(target.canonical)
    host = re.split("[/?#]", target.canonical.partition("://")[2], maxsplit=1)[0]
    name = (host if host.startswith("[") else host.partition(":")[0]).removeprefix("www.")
    rest = "".join(re.split("([/?#])", bare, maxsplit=1)[1:])
    site = "" if target.platform else _site(name)
    if rest.strip("/?#") and not name.endswith(".onion"):
        yield Name(bare, Role.WHOLE)
    if site:
        yield from _host(name if site == name else site)
    elif not target.platform:
        yield from (Name(code, Role.CODE) for code in _CODE.findall(rest)[:_MOST_CODES])


def _host(host: str) -> Iterator[Name]:
    host = host.removeprefix("www.")
    labels = host.split(".")
    if labels[-1] == "onion" and len(labels) > 1 and len(labels[-2]) in _ONION:
        yield Name(labels[-2], Role.CODE)
        return
    if not _site(host):
        return
    yield Name(host, Role.SITE)
    if host.startswith("["):
        yield Name(ipaddress.IPv6Address(host.strip("[]")).exploded, Role.SITE)
    if "xn--" in host:
        yield Name(_letters(host), Role.SITE)
    if labels[-1].isdigit():
        yield from _numeric(host)


def _site(host: str) -> str:
    """Give the site of `host`; "" where it stands for everybody, or is named in public all day."""
    found = everybody.site(host)
    ends = host.split(".")
    return "" if any(".".join(ends[at:]) in _OF_ALL for at in range(len(ends))) else found


def _numeric(host: str) -> Iterator[Name]:
    """Name an IPv4 address also as the one number that browsers take for it."""
    try:
        number = int(ipaddress.IPv4Address(host))
    except ValueError:
        return
    yield Name(str(number), Role.CODE)
    yield Name(f"0x{number:08x}", Role.CODE)
    yield Name(".".join(f"0x{byte:02x}" for byte in number.to_bytes(4, "big")), Role.CODE)


def _number(canonical: str) -> Iterator[Name]:
    """Name a telephone number as it is written with its country (+33, 0033, +33 (0)) and at home."""
    import phonenumbers  # noqa: PLC0415 - its tables take their time to load

    digits = canonical.removeprefix("+")
    yield Name(digits, Role.NUMBER)
    yield Name(f"00{digits}", Role.NUMBER)
    try:
        parsed = phonenumbers.parse(canonical, None)
    except phonenumbers.NumberParseException:
        return
    home = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    code, dialled = str(parsed.country_code), re.sub(r"\D", "", home)
    yield Name(dialled, Role.NUMBER)
    if dialled.startswith("0"):
        yield Name(f"{code}{dialled}", Role.NUMBER)


def _infohash(id: str) -> Iterator[Name]:
    yield Name(id, Role.CODE)
    if len(id) == _INFOHASH:
        yield Name(base64.b32encode(bytes.fromhex(id)).decode(), Role.CODE)


def _bare(canonical: str) -> str:
    """Give an address as people type it: without its scheme and www., its letters as letters."""
    return unquote(_letters(canonical.partition("://")[2])).removeprefix("www.")


def _letters(host: str) -> str:
    """Give a host, or an address that begins with one, with the labels of xn-- as the letters that they stand for."""
    if "xn--" not in host:
        return host
    head, slash, rest = host.partition("/")
    return ".".join(map(_label, head.split("."))) + slash + rest


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
