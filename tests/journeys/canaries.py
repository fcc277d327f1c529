"""Strings that stand for what people report and who they are, and the search for them in whatever anyone can see."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

from pypdf import PdfReader
from tests.journeys import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable

HOST = "canary-7f2c.partage.example"
PATH = "canarypath-91ab"
URL = f"https://{HOST}/{PATH}?q=canaryquery-3e"
NAME_THERE = "canaryname9d"
HANDLE = f"@{NAME_THERE}"
UNREAD = "canarywords-5b entre nous"
SECOND = "https://canary-44d1.hebergeur.example/canarypath-55cd"  # what XARF reports

# What leads to a reported thing. A defanged form never holds one of these.
LIVE = (HOST, HANDLE, "canary-44d1.hebergeur.example", f"x.com/{NAME_THERE}")
# What names a reported thing without leading there: for the reporter, the desk and the recipient, defanged.
NAMING = (PATH, "canaryquery-3e", NAME_THERE, "canarywords-5b", "canary-44d1", "canarypath-55cd", "canary-7f2c")
# What people said: for the reporter's own page and the desk.
SAID = ("canarysaid-c0", "canaryplace-e8", "canaryref-77", "canaryevidence-12")
# Who they are: for nobody.
WHO = (
    "canary-person-b6", "canary.mail.a3", "0639980417", "06 39 98 04 17", "canary-agent-d2", "203.0.113.77",
    "639980417",  # as the tokens of sources are made of it
)  # fmt: skip
# What people of the desk wrote: for the desk; the grounds of a dispatch for its recipient too.
DESK = ("canarygrounds-0f", "canaryanswer-6e")

COMMENT = f"canarysaid-c0 : voir {URL} et {HANDLE}, demandez à canary-7f2c.partage.example"
PLACE = f"canaryplace-e8 sur {HOST}"
CONTACT = {"name": "canary-person-b6", "email": "canary.mail.a3@mail.example", "phone": "06 39 98 04 17"}
ORIGIN = {"User-Agent": "canary-agent-d2/1.0", "X-Forwarded-For": "203.0.113.77"}


def report(**changes: object) -> dict[str, object]:
    """Write a report with a canary in every field, as the API takes it."""
    return {
        "items": [{"typed": URL}, {"typed": HANDLE, "platform": "x"}, {"typed": UNREAD}],
        "category": "threats",
        "comment": COMMENT,
        "seen_where": PLACE,
        "contact": CONTACT,
        "language": "fr",
        "external_ref": "canaryref-77",
    } | changes


def xarf() -> dict[str, object]:
    """Write a XARF v4 document with a canary in every field that takes one."""
    party = {"org": "canary-person-b6", "contact": CONTACT["email"], "domain": "mail.example"}
    return {
        "xarf_version": "4.2.0",
        "report_id": "1a5ec293-0849-40a4-9eba-d5926262ff05",
        "timestamp": "2026-11-21T08:30:00Z",
        "reporter": party,
        "sender": party,
        "source_identifier": "198.51.100.42",
        "category": "content",
        "type": "phishing",
        "evidence_source": "automated_scan",
        "url": SECOND,
        "evidence": [{"content_type": "text/html", "description": f"canaryevidence-12 {SECOND}", "payload": "UGE="}],
    }


@dataclass(frozen=True, slots=True)
class Sight:
    """Something that somebody could see: what it is, its bytes, and the canaries that may stand there."""

    what: str
    content: bytes
    allowed: tuple[str, ...] = ()


def found(content: bytes, canaries: Iterable[str], *, encoded: bool = False) -> list[str]:
    """List the canaries that stand in `content`, whatever their case; `encoded` looks for their encodings too."""
    low = content.lower()
    return [one for one in canaries if _there(one.lower(), content, low, encoded=encoded)]


def guard() -> guarded.Engine:
    """Give the guard of production over what the canaries name, and over the words that stand for what was said."""
    typed = ((URL, "", NAMING[-1]), (HANDLE, "x", NAME_THERE), (SECOND, "", "canary-44d1"))
    return guarded.engine(typed, (*NAMING, *SAID, *DESK))


def named(sights: Iterable[Sight], *, live: bool = False) -> str:
    """Say, a line each, where something is named that may not be, however it is written.

    With `live` only what leads there counts, wherever it stands; without, all but what is allowed there.
    """
    engine = guard()
    return "\n".join(
        f"{one.what}: {passage.text!r} names {sorted(passage.names)}"
        for one in sights
        for passage in guarded.passages(engine, one.content)
        if (passage.live if live else passage.names - {*one.allowed})
    )


def leaks(sights: Iterable[Sight], canaries: Iterable[str], *, encoded: bool = False, but: tuple[str, ...] = ()) -> str:
    """Say, a line each, where a canary stands to the letter that is not allowed there; "" where none does."""
    every, lines = tuple(canaries), []
    for one in sights:
        if any(part in one.what for part in but):
            continue
        for canary in found(one.content, [name for name in every if name not in one.allowed], encoded=encoded):
            at = one.content.lower().find(canary.lower().encode())
            lines.append(f"{one.what}: {canary} in {one.content[max(0, at - 60) : at + 60]!r}")
    return "\n".join(lines)


def _there(canary: str, content: bytes, low: bytes, *, encoded: bool) -> bool:
    raw = canary.encode()
    if raw in low:
        return True
    if not encoded:
        return False
    low_forms = (
        raw.hex().encode(),
        canary.encode("utf-16-le"),
        canary.encode("utf-16-be"),
        "".join(f"%{byte:02x}" for byte in raw).encode(),
        quote(canary, safe="").lower().encode(),
        "".join(f"\\x{byte:02x}" for byte in raw).encode(),
        "".join(f"&#{byte};" for byte in raw).encode(),
    )
    return any(form in low for form in low_forms) or any(form in content for form in _base64(raw))


def _base64(raw: bytes) -> list[bytes]:
    """Give the middles of the three ways in which `raw` can stand within a base64 text, plain and URL-safe."""
    forms = []
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw)
        middle = text[[0, 2, 3][shift] : len(text) - 4]
        forms += [middle, middle.replace(b"+", b"-").replace(b"/", b"_")]
    return forms


def letter(name: str, content: bytes) -> list[Sight]:
    """Open a letter as its recipient does: the text of a PDF, every part and header of an e-mail."""
    if name.endswith(".pdf"):
        reader = PdfReader(BytesIO(content))
        words = "\n".join(page.extract_text() for page in reader.pages)
        links = [str(one.get_object()) for page in reader.pages for one in page.get("/Annots", [])]
        return [Sight(name, "\n".join([words, str(reader.metadata), *links]).encode()), Sight(f"{name} (raw)", content)]
    if name.endswith(".eml"):
        mail = BytesParser(policy=policy.default).parsebytes(content)
        seen = [Sight(f"{name} (headers)", str(mail.items()).encode())]
        for part in mail.walk():
            inner = part.get_payload(decode=True)
            if not isinstance(inner, bytes) or (part.get_filename() or "").endswith(".age"):
                continue
            seen += letter(part.get_filename() or "", inner) or [Sight(f"{name} ({part.get_content_type()})", inner)]
        return seen
    return []


def own_fields(page: str) -> str:
    """Give a page without what stands in its form fields: there the reporter's own words are shown again."""
    page = re.sub(r"(<textarea\b[^>]*>).*?</textarea>", r"\1</textarea>", page, flags=re.DOTALL)
    return re.sub(r"(<input\b[^>]*?)\bvalue=\"[^\"]*\"", r"\1", page)


def links(page: str) -> list[str]:
    """List every address that a page leads or loads from."""
    return re.findall(r"\b(?:href|src|action|formaction|data|poster|content|srcset)=\"([^\"]*)\"", page)
