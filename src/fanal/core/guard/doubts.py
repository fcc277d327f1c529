"""What a person should weigh though nothing known is named: words that teach to search, disguises, prejudging, promises.

Each rule begins with a plain word that must stand in the text; only there is a pattern tried. Most texts have none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fanal.core.guard.looks import lowered
from fanal.core.harmonise import platforms
from fanal.core.reasons import Reason, reason
from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

SEARCH: Final = reason(
    "guard.teaches-search",
    en="Words to search for, with the place to search: that teaches how to find the material.",
    fr="Des mots à chercher, avec l’endroit où chercher : cela apprend à trouver le contenu.",
)
DISGUISED: Final = reason(
    "guard.disguised-address",
    en="An address made unclickable: anybody can put it together again. Why is it there?",
    fr="Une adresse rendue non cliquable : chacun saura la recomposer. Pourquoi est-elle là ?",
)
ONION: Final = reason(
    "guard.unknown-onion",
    en="An onion address, which nobody needs who is to be warned. It is not known here.",
    fr="Une adresse onion : personne n’en a besoin pour être averti. Elle n’est pas connue ici.",
)
MAGNET: Final = reason(
    "guard.unknown-magnet",
    en="A magnet link leads to files. It is not known here.",
    fr="Un lien magnet mène à des fichiers. Il n’est pas connu ici.",
)
FINGERPRINT: Final = reason(
    "guard.unknown-hash",
    en="This looks like the fingerprint of a file or like a key: files can be found by it. It is not known here.",
    fr="Cela ressemble à l’empreinte d’un fichier ou à une clé : elle permet de trouver des fichiers. "
    "Elle n’est pas connue ici.",
)
WALLET: Final = reason(
    "guard.unknown-wallet",
    en="This looks like the address of a wallet. It is not known here.",
    fr="Cela ressemble à l’adresse d’un portefeuille. Elle n’est pas connue ici.",
)
SHORT_LINK: Final = reason(
    "guard.short-link",
    en="A short link hides where it leads, and that can be changed later. It is not followed here.",
    fr="Un lien court cache sa destination, et celle-ci peut changer. Il n’est pas suivi ici.",
)
PREJUDGES: Final = reason(
    "guard.prejudges",
    en="This word holds somebody to be guilty. Nobody is, before a court says so.",
    fr="Ce mot tient quelqu’un pour coupable. Nul ne l’est avant qu’un tribunal l’ait dit.",
)
PROMISES: Final = reason(
    "guard.promises",
    en="A promise with a date: it may hinder an inquiry, and warns whoever is meant.",
    fr="Une promesse datée : elle peut gêner une enquête, et prévient la personne visée.",
)

_SAY_NOTHING: Final = Text(
    en="Leave it out, and say where to report instead.", fr="Retirez-le, et dites plutôt où signaler."
)
_PRESUMED: Final = Text(
    en="“the person concerned”, or nobody at all", fr="« la personne mise en cause », ou ne désignez personne"
)
_UNDATED: Final = Text(en="“the reports are being examined”", fr="« les signalements sont examinés »")
_FULL_LINK: Final = Text(en="Write the whole address.", fr="Écrivez l’adresse entière.")

_PLACES: Final = (
    "google|bing|qwant|duckduckgo|yandex|yahoo|tor|internet|moteurs? de recherche|barre de recherche|search (?:bar|engine)s?|"
    "darknet|dark ?web|facebook|instagram|insta|tiktok|twitter|x|telegram|snapchat|snap|discord|reddit|youtube|twitch|mastodon|bluesky|pinterest|tumblr|vk"
)
_ASIDE: Final = (
    "a|à|au|aux|le|la|les|l|ce|cet|cette|ces|un|une|des|du|de|son|sa|ses|leur|leurs|nos|notre|vos|votre|qui|comment|plus|pas|rien|jamais|"
    "d|the|this|that|these|those|it|them|him|her|a|an|any|more|for|out|your|our|their|what|who|how|into|and"
)
_OBJECT: Final = (
    rf"(?:[«“\"'‘]\s?[^«»“”\"\n]{{2,50}}\s?[»”\"'’]|#\w{{2,40}}|(?!(?:{_ASIDE})\b)[\w-]+(?:\s[\w-]+){{0,4}}?)"
)
_ON: Final = rf"\s(?:sur|dans|via|on|in|into|at)\s(?:le |la |l.|the |votre |your )?(?:{_PLACES})\b"
_QUOTED: Final = r"\s?:?\s?(?:#\w{2,40}|[«“\"‘]\s?[^«»“”\"\n]{2,50}\s?[»”\"’])"
_NOUN: Final = (
    r"(?<!contenu )(?<!contenus )(?<!images )(?<!caractère )(?<!réseau )(?<!réseaux )(?<!forum )(?<!forums )(?<!vidéos )"
    r"(?<!site )(?<!sites )(?<!fichiers )(?<!matériel )"
)
_WHEN: Final = (
    r"demain|aujourd.hui|ce soir|cette nuit|cette semaine|dans la journée|dans l.heure|dans les (?:heures|jours|prochain)|d.ici|sous (?:\d|peu|deux|trois)|"
    r"avant (?:ce|la fin|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le \d)|dès (?:demain|lundi|ce)|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"dans \d+ (?:heures|jours|minutes)|tomorrow|today|tonight|this (?:week|evening|morning|afternoon)|within|before|by (?:the end|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|tomorrow|tonight|noon)|in the (?:next|coming)|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|in \d+ (?:hours|days|minutes)"
)
_ACTS: Final = (
    r"arrêtée?s?|interpellée?s?|identifiée?s?|fermée?s?|supprimée?s?|retirée?s?|jugée?s?|condamnée?s?|démantelée?s?|bloquée?s?|"
    r"convoquée?s?|perquisitionnée?s?|placée?s? en garde à vue|arrested|identified|charged|removed|taken down|shut down|jailed|"
    r"convicted|made|raided|blocked|closed|deleted|questioned|caught"
)
_DATED: Final = re.compile(
    rf"\b(?:sera|seront|va être|vont être|will be|is going to be|are going to be)\s(?:[\w’']+\s){{0,3}}?(?:{_ACTS})\b"
    rf"[^.!?;\n]{{0,60}}?\b(?:{_WHEN})|\b(?:{_WHEN})\b[^.!?;\n]{{0,60}}?\b(?:sera|seront|va être|vont être|will be)\s(?:[\w’']+\s){{0,3}}?(?:{_ACTS})\b"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule: where one of `signs` stands, `pattern` is tried from up to `back` characters before it."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    why: Reason
    wording: Text
    back: int = 0


_RULES: Final = (
    _Rule(
        ("cherch", "tape", "tapant", "saisis", "search", "look up", "looking up", "google", "googlez", "type ", "typing ", "enter "),
        re.compile(rf"\b(?:recherche[zr]?|cherche[zr]?|tape[zr]?|tapant|saisissez|saisir|google[zr]?|search(?:ing)?(?: for)?|look(?:ing)? up|type|typing|enter|googling)\s{_OBJECT}{_ON}"),
        SEARCH, _SAY_NOTHING, back=2,
    ),
    _Rule(
        ("hashtag", "mot-clé", "mots-clés", "mot clé", "mots clés", "keyword", "mot-dièse", "search term"),
        re.compile(rf"(?:hashtags?|mots?[- ](?:clés?|dièses?)|keywords?|search terms?)(?:\s(?:is|are|est|sont))?{_QUOTED}"),
        SEARCH, _SAY_NOTHING,
    ),
    _Rule(
        ("cherch", "tape", "search", "type ", "enter ", "google"),
        re.compile(
            r"\b(?:recherche[zr]?|cherche[zr]?|tape[zr]?|type|enter|search|google)\b(?:[^.!?\n«“\"#]{0,40}[«“\"#]\s?[^«»“”\"\n]{2,60}[»”\"]?[^.!?\n]{0,40}?"
            rf"|\s(?:ces|les|these|those|the)\s(?:\w+\s)?(?:mots|termes|words|terms)\b[^.!?\n]{{0,30}}?)(?:\s(?:sur|dans|via|on|in|into|at|of|de)\s(?:le |la |l.|the |votre |your )?(?:{_PLACES})\b)"
        ),
        SEARCH, _SAY_NOTHING, back=2,
    ),
    _Rule(("cherch", "tape", "search", "google"), re.compile(rf"\b(?:recherche[zr]|cherche[zr]|tape[zr]|search(?: for)?|google[zr]?){_QUOTED}"), SEARCH, _SAY_NOTHING, back=2),
    _Rule(("hxxp", "h**p", "meow://"), re.compile(r"(?:hxxps?|h\*\*ps?|meows?)[\s:\[\]/]{1,9}\S+"), DISGUISED, _SAY_NOTHING),
    _Rule(
        ("[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", "[point]", "(point)", "[at]", "(at)", "[:]//", "[://]", " dot com", " dot org", " dot net", " point com", " point fr", " point org"),
        re.compile(r"[\w@/:.-]{1,64}\s?(?:[\[({]\s?(?:\.|dot|point|at|:|://)\s?[\])}]/{0,2}|\s(?:dot|point)\s(?=com|org|net|fr))\s?\w[\w./-]*"),
        DISGUISED, _SAY_NOTHING, back=66,
    ),
    _Rule((".onion",), re.compile(r"[a-z2-7]{16,56}\.onion\S*"), ONION, _SAY_NOTHING, back=57),
    _Rule(("magnet:",), re.compile(r"magnet:\?\S+"), MAGNET, _SAY_NOTHING),
    _Rule(
        ("coupable", "pédophile", "pedophile", "paedophile", "prédateur", "pédocriminel", "violeur", "criminel", "pervers", "ordure", "monstre",
         "predator", "guilty", "rapist", "pervert", "offender", "monster", "criminals", "a criminal"),
        re.compile(
            rf"\b(?:(?:le|la|les|l.|ce|cet|cette|ces|un|une|des|du|aux?|d.un|deux|trois|the|this|that|these|those|a|an|two|three|"
            rf"of|est|sont|is|are|was|were|était|étaient|trouver|comme|as)\s(?:\w+\s)?{_NOUN}|^|[.!?]\s)"
            r"(?:coupables?|pédophiles?|pa?edophiles?|prédat(?:eur|rice)s?|pédocriminel(?:le)?s?|violeurs?|criminel(?:le)?s?|pervers|ordures?|monstres?|"
            r"predators?|guilty|rapists?|perverts?|offenders?|monsters?|criminals?)\b"
        ),
        PREJUDGES, _PRESUMED, back=24,
    ),
    _Rule(("sera ", "seront ", "va être", "vont être", "will be", "going to be"), _DATED, PROMISES, _UNDATED, back=80),
)  # fmt: skip
_PREJUDGING: Final = re.compile(r"[\w’'-]+$")
_NOT_HELD: Final = re.compile(r"\b(?:non|not|présumée? non|pas)\s(?:\w+\s)?$|\bpresum\w+ |\bdéclarée? non ")
# A disguise hides an address where something ends it: an ending, a mailbox, a scheme.
_ENDS: Final = re.compile(
    r"^(?:h|meow)|[\w-]\s?[\[({]\s?(?:at|arobase)\s?[\])}]\s?[\w-]+|[\w-]{2,}\s?[\[({]\s?(?:\.|dot|point)\s?[\])}]\s?(?!is\b|he\b|a\b)"
    r"(?:[\w-]+[.\[({]|(?:com|org|net|info|biz|io|me|fr|be|ch|eu|uk|ru|de|to|gg|tv|co|app|xyz|onion|example|test|invalid|link|site|online|top|cc|su|pw)\b)|"
    r"(?<!\bun)(?<!\bune)(?<!\bthe)(?<!\ba)(?<!\ble)(?<!\bdes)(?<!\bany)(?<=\w)\s(?:dot|point)\s(?:com|org|net|fr)\b|://|\[:\]"
)
_LONG: Final = 26
_HASH: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})(?![0-9A-Za-z])"
)
_WALLET: Final = re.compile(
    r"(?<![0-9A-Za-z/])(?:0x[0-9a-fA-F]{40}|(?:bc|ltc)1[02-9ac-hj-np-z]{25,87}|(?=[A-Za-z]*[0-9])[13LMT][1-9A-HJ-NP-Za-km-z]{25,34}|"
    r"[48][1-9A-HJ-NP-Za-km-z]{94})(?![0-9A-Za-z])"
)
_SHORTENED: Final = re.compile(r"(?<![\w.-])((?:[\w-]{1,20}\.){1,2}[a-z]{2,6})/[\w-]{2,}")


def doubts(text: str) -> Iterator[tuple[int, int, Reason, Text]]:
    """Give every passage of `text` to weigh: from where to before where, why, and what to write instead."""
    low = lowered(text)
    for rule in _RULES:
        last = 0
        for sign in rule.signs:
            at = low.find(sign)
            while at >= 0:
                found = rule.pattern.search(low, max(0, at - rule.back, last), min(len(low), at + 240))
                if found and found.end() > at >= found.start() - len(sign):
                    yield from _kept(rule, low, found)
                    at = max(at, found.end() - 1)
                at = low.find(sign, at + 1)
    yield from _codes(text)
    if "/" in low:
        for found in _SHORTENED.finditer(low):
            if found.group(1) in platforms.SHORT_LINKS:
                yield found.start(), found.end(), SHORT_LINK, _FULL_LINK


def _kept(rule: _Rule, low: str, found: re.Match[str]) -> Iterator[tuple[int, int, Reason, Text]]:
    start = found.start()
    if rule.why is DISGUISED and not _ENDS.search(found.group()):
        return
    if rule.why is PREJUDGES:
        word = _PREJUDGING.search(low, start, found.end())
        start = word.start() if word else start
        if _NOT_HELD.search(low[max(0, start - 24) : start]):
            return
    yield start, found.end(), rule.why, rule.wording


def _codes(text: str) -> Iterator[tuple[int, int, Reason, Text]]:
    """Find fingerprints and wallets among the longest words."""
    at = 0
    for word in text.split():
        if len(word) >= _LONG:
            at = text.find(word, at)
            for pattern, why in ((_HASH, FINGERPRINT), (_WALLET, WALLET)):
                for found in pattern.finditer(text, at, at + len(word)):
                    yield found.start(), found.end(), why, _SAY_NOTHING
            at += len(word)
