"""Conditions: the tree of an offence's elements as a TOML value, read into core records."""

from __future__ import annotations

from fanal.core.catalogue import Condition

BRANCHES = ("all", "any")


def parse(value: object) -> Condition | None:
    """Read "element", {all = […]}, {any = […]} or {not = …}; None where the value is none of these."""
    if isinstance(value, str):
        return Condition("element", element=value) if value else None
    if not isinstance(value, dict) or len(value) != 1:
        return None
    ((kind, inner),) = value.items()
    if kind == "not":
        part = parse(inner)
        return None if part is None else Condition("not", parts=(part,))
    if kind not in BRANCHES or not isinstance(inner, list) or not inner:
        return None
    parts = tuple(parse(one) for one in inner)
    whole = tuple(part for part in parts if part is not None)
    return Condition(kind, parts=whole) if len(whole) == len(parts) else None


def leaves(condition: Condition) -> tuple[str, ...]:
    """List the element ids that a condition names, in the order in which it names them, as often as it does."""
    if condition.kind == "element":
        return (condition.element,)
    return tuple(name for part in condition.parts for name in leaves(part))
