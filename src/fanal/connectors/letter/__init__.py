"""The letter: a PDF, an e-mail to send it with and a sealed annex, laid into the outbox folder."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from fanal.connectors.letter import page, post
from fanal.connectors.letter.samples import SAMPLES
from fanal.core.case import Disclosure
from fanal.core.connector import Connector, Message, Part, Receipt, Sent
from fanal.core.errors import Broken
from fanal.core.reasons import reason
from fanal.core.text import Text

if TYPE_CHECKING:
    from fanal.core.connector import Wire

NOT_SEALED = reason(
    "letter.annex-not-sealed",
    en="The annex is not encrypted (age): nothing live may be enclosed.",
    fr="L’annexe n’est pas chiffrée (age)\u00a0: rien d’actif ne peut être joint.",
)

_AGE = b"age-encryption.org/v1\n"


def build(disclosure: Disclosure) -> Message:
    """Make the letter, the e-mail and, where there is one, the annex. Broken where the annex is not age-encrypted."""
    if disclosure.annex and not disclosure.annex.startswith(_AGE):
        raise Broken(NOT_SEALED)
    letter = page.pdf(disclosure)
    parts = [
        Part("letter.pdf", "application/pdf", letter),
        Part("letter.eml", "message/rfc822", post.eml(disclosure, letter)),
    ]
    if disclosure.annex:
        parts.append(Part("annex.age", "application/octet-stream", disclosure.annex))
    return Message(disclosure.dispatch_ref, tuple(parts))


def send(message: Message, wire: Wire) -> Receipt:
    """Lay the message into the outbox. What lies there already was taken before: it arrives once."""
    wire.outbox.lay(message.key, message.parts)
    return Receipt(Sent.TAKEN, reference=message.key)


CONNECTOR = Connector(
    name="letter",
    label=Text(en="Letter into the outbox folder", fr="Lettre dans le dossier de sortie"),
    needs=frozenset(field.name for field in fields(Disclosure)),
    build=build,
    send=send,
    only_demo_safe=True,
)

__all__ = ["CONNECTOR", "SAMPLES"]
