"""In which language a draft is written: by the small words that no sentence is without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.guard.draft import Place
from fanal.core.harmonise.platform import words

if TYPE_CHECKING:
    from fanal.core.guard.draft import Draft

_WORD: Final = re.compile(r"[^\W\d_]+")
_READ: Final = 20_000  # characters: no more are needed to tell
_FEWEST: Final = 2
# Words of one language that are none of the other's.
_SAID_IN: Final = {
    "fr": words(
        "le la les des une est et du dans pour que qui sur pas ne nous vous au aux avec ce cette ces sa ses leur leurs"
        " mais où été sont merci il elle ils elles sans par été avons avez ont être son mon notre votre"
    ),
    "en": words(
        "the of and to is that it for was are with as this these have from not be by we you your our has their they"
        " but an been thanks please were will would do does if at or who which what there"
    ),
}


def tongue(draft: Draft, otherwise: str) -> str:
    """Give the language of what is read in `draft` (fr, en); `otherwise` where its words do not tell clearly."""
    shown = "\n".join(part.text[:_READ] for part in draft.parts if part.place is Place.TEXT)[:_READ]
    said = _WORD.findall(shown.lower())
    found = {language: sum(word in known for word in said) for language, known in _SAID_IN.items()}
    best, second = sorted(found, key=found.__getitem__, reverse=True)
    return best if found[best] >= _FEWEST and found[best] > 2 * found[second] else otherwise
