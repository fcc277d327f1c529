"""What stays of an asking tells nothing by itself, and askings after names become an alarm where drafts do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.core.guard import probing
from fanal.core.guard.draft import Draft, Form, Part, Place, plain
from fanal.core.guard.probing import Asking, Pace, alarm, asking, wait, whole

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
KEY = bytes(range(16))
# A small language of our own, so that what counts as a word is plain to see.
SAID = """
le la les un une des compte page site nous vous avons avez reçu signalé fermé merci pour votre aide cette semaine à
bientôt sur ce que qui est en cours hier demain police enquête public message prudence rien jamais ne pas
"""
WORDS = tuple(SAID.split())
GERMAN = (
    "Die Polizei dankt allen, die uns in dieser Woche geschrieben haben. Das Konto @badname wird nun von uns geprüft; "
    "wir bitten darum, es nicht zu verbreiten, da es um den Schutz der Kinder geht und wir so schneller sind."
)
PACES = (probing.person(), probing.machine(600))


def ordinary(word: str) -> bool:
    return word.casefold() in WORDS


def of(text: str, key: bytes = KEY) -> Asking:
    return asking(plain(text), ordinary=ordinary, key=key, at=AT)


def asked(texts: list[str], pace: Pace) -> int:
    """Give after how many askings of one hour the alarm came; 0: never."""
    lately: list[Asking] = []
    for number, text in enumerate(texts, 1):
        one = of(text)
        if alarm(one, lately, pace):
            return number
        lately.insert(0, one)
    return 0


sentences = st.lists(st.sampled_from(WORDS), min_size=9, max_size=80).map(" ".join)
names = st.from_regex(r"@[a-z]{4,9}_[0-9]{2}", fullmatch=True)


@settings(max_examples=20)
@given(sentences, st.integers(0, 80), st.sampled_from(PACES))
def test_one_text_with_name_after_name_is_an_alarm(text: str, place: int, pace: Pace) -> None:
    words = text.split()
    texts = [" ".join([*words[:place], f"@nom_invente_{number}", *words[place:]]) for number in range(20)]
    assert 0 < asked(texts, pace) <= pace.same_but_names


@settings(max_examples=20)
@given(st.lists(st.sampled_from(WORDS), min_size=30, max_size=30), st.sampled_from(PACES))
def test_name_after_name_with_next_to_no_words_is_an_alarm(words: list[str], pace: Pace) -> None:
    texts = [f"{' '.join(words[n : n + n % probing.NEAR_EMPTY])} @nom_invente_{n}" for n in range(30)]
    assert 0 < asked(texts, pace) <= pace.near_empty


@settings(max_examples=20)
@given(sentences, st.lists(st.sampled_from(WORDS), min_size=70, max_size=70), st.sampled_from(PACES))
def test_a_text_that_is_worked_over_is_no_alarm(text: str, more: list[str], pace: Pace) -> None:
    """One account stays in it, or goes; words come and go, both at its end and within it."""
    words = [*text.split(), "@badname_77", *more]
    texts = [" ".join(words[: 10 + 3 * number]) for number in range(20)]
    texts += [text.replace("@badname_77", "un compte") for text in texts[-2:]]
    assert asked(texts, pace) == 0


@settings(max_examples=20)
@given(st.lists(st.sampled_from(WORDS), min_size=60, max_size=60), st.sampled_from(PACES))
def test_few_words_and_no_name_among_them_are_no_alarm(words: list[str], pace: Pace) -> None:
    assert asked([" ".join(words[4 * n : 4 * n + 4]) for n in range(15)], pace) == 0


@given(st.lists(names, min_size=1, max_size=30, unique=True))
def test_names_alone_are_no_draft_however_many(many: list[str]) -> None:
    text = " ".join(many)
    assert not whole(plain(text), of(text))


@given(sentences, names)
def test_a_sentence_with_a_name_is_a_draft(text: str, name: str) -> None:
    assert whole(plain(f"{text} {name}"), of(f"{text} {name}"))


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        "تشكر الشرطة كل من كتب إلينا هذا الأسبوع بشأن الحساب @badname",
        "Полиция благодарит всех, кто написал нам о @badname на этой неделе",
    ],
)
def test_a_draft_in_another_language_is_a_draft(text: str) -> None:
    assert whole(plain(text), of(text))


@given(sentences, names, names)
def test_marks_tell_texts_apart_and_nothing_without_their_key(text: str, one: str, other: str) -> None:
    first, second = of(f"{text} {one}"), of(f"{text} {other}")
    assert (first.head, first.tail) == (second.head, second.tail)
    assert (first.told == second.told) is (one == other)
    foreign = of(f"{text} {one}", key=bytes(16))
    assert not {first.head, first.told} & {foreign.head, foreign.told}
    assert of(f"{one} {text} {one}") == first  # neither where a name stands nor how often


def test_addresses_in_links_count_as_names_and_words_that_nobody_sees_do_not() -> None:
    shown = Part("nous avons fermé la page", Place.TEXT)
    links = tuple(Part(f"https://x{n}.example/a", Place.LINK) for n in range(30))
    hidden = Part("merci " * 50, Place.HIDDEN)
    one = asking(Draft(Form.HTML, "", (shown, *links, hidden)), ordinary=ordinary, key=KEY, at=AT)
    assert (one.words, one.names) == (5, 30)
    assert one.list


@given(st.integers(0, 60), st.integers(0, 599))
def test_who_asked_too_often_waits_until_the_first_is_past(times: int, seconds: int) -> None:
    pace = probing.person()
    first = AT - timedelta(seconds=seconds)
    told = wait(times, first, pace, now=AT)
    assert (told > 0) is (times >= pace.most)
    if told:
        assert told == pace.within.total_seconds() - seconds
