"""The net under the pages catches nothing in the tests: a view that needs it is a fault, even though nobody sees it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


class Caught(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.msg} {record.args}")


@pytest.fixture(autouse=True)
def net() -> Iterator[list[str]]:
    """What the last look had to change; a test that wants it empties the list."""
    one = Caught()
    log = logging.getLogger("fanal.page")
    log.addHandler(one)
    yield one.said
    log.removeHandler(one)
    assert one.said == []
