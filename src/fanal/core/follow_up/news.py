"""What a reporter may be told: a small vocabulary of its own that tips nobody off.

It names no recipient, no offence, no person and no time: whoever was reported may hold a code too. What the desk wants
to say beyond it, a person writes (actions/follow_up.answer_reporters).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fanal.core.case import Outcome
from fanal.core.lifecycle import CaseState
from fanal.core.text import Text


class Stage(StrEnum):
    """Where a report stands, as the public hears it."""

    RECEIVED = "received"
    BEING_READ = "being-read"
    READ_AGAIN = "read-again"
    UPHELD = "upheld"
    PASSED_ON = "passed-on"
    NO_OFFENCE = "no-offence"
    NOT_FOR_US = "not-for-us"
    GONE = "gone"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence that states where the report stands, and what that means for who reported it."""

    stage: Stage
    headline: Text
    detail: Text


def headline(*, state: str | None, outcome: str | None = "", passed_on: bool = False, gone: bool = False) -> Headline:
    """Say where a report stands.

    `state` is the case's (lifecycle.CaseState) or, before there is one, the report's or nothing; `outcome` is the
    case's last outcome, `passed_on` whether anything left the house, `gone` whether some recipient says that the
    content was removed. Every value has an answer; what is unknown reads as received.
    """
    return _SAID[_stage(state or "", outcome or "", passed_on=passed_on, gone=gone)]


def _stage(state: str, outcome: str, *, passed_on: bool, gone: bool) -> Stage:
    if state in {CaseState.SECOND, CaseState.THIRD}:
        return Stage.BEING_READ
    if state == CaseState.WAITING:
        # a case that was answered with a no and waits again was re-opened
        return Stage.READ_AGAIN if outcome in _SAID_NO else Stage.RECEIVED
    return _decided(state, outcome, passed_on=passed_on, gone=gone) if state in _DECIDED else Stage.RECEIVED


def _decided(state: str, outcome: str, *, passed_on: bool, gone: bool) -> Stage:
    # a closed case keeps its last outcome; the state itself is the outcome until then
    told = outcome if state == CaseState.CLOSED else state
    if told in _SAID_NO:
        return _SAID_NO[told]
    if gone:
        return Stage.GONE
    if state == CaseState.CLOSED:
        return Stage.CLOSED
    return Stage.PASSED_ON if passed_on else Stage.UPHELD


_DECIDED = frozenset(
    {CaseState.ILLEGAL, CaseState.NOT_ILLEGAL, CaseState.OUT_OF_REMIT, CaseState.ROUTED, CaseState.CLOSED}
)
# Outcome and CaseState spell these two alike
_SAID_NO: dict[str, Stage] = {
    Outcome.NOT_ILLEGAL.value: Stage.NO_OFFENCE,
    Outcome.OUT_OF_REMIT.value: Stage.NOT_FOR_US,
}

_SAID = {
    one.stage: one
    for one in (
        Headline(
            Stage.RECEIVED,
            Text(en="Your report is with us.", fr="Votre signalement est chez nous."),
            Text(
                en="People will read it; the gravest come first. You have nothing more to do. "
                "If somebody is in danger now, do not wait for us: call the emergency services.",
                fr="Des personnes vont le lire\u202f; les plus graves d’abord. Vous n’avez rien d’autre à faire. "
                "Si quelqu’un est en danger maintenant, ne nous attendez pas\u00a0: appelez les secours.",
            ),
        ),
        Headline(
            Stage.BEING_READ,
            Text(en="Your report is being read.", fr="Votre signalement est en cours de lecture."),
            Text(
                en="At least two people read it, each without seeing the other’s answer.",
                fr="Au moins deux personnes le lisent, chacune sans voir la réponse de l’autre.",
            ),
        ),
        Headline(
            Stage.READ_AGAIN,
            Text(en="Your report is being read again.", fr="Votre signalement est relu."),
            Text(
                en="A first answer was no. People who have not seen it are looking at it afresh.",
                fr="Une première réponse était non. Des personnes qui ne l’ont pas vu le reprennent à neuf.",
            ),
        ),
        Headline(
            Stage.UPHELD,
            Text(en="We have read your report and found grounds to act.", fr="Nous avons lu et trouvé de quoi agir."),
            Text(
                en="We are preparing what follows. Only a court can say that an offence was committed. "
                "Do not contact the person or publish anything: it could harm an inquiry.",
                fr="Nous préparons la suite. Seul un tribunal peut dire qu’une infraction a été commise. "
                "Ne contactez pas la personne et ne publiez rien\u00a0: cela pourrait nuire à une enquête.",
            ),
        ),
        Headline(
            Stage.PASSED_ON,
            Text(
                en="We have passed your report on to those who can act.",
                fr="Nous avons transmis votre signalement à ceux qui peuvent agir.",
            ),
            Text(
                en="We cannot say to whom, nor what they do: it could harm an inquiry. "
                "Only a court can say that an offence was committed.",
                fr="Nous ne pouvons dire ni à qui, ni ce qu’ils font\u00a0: cela pourrait nuire à une enquête. "
                "Seul un tribunal peut dire qu’une infraction a été commise.",
            ),
        ),
        Headline(
            Stage.NO_OFFENCE,
            Text(en="We found no offence.", fr="Nous n’avons pas trouvé d’infraction."),
            Text(
                en="Two people read it, each without seeing the other’s answer. That does not mean that you were wrong "
                "to report it. If it is about you, or if you know more, report it again: "
                "people who have not seen it will look.",
                fr="Deux personnes l’ont lu, chacune sans voir la réponse de l’autre. Cela ne veut pas dire que vous "
                "avez eu tort de signaler. Si cela vous vise ou si vous en savez plus, signalez de nouveau\u00a0: "
                "des personnes qui ne l’ont pas vu l’examineront.",
            ),
        ),
        Headline(
            Stage.NOT_FOR_US,
            Text(
                en="This is not for us, but somebody else can help.",
                fr="Cela ne relève pas de nous, mais d’autres peuvent aider.",
            ),
            Text(
                en="The page “Where to go” says who can help with disputes, consumer matters and other questions. "
                "If you disagree, report it again: people who have not seen it will look.",
                fr="La page «\u202fÀ qui s’adresser\u202f» dit qui peut aider pour un litige, un achat ou une autre "
                "question. Si vous n’êtes pas d’accord, signalez de nouveau\u00a0: des personnes qui ne l’ont pas vu "
                "l’examineront.",
            ),
        ),
        Headline(
            Stage.GONE,
            Text(en="The reported content is said to be gone.", fr="Le contenu signalé aurait disparu."),
            Text(
                en="Those who can act say that it is no longer online. Do not go and look. "
                "If you see it again by chance, report it again.",
                fr="Ceux qui peuvent agir disent qu’il n’est plus en ligne. N’allez pas vérifier. "
                "Si vous le revoyez par hasard, signalez-le de nouveau.",
            ),
        ),
        Headline(
            Stage.CLOSED,
            Text(en="Our part is done.", fr="Notre part est faite."),
            Text(
                en="We passed on what we could. What comes next is for those who can act and for the courts. "
                "If it comes back, report it again.",
                fr="Nous avons transmis ce que nous pouvions. La suite appartient à ceux qui peuvent agir et à la "
                "justice. Si cela revient, signalez de nouveau.",
            ),
        ),
    )
}
