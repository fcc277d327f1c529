"""The clues: what each looks for in the marks that two sides share. compare.py says what each is worth.

A clue is asked with everything that is shared (`Shared`) and answers with the meetings that speak for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fanal.core.crosscheck.trace import Kind, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

HANDLE_DAYS: Final = 365
"""A name that was silent for longer may be somebody else's by now."""
COPY_BANDS, LIKE_BANDS = 4, 2
"""How many of the eight bands agree in almost, and in partly, the same words (sketch.py has the table)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A mark that a case holds, and when it was first and last seen there."""

    mark: Mark
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Met:
    """One value that both sides hold."""

    ours: Mark
    theirs: Seen
    apart: timedelta  # how long lies between the two sightings; nothing where one falls within the other

    def one_is_it(self) -> bool:
        """Say whether the value is a reported thing itself on one side at least."""
        return self.ours.own or self.theirs.mark.own

    def of_targets(self) -> bool:
        """Say whether both sides have it from a target, and not from words."""
        return bool(self.ours.target and self.theirs.mark.target)

    def one_target(self) -> bool:
        """Say whether both sides have it from the very same target."""
        return self.of_targets() and self.ours.target == self.theirs.mark.target


@dataclass(frozen=True, slots=True)
class Shared:
    """All that two sides share, less what is over-common."""

    met: tuple[Met, ...]
    other_ids: frozenset[tuple[str, str]]  # pairs of targets whose stable ids are known and differ

    def of(self, *kinds: Kind) -> tuple[Met, ...]:
        """Give what they share of these kinds."""
        return tuple(one for one in self.met if one.ours.kind in kinds)


def same_target(shared: Shared) -> Sequence[Met]:
    """Find the same target, reported on both sides: the same address, post, account, number or wallet."""
    return [one for one in shared.of(Kind.TARGET) if one.ours.own and one.theirs.mark.own]


def same_address(shared: Shared) -> Sequence[Met]:
    """Find two addresses that differ only in what seldom matters: scheme, www., final slash, order of parameters."""
    return _of_targets(shared, Kind.LOOSE)


def same_account(shared: Shared) -> Sequence[Met]:
    """Find the same account by its stable id, whatever its name is now."""
    return [one for one in _of_targets(shared, Kind.ACCOUNT_ID) if one.ours.own and one.theirs.mark.own]


def of_account(shared: Shared) -> Sequence[Met]:
    """Find something of an account that is reported itself, or two things of one account, by its stable id."""
    return [one for one in _of_targets(shared, Kind.ACCOUNT_ID) if not (one.ours.own and one.theirs.mark.own)]


def same_name(shared: Shared) -> Sequence[Met]:
    """Find the same account, or something of it, by its name, seen within a year on both sides."""
    return [one for one in _by_name(shared) if one.apart <= timedelta(days=HANDLE_DAYS)]


def old_name(shared: Shared) -> Sequence[Met]:
    """Find the same name of an account where more than a year lies between: it may be somebody else's by now."""
    return [one for one in _by_name(shared) if one.apart > timedelta(days=HANDLE_DAYS)]


def other_account(shared: Shared) -> Sequence[Met]:
    """Find the same name where the stable ids are known and differ: not the same account."""
    return [one for one in _of_targets(shared, Kind.ACCOUNT_NAME) if _pair(one) in shared.other_ids]


def page_of_site(shared: Shared) -> Sequence[Met]:
    """Find a page of a site that is reported itself."""
    return [one for one in _of_targets(shared, Kind.SITE) if one.one_is_it()]


def same_site(shared: Shared) -> Sequence[Met]:
    """Find two pages of one site, neither of which is the site itself."""
    return [one for one in shared.of(Kind.SITE) if not one.one_is_it()]


def page_of_onion(shared: Shared) -> Sequence[Met]:
    """Find a page of an onion service that is reported itself: one key holds the service, so one hand."""
    return [one for one in _of_targets(shared, Kind.ONION) if one.one_is_it()]


def same_onion(shared: Shared) -> Sequence[Met]:
    """Find the same onion service, as two pages of it or named in words."""
    return [one for one in shared.of(Kind.ONION) if not (one.of_targets() and one.one_is_it())]


def same_media(shared: Shared) -> Sequence[Met]:
    """Find the same fingerprint of a picture or a video."""
    return shared.of(Kind.MEDIA)


def same_wallet(shared: Shared) -> Sequence[Met]:
    """Find the same wallet, on one side at least only named in words."""
    return [one for one in shared.of(Kind.WALLET) if not one.of_targets()]


def same_contact(shared: Shared) -> Sequence[Met]:
    """Find the same e-mail address, number or invitation, on one side at least only named in words."""
    return [one for one in shared.of(Kind.CONTACT) if not one.of_targets()]


def named_in_words(shared: Shared) -> Sequence[Met]:
    """Find words on one side that name a target or an account of the other."""
    met = shared.of(Kind.TARGET, Kind.ACCOUNT_ID, Kind.ACCOUNT_NAME)
    return [one for one in met if bool(one.ours.target) != bool(one.theirs.mark.target)]


def named_by_both(shared: Shared) -> Sequence[Met]:
    """Find words on both sides that name the same address or account."""
    met = shared.of(Kind.TARGET, Kind.ACCOUNT_ID, Kind.ACCOUNT_NAME)
    return [one for one in met if not one.ours.target and not one.theirs.mark.target]


def same_words(shared: Shared) -> Sequence[Met]:
    """Find almost the same words: four bands of eight or more."""
    met = shared.of(Kind.TEXT)
    return met if len(_keys(met)) >= COPY_BANDS else ()


def like_words(shared: Shared) -> Sequence[Met]:
    """Find partly the same words: two or three bands of eight."""
    met = shared.of(Kind.TEXT)
    return met if LIKE_BANDS <= len(_keys(met)) < COPY_BANDS else ()


def same_template(shared: Shared) -> Sequence[Met]:
    """Find addresses built alike on different hosts, as kits make them."""
    return shared.of(Kind.TEMPLATE)


def same_burst(shared: Shared) -> Sequence[Met]:
    """Find what was made on the same platform within the same minutes, as its ids tell."""
    return shared.of(Kind.BIRTH)


def _of_targets(shared: Shared, kind: Kind) -> list[Met]:
    return [one for one in shared.of(kind) if one.of_targets()]


def _by_name(shared: Shared) -> list[Met]:
    return [one for one in _of_targets(shared, Kind.ACCOUNT_NAME) if _pair(one) not in shared.other_ids]


def _pair(met: Met) -> tuple[str, str]:
    return met.ours.target, met.theirs.mark.target


def _keys(met: Sequence[Met]) -> set[int]:
    return {one.ours.key for one in met}
