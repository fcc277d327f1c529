"""The tables behind the fold: signs that are letters in disguise, what looks the same, and words that say a sign."""

from __future__ import annotations

from typing import Final

_A: Final = ord("a")


def _letters(first: int) -> dict[str, str]:
    """Give a run of 26 signs that stand for the letters."""
    return {chr(first + at): chr(_A + at) for at in range(26)}


# Letters that Unicode does not decompose: boxed, circled in black, of flags, small capitals, with a stroke.
LETTERS: Final = {
    **_letters(0x1F130),
    **_letters(0x1F150),
    **_letters(0x1F170),
    **_letters(0x1F1E6),
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True)),
    **dict(zip("øłđħŧɨʉɇɍɏƀǥɉƶⱥꝑꞓȼıǝəɐɔɛɡðþŋƒ℮", "oldhtiuerybgjzapccieeacegdpnfe", strict=True)),
    **dict(zip("ØŁĐĦŦƗɄɆɌɎɃǤɈƵȺꝐꞒȻÐÞŊƑ", "oldhtiuerybgjzapccdpnf", strict=True)),
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "\U0001f18e": "ab",
    "\U0001f191": "cl",
}

# A gap, or a letter of a word beside it: both are tried.
EITHER: Final = {"!": "i", "|": "i", "¡": "i", "$": "s", "€": "e", "£": "l", "¥": "y", "¢": "c", "©": "c", "®": "r"}
# The same, only between two letters.
EITHER_BETWEEN: Final = {"@": "a", "+": "t", "×": "x"}

# What is taken for each other. Figures stay apart among themselves, else one telephone number were another.
SKELETON: Final = {
    **dict(zip("01234578", "oizeastb", strict=True)),
    "9": "g",
    "l": "i",
    "m": "rn",
    "w": "vv",
}

# Words that say a sign: left out within a name, on both sides.
WORDS: Final = (
    *("dot", "point", "punkt", "punto", "ponto", "at", "arobase", "arobas", "arrobase", "arroba", "klammeraffe"),
    *("slash", "barre", "barra", "tiret", "dash", "hyphen", "minus", "underscore", "underline", "colon", "trattino"),
    *("guion", "bindestrich", "unterstrich", "doppelpunkt", "chiocciola", "backslash"),
)
PAIRS: Final = (
    *(("deux", "points"), ("under", "score"), ("tiret", "bas"), ("barre", "oblique"), ("forward", "slash")),
    *(("back", "slash"), ("full", "stop"), ("dos", "puntos"), ("guion", "bajo"), ("double", "point")),
)
