"""Orientations from the fingerprint alone: exact over the diagonal, near when mirrored, and never a false friend."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from skimage import data

from fanal.matching import pdq, turns
from fanal.matching.errors import NotComparable

NAMES = ["astronaut", "camera", "coffee", "cat", "rocket", "moon"]


def apart(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()


def of(name: str) -> tuple[bytes, ...]:
    image = Image.fromarray(getattr(data, name)()).convert("L").resize((512, 512))
    return tuple(one.bits for one in pdq.orientations(np.asarray(image)))


@pytest.mark.parametrize("name", NAMES)
def test_each_orientation_is_near_its_own_and_the_diagonal_is_exact(name: str) -> None:
    first, *exact = of(name)
    derived = turns.of(first)
    assert derived[3] == exact[3]
    assert all(apart(one, other) <= 31 for one, other in zip(derived, exact, strict=True))
    assert all(apart(first, other) > 40 for other in derived)


@given(st.binary(min_size=32, max_size=32))
def test_turning_twice_comes_back(bits: bytes) -> None:
    every = (bits, *turns.of(bits))
    for one in every:
        assert set(turns.of(one)) | {one} == set(every)


def test_other_lengths_are_refused() -> None:
    with pytest.raises(NotComparable):
        turns.of(b"short")
