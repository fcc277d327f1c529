"""What the law says, for the pages: nothing of it is written in a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.errors import NotFound
from fanal.queries import world

if TYPE_CHECKING:
    from fanal.core.catalogue import Clock, Elsewhere, Emergency, Kit, Offence, PlainCategory, Retention
    from fanal.core.text import Text


def emergencies() -> tuple[Emergency, ...]:
    """List the numbers to call, those of the first screen first."""
    return tuple(sorted(world.current().catalogue.emergencies, key=lambda one: not one.first_screen))


def kit() -> Kit:
    """Give what the public is told to do and not to do."""
    return world.current().catalogue.kit


def kit_numbers() -> tuple[Emergency, ...]:
    """List the numbers that stand on the poster."""
    return tuple(one for one in world.current().catalogue.emergencies if one.kit is not None)


def poster(language: str, *, address: str = "") -> bytes:
    """Draw what to do and what not to do as a poster (PDF, A4); `address` is where people report."""
    from fanal.law import poster as sheet  # noqa: PLC0415 - a page needs no drawing library until somebody prints

    return sheet.pdf(kit(), kit_numbers(), language=language, address=address)


def elsewhere() -> tuple[Elsewhere, ...]:
    """List what is not for a reporting desk, and where to go with it."""
    return world.current().catalogue.elsewhere


def categories() -> tuple[PlainCategory, ...]:
    """List the categories in plain words."""
    return world.current().catalogue.categories


def false_report() -> Text:
    """Give the warning on false reports."""
    return world.current().catalogue.false_report


def false_report_article() -> str:
    """Name the article that the warning rests on."""
    return world.current().catalogue.false_report_article


def retention() -> tuple[Retention, ...]:
    """List what is kept, and for how long."""
    return world.current().catalogue.retention


def clocks() -> tuple[Clock, ...]:
    """List the deadlines."""
    return world.current().catalogue.clocks


def offences() -> tuple[Offence, ...]:
    """List every offence that is law today, those whose elements are written first."""
    here = world.current()
    found = [one for one in here.catalogue.offences if one.in_force(here.now().date())]
    return tuple(sorted(found, key=lambda one: not one.written()))


def offence(id: str) -> Offence:
    """Give one offence; NotFound where there is none."""
    try:
        return world.current().catalogue.offence(id)
    except KeyError:
        raise NotFound from None
