"""When people's opinions settle a case: two of them, each given without seeing the other, must agree."""

from __future__ import annotations

from collections import Counter
from typing import Final

from fanal.core.case import Opinion, Outcome, Verdict
from fanal.core.errors import Refused
from fanal.core.reasons import reason

NEEDED: Final = 2

NOBODY = reason(
    "agreement.nobody",
    en="Nobody has given an opinion yet.",
    fr="Personne n’a encore donné son avis.",
)
TWICE = reason(
    "agreement.twice",
    en="You have already given your opinion on this case in this round. Another person is needed.",
    fr="Vous avez déjà donné votre avis sur ce dossier dans ce tour. Il faut une autre personne.",
)
NO_OFFENCE_NAMED = reason(
    "agreement.offence-missing",
    en="Name the offence that seems apparent.",
    fr="Indiquez l’infraction qui paraît constituée.",
)


def settle(opinions: tuple[Opinion, ...]) -> Verdict:
    """Say what follows from the opinions of one round, in whatever order they are given.

    Settled as soon as two people agree on the outcome and, where it is illegal, on the offence; until then a further
    person is asked. Refused: no opinion at all, a person's second opinion, an illegal outcome without an offence.
    The reasons of an unsettled verdict tell nothing of what was found: the next person may read them.
    """
    if not opinions:
        raise Refused(NOBODY)
    if any(count > 1 for count in Counter(one.person for one in opinions).values()):
        raise Refused(TWICE)
    if any(one.outcome is Outcome.ILLEGAL and not one.offence for one in opinions):
        raise Refused(NO_OFFENCE_NAMED)
    voices: Counter[tuple[Outcome, str]] = Counter()
    for one in sorted(opinions, key=lambda opinion: (opinion.given_at, opinion.person)):
        finding = (one.outcome, one.offence if one.outcome is Outcome.ILLEGAL else "")
        voices[finding] += 1
        if voices[finding] == NEEDED:
            return _settled(*finding)
    return _FIRST if len(opinions) == 1 else _DIFFER


def _settled(outcome: Outcome, offence: str) -> Verdict:
    return Verdict(step=f"agree-{outcome.value}", outcome=outcome, offence=offence, reasons=(_AGREED[outcome],))


_FIRST = Verdict(
    step="opinion",
    outcome=None,
    offence="",
    reasons=(
        reason(
            "agreement.first",
            en="One opinion is given. A second person answers without seeing it.",
            fr="Un avis est donné. Une deuxième personne répond sans le voir.",
        ),
    ),
)
_DIFFER = Verdict(
    step="differ",
    outcome=None,
    offence="",
    reasons=(
        reason(
            "agreement.differ",
            en="The opinions differ. A further person answers without seeing them.",
            fr="Les avis diffèrent. Une autre personne répond sans les voir.",
        ),
    ),
)
_AGREED = {
    Outcome.ILLEGAL: reason(
        "agreement.illegal",
        en="Two people, each without seeing the other’s answer, assess the same offence as apparent.",
        fr="Deux personnes, chacune sans voir la réponse de l’autre, estiment la même infraction apparente.",
    ),
    Outcome.NOT_ILLEGAL: reason(
        "agreement.not-illegal",
        en="Two people, each without seeing the other’s answer, found no offence.",
        fr="Deux personnes, chacune sans voir la réponse de l’autre, n’ont pas trouvé d’infraction.",
    ),
    Outcome.OUT_OF_REMIT: reason(
        "agreement.out-of-remit",
        en="Two people, each without seeing the other’s answer, find that this is for somebody else.",
        fr="Deux personnes, chacune sans voir la réponse de l’autre, estiment que cela relève d’un autre service.",
    ),
}
