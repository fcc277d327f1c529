"""The whole way of a report as one dry run through the pure core: each stage's result with its reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from fanal.core import harmonise
from fanal.core.assess import qualify, queue
from fanal.core.case import CaseFacts, ReportFacts
from fanal.core.crosscheck import place, sentences, trace
from fanal.core.follow_up import news
from fanal.core.harmonise.defang import defang
from fanal.core.intake import media, read, screen, xarf
from fanal.core.lifecycle import CaseState
from fanal.core.reasons import Fault, Reason, reason
from fanal.core.report import Channel, Identity, Target, Unread
from fanal.core.route import plan
from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from fanal.core.case import Directory, Proposal
    from fanal.core.catalogue import Catalogue, Offence
    from fanal.core.intake.read import Read
    from fanal.core.report import Item, Submission

MOST_BYTES: Final = 16 * 1024 * 1024
_MEDIA: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
_FTYP: Final = (4, b"ftyp")

TOO_LARGE: Final = reason(
    "explain.too-large",
    en="This is larger than any report: 16 MiB are read.",
    fr="C’est plus gros que tout signalement : 16 Mio sont lus.",
)
NOT_UTF_8: Final = reason(
    "explain.not-utf-8",
    en="This is not text in UTF-8. Save it as UTF-8 text, or as JSON.",
    fr="Ce n’est pas du texte en UTF-8. Enregistrez-le en texte UTF-8, ou en JSON.",
)
NOT_JSON: Final = reason(
    "explain.not-json",
    en="It begins like JSON, but it is not: a comma, a quotation mark or a bracket is missing, or it is cut short.",
    fr="Cela commence comme du JSON, mais n’en est pas : il manque une virgule, un guillemet ou une accolade, "
    "ou la fin.",
)
SEVERAL: Final = reason(
    "explain.several",
    en="There are several reports here, one a line. Give one of them.",
    fr="Il y a ici plusieurs signalements, un par ligne. Donnez-en un seul.",
)
PLAIN: Final = reason(
    "explain.plain",
    en="It was read as plain text: each line is one item, and the category is taken to be “other”.",
    fr="Lu comme du texte : chaque ligne est un élément, et la catégorie est supposée « autre ».",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing within a stage: what it is called, facts about it (name, value), and the reasons."""

    label: Text
    facts: tuple[tuple[str, str], ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage made of it. Nothing here is live: identifiers are defanged, texts that were typed are absent."""

    name: str
    title: Text
    result: Text
    reasons: tuple[Reason, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """The stages in the order of the way; only intake where the report was refused there."""

    shape: str  # "report", "xarf" or "text"
    refused: bool
    stages: tuple[Stage, ...]


def explain(
    raw: bytes,
    *,
    catalogue: Catalogue,
    directory: Directory,
    now: datetime,
    language: str = "en",
    check: Callable[[object], tuple[Fault, ...]] | None = None,
) -> Explained:
    """Take a report (JSON, XARF v4, or plain text with one item a line) through every stage; write nothing.

    `language` is the reporter's where the report does not say it; `check` validates a XARF document against the schemas
    of its standard (wire/xarf.py). Any bytes are answered. What is illegal is decided by people: the later stages say
    what would be asked and proposed.
    """
    shape, found = _intake(raw, now=now, language=language, check=check)
    if found.submission is None:
        return Explained(shape, refused=True, stages=(_refused(shape, found),))
    said = found.submission
    read_items = tuple(one for item in said.items for one in _understood(item, catalogue.country))
    targets = tuple(one for one in read_items if isinstance(one, Target))
    offences = qualify.candidates(catalogue, said.category, on=now.date())
    stages = (
        _received(shape, found, said, catalogue),
        _harmonised(read_items),
        _placed(targets, said.comment),
        _assessed(said, offences, unread=len(read_items) - len(targets), now=now),
        _routed(offences, targets, directory, catalogue),
        _told(),
    )
    return Explained(shape, refused=False, stages=stages)


def _understood(item: Item, region: str) -> tuple[Target | Unread, ...]:
    found = harmonise.items(item, region=region)
    return (found,) if isinstance(found, Unread) else found


def _intake(
    raw: bytes, *, now: datetime, language: str, check: Callable[[object], tuple[Fault, ...]] | None
) -> tuple[str, Read]:
    """Find out what the bytes are, and read them as that."""
    unfit = _unfit(raw)
    if unfit:
        return "text", _fault(unfit)
    text = raw.decode("utf-8-sig")
    if not text.lstrip().startswith("{"):
        return "text", _lines(text, now=now, language=language)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return "report", _fault(SEVERAL if _is_lines(text) else NOT_JSON)
    if "xarf_version" not in document:
        return "report", read.read({"language": language} | document, channel=Channel.API, today=now.date())
    wrong = check(document) if check else ()
    return "xarf", read.Read(None, Identity(), wrong) if wrong else xarf.read(document, today=now.date())


def _unfit(raw: bytes) -> Reason | None:
    """Say why these bytes are no report at all, before anything is made of them."""
    if len(raw) > MOST_BYTES:
        return TOO_LARGE
    if raw.startswith(_MEDIA) or raw[_FTYP[0] :].startswith(_FTYP[1]):
        return media.DO_NOT_SEND
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return NOT_UTF_8
    return None


def _lines(text: str, *, now: datetime, language: str) -> Read:
    items = [{"typed": line} for line in text.splitlines() if line.strip()]
    fields = {"items": items, "category": "other", "language": language}
    found = read.read(fields, channel=Channel.PORTAL, today=now.date())
    return replace(found, notes=(PLAIN, *found.notes))


def _is_lines(text: str) -> bool:
    try:
        return isinstance(json.loads(text.lstrip().splitlines()[0]), dict)
    except (ValueError, RecursionError):
        return False


def _fault(why: Reason) -> Read:
    return read.Read(None, Identity(), (Fault("", why),))


_SHAPES: Final = {
    "report": Text(en="a report in JSON", fr="un signalement en JSON"),
    "xarf": Text(en="a XARF v4 document", fr="un document XARF v4"),
    "text": Text(en="plain text", fr="un texte"),
}
_INTAKE: Final = Text(en="Intake", fr="Réception")


def _refused(shape: str, found: Read) -> Stage:
    count = len(found.faults)
    return Stage(
        "intake",
        _INTAKE,
        Text(
            en=f"Refused as {_SHAPES[shape].en}: {count} to correct. Nothing further was done.",
            fr=f"Refusé comme {_SHAPES[shape].fr} : {count} à corriger. Rien d’autre n’a été fait.",
        ),
        found.notes,
        tuple(
            Part(_same(one.field or "report"), (("field", one.field),) if one.field else (), (one.reason,))
            for one in found.faults
        ),
    )


def _received(shape: str, found: Read, said: Submission, catalogue: Catalogue) -> Stage:
    screening = screen.screen(said, catalogue)
    plain = next((one for one in catalogue.categories if one.category is said.category), None)
    kind = plain.label if plain else _same(said.category)
    count = _count(len(said.items), "item items", "élément éléments")
    sealed = not found.identity.empty()
    elsewhere = tuple(
        Part(one.text, (("id", one.id),), (Reason("screen.elsewhere", one.advice),)) for one in screening.elsewhere
    )
    urgent = (
        Text(en="It cannot wait.", fr="Cela ne peut attendre.")
        if screening.urgent
        else Text(en="It takes its turn.", fr="Il attend son tour.")
    )
    return Stage(
        "intake",
        _INTAKE,
        Text(
            en=f"Accepted as {_SHAPES[shape].en}, {count.en}, “{kind.en}”. {urgent.en} "
            + ("Who reports would be sealed." if sealed else "It says nothing of who reports."),
            fr=f"Accepté comme {_SHAPES[shape].fr}, {count.fr}, « {kind.fr} ». {urgent.fr} "
            + ("L’identité serait scellée." if sealed else "Rien n’y dit qui signale."),
        ),
        (*found.notes, *screening.urgent),
        elsewhere,
    )


def _harmonised(items: tuple[Target | Unread, ...]) -> Stage:
    unread = sum(1 for one in items if not isinstance(one, Target))
    targets = _count(len(items) - unread, "target targets", "cible cibles")
    return Stage(
        "harmonise",
        Text(en="Harmonise", fr="Harmonisation"),
        Text(
            en=f"{targets.en}; {unread} for a person to read.",
            fr=f"{targets.fr} ; {unread} à lire par une personne.",
        ),
        (),
        tuple(_item(number, one) for number, one in enumerate(items, 1)),
    )


def _item(number: int, one: Target | Unread) -> Part:
    label = Text(en=f"Item {number}", fr=f"Élément {number}")
    if not isinstance(one, Target):
        return Part(label, (("kind", "unread"),), one.reasons)
    facts = (
        ("kind", one.kind.value),
        ("platform", one.platform),
        ("defanged", one.defanged),
        ("host", defang(one.host)),
        ("confidence", f"{one.confidence:.1f}"),
    )
    return Part(label, tuple(fact for fact in facts if fact[1]), one.reasons)


def _placed(targets: tuple[Target, ...], words: str) -> Stage:
    defanged = {one.canonical: one.defanged for one in targets}
    (placement,) = place.place(tuple(defanged), {})
    count = _count(len(placement.targets), "target targets", "cible cibles")
    # Which key is nothing to a dry run: only the kinds of the marks are told.
    marks = trace.of([(one.canonical, one) for one in targets], words, key=bytes(16))
    kinds = {index: {mark.kind for mark in marks if mark.target == index} for index in ("", *defanged)}
    return Stage(
        "crosscheck",
        Text(en="Crosscheck", fr="Recoupement"),
        Text(
            en=f"On an empty desk it would open a case with {count.en}.",
            fr=f"Sur un bureau vide, un dossier serait ouvert avec {count.fr}.",
        ),
        (*placement.reasons, *sentences.left(kinds[""], words=True)),
        tuple(Part(_same(defanged[one]), (), sentences.left(kinds[one], words=False)) for one in placement.targets),
    )


def _assessed(said: Submission, offences: tuple[Offence, ...], *, unread: int, now: datetime) -> Stage:
    report = ReportFacts(now, said.category, said.standing, said.minor, said.danger_now)
    facts = CaseFacts("", CaseState.WAITING.value, now, 1, (report,), unread)
    rank = queue.rank(facts, now=now)
    count = _count(len(offences), "offence offences", "infraction infractions")
    return Stage(
        "assess",
        Text(en="Assess", fr="Appréciation"),
        Text(
            en=f"Grade {rank.grade} in the queue. {count.en} for two people to weigh; nothing is decided.",
            fr=f"Rang {rank.grade} dans la file. {count.fr} à peser par deux personnes ; rien n’est décidé.",
        ),
        rank.reasons,
        tuple(_offence(one) for one in offences),
    )


def _offence(one: Offence) -> Part:
    asked = tuple(Reason(f"element.{element.id}", element.text) for element in one.elements)
    return Part(one.title, (("id", one.id), ("article", f"{one.law} {one.article}")), asked or (qualify.UNWRITTEN,))


def _routed(
    offences: tuple[Offence, ...], targets: tuple[Target, ...], directory: Directory, catalogue: Catalogue
) -> Stage:
    title = Text(en="Route", fr="Transmission")
    if not offences:
        return Stage(
            "route",
            title,
            Text(
                en="The catalogue suggests no offence for this category: a person looks.",
                fr="Le catalogue ne suggère aucune infraction pour cette catégorie : une personne cherche.",
            ),
        )
    first = offences[0]
    proposals = plan.plan(
        offence=first, hosts=tuple(map(plan.host_of, targets)), directory=directory, catalogue=catalogue
    )
    count = _count(len(proposals), "dispatch dispatches", "transmission transmissions")
    return Stage(
        "route",
        title,
        Text(
            en=f"If two people assessed it as “{first.title.en}”, this would be proposed: {count.en}.",
            fr=f"Si deux personnes l’appréciaient comme « {first.title.fr} », il serait proposé : {count.fr}.",
        ),
        (),
        tuple(_proposal(one, directory) for one in proposals),
    )


def _proposal(one: Proposal, directory: Directory) -> Part:
    known = directory.recipient(one.recipient)
    facts = (
        ("recipient", one.recipient),
        ("kind", one.kind.value),
        ("connector", one.connector),
        ("due_hours", str(one.due_hours) if one.due_hours else ""),
        ("clock", one.clock),
    )
    return Part(
        _same(known.name if known else one.recipient),
        tuple(fact for fact in facts if fact[1]),
        (*one.reasons, *one.obstacles),
    )


def _told() -> Stage:
    said = news.headline(state=None)
    return Stage(
        "follow_up",
        Text(en="Follow up", fr="Suivi"),
        Text(en=f"The reporter would read: “{said.headline.en}”", fr=f"La personne lirait : « {said.headline.fr} »"),
        (Reason(f"news.{said.stage.value}", said.detail),),
    )


def _same(words: str) -> Text:
    """Give words that are the same in both languages: names, field names, defanged forms."""
    return Text(en=words, fr=words)


def _count(number: int, en: str, fr: str) -> Text:
    """Count things; `en` and `fr` give the singular and the plural. French says zero in the singular."""
    return Text(
        en=f"{number} {en.split()[number != 1]}",
        fr=f"{number} {fr.split()[number > 1]}",
    )
