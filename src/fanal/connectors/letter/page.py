"""Set a disclosure as a letter: PDF, A4, the same bytes for the same disclosure."""

from __future__ import annotations

import unicodedata
from functools import cache, partial
from io import BytesIO
from typing import TYPE_CHECKING, Final, cast
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from fanal.connectors.letter import words
from fanal.core.case import DispatchKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from fanal.core.case import DisclosedTarget, Disclosure
    from fanal.core.text import Text

INK, SOFT, LINE, STAMP = HexColor("#10242c"), HexColor("#48606a"), HexColor("#b9c6cb"), HexColor("#a9201a")
LEFT, RIGHT, TOP, BOTTOM = 25 * mm, 20 * mm, 23 * mm, 17 * mm
PADDING: Final = 6  # points that reportlab's frame keeps inside its margins
LONGEST: Final = 1500  # characters of one identifier in plain sight, where the annex holds it whole


def pdf(disclosure: Disclosure) -> bytes:
    """Give the letter as PDF. Pure: no date, no chance, no file but the fonts that reportlab ships."""
    _fonts()
    out = BytesIO()
    say = disclosure.language
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=LEFT - PADDING,
        rightMargin=RIGHT - PADDING,
        topMargin=TOP,
        bottomMargin=BOTTOM,
        title=visible(disclosure.dispatch_ref),
        author=visible(disclosure.sender),
        lang=say,
        invariant=1,
        pageCompression=1,
    )
    frame = partial(_frame, disclosure)
    document.build(_story(disclosure), onFirstPage=frame, onLaterPages=frame, canvasmaker=_Numbered)
    return out.getvalue()


def visible(text: str) -> str:
    """Make every character that the letter's font cannot draw, or that nobody can see, readable as ‹U+XXXX›."""
    _fonts()
    drawn = cast("TTFont", pdfmetrics.getFont("Vera")).face.charToGlyph
    text = text.replace("\u202f", "\u00a0")  # the font has only the wider no-break space
    return "".join(
        letter if ord(letter) in drawn and unicodedata.category(letter)[0] != "C" else f"‹U+{ord(letter):04X}›"
        for letter in text
    )


def _story(disclosure: Disclosure) -> list[Flowable]:
    say = partial(_say, disclosure.language)
    ref = disclosure.dispatch_ref
    kind = disclosure.kind
    facts = [
        (words.OFFENCE, f"{disclosure.offence_title} ({disclosure.offence_article})"),
        (words.REPORTS, str(disclosure.reports)),
        (words.FIRST_SEEN, words.moment(disclosure.first_seen_at, disclosure.language)),
    ]
    if disclosure.due_at is not None:
        facts.append((words.DUE, words.moment(disclosure.due_at, disclosure.language)))
    colon = f"{words.NB}:" if disclosure.language == "fr" else ":"
    story: list[Flowable] = [
        _heads(disclosure),
        Spacer(0, 7 * mm),
        _text(f"<b>{say(words.SUBJECT)}{colon} {say(words.OBJECT[kind])}</b>"),
        Spacer(0, 3 * mm),
        _text(say(words.OPENING[kind])),
        Spacer(0, 2 * mm),
        _facts([(say(label), _safe(value)) for label, value in facts]),
        *_section(say(words.GROUNDS), [_text(_safe(line)) for line in disclosure.grounds.splitlines() if line.strip()]),
        *_targets(disclosure),
    ]
    known = [say(words.PRESUMED), say(words.NOT_TOUCHED)]
    if kind is DispatchKind.REFERRAL:
        known.append(say(words.IDENTITY))
    answer = [
        _text(say(words.ANSWER).format(ref=f"<b>{_safe(ref)}</b>")),
        *(_text(say(one), "item") for one in words.ANSWERS),
        _text(say(words.WITHDRAWAL)),
    ]
    closing = _text(say(words.CLOSING).format(sender=f"<b>{_safe(disclosure.sender)}</b>"))
    story += [
        KeepTogether(_section(say(words.TO_KNOW), [_text(one) for one in known])),
        KeepTogether([*_section(say(words.TO_ANSWER), answer), Spacer(0, 3 * mm), closing]),
    ]
    return story


def _heads(disclosure: Disclosure) -> Flowable:
    """Set the references at the left and the recipient at the right, as in a letter for a window envelope."""
    say = partial(_say, disclosure.language)
    left = [
        _text(say(words.OUR_REFERENCE), "label"),
        _text(f"<b>{_safe(disclosure.dispatch_ref)}</b>"),
        _text(say(words.CASE), "label"),
        _text(_safe(disclosure.case_ref)),
    ]
    address = [line for line in disclosure.recipient.address.splitlines() if line.strip()]
    right = [
        _text(f"<b>{_safe(disclosure.recipient.name)}</b>", "line"),
        *(_text(_safe(line), "line") for line in address),
        Spacer(0, 4 * mm),
        _text(words.day(disclosure.made_at, disclosure.language)),
    ]
    width = A4[0] - LEFT - RIGHT
    return Table(
        [[left, right]],
        colWidths=[width * 0.5, width * 0.5],
        style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]),
    )


def _facts(rows: list[tuple[str, str]]) -> Flowable:
    width = A4[0] - LEFT - RIGHT
    return Table(
        [[_text(label, "label"), _text(value)] for label, value in rows],
        colWidths=[45 * mm, width - 45 * mm],
        style=TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
                ("LINEABOVE", (0, 0), (-1, 0), 0.5, LINE),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
            ]
        ),
    )


def _targets(disclosure: Disclosure) -> list[Flowable]:
    """Set each target under its reference. Paragraphs, not cells: the longest one may run over pages."""
    say = partial(_say, disclosure.language)
    body: list[Flowable] = []
    for target in disclosure.targets:
        kind = say(words.KINDS.get(target.kind, words.OTHER_KIND))
        body += [_text(f"<b>{_safe(target.ref)}</b>, {kind}", "tag"), _text(_form(target, disclosure), "form")]
    body += [_text(say(words.DEFANGED), "note")] if disclosure.targets else [_text(say(words.NO_TARGET))]
    body.append(_text(say(words.SEALED if disclosure.annex else words.NOT_SEALED), "note"))
    return _section(say(words.TARGETS), body)


def _form(target: DisclosedTarget, disclosure: Disclosure) -> str:
    if disclosure.annex and len(target.defanged) > LONGEST:
        return _safe(target.defanged[:LONGEST]) + " " + _say(disclosure.language, words.CUT)
    return _safe(target.defanged)


def _section(title: str, body: Sequence[Flowable]) -> list[Flowable]:
    return [Spacer(0, 3 * mm), _text(title, "head"), *body]


def _frame(disclosure: Disclosure, canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Draw what stands on every page: who writes, the reference, and the stamp of a demonstration."""
    width, height = A4
    canvas.saveState()
    canvas.setFillColor(INK)
    canvas.setFont("VeraBd", 11)
    canvas.drawString(LEFT, height - 15 * mm, visible(disclosure.sender)[:60])
    canvas.setFillColor(SOFT)
    canvas.setFont("Vera", 7.5)
    canvas.drawString(LEFT, height - 19 * mm, _say(disclosure.language, words.WHO))
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, height - 21.5 * mm, width - RIGHT, height - 21.5 * mm)
    canvas.line(LEFT, 16 * mm, width - RIGHT, 16 * mm)
    canvas.drawString(LEFT, 12 * mm, visible(disclosure.dispatch_ref))
    if disclosure.demo:
        canvas.setFillColor(STAMP)
        canvas.setFont("VeraBd", 8)
        canvas.drawRightString(width - RIGHT, height - 15 * mm, _say(disclosure.language, words.DEMO_SHORT))
        canvas.setFont("Vera", 7.5)
        canvas.drawCentredString(width / 2, 7.5 * mm, _say(disclosure.language, words.DEMO))
        canvas.setStrokeColor(STAMP)
        canvas.setLineWidth(0.8)
        canvas.line(LEFT, height - 21.5 * mm, width - RIGHT, height - 21.5 * mm)
    canvas.restoreState()
    del document


class _Numbered(Canvas):
    """A canvas that knows how many pages there are before it writes the number of each."""

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self._kept: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        self._kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        for number, kept in enumerate(self._kept, 1):
            self.__dict__.update(kept)
            self.setFillColor(SOFT)
            self.setFont("Vera", 7.5)
            self.drawRightString(A4[0] - RIGHT, 12 * mm, f"{number} / {len(self._kept)}")
            super().showPage()
        super().save()


def _text(marked: str, style: str = "text") -> Paragraph:
    return Paragraph(marked, _styles()[style])


def _say(language: str, text: Text) -> str:
    return text.speak(language)


def _safe(text: str) -> str:
    """Make text that came from outside visible, and plain to the paragraph's markup."""
    return escape(visible(text))


@cache
def _fonts() -> None:
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="Vera", boldItalic="VeraBd")


@cache
def _styles() -> dict[str, ParagraphStyle]:
    text = ParagraphStyle("text", fontName="Vera", fontSize=9, leading=12.5, textColor=INK, spaceAfter=1.2 * mm)
    return {
        "text": text,
        "head": ParagraphStyle(
            "head", text, fontName="VeraBd", fontSize=10, leading=14, spaceAfter=1 * mm, keepWithNext=1
        ),
        "line": ParagraphStyle("line", text, spaceAfter=0),
        "label": ParagraphStyle("label", text, fontSize=8, textColor=SOFT, spaceAfter=0),
        "tag": ParagraphStyle("tag", text, spaceAfter=0, keepWithNext=1),
        # an identifier breaks anywhere, and a hyphen that is not there is never added
        "form": ParagraphStyle(
            "form",
            text,
            leftIndent=6 * mm,
            rightIndent=2,
            spaceBefore=1.2 * mm,
            spaceAfter=2 * mm,
            wordWrap="CJK",
            backColor=HexColor("#eef3f4"),
            borderPadding=2,
        ),
        "note": ParagraphStyle("note", text, fontSize=8, leading=11, textColor=SOFT, spaceBefore=1 * mm),
        "item": ParagraphStyle("item", text, leftIndent=6 * mm, spaceAfter=0.4 * mm),
    }
