"""Telephone numbers in one form (ITU-T E.164), by the numbering plans that the package `phonenumbers` carries."""

from __future__ import annotations

import re
from typing import Final

from fanal.core.harmonise.defang import phone as defanged
from fanal.core.reasons import reason
from fanal.core.report import Target, TargetKind

PHONE: Final = reason(
    "harmonise.phone",
    en="It is a telephone number.",
    fr="C’est un numéro de téléphone.",
)
COUNTRY_ASSUMED: Final = reason(
    "harmonise.phone-country-assumed",
    en="It was written without its country; the country of this desk was assumed.",
    fr="Il était écrit sans son pays ; le pays de ce service a été supposé.",
)
NOT_IN_USE: Final = reason(
    "harmonise.phone-not-in-use",
    en="It has the length of a number, but lies in no range that is in use: a digit may be wrong.",
    fr="Il a la longueur d’un numéro, mais n’est dans aucune tranche en service : un chiffre est peut-être faux.",
)

_URI: Final = re.compile(r"(?:tel|sms|callto|whatsapp):(?://)?([^;?,]*)(?:[;?,].*)?", re.IGNORECASE | re.DOTALL)
_SHAPE: Final = re.compile(r"(?:\+|00)?[\s(]{0,2}[0-9][0-9\s().\-/\u2010-\u2015]{4,30}[0-9]")
_DIGITS: Final = re.compile(r"[0-9]")
_FEWEST, _MOST = 6, 17
_SURE, _LIKELY, _UNSURE = 1.0, 0.8, 0.6


def looks(text: str) -> bool:
    """Say cheaply whether `text` could be a telephone number, in whatever country."""
    return bool(_SHAPE.fullmatch(text)) and _FEWEST <= len(_DIGITS.findall(text)) <= _MOST


def read(text: str, region: str = "") -> Target | None:
    """Read a number: with + or 00 and its country, or as it is dialled within `region` (ISO 3166, as FR); else None.

    Its length must be right for its country. A number in no range that is in use (the ranges kept for films and
    examples are not) is read with less confidence, and says so.
    """
    found = _URI.fullmatch(text)
    text = (found.group(1) if found else text).strip()
    if not looks(text):
        return None
    import phonenumbers  # noqa: PLC0415 - its tables take their time to load; few things reported are numbers

    abroad = "+" + text[2:] if text.startswith("00") else text
    assumed = not abroad.startswith("+")
    if assumed and not _dialled(text, region.upper()):
        return None
    try:
        number = phonenumbers.parse(abroad, None if not assumed else region.upper())
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    in_use = phonenumbers.is_valid_number(number)
    canonical = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    if not canonical.startswith("+") or number.country_code is None:
        return None
    return Target(
        kind=TargetKind.PHONE,
        canonical=canonical,
        defanged=defanged(canonical, len(str(number.country_code))),
        id=canonical,
        confidence=_UNSURE if not in_use else _LIKELY if assumed else _SURE,
        reasons=(PHONE, *((COUNTRY_ASSUMED,) if assumed else ()), *(() if in_use else (NOT_IN_USE,))),
    )


def _dialled(text: str, region: str) -> bool:
    """Say whether `text` is as numbers are dialled at home: with the 0 in front where the country has one."""
    from phonenumbers import PhoneMetadata  # noqa: PLC0415 - as above

    plan = PhoneMetadata.metadata_for_region(region, None)
    return plan is not None and (plan.national_prefix != "0" or text.lstrip(" (").startswith("0"))
