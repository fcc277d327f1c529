"""`fanal guard check`: does a draft name anything that was reported? Asked before it is published, of whole drafts.

Texts, Markdown, HTML, PDF and DOCX are read; what stands in pictures is not. A passage is told by its line and column,
and why it must go; the words themselves are not repeated. Needs the database and the keys of this machine. Each draft
that is shown is an entry in the ledger: how long it was and how much was found, and not a word of it.

Exit: 0 nothing was found (there may be doubts), 1 something was, 2 a draft could not be answered on.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fanal.core.errors import FanalError, Refused
from fanal.core.guard.draft import Form
from fanal.core.reasons import reason
from fanal.core.text import Text
from fanal.site import logs
from fanal.site.cli import FAILED, FINE, FOUND, speaks

if TYPE_CHECKING:
    import argparse

    from fanal.actions.guard import Checked
    from fanal.core.guard.review import Doubt, Finding
    from fanal.core.reasons import Reason

SUMMARY = "say before publishing whether a draft names anything that was reported"
MOST_BYTES: Final = 20_000_000

NO_DATABASE = Text(
    en="The database does not answer. Is Fanal running (“fanal up”)?",
    fr="La base de données ne répond pas. Fanal tourne-t-il (« fanal up ») ?",
)
ONE_AT_A_TIME = reason(
    "guard.rewrite",
    en="--rewrite writes one safe version: give one draft (or --json, where each line holds its own).",
    fr="--rewrite écrit une seule version sûre : donnez un seul texte (ou --json, où chaque ligne a la sienne).",
)
AT = Text(en="line {0}, column {1}", fr="ligne {0}, colonne {1}")
PART = Text(en="part {0}", fr="partie {0}")
DOUBT = Text(en="doubt", fr="doute")
INSTEAD = Text(en="Instead: {0}", fr="À la place : {0}")
CLEAN = Text(en="nothing found", fr="rien trouvé")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the one subcommand."""
    what = parser.add_subparsers(dest="what", required=True, metavar="check")
    check = what.add_parser("check", help="look through drafts", description=__doc__)
    check.formatter_class = parser.formatter_class
    check.add_argument("files", metavar="FILE", nargs="+", help="a draft; - reads standard input")
    check.add_argument("--json", action="store_true", help="answer as JSON lines, one a draft")
    check.add_argument(
        "--rewrite",
        action="store_true",
        help="write the safe version to standard output, and the rest to standard error",
    )
    check.add_argument("--form", choices=[one.value for one in Form], help="what the draft is (default: as it looks)")
    check.add_argument("--language", choices=("en", "fr"), help="of the answer (a safe version has the draft’s own)")


def run(options: argparse.Namespace) -> int:
    """Do it: 0 nothing was found, 1 something was, 2 a draft could not be answered on."""
    if options.rewrite and not options.json and len(options.files) > 1:
        print(f"fanal guard: {ONE_AT_A_TIME.text.speak(speaks())}", file=sys.stderr)
        return FAILED
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanal.site.settings.worker")
    language = options.language or ("fr" if speaks().startswith("fr") else "en")
    contents = [_read(name) for name in options.files]
    import django  # noqa: PLC0415 - wrong use is told before anything heavy is loaded

    django.setup()
    from django.db import Error  # noqa: PLC0415

    try:
        codes = [
            _check(name, content, options, language) for name, content in zip(options.files, contents, strict=True)
        ]
        sys.stdout.flush()
    except Error:  # its text may quote a row
        print(f"fanal guard: {NO_DATABASE.speak(speaks())}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # who reads no answer must not take it for a good one
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception:  # noqa: BLE001 - what nobody foresaw ends with 2 as well: a hook would take 1 for a finding
        logs.last_words(*sys.exc_info())
        return FAILED
    return max(codes)


def _read(name: str) -> bytes | OSError:
    try:
        if name == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as failure:
        return failure


def _check(name: str, content: bytes | OSError, options: argparse.Namespace, language: str) -> int:
    from fanal.actions import guard  # noqa: PLC0415 - Django must be set up before

    form = Form(options.form) if options.form else None
    try:
        if isinstance(content, OSError):
            why = os.strerror(content.errno) if content.errno else type(content).__name__
            raise Refused(reason("file", en=why, fr=why))
        checked = guard.check(guard.Operator(), content, name=Path(name).name, form=form, language=language)
    except FanalError as failure:
        _failed(name, failure.reason, language, json_lines=options.json)
        return FAILED
    if options.json:
        _print_json(name, checked, language, safe=options.rewrite)
    else:
        _print(name, checked, language, to_errors=options.rewrite)
        if options.rewrite:
            sys.stdout.buffer.write(checked.review.safe.encode())
    return FINE if checked.review.clean else FOUND


def _failed(name: str, why: Reason, language: str, *, json_lines: bool) -> None:
    if json_lines:
        error = {"code": why.code, "text": why.text.speak(language)}
        print(json.dumps({"file": name, "error": error}), flush=True)
    else:
        print(f"{name}: {why.text.speak(language)}", file=sys.stderr)


def _print_json(name: str, checked: Checked, language: str, *, safe: bool) -> None:
    from fanal.core.guard.told import told  # noqa: PLC0415

    row: dict[str, Any] = {"file": name, **told(checked.draft, checked.review, language)}
    if safe:
        row["safe"] = checked.review.safe
    print(json.dumps(row), flush=True)


def _print(name: str, checked: Checked, language: str, *, to_errors: bool) -> None:
    out = sys.stderr if to_errors else sys.stdout
    for one in checked.review.findings:
        print(f"{name}: {_line(checked, one, language)}", file=out)
    for doubt in checked.review.doubts:
        print(f"{name}: {DOUBT.speak(language)}: {_line(checked, doubt, language)}", file=out)
    for note in checked.review.notes:
        print(f"{name}: {note.text.speak(language)}", file=sys.stderr)
    if checked.review.clean:
        print(f"{name}: {CLEAN.speak(language)}", file=out)


def _line(checked: Checked, one: Finding | Doubt, language: str) -> str:
    from fanal.core.guard.told import where  # noqa: PLC0415

    place = where(checked.draft, one)
    at = AT.speak(language).format(*place) if place else PART.speak(language).format(one.part + 1)
    words = " ".join(why.text.speak(language) for why in one.reasons)
    return f"{at}: {words} {INSTEAD.speak(language).format(one.wording.speak(language))}"
