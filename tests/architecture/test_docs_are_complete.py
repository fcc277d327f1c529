"""Pages made from the code are fresh, complete, and the documents' links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs", ROOT / "tools" / "docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES = generator().pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_fresh(name: str) -> None:
    assert (ROOT / "docs" / "generated" / name).read_text(encoding="utf-8") == PAGES[name], "run “make docs”"


def test_every_setting_that_is_read_is_declared() -> None:
    from fanal.site import env

    source = (ROOT / "src").rglob("*.py")
    read = {name for file in source for name in re.findall(r"\bFANAL_[A-Z_]+\b", file.read_text(encoding="utf-8"))}
    declared = {one.name for one in env.SETTINGS} | {f"{one.name}_FILE" for one in env.SETTINGS if one.secret}
    django = {"FANAL_WORLD", "FANAL_PUBLIC", "FANAL_TRUSTED_PROXY", "FANAL_LEDGER_KEY", "FANAL_TEST_LOGIN"}
    assert {name for name in read - declared - django if not name.endswith("_")} == set()


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")]
    lost = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert lost == []
