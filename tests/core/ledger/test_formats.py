"""Entries, notes, checkpoints, tile paths and receipts: one right form each, and everything else is refused."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.core.errors import Broken
from fanal.core.ledger import checkpoint, entry, note, proof, tiles, tree
from fanal.wire import notes

NAME = "ledger.fanal.example/essai"


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> note.Signer:
    folder = tmp_path_factory.mktemp("keys")
    notes.new(NAME, private=folder / "ledger.key", public=folder / "ledger.vkey")
    return notes.read_signer(folder / "ledger.key")


@settings(deadline=None)
@given(
    st.sampled_from(["report.received", "case.visited", "é"]),
    st.uuids(),
    st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
    st.binary(min_size=32, max_size=32),
)
def test_an_entry_is_read_as_it_was_written(event: str, event_id: UUID, at: datetime, commitment: bytes) -> None:
    one = entry.Entry(event=event, event_id=event_id, at=at, commitment=commitment)
    raw = entry.encode(one)
    assert entry.decode(raw) == one
    assert raw.isascii()
    elsewhere = (
        entry.Entry(
            event=event, event_id=event_id, at=at.astimezone(timezone(timedelta(hours=2))), commitment=commitment
        )
        if at.year > 1970 and at.year < 9999
        else one
    )
    assert entry.encode(elsewhere) == raw


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_entry_are_refused(raw: bytes) -> None:
    with pytest.raises(Broken):
        entry.decode(raw)


def test_an_entry_in_another_form_is_refused() -> None:
    raw = entry.encode(
        entry.Entry(
            event="case.closed", event_id=UUID(int=7), at=datetime(2026, 11, 22, tzinfo=UTC), commitment=bytes(32)
        )
    )
    for other in (
        raw + b" ",
        raw.replace(b",", b", ", 1),
        raw.replace(b'"v":1', b'"v":2'),
        raw[:-1],
        b"[]",
        b"1",
        b"{}",
    ):
        with pytest.raises(Broken):
            entry.decode(other)
    with pytest.raises(Broken):
        entry.Entry(
            event="case.closed", event_id=UUID(int=7), at=datetime(2026, 11, 22, tzinfo=UTC), commitment=b"short"
        )


def test_a_commitment_needs_its_salt() -> None:
    body = b'{"event":"report.received"}'
    assert entry.commit(bytes(16), body) != entry.commit(b"\x01" * 16, body)
    with pytest.raises(Broken):
        entry.commit(b"", body)


def test_tile_paths_are_those_of_the_specification() -> None:
    assert tiles.Tile(0, 1_234_067).path() == "tile/0/x001/x234/067"
    assert tiles.Tile(None, 0, 17).path() == "tile/entries/000.p/17"
    assert tiles.Tile(2, 999).path() == "tile/2/999"
    assert tiles.Tile(1, 1000).path() == "tile/1/x001/000"
    # The example of the specification: 70,000 entries.
    assert [tile.path() for tile in tiles.level(70_000, 0)][-2:] == ["tile/0/272", "tile/0/273.p/112"]
    assert [tile.path() for tile in tiles.level(70_000, 1)] == ["tile/1/000", "tile/1/001.p/17"]
    assert [tile.path() for tile in tiles.level(70_000, 2)] == ["tile/2/000.p/1"]
    assert tiles.levels(70_000) == 3
    assert [tile.path() for tile in tiles.level(256, 1)] == ["tile/1/000.p/1"]
    assert tiles.levels(0) == 0


@settings(deadline=None)
@given(
    st.one_of(st.none(), st.integers(min_value=0, max_value=63)),
    st.integers(min_value=0, max_value=10**12),
    st.integers(min_value=1, max_value=256),
)
def test_a_path_is_read_as_it_was_written(level: int | None, index: int, width: int) -> None:
    tile = tiles.Tile(level, index, width)
    assert tiles.parse(tile.path()) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/0/x000/001",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/64/000",
        "tile/0/001/x000",
        "../tile/0/000",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "tile/entries/",
        "",
    ],
)
def test_paths_in_another_form_are_none(path: str) -> None:
    assert tiles.parse(path) is None


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=20), st.data())
def test_a_bundle_is_read_whole_or_not_at_all(entries: list[bytes], data: st.DataObject) -> None:
    raw = tiles.bundle(entries)
    assert list(tiles.unbundle(raw, width=len(entries))) == entries
    if raw:
        cut = data.draw(st.integers(min_value=0, max_value=len(raw) - 1))
        with pytest.raises(Broken):
            tiles.unbundle(raw[:cut], width=len(entries))
    with pytest.raises(Broken):
        tiles.unbundle(raw + b"\0", width=len(entries))


def test_an_entry_too_long_for_a_bundle_is_refused() -> None:
    with pytest.raises(Broken):
        tiles.bundle([bytes(65_536)])


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_note_are_refused(raw: bytes) -> None:
    with pytest.raises(Broken):
        note.verify(note.read(raw), note.Key("a.example", bytes(32)), check=notes.check)


def test_every_flipped_bit_of_a_checkpoint_is_seen(signer: note.Signer) -> None:
    raw = checkpoint.sign(checkpoint.Checkpoint(NAME, 3, bytes(32)), signer).encode()
    assert checkpoint.verify(raw, signer.key, check=notes.check).size == 3
    for bit in range(len(raw) * 8):
        bent = bytearray(raw)
        bent[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Broken):
            checkpoint.verify(bytes(bent), signer.key, check=notes.check)


def test_other_signatures_are_passed_over_but_ours_must_hold(signer: note.Signer) -> None:
    raw = checkpoint.sign(checkpoint.Checkpoint(NAME, 3, bytes(32)), signer)
    line = raw.rpartition("\n\n")[2]
    strangers = "".join(f"— witness{n}.example {base64.b64encode(bytes(68)).decode()}\n" for n in range(20))
    assert checkpoint.verify((raw + strangers).encode(), signer.key, check=notes.check).size == 3
    forged = line.split(" ")[0] + f" {NAME} " + base64.b64encode(signer.key.id() + bytes(64)).decode() + "\n"
    with pytest.raises(Broken) as failure:
        checkpoint.verify((raw + forged).encode(), signer.key, check=notes.check)
    assert failure.value.reason.code == "ledger.note.forged"


def test_a_checkpoint_of_another_log_is_refused(signer: note.Signer) -> None:
    text = checkpoint.encode(checkpoint.Checkpoint("other.example/log", 3, bytes(32)))
    with pytest.raises(Broken) as failure:
        checkpoint.verify(note.sign(text, signer).encode(), signer.key, check=notes.check)
    assert failure.value.reason.code == "ledger.checkpoint.foreign"
    with pytest.raises(Broken):
        checkpoint.sign(checkpoint.Checkpoint("other.example/log", 3, bytes(32)), signer)


def test_base64_has_one_form_so_that_no_spare_bit_can_change_unseen() -> None:
    assert note.unbase64("AAE=") == b"\0\x01"
    for other in ("AAF=", "AAE", "AAE=\n", " AAE=", "AA-_", "é", "="):
        with pytest.raises(Broken):
            note.unbase64(other)


@pytest.mark.parametrize("size", ["01", "-1", "", "1 ", "٣", "9223372036854775808", "1e3"])
def test_sizes_have_one_form(size: str) -> None:
    with pytest.raises(Broken):
        checkpoint.decode(f"a.example\n{size}\n{base64.b64encode(bytes(32)).decode()}\n")


def test_key_lines_have_one_form(signer: note.Signer) -> None:
    line = note.vkey(signer.key)
    assert note.read_vkey(line) == signer.key
    name, key_id, encoded = line.split("+", 2)
    wrong = base64.b64encode(b"\x02" + signer.key.public).decode()
    for other in (
        "",
        name,
        f"{name}+{key_id}",
        f"other.example+{key_id}+{encoded}",
        f"{name}+00000000+{encoded}",
        f"{name}+{key_id}+{wrong}",
        f"{name}+{key_id.upper()}x+{encoded}",
        line + "\n",
        line[:-2],
    ):
        with pytest.raises(Broken):
            note.read_vkey(other)


def test_a_private_key_is_never_replaced(tmp_path) -> None:
    private, public = tmp_path / "ledger.key", tmp_path / "ledger.vkey"
    key = notes.new(NAME, private=private, public=public)
    assert private.stat().st_mode & 0o777 == 0o600
    assert notes.read_public(public) == key == notes.read_signer(private).key
    with pytest.raises(FileExistsError):
        notes.new(NAME, private=private, public=public)
    for wrong in (
        b"",
        b"PRIVATE+KEY+a+b",
        b"\xff",
        public.read_bytes(),
        private.read_bytes().replace(b"KEY+l", b"KEY+m"),
    ):
        private.write_bytes(wrong)
        with pytest.raises(Broken):
            notes.read_signer(private)
    with pytest.raises(Broken):
        notes.read_signer(tmp_path / "absent")


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=40), st.data())
def test_a_receipt_proves_its_entry_and_nothing_bent(signer: note.Signer, size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    entries = [f"entry {number}".encode() for number in range(size)]
    leaves = [tree.leaf(one) for one in entries]
    places = {(0, number): one for number, one in enumerate(leaves)} | dict(tree.grow(tree.Growing(), leaves).nodes)
    signed = checkpoint.sign(checkpoint.Checkpoint(NAME, size, tree.root(leaves)), signer)
    hashes = tree.prove(tree.inclusion(index, size), places.__getitem__)
    raw = proof.encode(proof.Proof(index=index, hashes=hashes, checkpoint=signed, extra=entries[index]))
    assert proof.encode(proof.decode(raw)) == raw
    assert proof.verify(proof.decode(raw), signer.key, check=notes.check).size == size
    bit = data.draw(st.integers(min_value=0, max_value=len(raw) * 8 - 1))
    bent = bytearray(raw)
    bent[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Broken):
        proof.verify(proof.decode(bytes(bent)), signer.key, check=notes.check)
    with pytest.raises(Broken):
        proof.verify(proof.Proof(index=index, hashes=hashes, checkpoint=signed), signer.key, check=notes.check)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_receipt_are_refused(raw: bytes) -> None:
    for one in (raw, proof.HEADER.encode() + b"\n" + raw, proof.HEADER.encode() + b"\nindex 0\n\n" + raw):
        with pytest.raises(Broken):
            proof.verify(proof.decode(one), note.Key("a.example", bytes(32)), check=notes.check)
