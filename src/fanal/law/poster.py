"""Draw what to do and what not to do as a poster: PDF, A4, read from two metres, the same bytes for the same law."""

from __future__ import annotations

from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.lib.colors import Color

    from fanal.core.catalogue import Emergency, Kit

# the tokens of the house's style sheet
NIGHT, PAPER, INK, SOFT, LAMP = (HexColor(one) for one in ("#0a151a", "#ffffff", "#10242c", "#48606a", "#ffb728"))
STAR, PORT, WASH, EDGE = (HexColor(one) for one in ("#17643f", "#a9201a", "#fceceb", "#6b838c"))

WIDTH, HEIGHT = A4
MARGIN: Final = 34.0
ROOM: Final = WIDTH - 2 * MARGIN
HEAD: Final = 132.0  # the dark ground at the top
STEP: Final = 36.5  # from one rule to the next
LARGEST: Final = 25.0  # capitals of 6 mm: what is read without effort from two metres

_TITLE = Text(en="Illegal, and online?", fr="Illégal, et en ligne\u00a0?")
_LEDE = Text(en="What to do, what not to do", fr="Que faire, que ne pas faire")
_SIDES: Final = {
    "do": (Text(en="Do", fr="Faites"), STAR),
    "not": (Text(en="Do not", fr="Ne faites pas"), PORT),
}
_WHERE = Text(en="Report here:", fr="Signalez ici\u00a0:")


def pdf(kit: Kit, numbers: Sequence[Emergency], *, language: str, address: str = "") -> bytes:
    """Give the poster in `language`; without an `address` it keeps a line free, to be written on by hand. Pure."""
    _fonts()
    out = BytesIO()
    sheet = Canvas(out, pagesize=A4, invariant=1, pageCompression=1, lang=language)
    say = partial(_say, language)
    sheet.setTitle(f"{say(_TITLE)} {say(_LEDE)}")
    sheet.setAuthor("Fanal")
    _head(sheet, say(_TITLE), say(_LEDE))
    top = HEIGHT - HEAD - 40
    for side, (title, colour) in _SIDES.items():
        lines = [say(rule.text) for rule in kit.rules if rule.side == side]
        top = _side(sheet, say(title), lines, colour, top, crossed=side == "not") - STEP - 14
    _numbers(sheet, [(one.number, say(one.kit)) for one in numbers if one.kit is not None])
    _foot(sheet, say(_WHERE), address)
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def _head(sheet: Canvas, title: str, lede: str) -> None:
    sheet.setFillColor(NIGHT)
    sheet.rect(0, HEIGHT - HEAD, WIDTH, HEAD, stroke=0, fill=1)
    _lantern(sheet, MARGIN - 10, HEIGHT - 20, 92)
    left = MARGIN + 84
    _line(sheet, title, left, HEIGHT - 67, colour=PAPER, size=46, room=WIDTH - MARGIN - left)
    _line(sheet, lede, left, HEIGHT - 103, colour=LAMP, size=27, room=WIDTH - MARGIN - left)


def _side(sheet: Canvas, title: str, lines: Sequence[str], colour: Color, top: float, *, crossed: bool) -> float:
    """Set one side's title and its rules, each on its one line with its sign; give where it ends."""
    _line(sheet, title, MARGIN, top, colour=colour, size=29, room=ROOM)
    sheet.setStrokeColor(colour)
    for line in lines:
        top -= STEP
        _sign(sheet, MARGIN + 9, top + 8, crossed=crossed)
        _line(sheet, line, MARGIN + 32, top, colour=INK, size=LARGEST, room=ROOM - 32)
    return top


def _numbers(sheet: Canvas, numbers: Sequence[tuple[str, str]]) -> None:
    """Set the numbers in three columns on the ground of an emergency."""
    low, high, columns = 84.0, 206.0, 3
    sheet.setFillColor(WASH)
    sheet.rect(0, low, WIDTH, high - low, stroke=0, fill=1)
    sheet.setFillColor(PORT)
    sheet.rect(0, low, 9, high - low, stroke=0, fill=1)
    wide = ROOM / columns
    for place, (number, label) in enumerate(numbers):
        row, column = divmod(place, columns)
        left, line = MARGIN + column * wide, high - 38 - row * 58
        _line(sheet, number, left, line, colour=PORT, size=36, room=wide - 10)
        _line(sheet, label, left, line - 16, colour=INK, size=15, room=wide - 10)


def _foot(sheet: Canvas, where: str, address: str) -> None:
    _line(sheet, where, MARGIN, 42, colour=INK, size=24, room=ROOM / 3)
    left = MARGIN + pdfmetrics.stringWidth(where, "Sheet-Bold", 24) + 10
    if address:
        _line(sheet, address, left, 42, colour=INK, size=26, room=WIDTH - MARGIN - left)
        return
    sheet.setStrokeColor(EDGE)
    sheet.setLineWidth(1)
    sheet.line(left, 38, WIDTH - MARGIN, 38)


def _line(sheet: Canvas, text: str, left: float, base: float, *, colour: Color, size: float, room: float) -> None:
    """Set words on one line, smaller where the room asks for it."""
    text = text.replace("\u202f", "\u00a0")  # the font has only the wider no-break space
    wide = pdfmetrics.stringWidth(text, "Sheet-Bold", size) or 1.0
    sheet.setFillColor(colour)
    sheet.setFont("Sheet-Bold", size * min(1, room / wide))
    sheet.drawString(left, base, text)


def _sign(sheet: Canvas, x: float, y: float, *, crossed: bool) -> None:
    """Draw a tick, or a cross: the side is never told by colour alone."""
    sheet.setLineWidth(5)
    sheet.setLineCap(1)
    sheet.setLineJoin(1)
    path = sheet.beginPath()
    strokes = [((-7, -7), (7, 7)), ((-7, 7), (7, -7))] if crossed else [((-9, 0), (-2, -7)), ((-2, -7), (9, 7))]
    for start, end in strokes:
        path.moveTo(x + start[0], y + start[1])
        path.lineTo(x + end[0], y + end[1])
    sheet.drawPath(path)


def _lantern(sheet: Canvas, left: float, top: float, size: float) -> None:
    """Draw the mark of the house (static/fanal/logo.svg, 32 units wide) for a dark ground."""
    sheet.saveState()
    sheet.translate(left, top)
    sheet.scale(size / 32, -size / 32)
    sheet.setStrokeColor(PAPER)
    sheet.setFillColor(PAPER)
    sheet.setLineWidth(2.4)
    sheet.setLineCap(1)
    glass = sheet.beginPath()
    glass.moveTo(11.5, 8)
    glass.lineTo(11.5, 6.8)
    glass.arcTo(11.5, 2.3, 20.5, 11.3, 180, 180)
    glass.lineTo(20.5, 8)
    for side, out in ((9.7, -2), (22.3, 2)):
        glass.moveTo(side, 12.5)
        glass.curveTo(side + out, 16.2, side + out, 20.8, side, 24.5)
    sheet.drawPath(glass)
    sheet.roundRect(7.5, 8, 17, 4, 1, stroke=0, fill=1)
    sheet.roundRect(6.5, 25, 19, 5, 1.2, stroke=0, fill=1)
    flame = sheet.beginPath()
    flame.moveTo(16, 13.2)
    flame.curveTo(18.8, 15.8, 20.2, 17.8, 20.2, 19.9)
    flame.arcTo(11.8, 15.7, 20.2, 24.1, 0, 180)
    flame.curveTo(11.8, 17.8, 13.2, 15.8, 16, 13.2)
    flame.close()
    sheet.setFillColor(LAMP)
    sheet.drawPath(flame, stroke=0, fill=1)
    sheet.restoreState()


def _say(language: str, text: Text | None) -> str:
    return text.speak(language) if text else ""


@cache
def _fonts() -> None:
    file = Path(__file__).parent / "fonts" / "atkinson-hyperlegible-next-bold.ttf"
    pdfmetrics.registerFont(TTFont("Sheet-Bold", str(file)))
