"""What to write in place of a name, so that the sentence still reads: in brackets, for a person to polish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.guard.looks import bare
from fanal.core.guard.review import Role
from fanal.core.report import TargetKind
from fanal.core.text import Text

if TYPE_CHECKING:
    from fanal.core.guard.review import Known

_ONE: Final = {
    TargetKind.ACCOUNT: Text(en="[reported account]", fr="[compte signalé]"),
    TargetKind.POST: Text(en="[reported post]", fr="[publication signalée]"),
    TargetKind.GROUP: Text(en="[reported group]", fr="[groupe signalé]"),
    TargetKind.INVITE: Text(en="[invitation withheld]", fr="[invitation retirée]"),
    TargetKind.URL: Text(en="[reported address]", fr="[adresse signalée]"),
    TargetKind.DOMAIN: Text(en="[reported site]", fr="[site signalé]"),
    TargetKind.EMAIL: Text(en="[reported address]", fr="[adresse signalée]"),
    TargetKind.PHONE: Text(en="[number withheld]", fr="[numéro retiré]"),
    TargetKind.WALLET: Text(en="[wallet withheld]", fr="[portefeuille retiré]"),
    TargetKind.MAGNET: Text(en="[link withheld]", fr="[lien retiré]"),
    TargetKind.HASH: Text(en="[fingerprint withheld]", fr="[empreinte retirée]"),
}
_NAME: Final = Text(en="[name withheld]", fr="[nom retiré]")
_ADDRESS: Final = Text(en="[address withheld]", fr="[adresse retirée]")
_CALLED: Final = re.compile(
    r"\b(?:comptes?|profils?|pages?|pseudos?|pseudonymes?|chaines?|canal|canaux|groupes?|utilisat(?:eur|rice)s?|nommee?s?|appelee?s?|"
    r"accounts?|profiles?|channels?|users?|usernames?|handles?|groups?|named|called)[\s:«“\"]*$"
)
_SITED: Final = re.compile(
    r"\b(?:sites?|adresses?|liens?|urls?|domaines?|address|addresses|links?|websites?|numeros?|numbers?)[\s:«“\"]*$"
)
LINE: Final = Text(en="[passage withheld]", fr="[passage retiré]")
"""Where nothing less will do: a whole line, or a whole part."""
MANY: Final = {
    "[compte signalé]": "[comptes signalés]",
    "[reported account]": "[reported accounts]",
    "[nom retiré]": "[noms retirés]",
    "[name withheld]": "[names withheld]",
    "[adresse signalée]": "[adresses signalées]",
    "[reported address]": "[reported addresses]",
    "[site signalé]": "[sites signalés]",
    "[reported site]": "[reported sites]",
    "[numéro retiré]": "[numéros retirés]",
    "[number withheld]": "[numbers withheld]",
}
"""What to write for several in a row."""
_OURS: Final = re.compile(
    "|".join(
        re.escape(said)
        for said in sorted(
            {said for text in (*_ONE.values(), _NAME, _ADDRESS, LINE) for said in (text.en, text.fr)} | {*MANY.values()}
        )
    )
)
NOWHERE: Final = "#"
"""Where a link leads instead."""


def wording(known: Known, before: str) -> Text:
    """Give what to write for `known` behind the text `before`: behind “the account”, its name alone is missing."""
    said = bare(before)
    if known.role is Role.HANDLE or known.kind is TargetKind.ACCOUNT:
        if _CALLED.search(said):
            return _NAME
        return _ONE[TargetKind.ACCOUNT] if known.kind is TargetKind.POST else _ONE[known.kind]
    return _ADDRESS if _SITED.search(said) and known.kind in {TargetKind.URL, TargetKind.DOMAIN} else _ONE[known.kind]


def ours(text: str) -> list[tuple[int, int]]:
    """Find what the guard itself wrote in place of names: its words may be somebody's names, and name nobody there."""
    return [found.span() for found in _OURS.finditer(text)]
