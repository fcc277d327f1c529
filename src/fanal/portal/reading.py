"""What the pages need beside what the queries give: a row for each item, a code in groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from fanal.core.harmonise.defang import defang, defang_text
from fanal.core.harmonise.platforms import PLATFORMS
from fanal.core.intake import fingerprint, show
from fanal.core.intake.follow_up_code import GROUP
from fanal.core.report import Category, Item, Target, TargetKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fanal.core.catalogue import PlainCategory
    from fanal.core.reasons import Reason
    from fanal.core.text import Text

KINDS = {
    TargetKind.URL: gettext_noop("Page"),
    TargetKind.DOMAIN: gettext_noop("Site"),
    TargetKind.ACCOUNT: gettext_noop("Account"),
    TargetKind.POST: gettext_noop("Message"),
    TargetKind.GROUP: gettext_noop("Group, channel or page"),
    TargetKind.INVITE: gettext_noop("Invitation"),
    TargetKind.EMAIL: gettext_noop("E-mail address"),
    TargetKind.PHONE: gettext_noop("Telephone number"),
    TargetKind.WALLET: gettext_noop("Wallet"),
    TargetKind.MAGNET: gettext_noop("Magnet link"),
    TargetKind.HASH: gettext_noop("Fingerprint"),
}
UNREAD = gettext_noop("Kept as written")

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One reported item on the page of what we understood: in a form that no browser opens."""

    shown: str
    more: int
    kind: str
    platform: str
    understood: bool
    reasons: tuple[Reason, ...]
    words: bool = False  # what is shown is a sentence of ours, not something typed


def rows(preview: Iterable[tuple[Item, Target | Unread]]) -> tuple[Row, ...]:
    """Give a row for each item, defanged, its hidden characters made visible, cut at 200 characters.

    Fingerprints share one row at the end, in words: their digits are never shown.
    """
    every = tuple(preview)
    prints = [item.typed for item, _result in every if fingerprint.named(item.typed)]
    others = tuple(_row(item, result) for item, result in every if not fingerprint.named(item.typed))
    return (*others, _prints(prints)) if prints else others


def _prints(typed: list[str]) -> Row:
    """Give the one row for all fingerprints."""
    number = fingerprint.pictures(typed) or len(typed)
    shown = ngettext("The fingerprint of %(number)d picture", "The fingerprints of %(number)d pictures", number)
    return Row(shown % {"number": number}, 0, _("Fingerprint"), "", understood=True, reasons=(), words=True)


def _row(item: Item, result: Target | Unread) -> Row:
    known = isinstance(result, Target)
    text = show.show(result.defanged) if isinstance(result, Target) else _safe(item.typed.strip())
    return Row(
        shown=text[:MOST_SHOWN],
        more=max(0, len(text) - MOST_SHOWN),
        kind=_(KINDS[result.kind]) if isinstance(result, Target) else _(UNREAD),
        platform=result.platform if isinstance(result, Target) else _safe(item.platform),
        understood=known,
        reasons=result.reasons,
    )


def _safe(typed: str) -> str:
    """Show what nobody could read, an @name too, so that nothing in it can be opened or turned around."""
    return show.show(defang(defang_text(typed)))


def platforms() -> tuple[str, ...]:
    """List the names of the platforms that we know, for the form to suggest."""
    return tuple(sorted({one.label for one in PLATFORMS}, key=str.casefold))


def ours(categories: Iterable[PlainCategory]) -> tuple[PlainCategory, ...]:
    """Give the categories that a reporting desk is for, without quarrels and the open one."""
    return tuple(one for one in categories if one.category not in {Category.DISPUTE, Category.OTHER})


def label(categories: Iterable[PlainCategory], category: Category) -> Text | None:
    """Find the words for a category."""
    return next((one.label for one in categories if one.category == category), None)


def code(symbols: str) -> tuple[str, ...]:
    """Cut a follow-up code into its groups of four."""
    plain = symbols.replace(" ", "")
    return tuple(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))
