"""What a platform is to us: its hosts, its names, and the shapes of its addresses, written as people write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fanal.core.report import TargetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

ACCOUNT, POST, GROUP, INVITE = TargetKind.ACCOUNT, TargetKind.POST, TargetKind.GROUP, TargetKind.INVITE
OPAQUE = TargetKind.URL
"""A share link whose code only the platform can read: kept as it is, and never followed."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of thing, with every way in which its address is written.

    A form is a path on the platform's own hosts (`/{name}/status/{id}`) or an address on another of its hosts
    (`youtu.be/{id}`, `{name}.tumblr.com`). `{name}` is the handle of an account, `{user}` its stable id, `{id}` the
    thing itself; other fields are the platform's own. A query names the parameters that count, in any order
    (`/watch?v={id}`); a final `/*` lets any path follow. A final slash, further parameters and a fragment change
    nothing. The first form that fits counts.

    `canonical` and the rest are written with the same fields. Left out: an account is written as the platform's
    `by_id` or `profile`; the id is `{id}`, `{user}` or `{name}`, the first there is; an account's handle is `{name}`;
    a post's account is that of its `{user}` or `{name}`. `born` reads the time from the last field of the id.
    """

    kind: TargetKind
    forms: tuple[str, ...]
    canonical: str = ""
    id: str = ""
    handle: str = ""
    account: str = ""
    born: Callable[[str], datetime | None] | None = None
    confidence: float = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Platform:
    """One platform.

    `fields` gives a pattern for each field of the forms; the values of `folded` mean the same in capitals, and
    `ignored` are letters that do not count in a name. `languages` are domains whose hosts by language (fr., pt-br.)
    are the same site; `own` are other domains of the platform, where no account stands (what it serves media from).
    `profile` is where the account of a name stands ("" where names have no address), `by_id` that of a stable id, and
    `typed_id` what such an id looks like when typed alone. `spare` are letters that people put into a name and that are
    no part of it. `federated` says that @name@host is its account too. `apps` rewrites what only an application opens
    as a web address. `brand` is the word by which an imitation is known, empty where it is an ordinary word.
    """

    name: str
    label: str
    host: str
    hosts: tuple[str, ...]
    fields: Mapping[str, str]
    shapes: tuple[Shape, ...]
    profile: str = ""
    by_id: str = ""
    typed_id: str = ""
    languages: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    reserved: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset({"name"})
    ignored: str = ""
    spare: str = ""
    federated: bool = False
    apps: Mapping[str, str] = field(default_factory=dict)
    brand: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """Invented addresses of one thing, and what reading each must give; `names` are typed with the platform chosen."""

    kind: TargetKind
    canonical: str
    id: str
    typed: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    handle: str = ""
    account: str = ""
    born: str = ""


def words(text: str) -> frozenset[str]:
    """Give the words of `text` as a set."""
    return frozenset(text.split())
