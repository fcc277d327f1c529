"""A candidate that is cut writes no byte behind the room that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.matching.names import NameIndex, index, kernels_join
from fanal.matching.names.keyed import Tokens

if TYPE_CHECKING:
    import pytest

BEHIND = 256


def test_the_longest_token_behind_the_longest_other_stays_in_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    held = kernels_join.ROOM
    made: list[Tokens] = []

    class Roomy(Tokens):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr(kernels_join, "ROOM", held + BEHIND)
    monkeypatch.setattr(index, "Tokens", Roomy)
    for first in range(80, 97):  # a word for a sign, so that the tokens are put together anew
        NameIndex(bytes(16)).find(f"{'b' * first} at {'f' * 128}.")
    assert len(made) == 17
    assert not any(tokens.signs[held:].any() for tokens in made)
