"""Who is answered by the guard, on what, how often, and what stays of an asking."""

from __future__ import annotations

import dataclasses
import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests import house
from tests.house import PAUL

from fanal.actions import forget, guard
from fanal.core.errors import NotAllowed, Refused, Wait
from fanal.core.guard import probing
from fanal.core.guard.draft import Form
from fanal.core.rights import KeyRight, Role
from fanal.queries import guard as asked
from fanal.queries import world
from fanal.queries.api_keys import Key
from fanal.queries.people import Person
from fanal.store.models import Event as Row
from fanal.store.models import EventBody

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db

PRIYA = Person("P-02", Role.PRESS, "en")
HOOK = Key("0190-invented-key-of-a-site", frozenset({KeyRight.GUARD}), 6000)
HANDLE = "lanterne_bleue7"
THANKS = (
    "Merci à toutes celles et ceux qui nous ont écrit cette semaine : le compte @{} a été signalé, et nous l’examinons."
)


def known(handle: str = HANDLE) -> str:
    """Report an account and let the house learn its names; give the report."""
    received = house.receive(f"https://x.com/{handle}")
    house.work()
    return received.ref


def ask(who: guard.Asker = PAUL, text: str = THANKS.format(HANDLE)) -> guard.Checked:
    return guard.check(who, text.encode(), form=Form.TEXT, language="fr")


def clock(settings: Settings) -> Callable[..., None]:
    """Give a hand that moves the house's clock on."""
    here, start = world.current(), world.current().now()
    passed = timedelta()

    def on(**span: float) -> None:
        nonlocal passed
        passed += timedelta(**span)
        then = start + passed
        settings.FANAL_WORLD = lambda: dataclasses.replace(here, now=lambda: then)

    on(seconds=0)
    return on


def bodies(name: str) -> list[dict[str, object]]:
    rows = EventBody.objects.filter(event__name=name).order_by("event__at", "event_id")
    return [json.loads(bytes(row.body))["details"] for row in rows]


# Who is answered


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PRESS])
def test_nobody_but_the_press_officer_is_answered(role: Role) -> None:
    with pytest.raises(NotAllowed):
        ask(Person("K-11", role, "fr"))
    with pytest.raises(NotAllowed):
        ask(Key("a", frozenset(KeyRight) - {KeyRight.GUARD}, 600))
    assert not Row.objects.filter(name="guard.asked").exists()


@pytest.mark.parametrize(
    ("who", "role"), [(PAUL, "fanal_desk"), (HOOK, "fanal_api"), (guard.Operator(), "fanal_worker")]
)
def test_each_face_is_answered_with_the_rights_of_its_own_role(
    as_role: house.Acting, who: guard.Asker, role: str
) -> None:
    known()
    with as_role(role):
        assert not ask(who).review.clean


def test_each_asking_is_an_event_without_a_word_of_the_draft() -> None:
    known()
    ask()
    ask(HOOK, THANKS.format("lanterne_rouge8"))
    ask(guard.Operator())
    with pytest.raises(Refused):
        ask(text=f"@{HANDLE}")
    length = len(THANKS.format(HANDLE))
    first, second, third, fourth = bodies("guard.asked")
    counts = {"findings": 1, "doubts": 0, "clean": False}
    assert first == {"asker": "P-01", "form": "text", "length": length, "refused": "", **counts}
    assert (second["asker"], second["clean"]) == (HOOK.id, True)
    assert third["asker"] == "operator"
    assert fourth["refused"] == "guard.whole"
    assert "findings" not in fourth
    assert list(Row.objects.filter(name="guard.asked").order_by("at", "id").values_list("actor", flat=True)) == [
        "P-01", "", "operator", "P-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        HANDLE,
        f"@{HANDLE}",
        f"compte @{HANDLE}",
        f"et de la @{HANDLE}"[:19],
        "https://x.com/" + HANDLE,
        f"{HANDLE} " * 40,
    ],
)
def test_no_answer_on_single_names(text: str) -> None:
    known()
    with pytest.raises(Refused) as refused:
        ask(text=text)
    assert refused.value.reason.code == "guard.whole"
    assert HANDLE not in str(refused.value)


def test_a_list_of_names_is_no_draft() -> None:
    known()
    names = " ".join(f"@compte_{number}" for number in range(40))
    with pytest.raises(Refused) as refused:
        ask(text=f"Voici la liste des comptes : {names} @{HANDLE}")
    assert refused.value.reason.code == "guard.whole"


@pytest.mark.parametrize("text", ["", "Page introuvable", "Bientôt !", "\u0301\u0301\u0301"])
def test_what_holds_nothing_that_could_be_a_name_is_answered_however_short(text: str) -> None:
    assert ask(text=text).review.clean


def test_what_cannot_be_read_is_refused_and_noted() -> None:
    with pytest.raises(Refused):
        guard.check(PAUL, b"\x89PNG\r\n\x1a\n" + bytes(100), language="fr")
    assert [one["refused"] for one in bodies("guard.asked")] == ["draft.picture"]


# Who asks too much


def test_a_person_who_asks_too_often_waits(settings: Settings) -> None:
    on = clock(settings)
    pace = probing.person()
    for number in range(pace.most):
        ask(text=f"{THANKS.format(HANDLE)} Merci encore, {'oui ' * number}")
        on(seconds=1)
    with pytest.raises(Wait) as wait:
        ask()
    assert wait.value.reason.code == "guard.rate"
    assert 0 < wait.value.seconds <= pace.within.total_seconds()
    ask(PRIYA)
    on(seconds=wait.value.seconds)
    ask()


def probe(who: guard.Asker, text: str, times: int) -> int:
    """Ask after names with one text until the guard falls silent; give after how many askings (`times`: never)."""
    for number in range(times):
        try:
            ask(who, text.format(f"nom_invente_{number}"))
        except Wait:
            return number + 1
        except Refused:
            continue
    return times


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Le compte @{} est fermé.", "guard.probing.empty"),
        ("@{}", "guard.probing.empty"),
        (THANKS, "guard.probing.template"),
        ("Comptes : " + " ".join(f"@compte_{n}_{{0}}" for n in range(20)), "guard.probing.list"),
    ],
)
def test_who_asks_after_names_is_answered_no_more_for_an_hour(settings: Settings, text: str, why: str) -> None:
    on = clock(settings)
    known()
    assert probe(PAUL, text, 12) < 12
    assert why in bodies("guard.alarmed")[0]["why"]  # type: ignore[operator]
    on(minutes=59)
    with pytest.raises(Wait) as wait:
        ask()
    assert wait.value.reason.code == "guard.silenced"
    assert 0 < wait.value.seconds <= 60
    ask(PRIYA)
    on(minutes=2)
    assert not ask().review.clean


def test_the_asking_that_is_one_too_many_is_not_answered_and_its_findings_are_not_noted() -> None:
    known()
    probe(PAUL, THANKS, 20)
    assert "findings" not in bodies("guard.asked")[-1]


def test_supervisors_see_who_asked_and_why_and_nobody_else_does(settings: Settings) -> None:
    on = clock(settings)
    probe(PAUL, THANKS, 20)
    (alarm,) = asked.alarms(house.SOFIA)
    assert (alarm.asker, alarm.until - alarm.at) == ("P-01", probing.SILENCE)
    assert [why.code for why in alarm.reasons] == ["guard.probing.template"]
    assert asked.silences(house.SOFIA) == 1
    on(hours=2)
    assert asked.silences(house.SOFIA) == 0
    for person in (PAUL, house.ALICE, house.DRISS):
        with pytest.raises(NotAllowed):
            asked.alarms(person)


def test_who_writes_and_rewrites_one_draft_is_no_alarm() -> None:
    known()
    words = THANKS.format(HANDLE).split()
    for end in range(8, len(words) + 1):
        ask(text=" ".join(words[:end]))
    for text in (
        THANKS.replace("@{}", "ce compte"),
        THANKS.replace("@{}", "un compte"),
        THANKS.replace("cette semaine", "hier").format(HANDLE),
    ):
        ask(text=text)
    assert not bodies("guard.alarmed")


def test_a_site_that_is_built_anew_is_no_alarm() -> None:
    """Ninety pages that share head and foot, some next to empty, one asking each."""
    foot = "Mentions légales, plan du site, contact@site.example"
    page = f"# Page {{n}}\n\n[Accueil](/) [Contact](/contact)\n\n{{text}}\n\n{foot}\n"
    for n in range(90):
        text = "Nous avons reçu ce mois-ci des signalements de toute la région. " * (n % 7)
        guard.check(HOOK, page.format(n=n, text=text).encode(), form=Form.MARKDOWN)
    assert not bodies("guard.alarmed")


def test_what_is_kept_of_askings_is_erased_after_its_days(as_role: house.Acting, settings: Settings) -> None:
    on = clock(settings)
    ask()
    with as_role("fanal_worker"):
        on(days=forget.ASKING_DAYS - 1)
        assert forget.askings() == 0
        on(days=2)
        assert forget.askings() == 1
    assert len(bodies("guard.asked")) == 1


def test_nothing_of_a_draft_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    known()
    with caplog.at_level(logging.DEBUG):
        ask()
        with pytest.raises(Refused):
            ask(text=f"@{HANDLE}")
    assert HANDLE not in caplog.text
    assert "examinons" not in caplog.text
