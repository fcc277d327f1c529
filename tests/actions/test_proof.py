"""Law 9: a reporter's receipt carries a proof that the report was received and when, checked with no database."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests import house

from fanal.queries import reporter
from fanal.site.cli import main

pytestmark = pytest.mark.django_db

KEYS = Path(os.environ["FANAL_DATA"]) / "keys"


def test_a_proof_is_given_once_the_report_is_in_the_tree(
    as_role: house.Acting, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with as_role("fanal_portal"):
        received = house.receive()
        house.receive("https://another.example/")
        assert reporter.proof(received.code) is None
    with as_role("fanal_sequencer"):
        house.integrate()
    with as_role("fanal_portal"):
        proof = reporter.proof(received.code)
    assert proof is not None
    assert b"video.example" not in proof
    file = tmp_path / "receipt.tlog-proof"
    file.write_bytes(proof)
    assert main(["receipt", "verify", str(file), "--public-key", str(KEYS / "ledger.vkey")]) == 0
    assert f"{received.received_at:%Y-%m-%d}" in capsys.readouterr().out
    file.write_bytes(proof.replace(b"\nextra ", b"\nextra A", 1) if b"\nextra " in proof else proof[:-3])
    assert main(["receipt", "verify", str(file), "--public-key", str(KEYS / "ledger.vkey")]) == 1


@pytest.mark.parametrize("code", ["", "wrong", "0000 0000 0000 0000 0000"])
def test_a_wrong_code_has_no_proof(as_role: house.Acting, code: str) -> None:
    house.receive()
    with as_role("fanal_portal"):
        assert reporter.proof(code) is None
