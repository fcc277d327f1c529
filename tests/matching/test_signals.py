"""Every file of signals/ keeps what it promises: each example reads and writes, nothing else is read."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.errors import Refused
from fanal.matching import frames, signals
from fanal.matching.errors import Unreadable
from fanal.matching.frames import Frame
from fanal.matching.video import frames as video_frames

if TYPE_CHECKING:
    from pathlib import Path

    from fanal.matching.signal import Signal

EVERY = {one.name: one for one in signals.every()}
each = pytest.mark.parametrize("signal", EVERY.values(), ids=lambda one: one.name)


def test_the_kinds_are_there() -> None:
    assert set(EVERY) >= {"pdq", "md5", "sha1", "sha256", "vpdq"}


@each
def test_its_file_has_its_name_and_examples(signal: Signal) -> None:
    assert signal.examples
    assert signals.find(signal.name.upper()) is signal


@each
def test_every_example_reads_and_what_is_written_reads_again(signal: Signal) -> None:
    for example in signal.examples:
        data = signal.read(example.written)
        assert data.hex() == example.data
        assert signal.read(signal.write(data)) == data


def read(signal: Signal, text: str) -> bytes | str:
    """Read a text, or give the words of the refusal."""
    try:
        return signal.read(text)
    except Refused as refused:
        return str(refused)


@each
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_by_a_code_alone(signal: Signal, text: str) -> None:
    data = read(signal, text)
    if isinstance(data, str):
        assert data in {"signal.shape", "signal.frames"}
    else:
        assert signal.read(signal.write(data)) == data


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256"])
@given(st.binary(max_size=3000))
def test_a_digest_is_that_of_the_bytes(name: str, content: bytes) -> None:
    assert EVERY[name].compute(io.BytesIO(content))[0].data == hashlib.new(name, content).digest()


def test_a_pdq_of_decimal_digits_alone_is_no_quality() -> None:
    assert EVERY["pdq"].read("pdq:" + "12" * 32).hex() == "12" * 32
    for wrong in ("pdq:" + "12" * 32 + ":101", "pdq:100", "pdq:" + "12" * 32 + ":"):
        with pytest.raises(Refused):
            EVERY["pdq"].read(wrong)


def test_a_name_in_front_says_the_kind_and_a_length_that_two_have_is_not_guessed_at() -> None:
    assert signals.guess(f"SHA-256:{'ab' * 32}") is EVERY["sha256"]
    assert signals.guess("ab" * 16) is EVERY["md5"]
    assert signals.guess("ab" * 32) is None
    assert signals.guess("nothing of the kind") is None
    with pytest.raises(Refused):
        signals.find("photodna")


STILL = bytes(32)
OTHER = b"\xff" * 32


def video(*bits: bytes, quality: int = 100) -> list[Frame]:
    return [Frame(number, one, quality, float(number)) for number, one in enumerate(bits)]


def test_the_share_of_like_frames_is_told_for_both_sides() -> None:
    near = bytes([0x7F]) + bytes(31)  # seven bits away
    shares = frames.compare(video(STILL), video(near, OTHER))
    assert (shares.query, shares.listed) == (1.0, 0.5)
    assert shares.match()
    assert not shares.match(listed=0.6)


def test_frames_that_say_too_little_count_for_nothing() -> None:
    assert not frames.compare(video(STILL, quality=49), video(STILL)).match()
    assert not frames.compare([], video(STILL)).match()


def test_a_still_scene_counts_once() -> None:
    assert frames.compare(video(STILL, STILL, STILL, OTHER), video(STILL)).query == 0.5


@given(
    st.lists(
        st.builds(
            Frame,
            st.integers(0, 2**32 - 1),
            st.binary(min_size=32, max_size=32),
            st.integers(0, 100),
            st.integers(0, 10**6).map(float),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_frames_come_back_as_they_were_written(given: list[Frame]) -> None:
    data = frames.pack(given)
    assert sorted(frames.unpack(data), key=str) == sorted(given, key=str)
    assert EVERY["vpdq"].read(EVERY["vpdq"].write(data)) == data


@pytest.mark.parametrize(
    "text", ["", "[]", "[1]", "[[]]", "1,2,3", "0,101," + "ab" * 32 + ",0", "0,1,ab,0", "[" * 9999]
)
def test_what_is_no_set_of_frames_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        EVERY["vpdq"].read(text)
    with pytest.raises(Refused):
        frames.unpack(b"x")


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed: videos cannot be decoded")
class TestVideo:
    def film(self, *, scale: int = 256) -> bytes:
        """Make three seconds of moving colours, in memory."""
        made = subprocess.run(
            ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=size=512x512:rate=10:duration=3",
             "-vf", f"scale={scale}:{scale}", "-c:v", "mjpeg", "-q:v", "3", "-f", "matroska", "pipe:1"],
            capture_output=True,
            check=True,
        )  # fmt: skip
        return made.stdout

    def test_one_frame_a_second_and_a_smaller_copy_matches(self) -> None:
        whole, small = (
            frames.unpack(EVERY["vpdq"].compute(io.BytesIO(self.film(scale=side)))[0].data) for side in (512, 256)
        )
        assert [frame.seconds for frame in whole] == [0.0, 1.0, 2.0]
        assert frames.compare(small, whole).match()

    def test_a_file_on_disk_is_read_where_it_lies(self, tmp_path: Path) -> None:
        path = tmp_path / "film.mkv"
        path.write_bytes(self.film())
        with path.open("rb") as file:
            assert len(list(video_frames(file))) == 3
        assert list(tmp_path.iterdir()) == [path]

    def test_a_playlist_opens_nothing(self, tmp_path: Path) -> None:
        """A playlist is a text that names other files and addresses: the decoder is not to follow it."""
        (tmp_path / "film.mkv").write_bytes(self.film())
        lists = [
            f"#EXTM3U\n#EXTINF:3,\nfile://{tmp_path}/film.mkv\n#EXT-X-ENDLIST\n",
            f"ffconcat version 1.0\nfile 'file:{tmp_path}/film.mkv'\n",
        ]
        for words in lists:
            with pytest.raises(Unreadable):
                list(video_frames(io.BytesIO(words.encode())))

    def test_what_is_no_video_is_refused(self) -> None:
        with pytest.raises(Unreadable):
            list(video_frames(io.BytesIO(b"not a video")))


def test_without_a_decoder_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(Unreadable, match=r"video\.no-decoder"):
        list(video_frames(io.BytesIO(b"")))
