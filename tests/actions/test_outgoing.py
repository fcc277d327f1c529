"""Law 1 at the last gate: what holds anything live does not leave, whatever connector built it; nothing is lost."""

from __future__ import annotations

import dataclasses
import json
from email.message import EmailMessage
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests import house

from fanal import connectors
from fanal.actions import follow_up
from fanal.core.connector import Message, Part
from fanal.queries import dispatches, inbox, world
from fanal.store.models import Attempt, Dispatch

pytestmark = pytest.mark.django_db

LIVE = "https://hebergeur.example/page?id=9"


@pytest.fixture
def approved() -> str:
    ref = house.dispatches(house.decided(LIVE))[0]
    house.approve(ref)
    return ref


def pdf(*lines: str, link: str = "", title: str = "") -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.setTitle(title or "T-1")
    for place, line in enumerate(lines):
        canvas.drawString(40, 800 - 20 * place, line)
    if link:
        canvas.linkURL(link, (0, 0, 100, 100))
    canvas.save()
    return out.getvalue()


def mail(text: str = "Bonjour", **headers: str) -> bytes:
    one = EmailMessage()
    for name, value in headers.items():
        one[name.replace("_", "-")] = value
    one.set_content(text)
    one.add_attachment(pdf("Bonjour"), maintype="application", subtype="pdf", filename="letter.pdf")
    return one.as_bytes()


def inner(content: bytes, name: str = "letter.pdf") -> bytes:
    one = EmailMessage()
    one.set_content("Bonjour")
    one.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return one.as_bytes()


NAMED: list[tuple[str, str, bytes]] = [
    ("letter.pdf", "application/pdf", pdf(f"Voir {LIVE}")),
    ("letter.pdf", "application/pdf", pdf("Voir heber", "geur.exam", "ple/page?id=9")),
    ("letter.pdf", "application/pdf", pdf("Bonjour", title="hebergeur.example")),
    ("letter.pdf", "application/pdf", pdf("Bonjour", link="https://un-autre.example/")),
    ("letter.pdf", "application/pdf", b"%PDF-1.4 cut"),
    ("letter.eml", "message/rfc822", mail("Voir hebergeur.example")),
    ("letter.eml", "message/rfc822", mail(Subject="hebergeur.example/page")),
    ("letter.eml", "message/rfc822", mail(X_Target="@compte_vise")),
    ("letter.eml", "message/rfc822", mail(To="somebody@mail.example")),
    ("letter.eml", "message/rfc822", inner(pdf(f"Voir {LIVE}"))),
    ("letter.eml", "message/rfc822", inner(pdf("Bonjour"), "hebergeur.example.pdf")),
    ("hebergeur.example", "text/plain", b"Bonjour"),
    ("report.json", "application/json", json.dumps({"source": LIVE}).replace("/", "\\/").encode()),
    ("report.json", "application/json", b'{"source": "hebergeur\\u002eexample"}'),
    ("report.json", "application/json", b"{cut"),
    ("report.xml", "application/xml", b"<r source='https&#58;//hebergeur.example/'/>"),
    ("call.txt", "text/plain", b"Appelez le +33 6 39 98 04 17"),
    ("call.txt", "text/plain", b"\xff\xfeB"),
    ("picture.png", "image/png", b"\x89PNG\r\n"),
    ("annex.age", "application/octet-stream", LIVE.encode()),
]


def test_what_names_anything_does_not_leave(approved: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, kind, content in NAMED:
        message = Message("x", (Part(name, kind, content),))
        house.connector(monkeypatch, build=lambda _, message=message: message, send=lambda *_: pytest.fail("sent"))
        house.work()
        row = Dispatch.objects.get(ref=approved)
        assert (row.state, row.message, row.approved_by, row.prepared_by) == ("planned", None, "", ""), (name, content)
        [why] = dispatches.read(house.ALICE, approved).obstacles
        assert why.code.startswith("outgoing.")
        assert dispatches.read(house.ALICE, approved).stopped
        assert "hebergeur" not in str(row.obstacles)
        house.approve(approved)
    assert house.events(row.case.ref).count("dispatch.stopped") == len(NAMED)
    assert not Attempt.objects.filter(dispatch=row).exists()


def test_what_was_stopped_waits_before_all_others_in_words(approved: str, monkeypatch: pytest.MonkeyPatch) -> None:
    house.connector(monkeypatch, build=lambda _: Message("x", (Part("a.txt", "text/plain", LIVE.encode()),)))
    house.decided("https://autre.example/page")
    rows = inbox.to_approve(house.BRUNO)
    [stopped] = [one for one in rows if one.ref == approved]
    assert [one.code for one in stopped.obstacles] == ["outgoing.live"]
    assert rows.index(stopped) < min(rows.index(one) for one in rows if not one.obstacles)


def test_it_leaves_when_it_is_put_forward_again_without_the_fault(
    approved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = connectors.discover()["letter"].build
    named = Message("x", (Part("letter.txt", "text/plain", LIVE.encode()),))
    house.connector(monkeypatch, build=lambda _: named)
    house.work()
    assert Dispatch.objects.get(ref=approved).state == "planned"
    house.connector(monkeypatch, build=whole)
    follow_up.send(approved, world.current())  # nothing leaves without two people anew
    assert Dispatch.objects.get(ref=approved).state == "planned"
    house.approve(approved)
    assert not dispatches.read(house.ALICE, approved).obstacles
    house.work()
    assert Dispatch.objects.get(ref=approved).state == "sent"


def test_a_target_whose_defanged_form_is_live_is_stopped_too(approved: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mistake of a rule that reads addresses must not reach the recipient."""
    from fanal.queries import reading

    honest = reading.target
    monkeypatch.setattr(reading, "target", lambda *a: dataclasses.replace(honest(*a), defanged=LIVE))
    house.work()
    assert Dispatch.objects.get(ref=approved).state == "planned"


EVERYTHING = (
    LIVE,
    "https://x.com/compte_invente/status/1790000000000000001",
    "canary@mail.example",
    "+33 6 39 98 04 17",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a",
    "d41d8cd98f00b204e9800998ecf8427e",
    "https://cdn.pages.example/" + "long/" * 400 + "fin.html?a=1.2&b=c@d.example",
    "http://2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion/a.b",
    "https://пример.example/où?q=a.b c",
    "@compte_invente@fedi.example",
)


def test_letters_about_everything_that_can_be_reported_leave() -> None:
    """The gate must not stop what is in order."""
    found = house.dispatches(house.decided(*EVERYTHING))
    assert found
    for ref in found:
        house.approve(ref)
        house.work()
        row = Dispatch.objects.get(ref=ref)
        assert row.state == "sent", row.obstacles
