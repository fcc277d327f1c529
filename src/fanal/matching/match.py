"""Look fingerprints up in lists: each match is a lead with its list, its distance and its confidence in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fanal.core.reasons import Reason, reason
from fanal.matching import frames, signals
from fanal.matching.index import Index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fanal.matching.lists import Entry, HashList

NEAR: Final = 40
"""Distances past the radius up to here are counted, and never matched: they tell whether a radius is too small."""

_IDENTICAL, _RECODED, _EDITED = 0, 10, 20

SAME_FILE: Final = reason(
    "match.same-file",
    en="The same file, to the last byte.",
    fr="Le même fichier, à l’octet près.",
)
IDENTICAL: Final = reason(
    "match.identical",
    en="The fingerprints are equal: in all likelihood the same picture.",
    fr="Les empreintes sont égales : selon toute vraisemblance la même image.",
)
RECODED: Final = reason(
    "match.recoded",
    en="The fingerprints hardly differ, as after scaling or compressing: very likely the same picture.",
    fr="Les empreintes diffèrent à peine, comme après un changement de taille ou de compression : "
    "très probablement la même image.",
)
EDITED: Final = reason(
    "match.edited",
    en="The fingerprints are close, as after an edit: probably the same picture. A person compares.",
    fr="Les empreintes sont proches, comme après une retouche : probablement la même image. Une personne compare.",
)
FAR: Final = reason(
    "match.far",
    en="The fingerprints are just within the limit: it may be another picture. A person compares.",
    fr="Les empreintes sont à la limite : ce peut être une autre image. Une personne compare.",
)
SAME_SCENES: Final = reason(
    "match.scenes",
    en="Most frames of this video have a like one in the listed video. A person compares.",
    fr="La plupart des images de cette vidéo ont leur semblable dans la vidéo listée. Une personne compare.",
)
TURNED: Final = reason(
    "match.turned",
    en="It matches after being turned or mirrored.",
    fr="Elle correspond une fois tournée ou inversée.",
)
HARMLESS: Final = reason(
    "match.harmless",
    en="This list holds what is known to be harmless.",
    fr="Cette liste contient ce qui est connu comme licite.",
)
DISPUTED: Final = reason(
    "match.disputed",
    en="Somebody who uses this list disputes this entry, or found it to be a false positive.",
    fr="Un utilisateur de cette liste conteste cette entrée, ou l’a trouvée erronée.",
)


@dataclass(frozen=True, slots=True)
class Found:
    """One match: in which list, which entry, how far, after which turn (0: as it is), and the words for it."""

    list: str
    classification: str
    id: int
    entry: Entry
    signal: str
    distance: int | None
    orientation: int
    negative: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a fingerprint's look-up gave: matches, nearest first, and how many entries lie just past the limit."""

    found: tuple[Found, ...]
    near: int = 0


def look_up(
    lists: Sequence[HashList],
    signal: str,
    value: bytes,
    *,
    turned: Sequence[bytes] = (),
    quality: int | None = None,
    count_near: bool = False,
) -> Answer:
    """Look one fingerprint up in every list, each with its own radius; a `negative` list is told beside.

    `turned` holds the same picture's fingerprints in its other orientations. A fingerprint of too low a `quality` says
    too little and finds nothing. `count_near` looks a little past the radius as well, which takes longer.
    """
    kind = signals.find(signal)
    if quality is not None and kind.least is not None and quality < kind.least:
        return Answer(())
    found: list[Found] = []
    near = 0
    for one in lists:
        if signal == "vpdq":
            found += _videos(one, value)
        elif kind.radius is None:
            found += _digests(one, signal, value)
        else:
            these, close = _pictures(one, signal, (value, *turned), past=NEAR if count_near else 0)
            found += these
            near += close
    return Answer(tuple(sorted(found, key=lambda match: (match.distance or 0, match.list, match.id))), near)


def _digests(one: HashList, signal: str, value: bytes) -> list[Found]:
    index = one.index(signal)
    if index is None or isinstance(index, Index):
        return []
    return [_found(one, id, signal, SAME_FILE) for id in index.find(value)]


def _pictures(one: HashList, signal: str, ways: Sequence[bytes], *, past: int) -> tuple[list[Found], int]:
    index = one.index(signal)
    radius = one.radius(signal)
    if not isinstance(index, Index) or radius is None:
        return [], 0
    best: dict[int, tuple[int, int]] = {}
    for way, value in enumerate(ways):
        for match in index.query(value, max(radius, past)):
            best[match.id] = min(best.get(match.id, (match.distance, way)), (match.distance, way))
    within = {id: hit for id, hit in best.items() if hit[0] <= radius}
    found = [
        _found(one, id, signal, *words(distance, way), at=(distance, way)) for id, (distance, way) in within.items()
    ]
    return found, len(best) - len(within)


def _videos(one: HashList, value: bytes) -> list[Found]:
    index = one.index("vpdq")
    if not isinstance(index, Index):
        return []
    ours = frames.unpack(value)
    kept = list({frame.bits: None for frame in ours if frame.quality >= frames.LEAST_QUALITY})
    if not kept:
        return []
    radius = one.radius("vpdq") or frames.RADIUS
    rows = np.frombuffer(b"".join(kept), dtype=np.uint8).reshape(len(kept), -1)
    hits = index.batch(rows, radius)
    owners = one.owners()[hits["id"].astype(np.int64)]
    found = []
    for id in np.unique(owners).tolist():
        shares = frames.compare(ours, frames.unpack(one.entry(id).value), radius=radius)
        if shares.match():
            found.append(_found(one, id, "vpdq", SAME_SCENES))
    return found


def words(distance: int, orientation: int = 0) -> tuple[Reason, ...]:
    """Say in words how near two pictures’ fingerprints are, and whether one was turned."""
    return (_near(distance), TURNED) if orientation else (_near(distance),)


def _near(distance: int) -> Reason:
    if distance == _IDENTICAL:
        return IDENTICAL
    if distance <= _RECODED:
        return RECODED
    return EDITED if distance <= _EDITED else FAR


def _found(one: HashList, id: int, signal: str, *said: Reason, at: tuple[int | None, int] = (None, 0)) -> Found:
    distance, orientation = at
    entry = one.entry(id)
    reasons = [*said]
    if one.card.negative:
        reasons.append(HARMLESS)
    if entry.opinions.disputed or entry.opinions.false_positive:
        reasons.append(DISPUTED)
    return Found(
        list=one.card.name,
        classification=one.card.classification,
        id=id,
        entry=entry,
        signal=signal,
        distance=distance,
        orientation=orientation,
        negative=one.card.negative,
        reasons=tuple(reasons),
    )
