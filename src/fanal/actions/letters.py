"""Make the message of a dispatch: the least that the recipient needs, and the one annex sealed to its key."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from fanal import connectors
from fanal.actions import outgoing
from fanal.core.case import DisclosedTarget, Disclosure, DispatchKind, Recipient
from fanal.core.connector import Connector, Message, Part
from fanal.core.errors import NotFound, Refused
from fanal.core.harmonise import defang
from fanal.core.reasons import reason
from fanal.core.rights import Step, demand
from fanal.core.route import disclosure
from fanal.queries import access, reach, reading, world
from fanal.store import models

if TYPE_CHECKING:
    from uuid import UUID

    from fanal.queries.people import Person
    from fanal.wire.world import World

NAME_LENGTH = 4  # a shorter account name is an ordinary word more often than not

NOT_DECIDED = reason(
    "case.not-decided",
    en="The case is not, or no longer, decided as illegal.",
    fr="Le dossier n’est pas, ou plus, apprécié comme illégal.",
)


def recipient(here: World, row: models.Dispatch) -> tuple[Recipient, Connector]:
    """Give whom the dispatch goes to and by which connector; Refused where nobody can be reached."""
    obstacles = reach.unreachable(row.recipient)
    whom = here.directory.recipient(row.recipient)
    if obstacles or whom is None:
        raise Refused(*obstacles)
    return whom, connectors.discover()[whom.connector]


def preview(person: Person, dispatch_ref: str) -> Part:
    """Give the first part of the message to somebody who reads the case: as it left, or as it would leave now.

    It names everything in its defanged form: the live identifiers stand in the annex only, which is never given here.
    Reading it is a reading of the case. Refused where nobody can be written to, or where it would be stopped.
    """
    demand(person.role, Step.READ_CASE)
    row = models.Dispatch.objects.select_related("case").filter(ref=dispatch_ref).first()
    if row is None:
        raise NotFound
    access.visit(person, row.case.ref)
    here = world.current()
    if row.message is not None:
        return open_message(here, row).parts[0]
    whom, connector = recipient(here, row)
    message = connector.build(disclose(here, row, sealed=False))
    if faults := outgoing.faults(here, row, message, whom):
        raise Refused(*faults)
    return message.parts[0]


def disclose(here: World, row: models.Dispatch, *, sealed: bool) -> Disclosure:
    """Say what the recipient is told. `sealed` adds the annex: only the worker asks for it, once, at the claim."""
    whom = here.directory.recipient(row.recipient) or Recipient(
        row.recipient, row.recipient, DispatchKind(row.kind), "", "fr", "", "", ""
    )
    case, keys = row.case, here.keys
    offence = here.catalogue.offence(case.offence)
    places = case.targets.select_related("target").order_by("position")
    targets = [(f"C{one.position}", reading.target(keys, one.target)) for one in places]
    made_at = row.approved_at or row.prepared_at or row.planned_at
    reports = models.Report.objects.filter(links__case=case).order_by("received_at")
    first = reports.values_list("received_at", flat=True)
    annex = b""
    if sealed:
        live = tuple((ref, target.canonical) for ref, target in targets)
        text = disclosure.annex_text(live, dispatch_ref=row.ref, case_ref=case.ref)
        annex = keys.seal_to(text, whom.age_recipient)
    return disclosure.disclose(
        dispatch_ref=row.ref,
        case_ref=case.ref,
        kind=DispatchKind(row.kind),
        recipient=whom,
        sender=here.sender,
        made_at=made_at,
        offence_title=offence.title.speak(whom.language),
        offence_article=f"{offence.law} {offence.article}",
        grounds=grounds(here, row),
        targets=tuple(DisclosedTarget(ref, target.kind, target.defanged) for ref, target in targets),
        reports=case.report_count,
        first_seen_at=first[0] if first else case.opened_at,
        due_at=made_at + timedelta(hours=row.due_hours) if row.due_hours else None,
        annex=annex,
        demo=here.demo,
    )


def grounds(here: World, row: models.Dispatch) -> str:
    """Read the grounds that were put forward, if any."""
    if row.grounds is None:
        return ""
    return here.keys.open(row.grounds, row=row.id, field="dispatch.grounds").decode()


def names_something(here: World, row: models.Dispatch, text: str) -> bool:
    """Say whether a text that will travel in plain sight names a target of this case, or any address at all."""
    folded = text.casefold()
    for place in row.case.targets.select_related("target"):
        target = reading.target(here.keys, place.target)
        names = (target.canonical, target.id if len(target.id) >= NAME_LENGTH else "")
        if any(name and name.casefold() in folded for name in names):
            return True
    return defang.defang_text(text) != text


def close_message(here: World, id: UUID, message: Message) -> bytes:
    """Encrypt the exact bytes of a message, to be kept with its dispatch."""
    plain = json.dumps(
        {
            "key": message.key,
            "parts": [[part.name, part.media_type, part.content.hex()] for part in message.parts],
        }
    ).encode()
    return here.keys.close(plain, row=id, field="dispatch.message")


def open_message(here: World, row: models.Dispatch) -> Message:
    """Read back the exact bytes that were claimed for sending."""
    plain = json.loads(here.keys.open(row.message or b"", row=row.id, field="dispatch.message"))
    return Message(
        key=plain["key"],
        parts=tuple(Part(name, media, bytes.fromhex(content)) for name, media, content in plain["parts"]),
    )
