"""Set a disclosure as an e-mail that carries the letter and its sealed annex: the same bytes every time."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from fanal.connectors.letter import page, words

if TYPE_CHECKING:
    from fanal.core.case import Disclosure
    from fanal.core.text import Text

# a reserved domain (RFC 2606): the operator's own mail program puts its address here when the draft is sent
NOWHERE = "fanal.invalid"
MAILBOX = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}")


def eml(disclosure: Disclosure, letter: bytes) -> bytes:
    """Give the e-mail as RFC 5322 bytes with CRLF: a short plain text, the letter, the annex where there is one.

    Message-ID and boundary follow from the dispatch's reference, so that two copies are known to be one message.
    """
    language = disclosure.language
    ref = page.visible(disclosure.dispatch_ref)
    stamp = f"[{words.DEMO_SHORT.speak(language)}] " if disclosure.demo else ""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(page.visible(disclosure.sender), "desk", NOWHERE)
    mailbox = next((line.strip() for line in disclosure.recipient.address.splitlines() if "@" in line), "")
    if MAILBOX.fullmatch(mailbox):
        message["To"] = mailbox
    message["Subject"] = f"{stamp}{ref}: {words.OBJECT[disclosure.kind].speak(language)}".replace("\u00a0", " ")
    message["Date"] = format_datetime(disclosure.made_at)
    message["Message-ID"] = f"<{_id(disclosure)}@{NOWHERE}>"
    message["X-Unsent"] = "1"  # mail programs open it as a draft: a person sends it
    message.set_content(_text(disclosure), cte="quoted-printable")
    message.add_attachment(letter, maintype="application", subtype="pdf", filename="letter.pdf")
    if disclosure.annex:
        message.add_attachment(disclosure.annex, maintype="application", subtype="octet-stream", filename="annex.age")
    message.set_boundary(f"=_{_id(disclosure)}")
    return message.as_bytes()


def _id(disclosure: Disclosure) -> str:
    return sha256(disclosure.dispatch_ref.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _text(disclosure: Disclosure) -> str:
    """Write what a reader needs before opening anything. No target stands here, defanged or not."""
    language = disclosure.language

    def say(text: Text) -> str:
        return text.speak(language).replace("<b>", "").replace("</b>", "")

    colon = f"{words.NB}:" if language == "fr" else ":"
    lines = [say(words.DEMO), ""] if disclosure.demo else []
    lines += [
        f"{say(words.OUR_REFERENCE)}{colon} {page.visible(disclosure.dispatch_ref)}",
        f"{say(words.CASE)}{colon} {page.visible(disclosure.case_ref)}",
        f"{say(words.OFFENCE)}{colon} {page.visible(f'{disclosure.offence_title} ({disclosure.offence_article})')}",
    ]
    if disclosure.due_at is not None:
        lines.append(f"{say(words.DUE)}{colon} {words.moment(disclosure.due_at, language)}")
    lines += ["", say(words.OPENING[disclosure.kind]), "", say(words.PRESUMED), ""]
    lines += [f"{say(words.ENCLOSED)}{colon}", f"- {say(words.LETTER_FILE)}"]
    lines += [f"- {say(words.ANNEX_FILE)}"] if disclosure.annex else [say(words.NOT_SEALED)]
    lines += ["", say(words.ANSWER).format(ref=page.visible(disclosure.dispatch_ref))]
    lines += [f"- {say(one)}" for one in words.ANSWERS]
    lines += ["", say(words.CLOSING).format(sender=page.visible(disclosure.sender)), ""]
    return "\n".join(lines)
