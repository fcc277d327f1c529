"""The one link of a pair of cases, and what a person says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from fanal.core.crosscheck import judge
from fanal.core.intake import names
from fanal.core.lifecycle import LINK, LinkState, step
from fanal.core.reasons import reason
from fanal.queries import movable, world
from fanal.queries.record import kept
from fanal.store import models

if TYPE_CHECKING:
    from datetime import datetime

    from fanal.queries.people import Person

BY_PERSON = reason(
    "link.by-person",
    en="A person brought these two cases together or apart; no clue had.",
    fr="Une personne a rapproché ou séparé ces deux dossiers ; aucun indice ne l’avait fait.",
)


def say(link: models.CaseLink, state: str, person: Person, grounds: str) -> None:
    """Write what a person says of a link whose row is held, or new."""
    here = world.current()
    link.state, link.judged_by, link.judged_at = state, person.id, here.now()
    link.grounds = here.keys.close(grounds.strip().encode(), row=link.id, field="link.grounds")
    link.save()


def before(one: models.Case, other: models.Case) -> str:
    """Give what is said of two cases so far; "" where no link stands between them."""
    link = _find(one, other)
    return link.state if link else ""


def between(one: models.Case, other: models.Case, state: LinkState, person: Person, grounds: str) -> None:
    """Write what a merge, a split or an undo says of its two cases, whose rows are held."""
    link = _find(one, other)
    if link is None:
        link = _new(one, other)
    say(link, step(LINK, link.state, state), person, grounds)


def inherit(whole: models.Case, part: models.Case, *, since: datetime | None = None) -> None:
    """Let what comes out of a case be different from all that people said was different from the whole.

    It counts as said of the part now: the word on the whole may be taken back later, and this one stands by itself.
    """
    here = world.current()
    parts = movable.parts(whole.pk)
    family = {str(one) for one in parts}
    about = models.CaseLink.objects.filter(Q(low__in=parts) | Q(high__in=parts), state=LinkState.DIFFERENT)
    for row in about.select_related("low", "high").order_by("id"):
        other = row.high if row.low_id in parts else row.low
        at = row.judged_at or row.proposed_at
        said = (str(row.low_id), str(row.high_id), at)
        if not judge.inherited([said], family, str(part.pk), since=since):
            continue
        link = _find(part, other) or _new(part, other)
        link.state, link.judged_by, link.judged_at = (
            step(LINK, link.state, LinkState.DIFFERENT),
            row.judged_by,
            here.now(),
        )
        grounds = here.keys.open(row.grounds, row=row.id, field="link.grounds")
        link.grounds = here.keys.close(grounds, row=link.id, field="link.grounds")
        link.save()


def _find(one: models.Case, other: models.Case) -> models.CaseLink | None:
    low, high = sorted((one.pk, other.pk))
    return models.CaseLink.objects.select_for_update().filter(low=low, high=high).first()


def _new(one: models.Case, other: models.Case) -> models.CaseLink:
    here = world.current()
    low, high = sorted((one, other), key=lambda case: case.pk)
    return models.CaseLink(
        id=here.new_id(),
        ref=f"L-{names.reference(here.new_bytes(8))}",
        low=low,
        high=high,
        state=LinkState.PROPOSED,
        weight=0,
        reasons=kept([BY_PERSON]),
        proposed_at=here.now(),
        seen_again_at=here.now(),
    )
