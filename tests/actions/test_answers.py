"""What is written to reporters names nothing that was reported, in their case or another, however it is written."""

from __future__ import annotations

import pytest
from tests import house

from fanal.actions import follow_up
from fanal.core.errors import Refused
from fanal.core.report import Item
from fanal.store.models import Event, ReporterAnswer

pytestmark = pytest.mark.django_db

NAMED = (
    "Merci. Le compte canaryname9d n’est plus en ligne, dit son hébergeur.",
    "Merci. Le compte c a n a r y n a m e 9 d n’est plus en ligne, dit son hébergeur.",
    "Merci. Le compte сanаryname9d n’est plus en ligne, dit son hébergeur.",  # two letters are Cyrillic
    "Thank you. The account “canary.name.9d” is gone, and the platform says so.",
    "La page canary-site point example slash secret n’est plus en ligne, dit son hébergeur.",
)
CLEAN = (
    "Merci. Ce que vous avez signalé n’est plus en ligne, dit son hébergeur.",
    "Votre signalement R-7KQM-4T2X du 3 novembre est lu. L’art. 226-10 du code pénal punit les fausses déclarations.",
)


@pytest.fixture
def case() -> str:
    """A case about a page, while an account stands in another."""
    house.receive(items=(Item("@canaryname9d", "x"),))
    received = house.receive("https://canary-site.example/secret")
    house.work()
    return house.case_of(received.ref)


def test_what_names_anything_is_refused_masked_and_noted(case: str) -> None:
    for text in NAMED:
        with pytest.raises(Refused) as refused:
            follow_up.answer_reporters(house.ALICE, case, text=text)
        [why] = refused.value.reasons
        assert why.code == "public.names", text
        assert "canary" not in why.text.fr.casefold().replace(" ", "").replace(".", "")
        assert "…" in why.text.fr
        assert "Ligne 1" in why.text.fr
    assert not ReporterAnswer.objects.exists()
    assert Event.objects.filter(name="answer.stopped", case=case, actor=house.ALICE.id).count() == len(NAMED)


def test_what_names_nothing_is_written_to_the_letter(case: str) -> None:
    for text in CLEAN:
        follow_up.answer_reporters(house.ALICE, case, text=text)
    assert ReporterAnswer.objects.count() == len(CLEAN)
    assert not Event.objects.filter(name="answer.stopped").exists()
