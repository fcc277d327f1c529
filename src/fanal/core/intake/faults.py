"""The sentences for what can be wrong with a report: what it is, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING = reason(
    "intake.nothing",
    en="Write at least a name or an address.",
    fr="Écrivez au moins un nom ou une adresse.",
)
NOT_A_REPORT = reason(
    "intake.not-a-report",
    en="A report is an object with the fields “items” and “category”. This is something else.",
    fr="Un signalement est un objet avec les champs « items » et « category ». Ceci est autre chose.",
)
NOT_TEXT = reason(
    "intake.not-text",
    en="Text is expected here. Send it between quotation marks.",
    fr="Un texte est attendu ici. Envoyez-le entre guillemets.",
)
NOT_A_LIST = reason(
    "intake.not-a-list",
    en="A list is expected here, with one entry for each thing reported.",
    fr="Une liste est attendue ici, avec une entrée par élément signalé.",
)
NOT_AN_ITEM = reason(
    "intake.not-an-item",
    en="An object with “typed” and, where known, “platform” is expected here.",
    fr="Un objet avec « typed » et, si possible, « platform » est attendu ici.",
)
NOT_A_CONTACT = reason(
    "intake.not-a-contact",
    en="An object with “name”, “email” and “phone” is expected here; each may be left out.",
    fr="Un objet avec « name », « email » et « phone » est attendu ici ; chacun est facultatif.",
)
NOT_YES_OR_NO = reason(
    "intake.not-yes-or-no",
    en="Answer with true or false.",
    fr="Répondez par true ou false.",
)
NOT_A_DAY = reason(
    "intake.not-a-day",
    en="This is not a date. Write it as year, month, day: 2026-11-22. If you do not know it, leave it empty.",
    fr="Ce n’est pas une date. Écrivez-la ainsi : année, mois, jour, 2026-11-22. Sinon, laissez vide.",
)
IN_THE_FUTURE = reason(
    "intake.in-the-future",
    en="This date has not come yet. Write the day on which you saw it, or leave it empty.",
    fr="Cette date n’est pas encore passée. Écrivez le jour où vous l’avez vu, ou laissez vide.",
)
TOO_EARLY = reason(
    "intake.too-early",
    en="This date lies before 1990. Check the year, or leave it empty.",
    fr="Cette date est antérieure à 1990. Vérifiez l’année, ou laissez vide.",
)
NUL = reason(
    "intake.nul",
    en="This text holds a character that cannot be stored (NUL). Copy it again as plain text and send it again.",
    fr="Ce texte contient un caractère qui ne peut être conservé (NUL). Recopiez-le en texte brut et renvoyez-le.",
)
HALF_CHARACTER = reason(
    "intake.half-character",
    en="This text holds half a character (a lone surrogate) that cannot be stored. Copy it again and send it again.",
    fr="Ce texte contient une moitié de caractère (surrogate isolé). Recopiez-le et renvoyez-le.",
)
NOT_AN_EMAIL = reason(
    "intake.not-an-email",
    en="This does not look like an e-mail address. Correct it (as in name@example.org), or leave it empty: "
    "you do not need one to report.",
    fr="Ceci ne ressemble pas à une adresse électronique. Corrigez-la (comme nom@example.org), ou laissez vide : "
    "elle n’est pas nécessaire pour signaler.",
)
NOT_A_LANGUAGE = reason(
    "intake.not-a-language",
    en="This is not a language code. Write one such as fr or en.",
    fr="Ce n’est pas un code de langue. Écrivez par exemple fr ou en.",
)


def unknown_field(permitted: Iterable[str]) -> Reason:
    """Say that a field does not exist, and which ones do. The name given is not repeated: it may be live."""
    names = ", ".join(permitted)
    return reason(
        "intake.unknown-field",
        en=f"There is a field here that does not exist. Correct or remove it. The fields are: {names}.",
        fr=f"Il y a ici un champ qui n’existe pas. Corrigez-le ou ôtez-le. Les champs sont : {names}.",
    )


def choose(permitted: Iterable[str]) -> Reason:
    """Say that a category is missing."""
    codes = ", ".join(permitted)
    return reason(
        "intake.no-category",
        en=f"Choose what it is about. If you are not sure, choose “other”. The codes are: {codes}.",
        fr=f"Choisissez de quoi il s’agit. En cas de doute, choisissez « other » (autre). Les codes sont : {codes}.",
    )


def unknown_category(permitted: Iterable[str]) -> Reason:
    """Say which categories there are."""
    codes = ", ".join(permitted)
    return reason(
        "intake.unknown-category",
        en=f"This category does not exist. Choose one of: {codes}.",
        fr=f"Cette catégorie n’existe pas. Choisissez parmi : {codes}.",
    )


def unknown_standing(permitted: Iterable[str]) -> Reason:
    """Say which standings there are."""
    codes = ", ".join(permitted)
    return reason(
        "intake.unknown-standing",
        en=f"Say as whom you report. Choose one of: {codes}.",
        fr=f"Dites à quel titre vous signalez. Choisissez parmi : {codes}.",
    )


def _fr(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def too_long(size: int, limit: int) -> Reason:
    """Say how long a text is, and how long it may be."""
    return reason(
        "intake.too-long",
        en=f"This text has {size:,} characters; at most {limit:,} fit. "
        "Shorten it, or send the rest as a second report.",
        fr=f"Ce texte compte {_fr(size)} caractères ; la limite est de {_fr(limit)}. "
        "Raccourcissez-le, ou envoyez la suite dans un second signalement.",
    )


def too_many(count: int, limit: int) -> Reason:
    """Say that there are more items than are read one by one, and that nothing is lost."""
    return reason(
        "intake.too-many",
        en=f"There are {count:,} entries, too many for one report: the first {limit} are read one by one. "
        "Nothing is lost: all of them are kept in the text of the report, as you wrote them, and a person reads it.",
        fr=f"Il y a {_fr(count)} entrées, trop pour un seul signalement : les {limit} premières sont lues une à une. "
        "Rien n’est perdu : toutes sont conservées dans le texte du signalement, comme vous les avez écrites, "
        "et une personne le lit.",
    )
