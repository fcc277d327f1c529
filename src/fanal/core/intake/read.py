"""The one validator of reports, for the portal's form and for the API alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Final

from fanal.core.intake import faults, media
from fanal.core.reasons import Fault, Reason
from fanal.core.report import Category, Channel, Identity, Item, Standing, Submission

MAX_ITEMS: Final = 50
MAX_ITEM: Final = 65_536
MAX_COMMENT: Final = 20_000
MAX_PLATFORM: Final = 200
MAX_WHERE: Final = 1_000
MAX_NAME: Final = 300
MAX_EMAIL: Final = 254  # RFC 5321, 4.5.3.1
MAX_PHONE: Final = 50
MAX_REFERENCE: Final = 300
MOST_FAULTS: Final = 500  # told at once; whoever mends these is told the rest

FIELDS: Final = (
    "items",
    "category",
    "comment",
    "seen_on",
    "seen_where",
    "standing",
    "minor",
    "danger_now",
    "language",
    "contact",
    "external_ref",
)
_CONTACT: Final = ("name", "email", "phone")
_ITEM: Final = ("typed", "platform")
_ITEM_FIELDS: Final = frozenset(_ITEM)
Entry = tuple[str, str]  # what was typed, and the platform: of a million of them, fifty become items
_AT_ONCE: Final = 1_000
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_EMAIL: Final = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+\.[^\s@<>()\[\],;:\".]+")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_YES: Final = frozenset({"yes", "true", "on", "1"})
_NO: Final = frozenset({"", "no", "false", "off", "0"})
_CATEGORIES: Final = frozenset(Category)
_STANDINGS: Final = frozenset(Standing)
_EARLIEST: Final = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Read:
    """What was understood: a complete submission, or every fault at once.

    `notes` says what was set aside.
    """

    submission: Submission | None
    identity: Identity = field(repr=False)
    faults: tuple[Fault, ...] = ()
    given: Mapping[str, object] | None = field(default=None, repr=False)
    notes: tuple[Reason, ...] = ()

    @property
    def kept(self) -> Mapping[str, object]:
        """Give the fields back as they were, with pasted images cut out of the texts that a form has."""
        return {} if self.given is None else _kept(self.given)


class _Reader:
    """Reads one field after the other and gathers the faults."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self.fields = fields
        self.faults: list[Fault] = []
        self.notes: list[Reason] = []

    def fault(self, name: str, why: Reason) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(name, why))

    def text(self, given: object, name: str, limit: int) -> str:
        """Give a text as typed, or "" with a fault noted."""
        if given is None:
            return ""
        if not isinstance(given, str):
            self.fault(name, faults.NOT_TEXT)
        elif media.pasted(given):
            self.fault(name, media.DO_NOT_SEND)
        elif len(given) > limit:
            self.fault(name, faults.too_long(len(given), limit))
        elif "\0" in given:
            self.fault(name, faults.NUL)
        elif _SURROGATE.search(given):
            self.fault(name, faults.HALF_CHARACTER)
        else:
            return given
        return ""

    def flag(self, name: str) -> bool:
        given = self.fields.get(name)
        if given is None or isinstance(given, bool):
            return bool(given)
        word = given.strip().lower() if isinstance(given, str) else None
        if word not in _YES | _NO:
            self.fault(name, faults.NOT_YES_OR_NO)
        return word in _YES

    def day(self, name: str, *, today: date) -> date | None:
        before = len(self.faults)
        given = self.text(self.fields.get(name), name, 100).strip()
        if not given or len(self.faults) > before:
            return None
        try:
            day = date.fromisoformat(given) if _DAY.fullmatch(given) else None
        except ValueError:
            day = None
        if day is None:
            self.fault(name, faults.NOT_A_DAY)
        elif day > today:
            self.fault(name, faults.IN_THE_FUTURE)
        elif day < _EARLIEST:
            self.fault(name, faults.TOO_EARLY)
        return day

    def items(self) -> list[Entry]:
        given = self.fields.get("items")
        if given is None:
            given = ()
        if not isinstance(given, (list, tuple)):
            self.fault("items", faults.NOT_A_LIST)
            return []
        before = len(self.faults)
        items: list[Entry] = []
        for start in range(0, len(given), _AT_ONCE):
            part = given[start : start + _AT_ONCE]
            items += (self._in_order(part) if len(items) >= MAX_ITEMS else None) or self._one_by_one(part, start)
            if len(self.faults) >= MOST_FAULTS:
                break
        if not items and len(self.faults) == before:
            self.fault("items", faults.NOTHING)
        return items

    def _one_by_one(self, given: Sequence[object], start: int) -> list[Entry]:
        read = (self.item(one, f"items[{place}]") for place, one in enumerate(given, start))
        return [entry for entry in read if entry[0].strip()]

    def _in_order(self, given: Sequence[object]) -> list[Entry] | None:
        """Read many entries at once; None where something may be wrong with one of them."""
        read: list[Entry] = []
        for one in given:
            if not isinstance(one, dict) or not one.keys() <= _ITEM_FIELDS:
                return None
            typed, platform = one.get("typed"), one.get("platform") or ""
            if not isinstance(typed, str) or not isinstance(platform, str):
                return None
            if len(typed) > MAX_ITEM or len(platform) > MAX_PLATFORM:
                return None
            if typed and not typed.isspace():
                read.append((typed, platform))
        whole = "\n".join(chain.from_iterable(read))
        fit = "\0" not in whole and not _SURROGATE.search(whole) and not media.pasted(whole)
        return read if fit else None

    def comment(self, items: Sequence[Entry]) -> str:
        """Give the comment; where there are more items than are read one by one, all of them stand below it."""
        said = self.text(self.fields.get("comment"), "comment", MAX_COMMENT)
        if len(items) <= MAX_ITEMS:
            return said
        self.notes.append(faults.too_many(len(items), MAX_ITEMS))
        lines = [f"{platform}: {typed}" if platform else typed for typed, platform in items]
        return "\n".join((*((said, "") if said else ()), all_of_them(len(items)), *lines))

    def item(self, given: object, name: str) -> Entry:
        if not isinstance(given, Mapping):
            self.fault(name, faults.NOT_AN_ITEM)
            return "", ""
        if not set(given) <= set(_ITEM):
            self.fault(name, faults.unknown_field(_ITEM))
        typed = self.text(given.get("typed"), f"{name}.typed", MAX_ITEM)
        return typed, self.text(given.get("platform"), f"{name}.platform", MAX_PLATFORM)

    def identity(self) -> Identity:
        given = self.fields.get("contact")
        if given is None:
            return Identity()
        if not isinstance(given, Mapping):
            self.fault("contact", faults.NOT_A_CONTACT)
            return Identity()
        if not set(given) <= set(_CONTACT):
            self.fault("contact", faults.unknown_field(_CONTACT))
        email = self.text(given.get("email"), "contact.email", MAX_EMAIL).strip()
        if email and not _EMAIL.fullmatch(email):
            self.fault("contact.email", faults.NOT_AN_EMAIL)
        return Identity(
            name=self.text(given.get("name"), "contact.name", MAX_NAME).strip(),
            email=email,
            phone=self.text(given.get("phone"), "contact.phone", MAX_PHONE).strip(),
        )

    def category(self) -> Category:
        given = self.fields.get("category")
        if given is None or given == "":
            self.fault("category", faults.choose(Category))
        elif not isinstance(given, str):
            self.fault("category", faults.NOT_TEXT)
        elif given not in _CATEGORIES:
            self.fault("category", faults.unknown_category(Category))
        else:
            return Category(given)
        return Category.OTHER

    def standing(self) -> Standing:
        given = self.fields.get("standing")
        if given is None or given == "":
            return Standing.WITNESS
        if isinstance(given, str) and given in _STANDINGS:
            return Standing(given)
        self.fault("standing", faults.unknown_standing(Standing))
        return Standing.WITNESS

    def language(self) -> str:
        given = self.fields.get("language")
        if given is None or given == "":
            return "en"
        if isinstance(given, str) and _LANGUAGE.fullmatch(given):
            return given
        self.fault("language", faults.NOT_A_LANGUAGE)
        return "en"


def all_of_them(count: int) -> str:
    """Give the line below which all entries of a report stand, one a line, where there are too many of them."""
    return f"⸻ {count} ⸻"


def read(fields: object, *, channel: Channel, today: date) -> Read:
    """Read a report's fields, as a form or parsed JSON gives them; any value is answered, none raises.

    `items` is a list of {"typed", "platform"} (at least one that is not blank, each of at most 65,536 characters; where
    they are more than 50, the first 50 are the items, all of them stand in the comment as typed, and a note says so),
    `category` a code of Category, `comment` at most 20,000 characters, `seen_on` "YYYY-MM-DD" not after `today`,
    `contact` a mapping of name, email, phone; what is optional may be missing, None or "". Texts are kept as typed,
    control and bidirectional characters included (intake/show.py shows them). Refused, with the field named: wrong
    shapes, fields that do not exist, NUL, half characters (lone surrogates), pasted images. All faults come together.
    """
    if not isinstance(fields, Mapping):
        return Read(None, Identity(), (Fault("", faults.NOT_A_REPORT),))
    reader = _Reader(fields)
    if not set(fields) <= set(FIELDS):
        reader.fault("", faults.unknown_field(FIELDS))
    items = reader.items()
    submission = Submission(
        items=tuple(Item(typed, platform) for typed, platform in items[:MAX_ITEMS]),
        category=reader.category(),
        channel=channel,
        language=reader.language(),
        comment=reader.comment(items),
        seen_on=reader.day("seen_on", today=today),
        seen_where=reader.text(fields.get("seen_where"), "seen_where", MAX_WHERE),
        standing=reader.standing(),
        minor=reader.flag("minor"),
        danger_now=reader.flag("danger_now"),
        external_ref=reader.text(fields.get("external_ref"), "external_ref", MAX_REFERENCE),
    )
    identity = reader.identity()
    found = tuple(reader.faults)
    return Read(None if found else submission, identity, found, given=fields, notes=tuple(reader.notes))


def _kept(fields: Mapping[str, object]) -> Mapping[str, object]:
    kept = dict(fields)
    for name in ("comment", "seen_where", "external_ref", "seen_on"):
        kept[name] = _cut(kept[name]) if name in kept else ""
    items = fields.get("items")
    if isinstance(items, (list, tuple)):
        kept["items"] = [_cut_all(one) for one in items]
    kept["contact"] = _cut_all(fields.get("contact"))
    return kept


def _cut(given: object) -> object:
    return media.cut(given) if isinstance(given, str) else given


def _cut_all(given: object) -> object:
    return {name: _cut(one) for name, one in given.items()} if isinstance(given, Mapping) else _cut(given)
