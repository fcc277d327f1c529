"""Index files: a short header, then arrays as they lie in memory, so that opening one is mapping it.

    8 bytes   the mark “FANALIDX”
    4 bytes   length of the header text (little-endian)
    32 bytes  SHA-256 of the header text
    …         the header text: JSON with kind, version and, for each array, name, type, shape, place and SHA-256
    …         the arrays, each at a multiple of 4,096 bytes

Checked at every opening: mark, header, version, length of the file, and every array up to 5 MiB. Larger arrays are
checked by `verify`, which reads the whole file. The sums tell of damage, not of malice: who can write the file can
write its sums. So nothing that a file holds is ever run, and readers look nowhere outside it, whatever it says.
"""

from __future__ import annotations

import hashlib
import json
import math
import mmap
import os
import struct
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from fanal.matching.errors import CUT_SHORT, FOREIGN, BadFile

MARK = b"FANALIDX"
HEAD = struct.Struct("<8sI32s")
PAGE = 4096
CHECKED_AT_ONCE = 5 << 20  # bytes
TYPES = ("uint8", "uint16", "uint32", "uint64")

Arrays = dict[str, NDArray[Any]]
Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Mapped:
    """An opened file: its arrays, their sums, and a stamp that tells whether the path still leads to the same file."""

    arrays: Arrays
    sums: dict[str, str]
    stamp: Stamp

    def verify(self) -> None:
        """Read every array and compare its sum; refuse with `BadFile` where one differs."""
        for name, array in self.arrays.items():
            if _sum(array) != self.sums[name]:
                raise BadFile


def write(path: Path, kind: str, version: int, arrays: Arrays) -> Stamp:
    """Write a file beside `path`, force it to disk, and put it at `path` in one step.

    Readers that have the old file mapped keep it as it was. Where anything fails, the old file stands.
    """
    folder = path.parent
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{path.name}.", suffix=".part", delete=False) as file:
        try:
            _fill(file, kind, version, arrays)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileNotFoundError):
                os.fchmod(file.fileno(), path.stat().st_mode & 0o777)
            stamp = _stamp(os.fstat(file.fileno()))
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return stamp


def read(path: Path, kind: str, version: int) -> Mapped:
    """Map a file. Refuses with `BadFile` what is foreign, of another version, cut short, or damaged where it looks."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        mark, length, digest = HEAD.unpack(file.read(HEAD.size).ljust(HEAD.size, b"\0"))
        if mark != MARK:
            raise BadFile(FOREIGN)
        text = file.read(min(length, PAGE))
        if hashlib.sha256(text).digest() != digest:
            raise BadFile
        header = json.loads(text)
        if (header["kind"], header["version"]) != (kind, version):
            raise BadFile(FOREIGN)
        if header["size"] != size:
            raise BadFile(CUT_SHORT)
        # Private, so that numba compiles one kind of array, the writable; nothing writes, and the file never changes.
        memory = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_COPY)
        stamp = _stamp(os.fstat(file.fileno()))
    arrays = {entry["name"]: _view(memory, entry, size) for entry in header["arrays"]}
    mapped = Mapped(arrays, {entry["name"]: entry["sha256"] for entry in header["arrays"]}, stamp)
    small = {name: array for name, array in arrays.items() if array.nbytes <= CHECKED_AT_ONCE}
    Mapped(small, mapped.sums, stamp).verify()
    return mapped


def same_file(path: Path, stamp: Stamp) -> bool:
    """Say whether the path still leads to the file with this stamp (also where it leads nowhere: nothing is newer)."""
    try:
        return _stamp(path.stat()) == stamp
    except FileNotFoundError:
        return True


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def _sum(array: NDArray[Any]) -> str:
    return hashlib.sha256(array.reshape(-1).view(np.uint8).data).hexdigest()


def _fill(file: BinaryIO, kind: str, version: int, arrays: Arrays) -> None:
    """Write the arrays, then the header in the room left for it."""
    place, entries = PAGE, []
    for name, array in arrays.items():
        entries.append(
            {"name": name, "type": array.dtype.name, "shape": array.shape, "place": place, "sha256": _sum(array)}
        )
        file.seek(place)
        file.write(array.reshape(-1).view(np.uint8).data)
        place = -(-(place + array.nbytes) // PAGE) * PAGE
    file.truncate(place)
    header = json.dumps({"kind": kind, "version": version, "size": place, "arrays": entries}).encode()
    file.seek(0)
    file.write(HEAD.pack(MARK, len(header), hashlib.sha256(header).digest()) + header)


def _view(memory: mmap.mmap, entry: dict[str, Any], size: int) -> NDArray[Any]:
    """Look at one array in place, within the file."""
    shape = tuple(entry["shape"])
    if entry["type"] not in TYPES or any(side < 0 for side in shape) or entry["place"] % PAGE:
        raise BadFile
    kind = np.dtype(entry["type"])
    count = math.prod(shape)
    if not PAGE <= entry["place"] <= size - count * kind.itemsize:
        raise BadFile(CUT_SHORT)
    if not count:
        return np.empty(shape, kind)
    return np.frombuffer(memory, kind, count, entry["place"]).reshape(shape)
