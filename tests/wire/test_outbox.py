"""The outbox: whole or not at all, once under a key, whatever kills the process."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from fanal.core.connector import Part
from fanal.core.errors import Full, Refused, Temporary
from fanal.wire import fake, outbox
from fanal.wire.outbox import Folder

if TYPE_CHECKING:
    from pathlib import Path

PARTS = (Part("letter.pdf", "application/pdf", b"%PDF" * 999), Part("annex.age", "application/age", b"sealed"))


def lying(path: Path) -> dict[str, dict[str, bytes]]:
    return {
        letter.name: {file.name: file.read_bytes() for file in letter.iterdir()}
        for letter in path.iterdir()
        if letter.is_dir() and not letter.name.startswith(".")
    }


@pytest.mark.parametrize("memory", [True, False])
def test_a_letter_is_laid_once(tmp_path: Path, memory: bool) -> None:  # noqa: FBT001
    box = fake.Outbox() if memory else Folder(tmp_path / "out")
    assert box.lay("T-1", PARTS) is True
    assert box.lay("T-1", PARTS[:1]) is False
    assert box.lay("T-2", PARTS) is True


def test_it_lies_there_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    Folder(tmp_path / "deep" / "out").lay("T-1", PARTS)
    assert lying(tmp_path / "deep" / "out") == {"T-1": {part.name: part.content for part in PARTS}}
    letter = tmp_path / "deep" / "out" / "T-1"
    assert stat.S_IMODE(letter.stat().st_mode) == 0o700
    assert stat.S_IMODE((letter / "annex.age").stat().st_mode) == 0o600


def test_many_at_once_lay_it_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        laid = list(pool.map(lambda _: Folder(tmp_path).lay("T-1", PARTS), range(24)))
    assert sum(laid) == 1
    assert len(lying(tmp_path)) == 1


@pytest.mark.parametrize("name", ["", ".", "..", "../T-1", "a/b", ".hidden", "a b", "é", "x" * 121, "a\n"])
def test_only_plain_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused):
        Folder(tmp_path).lay(name, PARTS)
    with pytest.raises(Refused):
        Folder(tmp_path).lay("T-1", (Part(name, "text/plain", b""),))
    assert lying(tmp_path) == {}


def test_what_a_killed_process_left_is_swept_away(tmp_path: Path) -> None:
    stray = tmp_path / ".laying-T-1"
    stray.mkdir()
    (stray / "letter.pdf").write_bytes(b"half")
    assert Folder(tmp_path).lay("T-1", PARTS) is True
    assert not list(tmp_path.glob(".laying-*"))


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from fanal.core.connector import Part
    from fanal.wire.outbox import Folder

    calls, limit = 0, int(sys.argv[2])
    real = {name: getattr(os, name) for name in ("open", "fsync", "mkdir", "rename", "close")}

    def counted(name):
        def call(*args, **named):
            global calls
            calls += 1
            if calls == limit:
                os.kill(os.getpid(), signal.SIGKILL)
            return real[name](*args, **named)
        return call

    for name in real:
        setattr(os, name, counted(name))
    parts = (Part("letter.pdf", "application/pdf", b"%PDF" * 999), Part("annex.age", "application/age", b"sealed"))
    Folder(Path(sys.argv[1])).lay("T-1", parts)
    print("laid")
"""


def test_killed_anywhere_it_is_whole_or_nothing_and_then_laid(tmp_path: Path) -> None:
    program = textwrap.dedent(KILLED)
    states = set()
    for limit in range(1, 40):
        place = tmp_path / str(limit)
        ended = subprocess.run(
            [sys.executable, "-c", program, str(place), str(limit)], capture_output=True, check=False, timeout=60
        )
        left = lying(place) if place.exists() else {}
        states.add(len(left))
        assert left in ({}, {"T-1": {part.name: part.content for part in PARTS}})
        Folder(place).lay("T-1", PARTS)
        assert len(lying(place)) == 1
        assert not list(place.glob(".laying-*"))
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL
    else:
        pytest.fail("the program never came to its end")
    assert states == {0, 1}


@pytest.mark.parametrize(("number", "failure"), [(errno.ENOSPC, Full), (errno.EACCES, Temporary)])
def test_a_full_disk_and_another_failure_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, failure: type[Exception]
) -> None:
    def fails(_: int) -> None:
        raise OSError(number, os.strerror(number), str(tmp_path / "T-1"))

    monkeypatch.setattr(outbox.os, "fsync", fails)
    with pytest.raises(failure) as told:
        Folder(tmp_path).lay("T-1", PARTS)
    assert str(tmp_path) not in str(told.value)
    assert lying(tmp_path) == {}
