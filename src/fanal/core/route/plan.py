"""Who must know of an apparent offence: proposed dispatches, each with reasons. People prepare and approve them.

Reasons and obstacles are kept in plain rows, so that none of them names a reported host.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from fanal.core.case import Directory, DispatchKind, Host, Proposal
from fanal.core.harmonise import platforms
from fanal.core.reasons import Reason, reason
from fanal.core.report import TargetKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fanal.core.catalogue import Catalogue, Offence
    from fanal.core.report import Target

# What stands on no host: nobody can be asked to remove it.
_NOWHERE = frozenset({TargetKind.HASH, TargetKind.PHONE, TargetKind.WALLET, TargetKind.MAGNET})
UNKNOWN_HOST = "unknown-host"
HOST_WITHOUT_DESK = "host-without-desk"

# what a catalogue calls the house's own patience with a recipient
HOUSE_CLOCKS = {DispatchKind.REFERRAL: "house-acknowledge", DispatchKind.NOTICE: "house-notice"}


def host_of(target: Target) -> str | None:
    """Give the host that `plan` asks about, "" where none is known; None for a fingerprint, a number, a wallet."""
    return None if target.kind in _NOWHERE else target.host or target.platform


def plan(
    *,
    offence: Offence,
    hosts: tuple[str | None, ...],
    directory: Directory,
    catalogue: Catalogue,
) -> tuple[Proposal, ...]:
    """Propose who is written to about an apparent `offence`, in a fixed order, each recipient once.

    `hosts` holds the host of every target of the case, as often as there are targets: `host_of` gives it.
    First the services that the law names as competent, then the hosts that the directory knows, then the sister
    hotline of every other country in which one of them stands. The clock that runs is the house's own for a referral
    or a notice; the law's clocks start with an authority's order and are told as reasons. What cannot be reached is a
    proposal of its own, without a connector and with obstacles that say what to do: nothing is left out in silence
    (law 3 of the house).
    """
    known = {name: _known(name, directory) for name in dict.fromkeys(hosts) if name}
    here = [host for host in known.values() if host is not None]
    unread = sum(count for name, count in Counter(hosts).items() if name is not None and known.get(name) is None)
    proposals = [
        *(_to_service(ref, offence, directory, catalogue) for ref in offence.competent),
        *(_to_host(host, directory) for host in here),
        *(_to_hotline(host, directory, catalogue) for host in here if _abroad(host, catalogue)),
    ]
    if unread or not hosts:
        proposals.append(_to_nobody(UNKNOWN_HOST, _unknown(unread)))
    if not offence.competent:
        proposals.append(_to_nobody("unknown-service", _NO_SERVICE, kind=DispatchKind.REFERRAL))
    return _merged(_timed(proposal, offence, catalogue) for proposal in proposals)


def _to_service(ref: str, offence: Offence, directory: Directory, catalogue: Catalogue) -> Proposal:
    """Propose a referral to a competent service; the directory holds its address under the same id."""
    service = next((one for one in catalogue.services if one.id == ref), None)
    name = service.name if service else ref
    why = reason(
        "route.competent",
        en=f"{name} is competent for {offence.law} {offence.article}"
        + (f" ({service.basis})." if service and service.basis else "."),
        fr=f"{name} est compétent pour {offence.law} {offence.article}"
        + (f" ({service.basis})." if service and service.basis else "."),
        weight=1,
    )
    return _addressed(ref, DispatchKind.REFERRAL, directory, (why,))


def _to_host(host: Host, directory: Directory) -> Proposal:
    """Propose a notice to whoever takes the notices of this host."""
    why = reason(
        "route.host",
        en="It takes the notices of a host or platform on which a reported target stands.",
        fr="Il reçoit les notifications d’un hébergeur ou d’une plateforme où se trouve une cible signalée.",
        weight=1,
    )
    if not host.recipient:
        return _to_nobody(HOST_WITHOUT_DESK, _NO_DESK)
    return _addressed(host.recipient, DispatchKind.NOTICE, directory, (why,))


def _to_hotline(host: Host, directory: Directory, catalogue: Catalogue) -> Proposal:
    """Propose a referral to the sister hotline of the country in which a host is said to stand."""
    why = reason(
        "route.abroad",
        en=f"A host is said to stand in {host.country}, not in {catalogue.country} "
        f"(source: {host.source or 'none given'}). That is a hint, not a proof.",
        fr=f"Un hébergeur se trouverait en {host.country}, et non en {catalogue.country} "
        f"(source\u00a0: {host.source or 'non indiquée'}). C’est un indice, pas une preuve.",
        weight=1,
    )
    hotline = dict(directory.hotlines).get(host.country)
    if hotline is None:
        return Proposal(
            recipient=f"hotline-{host.country.lower()}",
            kind=DispatchKind.REFERRAL,
            connector="",
            reasons=(why,),
            obstacles=(
                reason(
                    "route.no-hotline",
                    en=f"The directory names no sister hotline for {host.country}. "
                    f"Add one under “[hotlines]”, or write to a service there by another way.",
                    fr=f"Le répertoire ne nomme aucun service partenaire pour {host.country}. "
                    f"Ajoutez-en un sous «\u202f[hotlines]\u202f», ou écrivez là-bas par une autre voie.",
                ),
            ),
        )
    return _addressed(hotline, DispatchKind.REFERRAL, directory, (why,))


def _addressed(ref: str, kind: DispatchKind, directory: Directory, reasons: tuple[Reason, ...]) -> Proposal:
    """Find the way to a recipient, or say what the directory lacks."""
    recipient = directory.recipient(ref)
    if recipient is None:
        return Proposal(ref, kind, "", reasons, (_not_in_directory(ref),))
    if not recipient.connector:
        return Proposal(ref, kind, "", reasons, (_no_connector(ref),))
    obstacles = () if recipient.age_recipient else (_NO_KEY,)
    return Proposal(ref, kind, recipient.connector, reasons, obstacles)


def _to_nobody(ref: str, obstacle: Reason, *, kind: DispatchKind = DispatchKind.NOTICE) -> Proposal:
    return Proposal(ref, kind, "", (), (obstacle,))


def _abroad(host: Host, catalogue: Catalogue) -> bool:
    """Say whether a host is said to stand in another country; an unknown country is nowhere."""
    return bool(host.country) and host.country != catalogue.country


def _known(name: str, directory: Directory) -> Host | None:
    """Find a host in the directory under its own name or that of the platform that it belongs to."""
    platform = platforms.of(name)
    return directory.host(name) or (directory.host(platform.name) if platform else None)


def _timed(proposal: Proposal, offence: Offence, catalogue: Catalogue) -> Proposal:
    """Set the deadline: the house's clock for this kind, else the shortest that the offence starts (law 8)."""
    started = sorted((one for one in catalogue.clocks if one.id in offence.clocks), key=lambda one: (one.hours, one.id))
    ours = next((one for one in catalogue.clocks if one.id == HOUSE_CLOCKS[proposal.kind]), None)
    running = ours or next(iter(started), None)
    if running is None:
        return replace(proposal, reasons=(*proposal.reasons, _NO_CLOCK))
    told = dict.fromkeys((running, *started))
    return replace(
        proposal,
        reasons=(*proposal.reasons, *(Reason(f"route.clock.{one.id}", one.text) for one in told)),
        due_hours=running.hours,
        clock=running.id,
    )


def _merged(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Keep one proposal a recipient and kind, in the order of the first, with the reasons of all."""
    kept: dict[tuple[str, DispatchKind], Proposal] = {}
    for one in proposals:
        before = kept.get((one.recipient, one.kind), one)
        kept[one.recipient, one.kind] = replace(
            one,
            reasons=tuple(dict.fromkeys((*before.reasons, *one.reasons))),
            obstacles=tuple(dict.fromkeys((*before.obstacles, *one.obstacles))),
        )
    return tuple(kept.values())


def _unknown(count: int) -> Reason:
    return reason(
        "route.unknown-host",
        en=f"Nobody can be told to remove anything for some targets ({count}): their host stands in no directory. "
        "Read them in the case, find who hosts them, and add the host to the directory.",
        fr=f"Pour certaines cibles ({count}), aucun retrait ne peut être demandé\u00a0: leur hébergeur "
        "ne figure dans aucun répertoire. Lisez-les dans le dossier, trouvez qui les héberge et ajoutez l’hébergeur.",
    )


def _not_in_directory(ref: str) -> Reason:
    return reason(
        "route.not-in-directory",
        en=f"The directory has no recipient “{ref}”. Add a [[recipient]] with this id, its address and its connector.",
        fr=f"Le répertoire n’a pas de destinataire «\u202f{ref}\u202f». Ajoutez un [[recipient]] avec cet identifiant, "
        "son adresse et son connecteur.",
    )


def _no_connector(ref: str) -> Reason:
    return reason(
        "route.no-connector",
        en=f"The directory says no way to write to “{ref}”. Name a connector in its entry.",
        fr=f"Le répertoire n’indique aucune voie pour écrire à «\u202f{ref}\u202f». Nommez-y un connecteur.",
    )


_NO_DESK = reason(
    "route.host-without-desk",
    en="The directory knows a host of this case but not who takes its notices. Name a recipient in the host’s entry.",
    fr="Le répertoire connaît un hébergeur de ce dossier, mais non qui reçoit ses notifications. "
    "Nommez un destinataire dans la fiche de l’hébergeur.",
)
_NO_SERVICE = reason(
    "route.no-service",
    en="The law catalogue names no competent service for this offence. A person decides who must know.",
    fr="Le catalogue de droit ne nomme aucun service compétent pour cette infraction. "
    "Une personne décide qui doit savoir.",
)
_NO_CLOCK = reason(
    "route.no-clock",
    en="The law catalogue holds no clock for this: nobody will be reminded. A person sets a date.",
    fr="Le catalogue de droit n’a pas de délai pour cela\u00a0: personne ne sera relancé. Une personne fixe une date.",
)
_NO_KEY = reason(
    "route.no-key",
    en="The directory has no public key of this recipient: the exact addresses cannot be sealed to it. Add one.",
    fr="Le répertoire n’a pas de clé publique de ce destinataire\u00a0: les adresses exactes ne peuvent lui être "
    "scellées. Ajoutez-en une.",
)
