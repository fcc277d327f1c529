"""What a catalogue and each of its entries must have: fields and their kinds, known names, conditions that parse.

Every fault is a sentence in both languages that names the file, the entry and what is wrong. All are found at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeAlias

from fanal.core.report import Category
from fanal.core.text import Text
from fanal.law import conditions

Table: TypeAlias = Mapping[str, object]

MOST_RULES = 5  # a side of the poster
MOST_NUMBERS = 6


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field must be: said in both languages, and the test of it."""

    en: str
    fr: str
    holds: Callable[[object], bool]


def _word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _text(value: object, *, more: frozenset[str] = frozenset()) -> bool:
    return isinstance(value, dict) and value.keys() == {"en", "fr"} | more and all(_word(one) for one in value.values())


def _short(value: object, *, longest: int) -> bool:
    return isinstance(value, dict) and _text(value) and all(len(one) <= longest for one in value.values())


def _kit(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != {"call", "post"}:
        return False
    return _text(value["call"]) and _short(value["post"], longest=280)


def _words(value: object) -> bool:
    return isinstance(value, list) and all(_word(one) for one in value)


def _penalty(value: object) -> bool:
    if not isinstance(value, dict) or not {"years", "fine_eur"} <= value.keys():
        return False
    when = value.get("when", "…")
    figures = [one for name, one in value.items() if name != "when"]
    return value.keys() <= {"years", "months", "fine_eur", "when"} and _word(when) and all(map(_whole, figures))


def _elements(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_text(one, more=frozenset({"id"})) for one in value)


WORD = Kind("words, not empty", "des mots, non vides", _word)
WORDS = Kind("a list of words", "une liste de mots", _words)
SOME_WORDS = Kind("a list of words, not empty", "une liste de mots, non vide", lambda one: bool(one) and _words(one))
WHOLE = Kind("a whole number, zero or more", "un nombre entier, zéro ou plus", _whole)
TEXT = Kind("a sentence in both languages, en and fr", "une phrase dans les deux langues, en et fr", _text)
FLAG = Kind("true or false", "true ou false", lambda one: isinstance(one, bool))
PENALTY = Kind("a penalty: years, months, fine_eur, when", "une peine : years, months, fine_eur, when", _penalty)
DAY = Kind("a date", "une date", lambda one: isinstance(one, date) and not isinstance(one, datetime))
ELEMENTS = Kind(
    "elements with id, en and fr, none empty",
    "des éléments avec id, en et fr, aucun vide",
    _elements,
)
CONDITION = Kind(
    "a condition: an element, or one of all, any, not over such",
    "une condition : un élément, ou all, any, not sur de tels",
    lambda one: conditions.parse(one) is not None,
)
CATEGORIES = Kind(
    "categories that reports know",
    "des catégories que les signalements connaissent",
    lambda one: _words(one) and isinstance(one, list) and set(one) <= {str(member) for member in Category},
)
FAMILIES = Kind(
    "a table of families, each with en and fr",
    "une table de familles, chacune avec en et fr",
    lambda one: isinstance(one, dict) and bool(one) and all(_text(name) for name in one.values()),
)
FALSE_REPORT = Kind(
    "an article, and a sentence in both languages",
    "un article, et une phrase dans les deux langues",
    lambda one: _text(one, more=frozenset({"article"})),
)
KIT = Kind(
    "whom to call, and a post of 280 signs at most, in both languages",
    "qui appeler, et un message de 280 signes au plus, dans les deux langues",
    _kit,
)
LINE = Kind(
    "44 signs at most in each language, to be read from afar",
    "44 signes au plus dans chaque langue, pour être lu de loin",
    partial(_short, longest=44),
)
LABEL = Kind(
    "22 signs at most in each language, to be read from afar",
    "22 signes au plus dans chaque langue, pour être lu de loin",
    partial(_short, longest=22),
)
SIDE = Kind("“do” or “not”", "« do » ou « not »", lambda one: one in ("do", "not"))
ROWS = Kind(
    "one or more entries",
    "une ou plusieurs entrées",
    lambda one: isinstance(one, list) and bool(one) and all(isinstance(row, dict) for row in one),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of one kind of entry: which one names it, which must be there, which may."""

    name: str
    must: Mapping[str, Kind]
    may: Mapping[str, Kind]


SECTIONS: Mapping[str, Shape] = {
    "clocks": Shape("id", {"id": WORD, "hours": WHOLE, "text": TEXT, "source": WORD}, {}),
    "services": Shape(
        "id",
        {"id": WORD, "name": WORD, "for_what": TEXT, "basis": WORD, "status": WORD},
        {"source": WORD},
    ),
    "emergencies": Shape(
        "number",
        {"number": WORD, "text": TEXT, "source": WORD, "checked_on": DAY},
        {"first_screen": FLAG, "kit": LABEL},
    ),
    "rules": Shape(
        "id", {"id": WORD, "side": SIDE, "text": LINE, "why": TEXT, "source": WORD}, {"offences": SOME_WORDS}
    ),
    "elsewhere": Shape("id", {"id": WORD, "text": TEXT, "advice": TEXT}, {"categories": CATEGORIES}),
    "categories": Shape("category", {"category": WORD, "label": TEXT, "hint": TEXT, "families": SOME_WORDS}, {}),
    "retention": Shape("what", {"what": WORD, "days": WHOLE, "text": TEXT, "source": WORD}, {}),
    "offences": Shape(
        "id",
        {
            "id": WORD,
            "law": WORD,
            "article": WORD,
            "title": TEXT,
            "nature": WORD,
            "family": WORD,
            "base_penalty": PENALTY,
            "max_penalty": PENALTY,
            "minors": WORD,
            "competent": SOME_WORDS,
            "clocks": WORDS,
            "verified": WORD,
            "source": WORD,
            "in_force_from": DAY,
        },
        {
            "in_force_until": DAY,
            "note": WORD,
            "dsa_category": WORD,
            "dsa_keyword": WORD,
            "elements": ELEMENTS,
            "condition": CONDITION,
        },
    ),
}

HEAD = Shape(
    "jurisdiction",
    {
        "jurisdiction": WORD,
        "country": WORD,
        "families": FAMILIES,
        "false_report": FALSE_REPORT,
        "kit": KIT,
        **dict.fromkeys(SECTIONS, ROWS),
    },
    {},
)


def faults(document: Table, file: str) -> tuple[Text, ...]:
    """Find every fault of one catalogue as TOML gave it; () where it is good. `file` is how faults call it."""
    head = tuple(_shape(document, HEAD, file))
    if head:
        return head
    shapes = tuple(
        fault
        for section, shape in SECTIONS.items()
        for place, row in enumerate(_rows(document, section), start=1)
        for fault in _shape(row, shape, _where(file, section, row.get(shape.name), place))
    )
    # names are compared only between entries that are whole
    return shapes or tuple(_names(document, file))


def _rows(document: Table, section: str) -> list[Table]:
    rows = document[section]
    return rows if isinstance(rows, list) else []


def _where(file: str, section: str, name: object, place: int) -> str:
    return f"{file}, {section} “{name}”" if _word(name) else f"{file}, {section} {place}"


def _say(where: str, en: str, fr: str) -> Text:
    return Text(en=f"{where}: {en}.", fr=f"{where} : {fr}.")


def _shape(row: Table, shape: Shape, where: str) -> Iterator[Text]:
    for name in row.keys() - shape.must.keys() - shape.may.keys():
        yield _say(where, f"“{name}” is not a field of this entry", f"« {name} » n’est pas un champ de cette entrée")
    for name, kind in {**shape.must, **shape.may}.items():
        if name not in row:
            if name in shape.must:
                yield _say(where, f"the field “{name}” is missing", f"le champ « {name} » manque")
        elif not kind.holds(row[name]):
            yield _say(where, f"the field “{name}” must be {kind.en}", f"le champ « {name} » doit être {kind.fr}")


def _names(document: Table, file: str) -> Iterator[Text]:
    for section, shape in SECTIONS.items():
        for name, times in Counter(str(row[shape.name]) for row in _rows(document, section)).items():
            if times > 1:
                where = _where(file, section, name, 0)
                yield _say(where, "two entries bear this name", "deux entrées portent ce nom")
    families = document["families"]
    known = {
        "competent": {str(row["id"]) for row in _rows(document, "services")},
        "clocks": {str(row["id"]) for row in _rows(document, "clocks")},
        "families": set(families) if isinstance(families, dict) else set(),
        "offences": {str(row["id"]) for row in _rows(document, "offences")},
    }
    for section, field, among in (
        ("offences", "competent", "competent"),
        ("offences", "clocks", "clocks"),
        ("offences", "family", "families"),
        ("categories", "families", "families"),
        ("rules", "offences", "offences"),
    ):
        for row in _rows(document, section):
            where = _where(file, section, row[SECTIONS[section].name], 0)
            yield from _unknown(row.get(field, []), known[among], field, where)
    yield from _categories(document, file)
    yield from _poster(document, file)
    for row in _rows(document, "offences"):
        yield from _offence(row, _where(file, "offences", row["id"], 0))


def _unknown(named: object, known: set[str], field: str, where: str) -> Iterator[Text]:
    for name in named if isinstance(named, list) else [named]:
        if name not in known:
            yield _say(
                where,
                f"“{field}” names “{name}”, which this file does not have",
                f"« {field} » nomme « {name} », que ce fichier n’a pas",
            )


def _categories(document: Table, file: str) -> Iterator[Text]:
    there = {str(row["category"]) for row in _rows(document, "categories")}
    known = {str(member) for member in Category}
    for name in sorted(there ^ known):
        where = _where(file, "categories", name, 0)
        if name in known:
            yield _say(where, "this category of reports is missing", "cette catégorie de signalements manque")
        else:
            yield _say(where, "reports have no such category", "les signalements n’ont pas cette catégorie")


def _poster(document: Table, file: str) -> Iterator[Text]:
    """Ask whether what the public is told fits on one sheet that is read from two metres."""
    sides = Counter(str(row["side"]) for row in _rows(document, "rules"))
    if not all(1 <= sides[side] <= MOST_RULES for side in ("do", "not")):
        yield _say(
            _where(file, "rules", "side", 0),
            f"each side has from 1 to {MOST_RULES} rules",
            f"chaque côté a de 1 à {MOST_RULES} règles",
        )
    if not 1 <= sum("kit" in row for row in _rows(document, "emergencies")) <= MOST_NUMBERS:
        yield _say(
            _where(file, "emergencies", "kit", 0),
            f"from 1 to {MOST_NUMBERS} numbers stand on the poster",
            f"de 1 à {MOST_NUMBERS} numéros figurent sur l’affiche",
        )


def _offence(row: Table, where: str) -> Iterator[Text]:
    until, since = row.get("in_force_until"), row["in_force_from"]
    if isinstance(until, date) and isinstance(since, date) and until < since:
        yield _say(where, "it ends before it begins", "elle finit avant de commencer")
    if ("elements" in row) != ("condition" in row):
        yield _say(
            where,
            "elements and condition stand together or not at all",
            "éléments et condition vont ensemble ou pas du tout",
        )
        return
    elements = row.get("elements", [])
    written = [str(one["id"]) for one in elements] if isinstance(elements, list) else []
    condition = conditions.parse(row.get("condition"))
    named = conditions.leaves(condition) if condition else ()
    for name, times in Counter(written).items():
        if times > 1:
            yield _say(where, f"two elements are called “{name}”", f"deux éléments s’appellent « {name} »")
    for name, times in Counter(named).items():
        if name not in written:
            yield _say(
                where,
                f"the condition names “{name}”, which is not among the elements",
                f"la condition nomme « {name} », qui n’est pas parmi les éléments",
            )
        elif times > 1:
            yield _say(
                where,
                f"the condition names “{name}” more than once: put it before the brackets",
                f"la condition nomme « {name} » plus d’une fois : mettez-le en facteur",
            )
    for name in written:
        if name not in named:
            yield _say(
                where,
                f"the element “{name}” is not in the condition",
                f"l’élément « {name} » n’est pas dans la condition",
            )
