"""Our own list of fingerprints: who may put what into it, and what is said of an entry."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from fanal.core.errors import Refused
from fanal.core.harmonise import fingerprint
from fanal.core.reasons import reason
from fanal.core.report import Category, TargetKind

if TYPE_CHECKING:
    from fanal.core.report import Target


class Opinion(StrEnum):
    """What a person says of a fingerprint in a list, having seen what it stands for."""

    SEEN = "seen"  # it is what the list says
    DISPUTED = "disputed"  # it does not belong in the list
    FALSE_POSITIVE = "false-positive"  # it matched something else


OWN_LIST: Final = "own-bank"
"""The name of our own list among the others."""

NOT_A_FINGERPRINT: Final = reason(
    "bank.not-a-fingerprint",
    en="Only a fingerprint can be put into the list: the item has to be one (pdq:…, sha256:…).",
    fr="Seule une empreinte peut entrer dans la liste : l’élément doit en être une (pdq:…, sha256:…).",
)
TOO_FLAT: Final = reason(
    "bank.too-flat",
    en="This picture’s fingerprint says too little: it would match what it should not.",
    fr="L’empreinte de cette image dit trop peu : elle correspondrait à ce qu’elle ne doit pas.",
)
NOT_ILLEGAL: Final = reason(
    "bank.not-illegal",
    en="Two people have to find the case illegal before a fingerprint of it goes into a list.",
    fr="Deux personnes doivent trouver le dossier illicite avant qu’une empreinte en parte dans une liste.",
)
KNOWN: Final = reason(
    "bank.known",
    en="This fingerprint is in our list already, or was put forward for it.",
    fr="Cette empreinte est déjà dans notre liste, ou y a été proposée.",
)
SAME_PERSON: Final = reason(
    "bank.same-person",
    en="You put this entry forward: another person has to decide on it.",
    fr="Vous avez proposé cette entrée : une autre personne doit en décider.",
)
NOT_SEEN: Final = reason(
    "bank.not-seen",
    en="Look at its case first: whoever publishes an entry has seen what it stands for.",
    fr="Regardez d’abord son dossier : qui publie une entrée a vu ce qu’elle désigne.",
)
NO_GROUNDS: Final = reason(
    "bank.no-grounds",
    en="Say why: the second person, and whoever is told of a withdrawal, has to be able to follow it.",
    fr="Dites pourquoi : la deuxième personne, et qui apprend un retrait, doit pouvoir le suivre.",
)


def demand_entry(target: Target, *, illegal: bool, grounds: str) -> None:
    """Raise Refused, with every obstacle, unless `target` may be put forward for our list.

    `illegal` says whether two people found its case to be (law 6: an entry of a shared list takes two more).
    """
    obstacles = []
    if target.kind is not TargetKind.HASH:
        obstacles.append(NOT_A_FINGERPRINT)
    elif not fingerprint.says_enough(target):
        obstacles.append(TOO_FLAT)
    if not illegal:
        obstacles.append(NOT_ILLEGAL)
    if not grounds.strip():
        obstacles.append(NO_GROUNDS)
    if obstacles:
        raise Refused(*obstacles)


def demand_second(person: str, *, proposed_by: str, seen: bool) -> None:
    """Raise Refused where the one who decides is the one who put it forward, or has not `seen` its case (law 6)."""
    if person == proposed_by:
        raise Refused(SAME_PERSON)
    if not seen:
        raise Refused(NOT_SEEN)


def category(*given: str) -> str:
    """Give the first of these words that is a category of ours: a list's, else an entry's own label; "" for none."""
    return next((one for one in given if one in set(Category)), "")
