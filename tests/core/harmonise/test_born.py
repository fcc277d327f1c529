"""An id tells its time only where the platform makes it so: against times that were read elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.harmonise import born

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str], datetime | None]

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("read", "id", "moment"),
    [
        (born.discord, "175928847299117063", "2016-04-30T11:18:25.796Z"),  # the example of Discord’s own reference
        (born.x_post, "1900547158165840235", "2025-03-14T13:58:47.622Z"),  # published with its display time
        (born.x_user, "699570924048162816", "2016-02-16T12:28:00Z"),  # among the first, with the API’s created_at
        (born.instagram, "2384288897814875714", "2020-08-26T13:43:27Z"),
        (born.instagram, "2383568809444681765", "2020-08-25T13:52:46Z"),
        (born.instagram_code, "CEWsh68Kc5C", "2020-08-26T13:43:27Z"),  # the same id in letters
        (born.tiktok, "6854717870488702213", "2020-07-29T02:06:20Z"),  # its page says 02:06:17
    ],
)
def test_a_time_that_is_known_from_elsewhere(read: Read, id: str, moment: str) -> None:
    found = read(id)
    assert found
    assert abs(found - datetime.fromisoformat(moment)) < 60 * SECOND


@pytest.mark.parametrize(
    ("read", "id"),
    [
        (born.x_post, "20"),
        (born.x_post, "29700859246"),
        (born.x_user, "783214"),
        (born.x_user, "4924072528"),
        (born.discord, "1"),
        (born.instagram, "123456"),
        (born.instagram_code, "AbCdE"),
        (born.tiktok, "123456"),
        (born.linkedin, "123456"),
        (born.mastodon, "123456"),
        (born.x_post, "99999999999999999999"),
    ],
)
def test_a_counted_or_impossible_id_tells_nothing(read: Read, id: str) -> None:
    assert read(id) is None


@given(st.integers(0, 10**20).map(str))
def test_any_number_is_answered_in_utc(digits: str) -> None:
    for read in (born.x_post, born.x_user, born.discord, born.tiktok, born.instagram, born.linkedin, born.mastodon):
        found = read(digits)
        assert found is None or (found.utcoffset() == timedelta() and 2010 <= found.year < 2100)
