"""The least that one recipient needs to know. Connectors are handed this and never the case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fanal.core.case import DisclosedTarget, Disclosure, DispatchKind, Recipient
from fanal.core.errors import Refused
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from datetime import datetime

LIVE = reason(
    "disclosure.live",
    en="A live address stands where only a defanged one may. Write “hxxps://” and “[.]”, or name its reference.",
    fr="Une adresse active figure là où seule une forme neutralisée est permise. "
    "Écrivez «\u202fhxxps://\u202f» et «\u202f[.]\u202f», ou citez sa référence.",
)
_LIVE = re.compile(r"(?i)\b(?:https?|ftp)://|\bwww\.")


def disclose(
    *,
    dispatch_ref: str,
    case_ref: str,
    kind: DispatchKind,
    recipient: Recipient,
    sender: str,
    made_at: datetime,
    offence_title: str,
    offence_article: str,
    grounds: str,
    targets: tuple[DisclosedTarget, ...],
    reports: int,
    first_seen_at: datetime,
    due_at: datetime | None = None,
    annex: bytes = b"",
    demo: bool = False,
) -> Disclosure:
    """Put together what one recipient is told, in its own language.

    `offence_title` is in that language already; `annex` is `annex_text` encrypted to the recipient's key; `due_at` None
    means that no clock runs. Refused: a live address in the grounds or in the plain form of a target.
    """
    if _LIVE.search(grounds) or any(_LIVE.search(target.defanged) for target in targets):
        raise Refused(LIVE)
    return Disclosure(
        dispatch_ref=dispatch_ref,
        case_ref=case_ref,
        kind=kind,
        recipient=recipient,
        sender=sender,
        language=recipient.language,
        made_at=made_at,
        offence_title=offence_title,
        offence_article=offence_article,
        grounds=grounds.strip(),
        targets=targets,
        reports=reports,
        first_seen_at=first_seen_at,
        due_at=due_at,
        annex=annex,
        demo=demo,
    )


def annex_text(targets_live: tuple[tuple[str, str], ...], *, dispatch_ref: str, case_ref: str) -> bytes:
    """Write what is sealed for the recipient alone: one line a target, its reference, a tab, its live identifier.

    UTF-8, no other line begins without "#". A line break, a tab or another control character inside an identifier is
    written as %XX of its UTF-8 bytes, so that one target is always one line.
    """
    head = [
        f"# {dispatch_ref} ({case_ref})",
        "# Exact identifiers, for the recipient alone. Do not open, forward or publish them.",
        "# Identifiants exacts, pour le seul destinataire. Ne pas ouvrir, transférer ni publier.",
    ]
    rows = [f"{ref}\t{_one_line(live)}" for ref, live in targets_live]
    return ("\n".join([*head, *rows]) + "\n").encode("utf-8", "surrogatepass")


def _one_line(live: str) -> str:
    escaped = (
        "".join(f"%{byte:02X}" for byte in letter.encode())
        if letter < " " or letter in "\x7f\x85\u2028\u2029"
        else letter
        for letter in live
    )
    return "".join(escaped)
