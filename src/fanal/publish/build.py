"""Write the public figures: JSON, CSV and a page in each language. Nothing is taken but what the guard cleared."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fanal.core.errors import Full, Refused, Temporary
from fanal.core.guard import clearance
from fanal.core.guard.clearance import NAMES as NAMED
from fanal.core.guard.clearance import NOT_CLEARED, Cleared, PublicFigures
from fanal.publish import page

if TYPE_CHECKING:
    from datetime import datetime

    from fanal.core.figures.counts import Figures
    from fanal.core.guard.draft import Draft
    from fanal.core.guard.review import Review
    from fanal.core.guard.small_numbers import Shown
    from fanal.core.text import Text

LANGUAGES: Final = ("en", "fr")

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


Look = Callable[[str, str], "tuple[Draft, Review]"]


def publish(folder: str | Path, figures: Figures, *, at: datetime, look: Look) -> tuple[str, ...]:
    """Clear `figures`, counted at `at` (UTC), and write them into `folder`; give the names of the files.

    `look` asks the guard of one file, by its name and content: a file that names anything is refused, and none is
    written.
    """
    return write(folder, clearance.clear_files(clearance.clear(figures), partial(render, at=at), look))


def render(public: PublicFigures, rules: str, *, at: datetime) -> dict[str, str]:
    """Give the files that tell these figures, by name; `rules` are those that they passed."""
    return {
        "figures.csv": _csv(public),
        **{f"figures.{language}.html": page.html(public, language=language, at=at) for language in LANGUAGES},
        # last: what the portal reads speaks of files that lie there already
        "figures.json": _json(public, rules=rules, at=at),
    }


def write(folder: str | Path, files: Cleared[Mapping[str, str]]) -> tuple[str, ...]:
    """Write cleared files into `folder`; give their names.

    Each file is replaced whole (written beside, fsync, rename): a reader sees the old one or the new one. Refused:
    anything that the guard has not cleared. Raises Full where there is no room, Temporary where nothing can be written.
    """
    given: object = files
    if not isinstance(given, Cleared) or NAMED not in given.rules:
        raise Refused(NOT_CLEARED)
    contents = files.content
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            _replace(place / name, content)
    except OSError as failure:
        if failure.errno in _NO_ROOM:
            raise Full from None
        raise Temporary from None
    return tuple(contents)


def _json(public: PublicFigures, *, rules: str, at: datetime) -> str:
    document = {
        "published_at": at.isoformat(timespec="minutes"),
        "rules": rules,
        "first_on": public.first_on.isoformat() if public.first_on else None,
        "last_on": public.last_on.isoformat() if public.last_on else None,
        "counts": [{"name": one.name, "label": _both(one.label), "shown": _shown(one.shown)} for one in public.counts],
        "months": [{"year": one.year, "month": one.month, "shown": _shown(one.shown)} for one in public.months],
        "medians": [
            {
                "name": one.name,
                "label": _both(one.label),
                "hours": one.hours,
                "shown": {"value": one.hours, "text": _both(one.text)},
            }
            for one in public.medians
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _csv(public: PublicFigures) -> str:
    """Write one row a figure: its name, the month or nothing, the value or nothing where it is hidden, the words."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    rows.writerow(["figure", "month", "value", "shown_en", "shown_fr"])
    for count in public.counts:
        rows.writerow([count.name, "", *_cells(count.shown)])
    for month in public.months:
        rows.writerow(["reports", f"{month.year}-{month.month:02}", *_cells(month.shown)])
    for median in public.medians:
        value = "" if median.hours is None else f"{median.hours:g}"
        rows.writerow([f"median-hours-{median.name}", "", value, median.text.en, median.text.fr])
    return out.getvalue()


def _cells(shown: Shown) -> list[str]:
    return ["" if shown.value is None else str(shown.value), shown.text.en, shown.text.fr]


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "fr": text.fr}


def _shown(shown: Shown) -> dict[str, object]:
    return {"value": shown.value, "text": _both(shown.text)}


def _replace(path: Path, content: str) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o644)  # a web server reads it
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
