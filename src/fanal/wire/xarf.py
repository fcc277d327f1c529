"""Checks a document against the official XARF v4 schemas, as the PyPI package `xarf` ships them."""

from __future__ import annotations

import functools
import importlib.util
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jsonschema
import referencing
import referencing.jsonschema

from fanal.core.errors import Broken
from fanal.core.reasons import Fault, Reason, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MASTER: Final = "https://xarf.org/schemas/v4/xarf-v4-master.json"
MOST: Final = 50
_PLAIN_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")

ABSENT: Final = reason(
    "xarf.schemas-absent",
    en="The schemas of XARF are not installed: install Fanal’s requirements again.",
    fr="Les schémas de XARF ne sont pas installés : réinstallez les dépendances de Fanal.",
)
NOT_AN_OBJECT: Final = reason(
    "xarf.not-an-object",
    en="A XARF document is a JSON object.",
    fr="Un document XARF est un objet JSON.",
)


def validate(document: object) -> tuple[Fault, ...]:
    """List what the standard's schemas refuse in a parsed document, at most 50 faults; nothing where it is valid.

    Each fault names the field and the rule, never the value that was sent: it may be live.
    """
    if not isinstance(document, dict):
        return (Fault("", NOT_AN_OBJECT),)
    found: dict[tuple[str, str], Fault] = {}
    for error in _validator().iter_errors(document):
        for one in _leaves(error):
            fault = _fault(one)
            found.setdefault((fault.field, fault.reason.text.en), fault)
        if len(found) >= MOST:
            break
    return tuple(found.values())[:MOST]


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    spec = importlib.util.find_spec("xarf")
    if spec is None or spec.origin is None:
        raise Broken(ABSENT)
    schemas = [
        json.loads(path.read_text("utf-8")) for path in sorted((Path(spec.origin).parent).glob("schemas/**/*.json"))
    ]
    registry: referencing.Registry[bool | Mapping[str, object]] = referencing.Registry().with_resources(
        [(schema["$id"], referencing.jsonschema.DRAFT202012.create_resource(schema)) for schema in schemas]
    )
    master = next((schema for schema in schemas if schema["$id"] == MASTER), None)
    if master is None:
        raise Broken(ABSENT)
    return jsonschema.Draft202012Validator(master, registry=registry, format_checker=jsonschema.FormatChecker())


def _leaves(error: jsonschema.ValidationError) -> Iterable[jsonschema.ValidationError]:
    """Give the faults that a branch (anyOf, oneOf) is made of, where they say more than the branch itself."""
    if not error.context:
        return (error,)
    best = jsonschema.exceptions.best_match(error.context)
    return (best,) if best is not None else (error,)


def _fault(error: jsonschema.ValidationError) -> Fault:
    path = ""
    for step in error.absolute_path:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            name = step if _PLAIN_NAME.fullmatch(step) else "…"
            path += f".{name}" if path else name
    wanted, there = error.validator_value, error.instance
    if error.validator == "required" and isinstance(wanted, list) and isinstance(there, dict):
        missing = next((name for name in wanted if name not in there), "")
        path = f"{path}.{missing}" if path else missing
    return Fault(path, _why(error))


def _why(error: jsonschema.ValidationError) -> Reason:
    """Say which rule of the schema is broken, in words that hold nothing of what was sent."""
    rule = str(error.validator)
    value = error.validator_value
    if rule == "required":
        return _say(rule, "This field is missing.", "Ce champ manque.")
    if rule in {"enum", "const"}:
        words = ", ".join(str(one) for one in (value if isinstance(value, list) else [value]))
        return _say(rule, f"Only this is permitted here: {words}.", f"Seul ceci est permis ici : {words}.")
    if rule == "type":
        return _say(rule, f"The JSON type must be: {value}.", f"Le type JSON doit être : {value}.")
    if rule in {"pattern", "format"}:
        return _say(
            rule,
            f"It does not have the form that the standard asks for ({rule}: {value}).",
            f"La forme n’est pas celle que demande la norme ({rule} : {value}).",
        )
    if rule in {"additionalProperties", "unevaluatedProperties", "propertyNames"}:
        return _say(
            rule,
            "There is a field here that the standard does not know.",
            "Il y a ici un champ que la norme ne connaît pas.",
        )
    told = f"{rule} {value}" if isinstance(value, (int, float)) else rule
    return _say(rule, f"The standard’s rule “{told}” is broken.", f"La règle « {told} » n’est pas respectée.")


def _say(rule: str, en: str, fr: str) -> Reason:
    return reason(f"xarf.{rule.lower()}", en=en, fr=fr)
