"""Who can be written to, as things stand now: the directory may have been completed since a dispatch was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal import connectors
from fanal.core.guard.plain import STOPPED
from fanal.core.reasons import Reason, reason
from fanal.queries import reading, world

if TYPE_CHECKING:
    from fanal.store import models

UNKNOWN = reason(
    "recipient.unknown",
    en="This recipient is not in the directory: add its address and its key (FANAL_DIRECTORY), then try again.",
    fr="Ce destinataire n’est pas dans l’annuaire : ajoutez son adresse et sa clé (FANAL_DIRECTORY), puis réessayez.",
)
NO_KEY = reason(
    "recipient.no-key",
    en="This recipient has no public key in the directory: nothing live may travel unsealed.",
    fr="Ce destinataire n’a pas de clé publique dans l’annuaire : rien ne peut voyager sans être scellé.",
)
OFF = reason(
    "connector.off",
    en="The connector for this recipient is not switched on (FANAL_CONNECTORS).",
    fr="Le connecteur de ce destinataire n’est pas activé (FANAL_CONNECTORS).",
)
DEMO = reason(
    "connector.demo",
    en="This is a demonstration: only letters into the outbox folder can be made.",
    fr="Ceci est une démonstration : seules des lettres dans le dossier de sortie peuvent être faites.",
)


def unreachable(recipient: str) -> tuple[Reason, ...]:
    """List why the recipient with this id cannot be written to now; nothing where it can."""
    here = world.current()
    whom = here.directory.recipient(recipient)
    if whom is None:
        return (UNKNOWN,)
    found: list[Reason] = []
    if not whom.age_recipient:
        found.append(NO_KEY)
    connector = connectors.discover().get(whom.connector)
    if connector is None or whom.connector not in here.connectors_on:
        found.append(OFF)
    elif here.demo and not connector.only_demo_safe:
        found.append(DEMO)
    return tuple(found)


def obstacles(row: models.Dispatch) -> tuple[Reason, ...]:
    """List what keeps a dispatch from leaving: why it was stopped, and who cannot be reached.

    What the plan said stands while its recipient is still in no directory.
    """
    said = reading.reasons(row.obstacles)
    if world.current().directory.recipient(row.recipient) is None:
        return said or (UNKNOWN,)
    return (*(one for one in said if one.code in STOPPED), *unreachable(row.recipient))
