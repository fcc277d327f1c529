"""From the forms of a platform's addresses to one pattern for each host, and what each form means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import account_why
from fanal.core.report import TargetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from fanal.core.harmonise.platform import Platform, Shape
    from fanal.core.reasons import Reason

_FIELD: Final = re.compile(r"\{(\w+)\}")
_ANY_REST: Final = r"(?:[/?#].*)?\Z"
_NO_REST: Final = r"/?(?:[?#].*)?\Z"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one form means: which groups of the pattern are its fields, and what they are set into."""

    kind: TargetKind
    first: int
    last: int
    folded: tuple[int, ...]
    name: int  # the field that may not be a reserved word, -1 for none
    canonical: Callable[..., str]
    id: Callable[..., str]
    handle: Callable[..., str] | None
    account: Callable[..., str] | None
    born: Callable[[str], datetime | None] | None
    born_from: int
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """How the addresses of one host are read; `whole` where the host itself carries a field."""

    match: Callable[[str], re.Match[str] | None]
    readings: Mapping[int, Reading]
    whole: bool


def hosts(platform: Platform) -> Iterator[str]:
    """Name every host that stands in the platform's forms beside its own: youtu.be, {name}.tumblr.com."""
    for shape in platform.shapes:
        for form in shape.forms:
            host = re.split("[/?]", form, maxsplit=1)[0]
            if host:
                yield host


def site(platform: Platform, host: str) -> Site:
    """Make the pattern of one host (one of `hosts`, or "" for the platform's own) from the forms that stand there."""
    readings: dict[int, Reading] = {}
    branches: list[str] = []
    groups = 0
    whole = "{" in host
    for shape, form in _forms(platform, host, whole=whole):
        pattern, names = compiled(form, platform.fields)
        branches.append(f"{pattern}()")
        readings[groups + len(names) + 1] = _reading(platform, shape, names, groups)
        groups += len(names) + 1
    everything = re.compile("|".join(branches), re.ASCII | re.DOTALL)
    return Site(everything.match, readings, whole)


def _forms(platform: Platform, host: str, *, whole: bool) -> Iterator[tuple[Shape, str]]:
    for shape in platform.shapes:
        for form in shape.forms:
            if re.split("[/?]", form, maxsplit=1)[0] == host:
                yield shape, form if whole else form.removeprefix(host)


def compiled(form: str, fields: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Give the pattern of one form, its fields as groups, and the names of these in order."""
    path, _, query = form.partition("?")
    any_rest = path.endswith("/*")
    body = _part(path.removesuffix("/*").rstrip("/"), fields)
    if query:
        asked = (pair.partition("=") for pair in query.split("&"))
        body += r"/?\?" + "".join(
            rf"(?=(?:[^#]*&)?{re.escape(key)}={_part(value, fields)}(?:[&#]|\Z))" for key, _, value in asked
        )
    else:
        body += _ANY_REST if any_rest else _NO_REST
    return body, tuple(_FIELD.findall(form))


def _part(text: str, fields: Mapping[str, str]) -> str:
    pieces = _FIELD.split(text)
    return "".join(
        f"({fields[piece]})" if at % 2 else re.escape(piece).replace("@", "(?:@|%40)")
        for at, piece in enumerate(pieces)
    )


def template(text: str, names: tuple[str, ...]) -> Callable[..., str]:
    """Give what sets the values of `names`, in their order, into `text`."""
    return _FIELD.sub(lambda found: f"{{{names.index(found.group(1))}}}", text).format


def _reading(platform: Platform, shape: Shape, names: tuple[str, ...], groups: int) -> Reading:
    named = shape.kind is TargetKind.ACCOUNT
    owner = platform.by_id if "user" in names else platform.profile if "name" in names else ""
    id_ = shape.id or next((f"{{{one}}}" for one in ("id", "user", "name") if one in names), "")
    handle = shape.handle or ("{name}" if named and "name" in names else "")
    account = shape.account or (owner if shape.kind is TargetKind.POST else "")
    timed = _FIELD.findall(id_)[-1]  # of an id in parts, the last is that of the thing itself
    return Reading(
        kind=shape.kind,
        first=groups,
        last=groups + len(names),
        folded=tuple(at for at, one in enumerate(names) if one in platform.folded),
        name=names.index("name") if "name" in names else -1,
        canonical=template(shape.canonical or owner, names),
        id=template(id_, names),
        handle=template(handle, names) if handle else None,
        account=template(account, names) if account else None,
        born=shape.born,
        born_from=names.index(timed),
        confidence=shape.confidence,
        reasons=account_why.at(platform, shape.kind, by_handle=bool(handle) and "user" not in names),
    )


def rewriting(form: str, address: str, fields: Mapping[str, str]) -> tuple[re.Pattern[str], Callable[..., str]]:
    """Make the pattern of an address that only an application opens, and what writes it as everybody does."""
    pattern, names = compiled(form, fields)
    return re.compile(pattern, re.ASCII | re.DOTALL), template(address, names)
