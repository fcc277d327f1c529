"""What a legal catalogue is: offences with their elements, competent services, clocks, emergencies, remit.

The data are law/*.toml, one file a jurisdiction; `fanal.law` reads and checks them. Nothing here names a country.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from fanal.core.report import Category
    from fanal.core.text import Text


class Tick(StrEnum):
    """What an analyst answers to one element of an offence."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Element:
    """One fact that an offence needs, asked in plain words."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Condition:
    """A small tree over element ids: a leaf names one element, `all`, `any` and `not` hold others.

    Each element stands in it once (fanal.law refuses another): that makes three-valued weighing exact.
    """

    kind: str  # "element", "all", "any", "not"
    element: str = ""
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Penalty:
    """A maximum: years (99: life) and months of prison, a fine in euros, and the aggravation that it stands for."""

    years: int
    fine_eur: int
    when: str = ""
    months: int = 0


@dataclass(frozen=True, slots=True)
class Offence:
    """One entry of a catalogue. An entry that was used is never edited: it ends, and another follows it."""

    id: str
    law: str
    article: str
    title: Text
    nature: str
    family: str
    base_penalty: Penalty | None
    max_penalty: Penalty | None
    minors: str
    competent: tuple[str, ...]
    clocks: tuple[str, ...]
    elements: tuple[Element, ...]
    condition: Condition | None
    verified: str
    source: str
    in_force_from: date
    in_force_until: date | None
    digest: str
    note: str = ""
    dsa_category: str = ""
    dsa_keyword: str = ""

    def written(self) -> bool:
        """Say whether its elements were written yet."""
        return bool(self.elements)

    def in_force(self, on: date) -> bool:
        """Say whether it is law on that day."""
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


@dataclass(frozen=True, slots=True)
class Service:
    """A public service that is competent for something. Addresses are the operator's (the directory), not the law's."""

    id: str
    name: str
    for_what: Text
    basis: str
    status: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Emergency:
    """A number to call when somebody is in danger now."""

    number: str
    text: Text
    source: str
    checked_on: date
    first_screen: bool = False
    kit: Text | None = None  # the few words for it on the poster; None keeps it from there


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something that is not for a reporting desk, and where to go with it."""

    id: str
    text: Text
    advice: Text
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainCategory:
    """A category in the reporter's words, with the families of offences that an analyst looks at first."""

    category: Category
    label: Text
    hint: Text
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline of law or of the house: how many hours, from when, and where that is written."""

    id: str
    hours: int
    text: Text
    source: str


@dataclass(frozen=True, slots=True)
class Retention:
    """How long one category of data is kept, in days, and where that is written."""

    what: str
    days: int
    text: Text
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that the public should do, or should not, in few words and with its reason."""

    id: str
    side: str  # "do", "not"
    text: Text
    why: Text
    source: str  # as the public reads it; "house": our own advice
    offences: tuple[str, ...] = ()  # where the law says so: ids of the same catalogue


@dataclass(frozen=True, slots=True)
class Kit:
    """What to tell the public: whom to call, a post that is ready to copy, and the rules in the order they are read."""

    call: Text
    post: Text
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One jurisdiction's law as data. `digest` names exactly these bytes."""

    jurisdiction: str
    country: str
    digest: str
    families: dict[str, Text]
    offences: tuple[Offence, ...]
    services: tuple[Service, ...]
    emergencies: tuple[Emergency, ...]
    elsewhere: tuple[Elsewhere, ...]
    categories: tuple[PlainCategory, ...]
    clocks: tuple[Clock, ...]
    retention: tuple[Retention, ...]
    false_report: Text
    false_report_article: str
    kit: Kit

    def offence(self, id: str) -> Offence:
        """Find one offence by its id; KeyError where there is none."""
        for offence in self.offences:
            if offence.id == id:
                return offence
        raise KeyError(id)

    def service(self, id: str) -> Service:
        """Find one service by its id; KeyError where there is none."""
        for service in self.services:
            if service.id == id:
                return service
        raise KeyError(id)

    def clock(self, id: str) -> Clock:
        """Find one clock by its id; KeyError where there is none."""
        for clock in self.clocks:
            if clock.id == id:
                return clock
        raise KeyError(id)

    def kept_days(self, what: str) -> int:
        """Say for how many days `what` is kept; KeyError where the catalogue is silent."""
        for rule in self.retention:
            if rule.what == what:
                return rule.days
        raise KeyError(what)
