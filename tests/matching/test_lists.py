"""Lists on disk: imports that change only what changed, tombstones, versions that readers never see half of."""

from __future__ import annotations

import io
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.shared_data import folder as shared

from fanal.core.errors import Broken, Refused
from fanal.matching import frames, lists, match, signals, sources
from fanal.matching.frames import Frame
from fanal.matching.lists import Card, Change, Entry, Gone, HashList, Opinions
from fanal.matching.sources import Bad, peer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CARD = Card(name="invented", source="Desk of nowhere", licence="for trying", classification="A1", flood=2)
AT = "2026-11-22T10:00:00+00:00"


def pdq(*flipped: int) -> bytes:
    """Give a fingerprint that differs from one constant in these bits."""
    bits = int.from_bytes(b"\x5a" * 32, "big")
    for one in flipped:
        bits ^= 1 << one
    return bits.to_bytes(32, "big")


def md5(number: int) -> bytes:
    return number.to_bytes(16, "big")


def make(folder: Path, *entries: Entry | Gone, whole: bool = True, card: Card = CARD) -> Change:
    return lists.update(folder, card, entries, whole=whole, at=AT)


def live(folder: Path) -> set[tuple[str, bytes]]:
    return {(one.signal, one.value) for one in HashList.open(folder).entries() if not one.withdrawn}


def test_what_is_imported_is_read_back_and_found(tmp_path: Path) -> None:
    entry = Entry("pdq", pdq(), ref="7", labels=("a", "é"), opinions=Opinions(3, 1, 0), at="2026-01-02")
    assert make(tmp_path / "x", entry, Entry("md5", md5(1), ref="8")) == Change(2, 0, 0, 0)
    opened = HashList.open(tmp_path / "x")
    assert next(opened.entries()) == entry
    found = match.look_up([opened], "pdq", pdq(3, 77)).found
    assert [(one.entry, one.distance) for one in found] == [(entry, 2)]
    assert {why.code for why in found[0].reasons} == {"match.recoded", "match.disputed"}
    assert match.look_up([opened], "md5", md5(1)).found[0].entry.ref == "8"
    assert match.look_up([opened], "md5", md5(2)).found == ()
    assert match.look_up([opened], "sha256", bytes(32)).found == ()


def test_a_second_import_tells_what_changed_and_leaves_tombstones(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    make(folder, Entry("md5", md5(1)), Entry("md5", md5(2)), Entry("md5", md5(3)))
    change = make(folder, Entry("md5", md5(1)), Entry("md5", md5(2), labels=("new",)), Entry("md5", md5(4)))
    assert change == Change(added=1, changed=1, withdrawn=1, kept=1)
    opened = HashList.open(folder)
    assert (opened.card.version, len(opened)) == (2, 4)
    assert match.look_up([opened], "md5", md5(3)).found == ()
    assert make(folder, Entry("md5", md5(3))).changed == 1  # it comes back from its tombstone
    assert match.look_up([HashList.open(folder)], "md5", md5(3)).found


def test_what_changed_is_added_to_what_was_and_gone_takes_all_of_a_reference(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    make(folder, Entry("md5", md5(1), ref="a"), Entry("sha1", bytes(20), ref="a"), Entry("md5", md5(2), ref="b"))
    change = make(folder, Gone("a"), Entry("md5", md5(1), ref="a"), whole=False)
    assert change == Change(added=0, changed=0, withdrawn=1, kept=2)
    assert live(folder) == {("md5", md5(1)), ("md5", md5(2))}


def test_a_reader_keeps_the_version_that_it_opened(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    make(folder, Entry("pdq", pdq()))
    before = HashList.open(folder)
    before.index("pdq")
    make(folder, Entry("pdq", pdq(*range(100))))
    assert match.look_up([before], "pdq", pdq()).found
    assert not match.look_up([HashList.open(folder)], "pdq", pdq()).found
    assert [one.name for one in folder.iterdir() if one.is_dir()] == ["v000002"]


def test_an_import_that_was_cut_short_leaves_the_version_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "x"
    make(folder, Entry("md5", md5(1)))

    def cut(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lists, "_name", cut)
    with pytest.raises(OSError, match="space"):
        make(folder, Entry("md5", md5(2)))
    monkeypatch.undo()
    assert live(folder) == {("md5", md5(1))}
    make(folder, Entry("md5", md5(2)))
    assert live(folder) == {("md5", md5(2))}


values = st.integers(0, 12).map(md5)
steps = st.lists(
    st.tuples(
        st.booleans(),
        st.lists(
            st.one_of(
                st.builds(Entry, st.just("md5"), values, ref=st.sampled_from("abc"), withdrawn=st.booleans()),
                st.builds(Gone, st.sampled_from("abc")),
            ),
            max_size=6,
        ),
    ),
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(steps)
def test_after_any_imports_what_is_found_is_what_the_sources_still_say(
    tmp_path_factory: pytest.TempPathFactory, given: list[tuple[bool, list[Entry | Gone]]]
) -> None:
    folder = tmp_path_factory.mktemp("lists") / "x"
    model: dict[bytes, tuple[str, bool]] = {}
    for whole, rows in given:
        make(folder, *rows, whole=whole)
        said: dict[bytes, tuple[str, bool]] = {key: (ref, False) for key, (ref, _) in model.items()} if whole else model
        touched = {key: {ref} for key, (ref, _) in model.items()}
        for row in rows:
            if isinstance(row, Gone):
                said |= {key: (said[key][0], False) for key, refs in touched.items() if row.ref in refs}
            else:
                said[row.value] = (row.ref, not row.withdrawn)
                touched.setdefault(row.value, set()).add(row.ref)
        model = said
        assert {value for _, value in live(folder)} == {key for key, (_, on) in model.items() if on}
    if given:
        opened = HashList.open(folder)
        for key, (_, on) in model.items():
            assert bool(match.look_up([opened], "md5", key).found) is on


def test_names_and_folders_that_are_none(tmp_path: Path) -> None:
    for name in ("", "..", "a/b", "A", ".x", "é", "x" * 65):
        with pytest.raises(Refused, match=r"list\.name"):
            lists.path(tmp_path, name)
    with pytest.raises(Refused, match=r"list\.absent"):
        HashList.open(tmp_path / "none")
    assert lists.every(tmp_path / "none") == ()
    make(tmp_path / "x", Entry("md5", md5(1)))
    assert [card.name for card in lists.every(tmp_path)] == ["invented"]
    shutil.rmtree(tmp_path / "x" / "v000001")
    with pytest.raises(Broken, match=r"list\.damaged"):
        HashList.open(tmp_path / "x")
    (tmp_path / "x" / "list.toml").write_text("version = [")
    with pytest.raises(Broken, match=r"list\.damaged"):
        HashList.open(tmp_path / "x")


def test_each_list_has_its_radius_and_a_harmless_one_is_told_beside(tmp_path: Path) -> None:
    near, far = pdq(*range(12)), pdq(*range(31))
    make(tmp_path / "strict", Entry("pdq", pdq()), card=Card("strict", "s", "l", "c", radius={"pdq": 11}))
    make(tmp_path / "harmless", Entry("pdq", pdq()), card=Card("harmless", "s", "l", "c", negative=True))
    both = [HashList.open(tmp_path / name) for name in ("strict", "harmless")]
    answer = match.look_up(both, "pdq", near, count_near=True)
    assert [(one.list, one.negative) for one in answer.found] == [("harmless", True)]
    assert answer.near == 1
    codes = {why.code for why in match.look_up(both, "pdq", far).found[0].reasons}
    assert codes == {"match.far", "match.harmless"}
    assert len(match.look_up(both, "pdq", pdq()).found) == 2


def test_a_turned_copy_is_found_and_said_to_be_turned_and_a_flat_one_finds_nothing(tmp_path: Path) -> None:
    make(tmp_path / "x", Entry("pdq", pdq()))
    opened = [HashList.open(tmp_path / "x")]
    found = match.look_up(opened, "pdq", bytes(32), turned=[pdq(*range(90)), pdq(1)]).found
    assert (found[0].orientation, found[0].distance) == (2, 1)
    assert "match.turned" in {why.code for why in found[0].reasons}
    assert match.look_up(opened, "pdq", pdq(), quality=49).found == ()


def test_a_video_is_found_by_the_share_of_its_frames(tmp_path: Path) -> None:
    listed = frames.pack(Frame(n, pdq(*range(n * 40, n * 40 + 40)), 90, float(n)) for n in range(5))
    make(tmp_path / "x", Entry("vpdq", frames.pack([Frame(0, pdq(*range(128)), 90, 0.0)])), Entry("vpdq", listed))
    opened = [HashList.open(tmp_path / "x")]
    part = frames.pack(Frame(n, pdq(*range(n * 40, n * 40 + 40), 255), 90, float(n)) for n in range(4))
    assert [one.id for one in match.look_up(opened, "vpdq", part).found] == [1]
    half = frames.pack([Frame(0, pdq(*range(40)), 90, 0.0), Frame(1, bytes(32), 90, 1.0)])
    assert match.look_up(opened, "vpdq", half).found == ()


def read(name: str, text: str | bytes) -> list[Entry | Gone | Bad]:
    return list(sources.find(name).read(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def test_csv_takes_what_it_can_and_tells_the_lines_that_it_cannot() -> None:
    text = (
        "\ufeffSignal_Type,Signal_Value,ref,labels,withdrawn\n"
        f"MD5,{md5(1).hex()},7,a; b,\n\nmd5,nothing,,,\nphotodna,00,,,\n"
        f"pdq,{pdq().hex()},8,,yes\n"
    )
    good, *others = read("csv", text)
    assert good == Entry("md5", md5(1), ref="7", labels=("a", "b"))
    assert [(one.line, one.reason.code) for one in others if isinstance(one, Bad)] == [
        (4, "signal.shape"),
        (5, "signal.unknown"),
    ]
    assert others[-1] == Entry("pdq", pdq(), ref="8", withdrawn=True)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["csv", "peer", "stopncii"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    told = set()
    for text in (content, b"signal,value\n" + content, b'{"shape":"fanal-hash-list/1"}\n' + content):
        try:
            read(name, text)
        except Refused as refused:
            told.add(refused.reason.code)
    assert told <= {"source.shape"}


def test_what_one_desk_exports_another_reads(tmp_path: Path) -> None:
    given: Iterable[Entry] = (
        Entry("pdq", pdq(), ref="1", labels=("x",), opinions=Opinions(1, 2, 3), at="t"),
        Entry("md5", md5(1), withdrawn=True),
        Entry("vpdq", frames.pack([Frame(0, pdq(), 90, 0.0)])),
    )
    text = b"".join(peer.write(CARD, given))
    assert read("peer", text) == list(given)
    assert isinstance(read("peer", text + b"{}\n")[-1], Bad)


def test_stopncii_records() -> None:
    def record(**changes: object) -> dict[str, object]:
        return {
            "lastModtimestamp": 5,
            "signalType": "ImagePDQ",
            "hashValue": pdq().hex(),
            "hashStatus": "Active",
            "caseNumbers": {"c2": "Active", "c1": "Active"},
            "CSPFeedbacks": [{"feedbackValue": "Blocked"}, {"feedbackValue": "NotBlocked"}, {"feedbackValue": "None"}],
        } | changes

    answer = {"hashRecords": [record(), record(hashStatus="Withdrawn", caseNumbers=[]), record(signalType="Text")]}
    first, second, third = read("stopncii", json.dumps(answer))
    assert first == Entry("pdq", pdq(), ref="c1,c2", opinions=Opinions(1, 1, 0), at="5")
    assert isinstance(second, Entry)
    assert second.withdrawn
    assert isinstance(third, Bad)


def test_ncmec_without_the_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "threatexchange.exchanges.clients.ncmec.hash_api", None)
    with pytest.raises(Refused, match=r"source\.no-client"):
        read("ncmec", b"<queryResult/>")


class TestNcmec:
    @pytest.fixture(autouse=True)
    def _package(self) -> None:
        pytest.importorskip("threatexchange", reason="the extra “exchange” is not installed")

    @pytest.mark.parametrize(
        "name", ["entries.xml", "entries2.xml", "entries3.xml", "entries4.xml", "entries-no-data.xml"]
    )
    def test_its_documented_samples_are_read_whole(self, name: str, tmp_path: Path) -> None:
        given = read("ncmec", (shared("ncmec") / "hash-sharing-v2" / name).read_bytes())
        make(tmp_path / "x", *(one for one in given if not isinstance(one, Bad)), whole=False)
        taken = {(one.signal, one.value) for one in given if isinstance(one, Entry)}
        assert live(tmp_path / "x") <= taken
        assert {one.reason.code for one in given if isinstance(one, Bad)} <= {"source.kind", "signal.shape"}
        assert bool(given) is ("no-data" not in name)

    def test_what_others_said_and_what_was_deleted(self, tmp_path: Path) -> None:
        given = read("ncmec", (shared("ncmec") / "hash-sharing-v2" / "entries.xml").read_bytes())
        first = next(one for one in given if isinstance(one, Entry) and one.signal == "md5")
        assert (first.ref, first.labels, first.opinions) == ("42/image/image1", ("A1",), Opinions(1, 0))
        second = next(one for one in given if isinstance(one, Entry) and one.signal == "sha1")
        assert second.opinions == Opinions(0, 1)
        make(tmp_path / "x", Entry("md5", md5(9), ref="43/image/image4"))
        make(tmp_path / "x", *(one for one in given if not isinstance(one, Bad)), whole=False)
        assert ("md5", md5(9)) not in live(tmp_path / "x")

    @pytest.mark.parametrize(
        "content", [b"", b"<a/>", b"not xml", b"<queryResult><images><image/></images></queryResult>"]
    )
    def test_anything_else_is_refused(self, content: bytes) -> None:
        with pytest.raises(Refused, match=r"source\.shape"):
            read("ncmec", content)


def test_every_shape_has_a_title() -> None:
    assert {"csv", "peer", "stopncii", "ncmec"} <= set(sources.every())
    with pytest.raises(Refused, match=r"source\.unknown"):
        sources.find("xlsx")
    assert all(one.title for one in sources.every().values())
    assert signals.find("sha-256").name == "sha256"
