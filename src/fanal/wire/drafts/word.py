"""Read DOCX: what is printed, and what travels with it (ECMA-376, part 1: WordprocessingML and DrawingML)."""

from __future__ import annotations

from typing import Final

from fanal.core.guard.draft import Draft, Form, Place
from fanal.wire.drafts import package, refusals
from fanal.wire.drafts.gathered import Gathered

_PRINTED: Final = frozenset({"document", "hdr", "ftr", "footnotes", "endnotes", "chartSpace", "dataModel", "drawing"})
_NOT_PRINTED: Final = frozenset({"comments", "glossaryDocument"})
_READ_BY_WORDS: Final = _PRINTED | _NOT_PRINTED  # of other files, properties above all, everything is read
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "softHyphen": "\u00ad", "noBreakHyphen": "\u2011"}
_ENDS: Final = {"p": "\n", "tc": "\t", "pt": "\n"}  # paragraphs, cells, points of a chart
_WORDS: Final = frozenset({"t", "v", "delText", "instrText", "delInstrText"})
_REMOVED: Final = frozenset({"del", "moveFrom"})
_APART: Final = frozenset({"txbxContent", "Fallback"})  # a text box; what an older Word shows instead
_FALSE: Final = frozenset({"0", "false", "off"})
_ATTRIBUTES: Final[dict[str, tuple[tuple[str, Place], ...]]] = {
    "docPr": (("descr", Place.PICTURE), ("title", Place.PICTURE), ("name", Place.ABOUT)),
    "cNvPr": (("descr", Place.PICTURE), ("title", Place.PICTURE), ("name", Place.ABOUT)),
    "shape": (("alt", Place.PICTURE), ("title", Place.PICTURE), ("href", Place.LINK)),
    "rect": (("alt", Place.PICTURE), ("title", Place.PICTURE), ("href", Place.LINK)),
    "imagedata": (("title", Place.PICTURE), ("href", Place.LINK)),
    "textpath": (("string", Place.TEXT),),
    "tblCaption": (("val", Place.PICTURE),),
    "tblDescription": (("val", Place.PICTURE),),
    "hyperlink": (("tooltip", Place.PICTURE), ("anchor", Place.HIDDEN), ("docLocation", Place.LINK)),
    "hlinkClick": (("tooltip", Place.PICTURE),),
    "hlinkHover": (("tooltip", Place.PICTURE),),
    "fldSimple": (("instr", Place.LINK),),
    "bookmarkStart": (("name", Place.HIDDEN),),
    "alias": (("val", Place.ABOUT),),
    "tag": (("val", Place.ABOUT),),
    "property": (("name", Place.ABOUT),),
    "docVar": (("name", Place.HIDDEN), ("val", Place.HIDDEN)),
    "listItem": (("displayText", Place.HIDDEN), ("value", Place.HIDDEN)),
    "listEntry": (("val", Place.HIDDEN),),
    "default": (("val", Place.HIDDEN),),
    "helpText": (("val", Place.HIDDEN),),
    "statusText": (("val", Place.HIDDEN),),
    "lvlText": (("val", Place.HIDDEN),),
}


def read_docx(files: package.Package) -> Draft:
    """Read a DOCX: body, headers, footers, notes, text boxes; links, alternative texts, properties; what is hidden.

    No address within is followed. Refused where it is damaged, locked, or unpacks to more than a draft may.
    """
    gathered = Gathered()
    for name, content in files.unpacked((".xml", ".rels")):
        if not name.startswith("[Content_Types]"):
            _Reader(gathered).read(content)
    for name in files.names:
        if "/media/" in name:
            gathered.note(refusals.PICTURES_UNREAD)
        elif "/embeddings/" in name or "afchunk" in name.lower():
            gathered.note(refusals.FILES_UNREAD)
            gathered.add(Place.ABOUT, name.rpartition("/")[2])
    gathered.add(Place.HIDDEN, files.comment)
    return gathered.draft(Form.DOCX)


class _Reader:
    """One file within, read by the name of its first element."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._root = ""
        self._texts: list[tuple[str, list[str]]] = []  # the whole, and the text boxes open within
        self._unseen: list[str] = []
        self._instruction: list[str] = []
        self._in: list[str] = []  # the element whose words are being read
        self._removed = 0
        self._veiled = False
        self._of_paragraph = False

    def read(self, content: bytes) -> None:
        package.parse(content, start=self._start, end=self._end, words=self._words)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._root:
            self._root = name
            self._texts.append((name, []))
        if name in _WORDS:
            self._in.append(name)
        elif name in _SIGNS and not self._of_paragraph:  # there, a tab is a stop on the ruler
            self._write(_SIGNS[name])
        elif name in _REMOVED:
            self._removed += 1
        elif name in _APART:
            self._texts.append((name, []))
        elif name == "pPr":
            self._of_paragraph = True
        elif name in {"vanish", "webHidden"} and not self._of_paragraph:
            self._veiled = attributes.get("val", "") not in _FALSE
        elif name == "sym":
            self._symbol(attributes.get("char", ""))
        self._attributes(name, attributes)

    def _attributes(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") == "External":
            self._gathered.add(Place.LINK, attributes.get("Target", ""))
        self._gathered.add(Place.ABOUT, attributes.get("author", ""))
        for attribute, place in _ATTRIBUTES.get(name, ()):
            self._gathered.add(place, attributes.get(attribute, ""))

    def _end(self, name: str) -> None:
        if name in _WORDS and self._in:
            self._in.pop()
        elif name in _ENDS:
            self._write(_ENDS[name])
            if self._unseen and name == "p":
                self._unseen.append("\n")
        elif name in _REMOVED:
            self._removed = max(0, self._removed - 1)
        elif name == "r":
            self._veiled = False
        elif name == "pPr":
            self._of_paragraph = False
        if self._root not in _READ_BY_WORDS:
            self._write("\n")
        if name in {"p", self._root}:
            self._gathered.add(Place.LINK, "".join(self._instruction))
            self._instruction.clear()
        if self._texts and name == self._texts[-1][0] and (name in _APART or name == self._root):
            self._finish(*self._texts.pop())

    def _words(self, words: str) -> None:
        if self._in and self._in[-1] == "instrText":
            self._instruction.append(words)
        elif self._in and self._in[-1].startswith("del"):
            self._unseen.append(words)
        elif self._in or self._root not in _READ_BY_WORDS:
            self._write(words)

    def _write(self, words: str) -> None:
        if self._removed or self._veiled:
            self._unseen.append(words)
        elif self._texts:
            self._texts[-1][1].append(words)

    def _symbol(self, code: str) -> None:
        try:
            number = int(code, 16) & 0xFF if code.upper().startswith("F0") else int(code, 16)
            self._write(chr(number))
        except ValueError:
            self._write("\ufffc")

    def _finish(self, name: str, pieces: list[str]) -> None:
        text = "".join(pieces)
        place = Place.ABOUT
        if self._root not in _READ_BY_WORDS:
            text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
        if self._root in _PRINTED:
            place = Place.TEXT
        elif self._root in _NOT_PRINTED:
            place = Place.HIDDEN
        self._gathered.add(Place.HIDDEN if name == "Fallback" else place, text)
        if name == self._root:
            self._gathered.add(Place.HIDDEN, "".join(self._unseen))
            self._unseen.clear()
