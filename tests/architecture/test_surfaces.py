"""Nothing goes round the guard: every way out of the house stands in its table, with what is asked of it."""

from __future__ import annotations

import ast
import importlib
from fnmatch import fnmatch
from functools import cache

import pytest
from tests.architecture.doors import SOURCE, doors, kinds

from fanal.core.guard.surfaces import SURFACES, Asked, Surface

CALLED = {"send", "build", "faults", "lay", "ReporterAnswer", "clear_text", "clear_files", "Cleared", "HttpResponse"}


def holds(one: Surface, file: str) -> bool:
    return any(fnmatch(file, pattern) for pattern in one.files)


@cache
def calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """Give every call of the code: its file, what is called, and itself."""
    found = []
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if not any(word in text for word in CALLED):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in CALLED:
                    found.append((str(file.relative_to(SOURCE)), ast.unparse(node.func), node))
    return tuple(found)


def callers(name: str, *, of: str = "") -> set[str]:
    """List the files in which `name` is called, as a function or of something that ends in `of`."""
    assert name in CALLED
    parted = ((file, *called.rpartition(".")) for file, called, _ in calls())
    return {file for file, whose, _, what in parted if what == name and whose.endswith(of)}


def test_every_way_out_stands_in_the_table_once() -> None:
    for file, ways in doors().items():
        assert [one.name for one in SURFACES if holds(one, file)] != [], f"{file} {sorted(ways)} goes round the guard"
        assert len([one for one in SURFACES if holds(one, file)]) == 1, file


def test_the_table_names_nothing_that_is_not_there() -> None:
    files = [str(file.relative_to(SOURCE)) for file in SOURCE.rglob("*.py")]
    for one in SURFACES:
        for pattern in one.files:
            assert any(fnmatch(file, pattern) for file in files), pattern
        assert bool(one.by) == (one.asked in {Asked.PLAIN, Asked.NAMES, Asked.LINES}), one.name
        if one.by:
            module, _, name = one.by.rpartition(".")
            assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize(
    ("source", "way"),
    [
        ("import smtplib", "send"),
        ("from django.core import mail", "send"),
        ("def f():\n    from email.message import EmailMessage\n    EmailMessage()", "send"),
        ("import urllib.request", "send"),
        ("wire.outbox.lay(key, parts)", "send"),
        ("from pathlib import Path\nPath('x').write_text('y')", "file"),
        ("open('x', 'w')", "file"),
        ("path.open(mode='ab')", "file"),
        ("print('x')", "say"),
        ("import sys\nsys.stdout.write('x')", "say"),
        ("HttpResponse('x')", "answer"),
        ("http.JsonResponse({})", "nothing"),
        ("keys.open(row, field='answer.text')", "nothing"),
    ],
)
def test_a_new_way_out_is_seen(source: str, way: str) -> None:
    assert (kinds(source) or {"nothing"}) == {way}


def test_a_connector_is_asked_to_build_and_to_send_behind_the_gate_only() -> None:
    assert callers("send", of="connector") == {"actions/follow_up.py"}
    assert callers("build", of="connector") == {"actions/follow_up.py", "actions/letters.py"}
    assert callers("faults", of="outgoing") == {"actions/follow_up.py", "actions/letters.py"}
    assert all(file.startswith("connectors/") for file in callers("lay", of="outbox"))


def test_what_anyone_reads_is_cleared_where_it_is_written() -> None:
    assert callers("ReporterAnswer") == {"actions/follow_up.py"}
    assert callers("clear_text") == {"actions/follow_up.py"}
    assert callers("clear_files") == {"publish/build.py"}
    assert callers("Cleared") == {"core/guard/clearance.py"}


def test_portal_and_desk_look_once_more_at_every_page() -> None:
    for face in ("portal", "desk"):
        settings = (SOURCE / "site" / "settings" / f"{face}.py").read_text(encoding="utf-8")
        assert '"fanal.site.last_look.LastLook"' in settings


def test_what_is_no_page_of_portal_or_desk_is_one_of_these() -> None:
    """The last look reads pages; other answers are proofs, health, posters of the law, and a letter behind its gate."""
    found = {
        f"{file}: {ast.unparse(word.value)}"
        for file, called, call in calls()
        if file.startswith(("portal/", "desk/")) and called == "HttpResponse"
        for word in call.keywords
        if word.arg == "content_type"
    }
    assert found == {
        "desk/views/doors.py: 'text/plain'",
        "desk/views/guard.py: 'application/pdf'",
        "desk/views/route.py: made.media_type",
        "portal/advice.py: 'application/pdf'",
        "portal/views.py: 'application/octet-stream'",
        "portal/views.py: 'text/plain'",
    }
