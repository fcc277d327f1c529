"""What can go wrong with a picture or an index. No value ever stands in the text: only what kind of fault it is."""

from __future__ import annotations

from fanal.core.errors import Broken, Refused
from fanal.core.reasons import reason


class Unreadable(Broken):
    """These bytes cannot be made into a picture that could be compared."""

    default = reason(
        "image.unreadable",
        en="This file is not a picture that can be read: it is damaged, cut short, or of another kind.",
        fr="Ce fichier n’est pas une image lisible : il est abîmé, tronqué ou d’une autre nature.",
    )


class BadFile(Broken):
    """An index file is not one of ours, or no longer what was written."""

    default = reason(
        "index.damaged",
        en="This index file is damaged or of another kind. Build it again from its list.",
        fr="Ce fichier d’index est abîmé ou d’une autre nature. Reconstruisez-le depuis sa liste.",
    )


class NotComparable(Refused):
    """What was given has not the shape of a fingerprint, a list of them, or a radius."""

    default = reason(
        "fingerprint.shape",
        en="This is not a fingerprint of the right length, or the radius is out of range.",
        fr="Ce n’est pas une empreinte de la bonne longueur, ou le rayon est hors limites.",
    )


TOO_LARGE = reason(
    "image.too-large",
    en="This picture has too many points to be opened safely.",
    fr="Cette image a trop de points pour être ouverte sans risque.",
)
ODD_MODE = reason(
    "image.mode",
    en="The points of this picture are stored in a way that has no agreed fingerprint.",
    fr="Les points de cette image sont codés d’une façon sans empreinte convenue.",
)
FOREIGN = reason(
    "index.foreign",
    en="This is not an index file of Fanal, or of another version.",
    fr="Ce n’est pas un fichier d’index de Fanal, ou il est d’une autre version.",
)
CUT_SHORT = reason(
    "index.truncated",
    en="This index file is shorter or longer than it says. Build it again from its list.",
    fr="Ce fichier d’index n’a pas la longueur annoncée. Reconstruisez-le depuis sa liste.",
)
