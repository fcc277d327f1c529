"""XARF v4's own schemas, as the package `xarf` ships them; a document is checked against them and nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from fanal.core.reasons import Fault, Reason, reason

MASTER: Final = "https://xarf.org/schemas/v4/xarf-v4-master.json"
MAX_FAULTS: Final = 50

_WRONG: Final[dict[str, Reason]] = {
    "type": reason(
        "xarf.type",
        en="XARF wants another type of value here.",
        fr="XARF demande ici un autre type de valeur.",
    ),
    "enum": reason(
        "xarf.not-listed",
        en="This is not one of the values that XARF lists for this field.",
        fr="Ce n’est pas une des valeurs que XARF donne pour ce champ.",
    ),
    "format": reason(
        "xarf.format",
        en="This does not have the form that XARF wants here (date and time with its zone, e-mail address, UUID…).",
        fr="Ceci n’a pas la forme que XARF demande ici (date et heure avec fuseau, adresse électronique, UUID…).",
    ),
    "additionalProperties": reason(
        "xarf.unknown-field",
        en="There is a field here that XARF does not know.",
        fr="Il y a ici un champ que XARF ne connaît pas.",
    ),
}
_OTHER: Final = reason(
    "xarf.schema",
    en="This does not follow the XARF v4 schema of its category and type.",
    fr="Ceci ne suit pas le schéma XARF v4 de sa catégorie et de son type.",
)


def validate(document: object) -> tuple[Fault, ...]:
    """Check a parsed document against the official schema of its category and type (https://xarf.org, v4).

    Gives no fault for a valid one, else at most 50, each once, with the field's name where the schemas know it. No
    value of the document is repeated.
    """
    found: dict[tuple[str, str, str], Fault] = {}
    for error in _leaves(_validator().iter_errors(document)):
        for fault in _faults(error):
            found.setdefault((fault.field, fault.reason.code, fault.reason.text.en), fault)
            if len(found) >= MAX_FAULTS:
                return tuple(found.values())
    return tuple(found.values())


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Give the errors; those that only say “none of the alternatives” come where nothing else is said."""
    vague: list[ValidationError] = []
    said = False
    for error in errors:
        if error.validator in {"anyOf", "oneOf", "if", "not"}:
            vague.append(error)
        else:
            said = True
            yield error
    if not said:
        yield from vague


def _faults(error: ValidationError) -> Iterator[Fault]:
    place = _place(error)
    if error.validator == "required" and isinstance(error.instance, dict):
        for name in error.validator_value:
            if name not in error.instance:
                yield Fault(f"{place}.{name}" if place else name, _missing(name))
        return
    yield Fault(place, _WRONG.get(str(error.validator), _OTHER))


def _missing(name: str) -> Reason:
    """Say that a field is missing; `name` is the schema's own word."""
    return reason(
        "xarf.missing",
        en=f"XARF requires the field “{name}” here.",
        fr=f"XARF exige ici le champ « {name} ».",
    )


def _place(error: ValidationError) -> str:
    """Name the field as a path; a name that the schemas do not know is not repeated, as it may be live."""
    place = ""
    for step in error.absolute_path:
        if isinstance(step, int):
            place += f"[{step}]"
        else:
            place += ("." if place else "") + (step if step in _names() else "…")
    return place


@cache
def _schemas() -> tuple[dict[str, Any], ...]:
    folder = resources.files("xarf") / "schemas"
    files = [*folder.iterdir(), *(folder / "types").iterdir()]
    return tuple(json.loads(one.read_text("utf-8")) for one in files if one.name.endswith(".json"))


@cache
def _validator() -> Draft202012Validator:
    known = [(schema["$id"], Resource.from_contents(schema)) for schema in _schemas()]
    registry: Registry[Any] = Registry().with_resources(known)
    return Draft202012Validator({"$ref": MASTER}, registry=registry, format_checker=FormatChecker())


@cache
def _names() -> frozenset[str]:
    """Gather every property name that stands in the schemas."""
    names: set[str] = set()

    def gather(schema: object) -> None:
        if isinstance(schema, dict):
            names.update(schema.get("properties", ()) if isinstance(schema.get("properties"), dict) else ())
            for part in schema.values():
                gather(part)
        elif isinstance(schema, list):
            for part in schema:
                gather(part)

    for schema in _schemas():
        gather(schema)
    return frozenset(names)
