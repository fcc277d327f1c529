"""Finds pictures and films that were pasted as text, so that they are never kept."""

from __future__ import annotations

import re
from typing import Final

from fanal.core.reasons import reason

_BODY: Final = "[A-Za-z0-9+/=_-]"
_JPEG: Final = r"[/_]9j[/_]"
_MAGIC: Final = "|".join(
    (
        r"iVBORw0KGgo",  # PNG
        r"R0lGOD[dl]h",  # GIF
        rf"UklGR{_BODY}{{6}}XRUJQ",  # RIFF … WEBP
        rf"AAAA{_BODY}[GWm2]Z0eXB",  # ….ftyp: MP4, HEIC, AVIF
    )
)
# A body may be broken into lines, as mail and PEM do: long unbroken lines that follow belong to it.
_MORE_LINES: Final = rf"(?:[ \t]*\r?\n[ \t]*{_BODY}{{60,}})*"
# The four letters of JPEG also occur in the paths of addresses: there they begin nothing.
_PASTED: Final = re.compile(
    rf"(?i:data:[ \t]{{0,4}}(?:image|video)/[a-z0-9.+-]{{1,40}}[;,])[^\s\"'<>)]*{_MORE_LINES}"
    rf"|(?:(?<![A-Za-z0-9+])(?:{_MAGIC})|(?<![A-Za-z0-9+/_:.-]){_JPEG}){_BODY}{{40,}}{_MORE_LINES}"
)

DO_NOT_SEND = reason(
    "intake.media",
    en="An image or a film was pasted here. It was not kept. Do not send it, to us or to anyone: describe in words "
    "where it can be seen (the address, the account, the date). If it shows you, or if it shows a child, say so: "
    "that is enough for us to act.",
    fr="Une image ou une vidéo a été collée ici. Elle n’a pas été conservée. Ne l’envoyez pas, ni à nous ni à personne "
    ": décrivez avec des mots où on peut la voir (l’adresse, le compte, la date). Si elle vous montre, ou si elle "
    "montre un enfant, dites-le : cela nous suffit pour agir.",
)


def pasted(text: str) -> bool:
    """Say whether `text` holds an image or a film: a data: URL, or base64 of JPEG, PNG, GIF, WebP, MP4."""
    return _PASTED.search(text) is not None


def cut(text: str) -> str:
    """Give `text` without the images and films in it; the words around them stay."""
    return _PASTED.sub("", text)
