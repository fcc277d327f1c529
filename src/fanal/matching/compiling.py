"""How the numeric loops are compiled: by numba, once, kept on disk where that is possible."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def digest_of(folder: Path) -> str:
    """Sum up the source of every kernel: numba only looks at the file of the function that it compiles."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob("kernels*.py")):
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
    options = {"nogil": True, "boundscheck": False, "error_model": "numpy"}
    try:
        return cast("Kernel", njit(cache=True, **options)(function))
    except RuntimeError:  # numba: “no locator available”
        return cast("Kernel", njit(**options)(function))
