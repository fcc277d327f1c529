"""The directory: strict, and every fault told at once without a value."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from fanal.core.case import Directory
from fanal.core.errors import Broken
from fanal.wire import directory

EXAMPLE = Path(__file__).parents[2] / "examples" / "directory.toml"
LAW = Path(__file__).parents[2] / "src" / "fanal" / "law" / "fr.toml"
RESERVED = re.compile(r"@[a-z0-9.-]+\.(?:example|test|invalid)$")


def test_no_path_is_an_empty_directory() -> None:
    assert directory.load(None) == Directory()


def test_the_example_holds_every_service_that_the_law_names() -> None:
    found = directory.load(EXAMPLE)
    services = {row["id"] for row in tomllib.loads(LAW.read_text())["services"]}
    assert services <= {one.id for one in found.recipients}
    assert found.host("hosting.test").country == "NL"  # type: ignore[union-attr]
    assert dict(found.hotlines)["NL"] == "meldpunt-nl"
    assert found.host("x") is not None


def test_the_example_is_invented() -> None:
    found = directory.load(EXAMPLE)
    assert all(RESERVED.search(one.address.splitlines()[-1]) for one in found.recipients)
    assert all(one.age_recipient for one in found.recipients)
    assert len({one.age_recipient for one in found.recipients}) == len(found.recipients)
    assert "AGE-SECRET" not in EXAMPLE.read_text()


FAULTY = """
[[recipient]]
id = "Bad Id"
name = "Canary Desk"
kind = "gift"
connector = "letter"
language = "de"
address = "canary@secret.example"
age_recipient = "age1canary"
country = "France"

[[recipient]]
id = "b"
more = 1

[[recipient]]
id = "b"

[[host]]
domain = "canary.example"
country = "FR"
recipient = "nobody"
source = ""

[hotlines]
nl = "b"
DE = "nobody"

[extra]
"""


def test_all_faults_come_together_and_none_names_a_value(tmp_path: Path) -> None:
    path = tmp_path / "directory.toml"
    path.write_text(FAULTY)
    with pytest.raises(Broken) as broken:
        directory.load(path)
    told = broken.value.reason.text.en
    for fault in (
        "recipient 1: “id” does not hold",
        "recipient 1: “kind” does not hold",
        "recipient 1: “language” does not hold",
        "recipient 1: “age_recipient” does not hold",
        "recipient 1: “country” does not hold",
        "recipient 2: “name” is missing",
        "recipient 2: a field that is not known",
        "recipient 3: another entry has the same “id”",
        "host 1: “source” does not hold",
        "host 1: its recipient stands nowhere",
        "hotlines 1:",
        "hotlines: the one of DE stands nowhere",
        "“extra” is not a part",
    ):
        assert fault in told
    assert "anary" not in told + broken.value.reason.text.fr + str(broken.value)


@pytest.mark.parametrize("content", [b"[[recipient", b"\xff\xfe", b"recipient = 3", b"hotlines = 1", b"host = [1]"])
def test_another_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "directory.toml"
    path.write_bytes(content)
    with pytest.raises(Broken):
        directory.load(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Broken):
        directory.load(tmp_path / "none.toml")
