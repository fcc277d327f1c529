"""The core takes everything and returns everything: no clock, no chance, no disk, no network, no state."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "src" / "fanal" / "core"
FILES = sorted(CORE.rglob("*.py"))

# By dotted name: urllib.parse computes, urllib.request does not.
ALLOWED = {
    "__future__", "ast", "base64", "binascii", "bisect", "calendar", "collections", "collections.abc", "csv",
    "dataclasses", "datetime", "email.utils", "enum", "functools", "hashlib", "hmac", "html", "io", "ipaddress",
    "itertools", "json", "math", "operator", "re", "statistics", "string", "struct", "textwrap", "types", "typing",
    "unicodedata", "urllib.parse", "uuid", "zoneinfo",
    # third parties that only compute
    "can_ada", "confusable_homoglyphs", "phonenumbers", "publicsuffixlist", "rensa",
}  # fmt: skip
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "__import__"}
FORBIDDEN_ATTRIBUTES = {"now", "today", "utcnow", "uuid1", "uuid4", "urandom"}


def faults(source: str) -> list[str]:
    """List what is impure in a module's source."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if not node.level else []
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            found.append(f"line {node.lineno}: calls {node.func.id}()")
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_ATTRIBUTES:
            found.append(f"line {node.lineno}: uses .{node.attr}")
        elif isinstance(node, (ast.Global, ast.AsyncFunctionDef, ast.Await)):
            found.append(f"line {node.lineno}: {type(node).__name__}")
        found += [
            f"line {node.lineno}: imports {name}"
            for name in names
            if name not in ALLOWED and not name.startswith("fanal.core") and name != "fanal"
        ]
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(CORE)))
def test_a_file_of_the_core_is_pure(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import os",
        "from os import path",
        "def f():\n    import socket",
        "import urllib.request",
        "from django.db import models",
        "open('x')",
        "from uuid import uuid4\nimport uuid\nuuid.uuid4()",
        "def f():\n    global x\n    x = 1",
        "async def f(): ...",
        "from fanal.wire import clock",
    ],
)
def test_what_is_impure_is_seen(source: str) -> None:
    assert faults(source)
