"""What each doubt of the guard is known by: a plain word that must stand in the text, then a pattern tried there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from fanal.core.guard.cues import one_of
from fanal.core.reasons import Reason, reason
from fanal.core.text import Text

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

SAY_NOTHING: Final = Text(
    en="Leave it out, and say where to report instead.", fr="Retirez-le, et dites plutôt où signaler."
)
_PRESUMED: Final = Text(
    en="“the person concerned”, or nobody at all", fr="« la personne mise en cause », ou ne désignez personne"
)
_UNDATED: Final = Text(en="“the reports are being examined”", fr="« les signalements sont examinés »")
FULL_LINK: Final = Text(en="Write the whole address.", fr="Écrivez l’adresse entière.")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where one of `signs` stands, `pattern` is tried from up to `back` characters before it.

    Those that are in `alone` begin a rule only where they are no part of a longer word.
    """

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    why: Reason
    wording: Text
    back: int = 0
    alone: frozenset[str] = frozenset()


_PLACES: Final = one_of(
    "google bing qwant duckduckgo yandex yahoo tor internet moteurs?_de_recherche barre_de_recherche search_bar"
    " search_box search_engines? darknet dark_?web facebook instagram insta tiktok twitter x telegram snapchat snap"
    " discord reddit youtube twitch mastodon bluesky pinterest tumblr vk"
)
_ASIDE: Final = one_of(
    "a à au aux le la les l ce cet cette ces un une des du de son sa ses leur leurs nos notre vos votre qui"
    " comment plus pas rien jamais d the this that these those it them him her an any more for out your our their"
    " what who how into and"
)
_IN: Final = rf"\s(?:sur|dans|via|on|in|into|at|of|de)\s(?:le |la |l.|the |votre |your )?{_PLACES}\b"
_QUOTE: Final = r"[«“\"‘]\s?[^«»“”\"\n]{2,60}\s?[»”\"’]"
_OBJECT: Final = rf"(?:{_QUOTE}|#\w{{2,40}}|(?!{_ASIDE}\b)[\w-]+(?:\s[\w-]+){{0,4}}?)"
_ANY_OBJECT: Final = (
    rf"(?:[^.!?\n«“\"#]{{0,40}}(?:{_QUOTE}|#\w{{2,40}})[^.!?\n]{{0,40}}?"
    r"|\s(?:ces|les|these|those|the)\s(?:\w+\s)?(?:mots|termes|words|terms)\b[^.!?\n]{0,30}?(?:,\s?" + _QUOTE + r")?)"
)
_SEEK: Final = (
    r"\b(?:recherche[zr]?|cherche[zr]?|tape[zr]?|tapant|saisissez|saisir|google[zr]?|search(?:ing)?(?: for)?|"
    r"look(?:ing)? up|type|typing|enter|googling)"
)
_SEEKING: Final = (
    *("cherch", "tape", "tapant", "saisi", "search", "look up", "looking up", "googl", "type ", "typing ", "enter "),
)
_CHANGED: Final = one_of(
    "arrêtée?s? interpellée?s? identifiée?s? fermée?s? supprimée?s? retirée?s? jugée?s? condamnée?s? démantelée?s?"
    " bloquée?s? convoquée?s? perquisitionnée?s? placée?s?_en_garde_à_vue arrested identified charged removed"
    " taken_down shut_down jailed convicted raided blocked closed deleted questioned caught"
)
_DAY: Final = one_of(
    "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday"
)
_WHEN: Final = (
    r"(?:demain|aujourd.hui|ce soir|cette nuit|cette semaine|dans la journée|dans l.heure|d.ici|"
    r"dans les (?:heures|jours|prochain)|sous (?:\d|peu|deux|trois)|dans \d+ (?:heures|jours|minutes)|"
    rf"avant (?:ce|la fin|demain|{_DAY}|le \d)|dès (?:demain|ce|{_DAY})|"
    r"tomorrow|today|tonight|this (?:week|evening|morning|afternoon)|within|in the (?:next|coming)|"
    rf"in \d+ (?:hours|days|minutes)|by (?:the end|tomorrow|tonight|noon|{_DAY})|(?:on )?{_DAY})"
)
_WILL: Final = r"\b(?:sera|seront|va être|vont être|will be|is going to be|are going to be)\s(?:[\w’']+\s){0,3}?"
_DATED: Final = (
    rf"{_WILL}{_CHANGED}\b[^.!?;\n]{{0,60}}?\b{_WHEN}\b|\b{_WHEN}\b[^.!?;:\n]{{0,60}}?{_WILL}{_CHANGED}\b"
    rf"|\b(?:arrests?|searches|raids?)\s(?:will|is going to|are going to)\s[^.!?;\n]{{0,40}}?\b{_WHEN}\b"
    rf"|\b(?:arrestations?|interpellations?|perquisitions?)\s(?:aur|ser|v)(?:a|ont)\b[^.!?;\n]{{0,40}}?\b{_WHEN}\b"
)
_SOMEBODY: Final = one_of(
    "le la les l. ce cet cette ces un une des du aux? d.un deux trois the this that these those a an two three of"
    " est sont is are was were était étaient comme as"
)
_GUILTY: Final = (
    r"(?:coupables?|pédophiles?|pa?edophiles?|prédat(?:eur|rice)s?|pédocriminel(?:le)?s?|violeurs?|criminel(?:le)?s?|pervers|"
    r"ordures?|monstres?|predators?|guilty|rapists?|perverts?|offenders?|monsters?|criminals?)\b"
)
# What is called “pédocriminel” in law and in the press is content, not a person.
_THINGS: Final = "".join(
    f"(?<!{noun} )"
    for noun in (
        *(
            "contenu",
            "contenus",
            "images",
            "caractère",
            "réseau",
            "réseaux",
            "forum",
            "forums",
            "vidéos",
            "site",
            "sites",
        ),
        *("fichiers", "matériel", "nature", "fins", "échanges", "abus", "groupes", "groupe", "droit", "code"),
    )
)

RULES: Final = (
    Rule(_SEEKING, re.compile(rf"{_SEEK}(?:\s{_OBJECT}|{_ANY_OBJECT}){_IN}"), SEARCH, SAY_NOTHING, back=2),
    Rule(_SEEKING, re.compile(rf"{_SEEK}\s?:?\s?(?:{_QUOTE}|#\w{{2,40}})"), SEARCH, SAY_NOTHING, back=2),
    Rule(
        ("hashtag", "mot-clé", "mots-clés", "mot clé", "mots clés", "keyword", "mot-dièse", "search term"),
        re.compile(
            r"(?:hashtags?|mots?[- ](?:clés?|dièses?)|keywords?|search terms?)(?:\s(?:is|are|est|sont))?\s?:?\s?"
            rf"(?:{_QUOTE}|#\w{{2,40}})"
        ),
        SEARCH,
        SAY_NOTHING,
    ),
    Rule(
        ("hxxp", "h**p", "meow://"),
        re.compile(r"(?:hxxps?|h\*\*ps?|meows?)[\s:\[\]/]{1,9}\S+"),
        DISGUISED,
        SAY_NOTHING,
    ),
    Rule(
        ("[.", "(.)", "{.", "dot", "[point", "(point", "[at", "(at)", "[:", " point com", " point fr", " point org"),
        re.compile(
            r"[\w@/:.-]{1,64}+\s?(?:[\[({]\s?(?:\.|dot|point|at|:|://)\s?[\])}]/{0,2}|\s(?:dot|point)\s(?=com|org|net|fr))"
            r"\s?\w[\w./-]*"
        ),
        DISGUISED,
        SAY_NOTHING,
        back=66,
        alone=frozenset({"dot"}),
    ),
    Rule((".onion",), re.compile(r"[a-z2-7]{16,56}\.onion\S*"), ONION, SAY_NOTHING, back=57),
    Rule(("magnet:",), re.compile(r"magnet:\?\S+"), MAGNET, SAY_NOTHING),
    Rule(
        (
            *("coupable", "pédo", "edophile", "préda", "preda", "violeur", "criminel", "perver", "ordure", "monst"),
            *("guilty", "rapist", "offender", "criminal"),
        ),
        re.compile(rf"(?:\b{_SOMEBODY}\s?(?:\w+\s)?|^|[.!?]\s){_THINGS}{_GUILTY}"),
        PREJUDGES,
        _PRESUMED,
        back=24,
    ),
    Rule(
        (
            "sera ",
            "seront ",
            "va être",
            "vont être",
            "will be",
            "going to be",
            "arrest",
            "interpellation",
            "perquisition",
        ),
        re.compile(_DATED),
        PROMISES,
        _UNDATED,
        back=80,
    ),
)
SIGNS: Final = tuple({sign: None for rule in RULES for sign in rule.signs})
"""Every word that a rule begins with, once."""
