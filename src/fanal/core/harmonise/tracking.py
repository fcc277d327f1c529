"""Parameters that follow a person around and never choose what a page shows: they are left out of a target.

Only names whose meaning is published by who sets them, and that no site uses for its content: Google Ads, Analytics and
Campaign Manager (utm_*, gclid, gbraid, wbraid, dclid, gclsrc, _ga, _gl), Meta (fbclid, igsh, igshid, mibextid),
Microsoft (msclkid), Yandex (yclid, ysclid, _openstat), X (twclid), TikTok (ttclid), LinkedIn (li_fat_id),
Pinterest (epik),
Snapchat (ScCid), Reddit (rdt_cid), Mailchimp (mc_cid, mc_eid), HubSpot (_hsenc, _hsmi, __hssc, __hstc, __hsfp,
hsctatracking), Marketo (mkt_tok), Matomo (mtm_*, and pk_* by its whole names: pk_id may choose), Olytics (oly_anon_id,
oly_enc_id), Vero (vero_id, vero_conv), Wicked Reports (wickedid), Klaviyo (_kx), Branch (_branch_match_id).
"""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import words
from fanal.core.reasons import reason

LEFT_OUT: Final = reason(
    "harmonise.tracking",
    en="Parameters that only say where a visitor came from (utm_…, fbclid and the like) were left out.",
    fr="Les paramètres qui disent seulement d’où vient un visiteur (utm_…, fbclid et semblables) n’ont pas été "
    "retenus.",
)

_NAMES: Final = words(
    "gclid gclsrc gbraid wbraid dclid _ga _gl fbclid igsh igshid mibextid msclkid yclid ysclid _openstat twclid ttclid"
    " li_fat_id epik sccid rdt_cid mc_cid mc_eid _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok oly_anon_id"
    " oly_enc_id vero_id vero_conv wickedid _kx _branch_match_id"
    " pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid"
)
_FAMILIES: Final = ("utm_", "mtm_")


def without(query: str) -> str:
    """Give `query` (with its ?) less the parameters that only track; "" where nothing else was in it.

    What stays keeps its order, its writing and its empty parts; a query in which nothing tracks comes back as it is.
    """
    parts = query[1:].split("&")
    kept = [part for part in parts if not _tracks(part)]
    if len(kept) == len(parts):
        return query
    return "?" + "&".join(kept) if any(kept) else ""


def _tracks(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name in _NAMES or name.startswith(_FAMILIES)
