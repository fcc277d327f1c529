"""What a recipient can answer to a dispatch, the step that follows, and what it means in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable


class Answer(StrEnum):
    """What the recipient said. It never decides anything about the law: only what was done there."""

    REMOVED = "removed"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What follows from an answer: the step of lifecycle.DISPATCH, the words, and whether a person must act now."""

    answer: Answer
    step: str
    text: Text
    a_person_acts: bool


def meaning(answer: Answer) -> Meaning:
    """Say what follows from this answer."""
    return _MEANINGS[answer]


def gone(answers: Iterable[Answer]) -> bool:
    """Say whether some recipient reports the content as removed. It is their word, not a check of ours."""
    return Answer.REMOVED in set(answers)


_MEANINGS = {
    one.answer: one
    for one in (
        Meaning(
            Answer.REMOVED,
            "answer",
            Text(
                en="The recipient says that the reported content is no longer online.",
                fr="Le destinataire dit que le contenu signalé n’est plus en ligne.",
            ),
            a_person_acts=False,
        ),
        Meaning(
            Answer.ACKNOWLEDGED,
            "answer",
            Text(
                en="The recipient says that it received the dispatch and is looking into it.",
                fr="Le destinataire dit avoir reçu la transmission et l’examiner.",
            ),
            a_person_acts=False,
        ),
        Meaning(
            Answer.REFUSED,
            "answer",
            Text(
                en="The recipient says that it will not act. A person reads its grounds and decides what comes next.",
                fr="Le destinataire dit qu’il n’agira pas. Une personne lit ses motifs et décide de la suite.",
            ),
            a_person_acts=True,
        ),
        Meaning(
            Answer.INFORMATION,
            "answer",
            Text(
                en="The recipient asks for something or tells us something. A person reads it and answers.",
                fr="Le destinataire demande ou signale quelque chose. Une personne lit et répond.",
            ),
            a_person_acts=True,
        ),
    )
}
