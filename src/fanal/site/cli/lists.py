"""`fanal lists`: bring lists of fingerprints in, look what there is, give one to another desk.

A list says where it comes from, under which licence, and what its entries are: none is taken without. Importing again
brings a list up to date: what its source took back stays as a tombstone that matches nothing.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from fanal.core.errors import Refused
from fanal.core.reasons import reason
from fanal.core.report import Category
from fanal.core.text import Text
from fanal.site.cli import FINE, FOUND, speaks

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import datetime

    from fanal.matching.lists import Card, Entry, Gone, HashList
    from fanal.matching.sources import Bad, Service

SUMMARY = "bring lists of fingerprints in, show them, export one"
MOST_TOLD = 20

DONE = Text(
    en="{name}, version {version}: {added} added, {changed} changed, {withdrawn} withdrawn, {kept} as before.",
    fr="{name}, version {version} : {added} ajoutés, {changed} modifiés, {withdrawn} retirés, {kept} inchangés.",
)
NOT_TAKEN = Text(
    en="{count} lines or fingerprints were not taken.", fr="{count} lignes ou empreintes n’ont pas été prises."
)
NEEDED = reason(
    "list.terms",
    en="A new list needs --source, --licence and --classification: nobody can use what nobody vouches for.",
    fr="Une nouvelle liste demande --source, --licence et --classification : nul n’emploie ce dont nul ne répond.",
)
RADIUS = reason(
    "list.radius",
    en="A radius is written as pdq=20, between 0 and 256.",
    fr="Un rayon s’écrit pdq=20, entre 0 et 256.",
)
NO_CATEGORY = reason(
    "list.category",
    en="There is no such category: child-sexual, intimate-images, terrorism and the like (docs/concepts.md).",
    fr="Cette catégorie n’existe pas : child-sexual, intimate-images, terrorism, etc. (docs/concepts.md).",
)
OPEN_FILE = reason(
    "list.credentials-open",
    en="Others can read this file of credentials: chmod 600 it first.",
    fr="D’autres peuvent lire ce fichier d’accès : protégez-le d’abord par chmod 600.",
)
BAD_CREDENTIALS = reason(
    "list.credentials",
    en="This file of credentials is not TOML with user, secret and at.",
    fr="Ce fichier d’accès n’est pas du TOML avec user, secret et at.",
)
NONE_HERE = reason(
    "list.none",
    en="There is no list here yet. “fanal lists import --help” tells how to bring one in.",
    fr="Il n’y a pas encore de liste ici. « fanal lists import --help » dit comment en apporter une.",
)
WIDEST = 256


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    what = parser.add_subparsers(dest="what", required=True, metavar="import|fetch|show|export")
    bring = what.add_parser("import", help="make a list, or bring it up to date, from a file")
    bring.add_argument("name", metavar="NAME", help="small letters, digits, dots and hyphens")
    bring.add_argument("file", metavar="FILE", help="what the source gave; - reads standard input")
    bring.add_argument(
        "--shape",
        default="csv",
        metavar="SHAPE",
        help="csv (default), peer, stopncii, or ncmec (needs the extra exchange)",
    )
    bring.add_argument("--source", help="who vouches for the list")
    bring.add_argument("--licence", help="under which terms it may be used")
    bring.add_argument("--classification", help="what its entries are, in the source’s words")
    bring.add_argument(
        "--category",
        metavar="NAME",
        help="the desk’s own category of its entries, as child-sexual, by which a match is ranked",
    )
    bring.add_argument(
        "--radius", action="append", default=[], metavar="SIGNAL=N", help="a limit of its own, as pdq=20"
    )
    bring.add_argument("--private", action="store_true", help="for this desk alone: its API answers nobody from it")
    bring.add_argument("--negative", action="store_true", help="a list of what is known to be harmless")
    bring.add_argument(
        "--flood", type=int, default=None, metavar="N", help="set an entry aside that is found more often a day"
    )
    bring.add_argument("--whole", action="store_true", help="FILE is all there is: withdraw what it does not name")
    bring.add_argument("--delta", action="store_true", help="FILE is what changed: leave the rest as it is")
    fetch = what.add_parser("fetch", help="ask a list’s service what changed since the last time")
    fetch.add_argument("name", metavar="NAME", help="a list that was imported before, so that its terms are known")
    fetch.add_argument(
        "--shape", required=True, metavar="SHAPE", help="ncmec or stopncii (both need the extra exchange)"
    )
    fetch.add_argument(
        "--credentials",
        required=True,
        type=Path,
        metavar="FILE",
        help="TOML, mode 0600: user, secret, and at (address)",
    )
    show = what.add_parser("show", help="tell what lists there are; no fingerprint is shown")
    show.add_argument("--json", action="store_true", help="answer as JSON lines")
    export = what.add_parser("export", help="write a list for another desk to standard output, tombstones included")
    export.add_argument("name", metavar="NAME")
    for one in (bring, fetch, show, export):
        _folder(one)


def run(options: argparse.Namespace) -> int:
    """Do it: 0 fine, 1 something was not taken, 2 wrong use or failure."""
    return {"import": _import, "fetch": _fetch, "show": _show, "export": _export}[options.what](options)


def which(parser: argparse.ArgumentParser) -> None:
    """Let a command name the lists that it looks in."""
    parser.add_argument(
        "--list", action="append", metavar="NAME", help="look in this list; may be repeated (default: all)"
    )
    _folder(parser)


def folders(options: argparse.Namespace) -> list[Path]:
    """Give the folders of the lists that were named, else of all; Refused where there is none."""
    from fanal.matching import lists  # noqa: PLC0415 - numpy takes its time

    here = _where(options)
    if options.list:
        return [lists.path(here, name) for name in options.list]
    found = [here / card.name for card in lists.every(here)]
    if not found:
        raise Refused(NONE_HERE)
    return found


def opened(options: argparse.Namespace) -> list[HashList]:
    """Open the lists that were named, else all."""
    from fanal.matching.lists import HashList  # noqa: PLC0415

    return [HashList.open(folder) for folder in folders(options)]


def _import(options: argparse.Namespace) -> int:
    from fanal.matching import lists, sources  # noqa: PLC0415
    from fanal.wire import clock  # noqa: PLC0415

    folder = lists.path(_where(options), options.name)
    card = _card(options, folder)
    shape = sources.find(options.shape)
    whole = options.whole or (shape.whole and not options.delta)
    with _opened(options.file) as file:
        return _update(folder, card, shape.read(file), whole=whole, at=clock.now())


def _fetch(options: argparse.Namespace) -> int:
    from dataclasses import replace  # noqa: PLC0415

    from fanal.matching import lists, sources  # noqa: PLC0415
    from fanal.wire import clock  # noqa: PLC0415

    folder = lists.path(_where(options), options.name)
    card = lists.read_card(folder)
    shape = sources.find(options.shape)
    if shape.fetch is None:
        raise Refused(sources.NO_SERVICE)
    now = clock.now()
    since = int(card.mark) if card.mark.isdecimal() else 0
    until = int(now.timestamp())
    given = shape.fetch(_service(options.credentials), since, until)
    return _update(folder, replace(card, mark=str(until)), given, whole=False, at=now)


def _service(path: Path) -> Service:
    """Read what an operator keeps for one service; Refused where others can read it, or it is not what it should be."""
    from fanal.matching.sources import Service  # noqa: PLC0415

    if path.stat().st_mode & 0o077:
        raise Refused(OPEN_FILE)
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        return Service(**{name: str(given[name]) for name in ("at", "user", "secret") if name in given})
    except (ValueError, TypeError):
        raise Refused(BAD_CREDENTIALS) from None


def _update(folder: Path, card: Card, given: Iterator[Entry | Gone | Bad], *, whole: bool, at: datetime) -> int:
    from fanal.matching import lists  # noqa: PLC0415

    bad: list[Bad] = []
    change = lists.update(folder, card, _good(given, bad), whole=whole, at=at.isoformat())
    language = speaks()
    for one in bad[:MOST_TOLD]:
        print(f"{one.line}: {one.reason.text.speak(language)}", file=sys.stderr)
    if bad:
        print(NOT_TAKEN.speak(language).format(count=len(bad)), file=sys.stderr)
    said = {"added": change.added, "changed": change.changed, "withdrawn": change.withdrawn, "kept": change.kept}
    print(DONE.speak(language).format(name=card.name, version=lists.read_card(folder).version, **said))
    return FOUND if bad else FINE


def _good(given: Iterator[Entry | Gone | Bad], bad: list[Bad]) -> Iterator[Entry | Gone]:
    from fanal.matching.sources import Bad  # noqa: PLC0415

    for one in given:
        if isinstance(one, Bad):
            bad.append(one)
        else:
            yield one


def _card(options: argparse.Namespace, folder: Path) -> Card:
    """Give what the list is: what was said now, and else what was said when it was first brought in."""
    from dataclasses import replace  # noqa: PLC0415

    from fanal.matching import lists  # noqa: PLC0415

    said = {name: getattr(options, name) for name in ("source", "licence", "classification", "category", "flood")}
    given = {name: value for name, value in said.items() if value is not None}
    if options.radius:
        given["radius"] = dict(_radius(word) for word in options.radius)
    given |= dict.fromkeys((name for name in ("negative", "private") if getattr(options, name)), True)
    if given.get("category", "") not in {"", *Category}:
        raise Refused(NO_CATEGORY)
    if (folder / lists.CARD).is_file():
        return replace(lists.read_card(folder), **given)
    if not {"source", "licence", "classification"} <= set(given):
        raise Refused(NEEDED)
    return lists.Card(name=options.name, **given)


def _radius(word: str) -> tuple[str, int]:
    from fanal.matching import signals  # noqa: PLC0415

    name, _, number = word.partition("=")
    if not number.isdecimal() or int(number) > WIDEST:
        raise Refused(RADIUS)
    return signals.find(name).name, int(number)


def _show(options: argparse.Namespace) -> int:
    from fanal.matching import lists  # noqa: PLC0415

    for card in lists.every(_where(options)):
        one = lists.HashList.open(_where(options) / card.name)
        row = {
            "name": card.name, "version": card.version, "imported_at": card.imported_at, "entries": len(one),
            "source": card.source, "licence": card.licence, "classification": card.classification,
            "negative": card.negative, "flood": card.flood, "radius": dict(card.radius),
        }  # fmt: skip
        if options.json:
            print(json.dumps(row, ensure_ascii=True))
        else:
            print("\n".join([card.name, *(f"  {name}: {value}" for name, value in row.items() if name != "name")]))
    return FINE


def _export(options: argparse.Namespace) -> int:
    from fanal.matching import lists  # noqa: PLC0415
    from fanal.matching.sources import peer  # noqa: PLC0415

    one = lists.HashList.open(lists.path(_where(options), options.name))
    for line in peer.write(one.card, one.entries()):
        sys.stdout.buffer.write(line)
    return FINE


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lists", metavar="DIR", type=Path, help="the folder of lists (default: FANAL_DATA/lists)")


def _where(options: argparse.Namespace) -> Path:
    from fanal.site import env  # noqa: PLC0415

    return options.lists or env.read(os.environ).data / "lists"


def _opened(name: str) -> BinaryIO:
    return sys.stdin.buffer if name == "-" else Path(name).open("rb")
