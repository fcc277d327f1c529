"""When a platform made a thing, as its id tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = 4_102_444_800_000  # 2100: beyond it no id is a time
_BASE64: Final = {
    letter: value for value, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
}
_CODE_LENGTH: Final = 11  # of 64 bits; what follows in a longer code is the key to something private


def snowflake(digits: str, *, epoch: int, shift: int, since: int) -> datetime | None:
    """Read the time from the upper bits of an id: milliseconds after `epoch`, above `shift` bits of something else.

    None below the id `since`, where the platform still counted, and for a time that cannot be.
    """
    number = int(digits)
    if number < since:
        return None
    moment = (number >> shift) + epoch
    return _EPOCH + timedelta(milliseconds=moment) if moment < _LAST else None


def x_post(digits: str) -> datetime | None:
    """Read a publication on X. Source: Twitter's Snowflake (2010), `twepoch`; ids were counted until November 2010."""
    return snowflake(digits, epoch=1_288_834_974_657, shift=22, since=29_700_859_247)


def x_user(digits: str) -> datetime | None:
    """Read an account on X. Ids were counted, and stayed under 2**33, until they became times on 16 February 2016."""
    return snowflake(digits, epoch=1_288_834_974_657, shift=22, since=690_000_000_000_000_000)


def discord(digits: str) -> datetime | None:
    """Read anything on Discord. Source: its developers' reference, “Snowflakes”; its epoch is the start of 2015."""
    return snowflake(digits, epoch=1_420_070_400_000, shift=22, since=1 << 22)


def tiktok(digits: str) -> datetime | None:
    """Read a video on TikTok: seconds stand in the upper 32 bits. Source: DFIR Review, September 2020."""
    number = int(digits)
    return snowflake(str((number >> 32) * 1000), epoch=0, shift=0, since=1_400_000_000_000)


def instagram(digits: str) -> datetime | None:
    """Read when an upload to Instagram began. Source: Instagram Engineering, “Sharding & IDs at Instagram”, 2012."""
    return snowflake(digits, epoch=1_314_220_021_721, shift=23, since=1 << 52)


def instagram_code(code: str) -> datetime | None:
    """Read the code of a publication on Instagram or Threads: the same id in 64 letters, the highest first."""
    number = 0
    for letter in code[:_CODE_LENGTH]:
        number = number * 64 + _BASE64[letter]
    return instagram(str(number)) if len(code) >= _CODE_LENGTH - 1 else None


def linkedin(digits: str) -> datetime | None:
    """Read an activity on LinkedIn: milliseconds since 1970 above 22 bits, as forensic tools (Unfurl) read it."""
    return snowflake(digits, epoch=0, shift=22, since=1_200_000_000_000 << 22)


def mastodon(digits: str) -> datetime | None:
    """Read a publication on Mastodon: milliseconds above 16 bits. Source: lib/mastodon/snowflake.rb, since 2017."""
    return snowflake(digits, epoch=0, shift=16, since=1_490_000_000_000 << 16)
