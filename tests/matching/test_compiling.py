"""The numeric loops start in any folder, and what they were compiled from is what runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import fanal
from fanal.matching import compiling

PACKAGE = Path(fanal.__file__).parent
RUN = "from fanal.matching import kernels_pdq; print(kernels_pdq.cosines().sum())"


def _run(folder: Path, **environment: str) -> str:
    """Run one loop in a process of its own, with the sources in `folder`, whose cache folders cannot be written."""
    given = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    run = subprocess.run([sys.executable, "-c", RUN], env=given, capture_output=True, text=True, check=True)
    return run.stdout


def test_it_works_where_nothing_can_be_written(tmp_path: Path) -> None:
    copy = tmp_path / "fanal"
    copy.mkdir()
    for part in ("core", "matching"):
        shutil.copytree(PACKAGE / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PACKAGE / "__init__.py", copy)
    (copy / "matching" / "__pycache__").write_text("a file stands where the folder would")
    nowhere = tmp_path / "nowhere"
    nowhere.write_text("a file stands where the home would")
    without = _run(tmp_path, HOME=str(nowhere), XDG_CACHE_HOME=str(nowhere))
    kept = tmp_path / "kept"
    assert _run(tmp_path, HOME=str(nowhere), XDG_CACHE_HOME=str(nowhere), NUMBA_CACHE_DIR=str(kept)) == without
    assert any(kept.rglob("*cosines*.nbc"))


def test_a_change_in_any_kernel_is_a_change_of_name(tmp_path: Path) -> None:
    copy = tmp_path / "matching"
    shutil.copytree(PACKAGE / "matching", copy, ignore=shutil.ignore_patterns("__pycache__"))
    before = compiling.digest_of(copy)
    assert before == compiling.digest_of(PACKAGE / "matching")
    kernels = copy / "kernels_bits.py"
    kernels.write_text(kernels.read_text() + "# another\n")
    changed = compiling.digest_of(copy)
    assert changed != before
    kernels = copy / "names" / "kernels_cut.py"
    kernels.write_text(kernels.read_text() + "# another\n")
    assert compiling.digest_of(copy) not in {before, changed}
