"""The published figures as the page shows them: read from the file that publish/ wrote, nothing is counted here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fanal.core.text import Text

HEIGHT = 160  # of the tallest bar, in units of the drawing
LEFT = 42
WIDTH = 352


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure: its words and what stands for it (“fewer than 5” where it is small)."""

    label: Text
    shown: Text


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of the chart: where its bar stands, and what it says. A hidden count has no bar."""

    on: date
    shown: Text
    x: float
    y: float
    width: float
    height: float
    middle: float
    named: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of figures shows."""

    first_on: date | None
    last_on: date | None
    published_on: date | None
    counts: tuple[Fact, ...]
    medians: tuple[Fact, ...]
    bars: tuple[Bar, ...]
    most: int


def read(found: Mapping[str, object] | None) -> Page | None:
    """Read the published document; None where there is none, or it is not of the shape that publish/ writes."""
    if found is None:
        return None
    try:
        return Page(
            first_on=_day(found.get("first_on")),
            last_on=_day(found.get("last_on")),
            published_on=_day(found.get("published_at")),
            counts=tuple(_fact(one) for one in _list(found.get("counts"))),
            medians=tuple(_fact(one) for one in _list(found.get("medians"))),
            bars=_bars(_list(found.get("months"))),
            most=max((_value(one) or 0 for one in _list(found.get("months"))), default=0),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _list(found: object) -> list[Mapping[str, object]]:
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _text(found: object) -> Text:
    if not isinstance(found, Mapping):
        raise TypeError("a text is a mapping of languages")
    return Text(en=str(found["en"]), fr=str(found["fr"]))


def _shown(one: Mapping[str, object]) -> Mapping[str, object]:
    inner = one.get("shown")
    return inner if isinstance(inner, Mapping) else one


def _fact(one: Mapping[str, object]) -> Fact:
    return Fact(_text(one["label"]), _text(_shown(one)["text"]))


def _value(one: Mapping[str, object]) -> int | None:
    value = _shown(one).get("value")
    return value if isinstance(value, int) else None


def _day(found: object) -> date | None:
    return date.fromisoformat(found[:10]) if isinstance(found, str) and found else None


def _bars(months: list[Mapping[str, object]]) -> tuple[Bar, ...]:
    months = months[-24:]
    most = max((_value(one) or 0 for one in months), default=0) or 1
    step = WIDTH / max(len(months), 6)
    every = 1 if len(months) <= 12 else 3  # noqa: PLR2004  # more names than a year's would touch each other
    bars = []
    for place, one in enumerate(months):
        height = round(HEIGHT * (_value(one) or 0) / most, 1)
        x = round(LEFT + place * step + step * 0.15, 1)
        bars.append(
            Bar(
                on=date(int(str(one["year"])), int(str(one["month"])), 1),
                shown=_text(_shown(one)["text"]),
                x=x,
                y=round(20 + HEIGHT - height, 1),
                width=round(step * 0.7, 1),
                height=height,
                middle=round(x + step * 0.35, 1),
                named=place % every == 0,
            )
        )
    return tuple(bars)
