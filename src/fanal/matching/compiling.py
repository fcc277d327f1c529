"""How the numeric loops are compiled: by numba, once, kept on disk where that is possible."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

U8: TypeAlias = NDArray[np.uint8]
U16: TypeAlias = NDArray[np.uint16]
U32: TypeAlias = NDArray[np.uint32]
U64: TypeAlias = NDArray[np.uint64]
I64: TypeAlias = NDArray[np.int64]
F32: TypeAlias = NDArray[np.float32]
F64: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = "int | np.integer[Any]"  # compiled, they are the same

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def digest_of(folder: Path) -> str:
    """Sum up the source of every kernel: numba only looks at the file of the function that it compiles."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("kernels*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


_SOURCES = digest_of(Path(__file__).parent)


def compiled(function: Kernel) -> Kernel:
    """Compile a function at its first call, without the interpreter's lock, and keep the machine code.

    numba keeps it in NUMBA_CACHE_DIR where that is set, else beside the source, else in the user's own cache folder,
    under the function's name; the digest in the name makes a change in any kernel a change of name, so that no process
    runs code made from older sources. Where no folder can be written, each process compiles for itself.
    """
    function.__qualname__ = f"{function.__qualname__}-{_SOURCES}"
    try:
        return cast("Kernel", njit(cache=True, nogil=True, error_model="numpy")(function))
    except RuntimeError:  # numba: “no locator available”
        return cast("Kernel", njit(nogil=True, error_model="numpy")(function))
