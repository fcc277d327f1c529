"""The sentences on accounts and platforms: what an address is, what a name is worth, and what only looks like it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from fanal.core.reasons import Reason, reason
from fanal.core.report import TargetKind

if TYPE_CHECKING:
    from fanal.core.harmonise.platform import Platform

SHORT_LINK: Final = reason(
    "harmonise.short-link",
    en="It is a short link: where it leads is not known, and it was not followed.",
    fr="C’est un lien court : on ne sait pas où il mène, et il n’a pas été suivi.",
)
NAME_CAN_PASS: Final = reason(
    "harmonise.name-can-pass",
    en="It is known by its name alone, and names can pass to somebody else: the date counts.",
    fr="Seul le nom en est connu, et un nom peut passer à quelqu’un d’autre : la date compte.",
)
NUMBER_CAN_PASS: Final = reason(
    "harmonise.name-can-pass",
    en="It is known by a telephone number, and numbers are given out again: the date counts.",
    fr="Seul un numéro de téléphone en est connu, et les numéros sont réattribués : la date compte.",
)
BARE_NAME: Final = reason(
    "harmonise.bare-name",
    en="It was typed without @; it is read as a name because a platform was named.",
    fr="Saisi sans @ ; c’est lu comme un nom parce qu’une plateforme a été nommée.",
)
FEDIVERSE: Final = reason(
    "harmonise.fediverse",
    en="It has the shape of an address on Mastodon or another server of the fediverse.",
    fr="Cela a la forme d’une adresse sur Mastodon ou un autre serveur du fédivers.",
)

_KINDS: Final = {
    TargetKind.ACCOUNT: ("an account", "un compte"),
    TargetKind.POST: ("a publication", "une publication"),
    TargetKind.GROUP: ("a group, channel, server or page", "un groupe, un canal, un serveur ou une page"),
    TargetKind.INVITE: ("an invitation", "une invitation"),
}


@cache
def at(platform: Platform, kind: TargetKind, *, by_handle: bool) -> tuple[Reason, ...]:
    """Say what an address on `platform` is; `by_handle` where nothing but a name tells whose it is."""
    if kind is TargetKind.URL:
        return (SHORT_LINK,)
    if not platform.hosts:
        return (FEDIVERSE, NAME_CAN_PASS) if by_handle else (FEDIVERSE,)
    en, fr = _KINDS[kind]
    known = reason(
        "harmonise.at-platform",
        en=f"The address is that of {en} on {platform.label}; written otherwise, it gives the same target.",
        fr=f"L’adresse est celle d’{fr} sur {platform.label} ; écrite autrement, elle donne la même cible.",
    )
    return (known, _can_pass(platform)) if by_handle else (known,)


@cache
def by_name(platform: Platform, *, bare: bool, stable: bool) -> tuple[Reason, ...]:
    """Say that a name of `platform` was typed: `bare` without @, `stable` where it is a number that stays."""
    known = reason(
        "harmonise.by-name",
        en=f"It is the name or the number of an account on {platform.label}.",
        fr=f"C’est le nom ou le numéro d’un compte sur {platform.label}.",
    )
    return (known, *(() if stable else (_can_pass(platform),)), *((BARE_NAME,) if bare else ()))


def _can_pass(platform: Platform) -> Reason:
    return NUMBER_CAN_PASS if platform.spare else NAME_CAN_PASS


@cache
def carries(label: str) -> Reason:
    """Say that a host carries the name of the platform of that label without being one of its hosts."""
    return reason(
        "harmonise.imitates",
        en=f"The host carries the name of {label}, but is none of the hosts known as its own.",
        fr=f"L’hôte porte le nom de {label}, mais n’est aucun des hôtes connus pour être les siens.",
    )


@cache
def resembles(label: str) -> Reason:
    """Say that a host looks like that of a platform, letter for letter or but for one."""
    return reason(
        "harmonise.resembles",
        en=f"The host looks like the name of {label}, but is written otherwise: it is not {label}.",
        fr=f"L’hôte ressemble au nom de {label}, mais s’écrit autrement : ce n’est pas {label}.",
    )


@cache
def name_shape(label: str) -> Reason:
    """Say that names on the platform of that label never look like this."""
    return reason(
        "unread.name-shape",
        en=f"Names on {label} do not look like this: a person must read it.",
        fr=f"Les noms sur {label} n’ont pas cette forme : une personne doit le lire.",
    )
