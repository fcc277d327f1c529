from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from fanal.core.errors import Broken, Refused
from fanal.site import env, setup
from fanal.wire import keys, notes


def here(folder: Path, mode: str = "demo", **told: str) -> env.Env:
    real = {"FANAL_SENDER": "Desk", **{f"FANAL_{face}_HOSTS": "desk.example" for face in ("PORTAL", "DESK", "API")}}
    return env.read(
        {"FANAL_DATA": str(folder / "data"), "FANAL_MODE": mode, **(real if mode == "production" else {}), **told}
    )


def made(where: env.Env) -> list[str]:
    said: list[str] = []
    setup.folders(where)
    setup.keep_to_mode(where)
    setup.make_keys(where, say=said.append)
    return said


def test_keys_are_made_once_each_for_its_owner_and_open(tmp_path: Path) -> None:
    where = here(tmp_path)
    made(where)
    before = {file.name: file.read_bytes() for file in where.keys.iterdir()}
    assert set(before) == {*setup.KEY_FILES, "vault.recipients"}
    for file in where.keys.iterdir():
        assert file.name == "ledger.vkey" or file.stat().st_mode & 0o077 == 0
    ring = keys.load(where.keys, parts=frozenset({"content", "index", "receipts", "vault"}))
    assert ring.open(ring.close(b"x", row="r", field="f"), row="r", field="f") == b"x"
    assert notes.read_signer(where.keys / "ledger.key").key == notes.read_public(where.keys / "ledger.vkey")
    assert len(env.web_key(where)) >= 43
    assert made(where) == []
    assert {file.name: file.read_bytes() for file in where.keys.iterdir()} == before


def test_in_play_a_custodian_is_invented_and_loudly_said(tmp_path: Path) -> None:
    where = here(tmp_path)
    (said,) = made(where)
    private = where.data / "custodian" / "custodian.key"
    assert str(private) in said
    assert private.stat().st_mode & 0o077 == 0
    sealed = keys.load(where.keys, parts=frozenset({"vault"})).seal(b"who")
    assert pyrage.decrypt(sealed, [x25519.Identity.from_str(private.read_text().strip())]) == b"who"


def test_production_refuses_to_invent_a_custodian_and_takes_one_that_is_given(tmp_path: Path) -> None:
    where = here(tmp_path, "production")
    with pytest.raises(Refused) as caught:
        made(where)
    assert "fanal custodian new" in caught.value.reason.text.en
    (where.keys / "vault.recipients").write_text(f"{x25519.Identity.generate().to_public()}\n")
    assert made(where) == []
    assert not (where.data / "custodian").exists()


def test_a_recipients_file_that_is_none_is_refused(tmp_path: Path) -> None:
    where = here(tmp_path, "production")
    setup.folders(where)
    (where.keys / "vault.recipients").write_text("AGE-SECRET-KEY-not-a-recipient\n")
    with pytest.raises(Broken):
        made(where)


@pytest.mark.parametrize("name", [*setup.KEY_FILES, "vault.recipients"])
def test_a_lost_key_is_never_invented_anew(tmp_path: Path, name: str) -> None:
    where = here(tmp_path)
    made(where)
    (where.keys / name).unlink()
    with pytest.raises(Broken) as caught:
        made(where)
    assert caught.value.reason.code == "key.lost"
    assert not (where.keys / name).exists()


def test_a_set_up_that_was_cut_short_is_ended(tmp_path: Path) -> None:
    where = here(tmp_path)
    setup.folders(where)
    keys.write(keys.new_content(), where.keys / "content.json")
    first = (where.keys / "content.json").read_bytes()
    (where.keys / "index.json.new").write_text("half")
    (where.keys / "ledger.vkey").write_text("of a private key that was never written\n")
    made(where)
    assert (where.keys / "content.json").read_bytes() == first
    assert notes.read_signer(where.keys / "ledger.key").key == notes.read_public(where.keys / "ledger.vkey")


def test_what_began_in_play_never_becomes_real(tmp_path: Path) -> None:
    made(here(tmp_path))
    made(here(tmp_path, "development"))
    with pytest.raises(Refused) as caught:
        made(here(tmp_path, "production"))
    assert caught.value.reason.code == "mode.mixed"


def test_the_folders_are_for_their_owner_only(tmp_path: Path) -> None:
    where = here(tmp_path)
    setup.folders(where)
    assert where.data.stat().st_mode & 0o066 == 0
    for folder in (where.keys, where.outbox, *(where.data / name for name in setup.FOLDERS)):
        assert folder.stat().st_mode & 0o077 == 0
