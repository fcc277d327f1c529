"""Text as it may be shown: what would hide or turn the page around is made visible."""

from __future__ import annotations

import re
from typing import Final

# Controls (but line feed and tab), soft hyphen, bidirectional marks, zero-width and other invisible characters,
# line and paragraph separators, surrogates, tags. U+200C and U+200D join letters and emoji: they are shown only
# beside ASCII, where they join nothing.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
    "|(?:(?<=[\x00-\x7f])|(?<![^\u200c\u200d]))[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f\u200c\u200d]|$)"
)


def show(text: str) -> str:
    """Make controls, bidirectional marks and invisible characters of `text` visible, as in ⟨U+202E⟩.

    The result may stand on any page: it cannot turn around, hide or overprint what follows. Showing twice changes
    nothing more. Line feeds and tabs stay; a carriage return before a line feed goes.
    """
    return _INVISIBLE.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text.replace("\r\n", "\n"))
