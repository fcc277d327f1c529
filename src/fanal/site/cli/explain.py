"""`fanal explain`: take one report through the core as a dry run; nothing is written, no database is needed.

FILE holds a report in JSON (as the API takes it), a XARF v4 document, or plain text with one item a line.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from fanal.core.case import Directory
    from fanal.core.pipeline import Explained, Part, Stage
    from fanal.core.reasons import Fault, Reason

SUMMARY = "Take a report through every stage as a dry run, each with its reasons."

FINE, REFUSED, WRONG_USE = 0, 1, 2
_WIDTH = 100


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", metavar="FILE", help="the report; - reads standard input")
    parser.add_argument("--json", action="store_true", help="answer as one JSON object, in both languages")
    parser.add_argument("--language", choices=("en", "fr"), help="the language of the answer (default: the terminal’s)")
    parser.add_argument(
        "--directory", metavar="FILE", type=Path, help="who can be written to (default: FANAL_DIRECTORY)"
    )


def run(options: argparse.Namespace) -> int:
    """Do it: 0 every stage was reached, 1 the report is refused, 2 the file cannot be read."""
    from fanal import law  # noqa: PLC0415 - what follows takes its time to load
    from fanal.core import pipeline  # noqa: PLC0415
    from fanal.site.cli import speaks  # noqa: PLC0415
    from fanal.wire import clock  # noqa: PLC0415

    language = options.language or ("fr" if speaks().startswith("fr") else "en")
    try:
        raw = _read(options.file, most=pipeline.MOST_BYTES + 1)
    except (OSError, ValueError) as failure:
        why = failure.strerror if isinstance(failure, OSError) and failure.strerror else "not a file name"
        print(f"fanal explain: the file cannot be read: {why}.", file=sys.stderr)
        return WRONG_USE
    found = pipeline.explain(
        raw,
        catalogue=law.load(),
        directory=_directory(options.directory),
        now=clock.now(),
        language=language,
        check=_check,
    )
    if options.json:
        _print_json(found)
    else:
        print("\n".join(_lines(found, language)))
    return REFUSED if found.refused else FINE


def _check(document: object) -> tuple[Fault, ...]:
    from fanal.wire import xarf  # noqa: PLC0415 - the schemas take their time to load; few reports are XARF

    return xarf.validate(document)


def _read(name: str, *, most: int) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(most)
    with Path(name).open("rb") as file:
        return file.read(most)


def _directory(path: Path | None) -> Directory:
    import os  # noqa: PLC0415

    from fanal.wire import directory  # noqa: PLC0415

    named = os.environ.get("FANAL_DIRECTORY")
    return directory.load(path or (Path(named) if named else None))


def _lines(found: Explained, language: str) -> Iterator[str]:
    """Write the stages for a person at a terminal."""
    for number, stage in enumerate(found.stages, 1):
        if number > 1:
            yield ""
        yield f"{number}. {stage.title.speak(language).upper()}"
        yield from _wrapped(stage.result.speak(language), "   ")
        yield from _reasons(stage.reasons, language, "   ")
        for part in stage.parts:
            yield from _part(part, language)


def _part(part: Part, language: str) -> Iterator[str]:
    label = part.label.speak(language)
    facts = ", ".join(f"{name}: {value}" for name, value in part.facts)
    yield from _wrapped(f"{label} ({facts})" if facts else label, "   • ", "     ")
    yield from _reasons(part.reasons, language, "     ")


def _reasons(reasons: tuple[Reason, ...], language: str, margin: str) -> Iterator[str]:
    for why in reasons:
        yield from _wrapped(why.text.speak(language), f"{margin}- ", f"{margin}  ")


def _wrapped(words: str, first: str, rest: str | None = None) -> list[str]:
    """Break a sentence at spaces; a defanged address is never broken, so that it can be copied."""
    return textwrap.wrap(
        words,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _print_json(found: Explained) -> None:
    import json  # noqa: PLC0415

    told = {
        "shape": found.shape,
        "refused": found.refused,
        "stages": [_stage(stage) for stage in found.stages],
    }
    print(json.dumps(told, ensure_ascii=False, indent=2))


def _stage(stage: Stage) -> dict[str, object]:
    return {
        "name": stage.name,
        "result": {"en": stage.result.en, "fr": stage.result.fr},
        "reasons": [_reason(one) for one in stage.reasons],
        "parts": [
            {
                "label": {"en": part.label.en, "fr": part.label.fr},
                **dict(part.facts),
                "reasons": [_reason(one) for one in part.reasons],
            }
            for part in stage.parts
        ],
    }


def _reason(one: Reason) -> dict[str, object]:
    return {"code": one.code, "en": one.text.en, "fr": one.text.fr, "weight": one.weight}
