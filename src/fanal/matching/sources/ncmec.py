"""NCMEC hash sharing, version 2 (XML): read by the classes of the package threatexchange, the extra `exchange`.

An entry has a reference of its own, several fingerprints, and what other members said of each. A deleted entry is a
tombstone for all that stood under its reference; an entry that comes again replaces what stood there.
"""

from __future__ import annotations

import importlib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from xml.etree import ElementTree as ET

from fanal.core.errors import Refused, Temporary
from fanal.matching import signals
from fanal.matching.lists import Entry, Gone, Opinions
from fanal.matching.sources import NO_ANSWER, NO_CLIENT, NOT_THIS_SHAPE, OTHER_KIND, Bad, Service, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

OWN: Final = "https://hashsharing.ncmec.org/npo"
"""The environment for hotlines; the operator's credentials belong to one, which the service names."""

_DAY: Final = 86_400
_OURS: Final = frozenset({"pdq", "md5", "sha1", "sha256"})
_NEGATIVE: Final = "downvote"


def read(file: BinaryIO) -> Iterator[Entry | Gone | Bad]:
    """Read an answer of the service; Refused where it is none or the package is missing."""
    client = clients()
    root = _root(file)
    try:
        answer = client.GetEntriesResponse.from_xml(client._XMLWrapper(root), 0)  # noqa: SLF001 - its one door
    except Exception:  # noqa: BLE001 - its failures carry what they failed on: none may be passed on
        raise Refused(NOT_THIS_SHAPE) from None
    yield from entries(answer.updates)


def _root(file: BinaryIO) -> ET.Element:
    """Read the document and leave its name space away, as the client expects it."""
    try:
        root = ET.parse(file).getroot()  # noqa: S314 - expat bounds what an entity may grow to
    except (ET.ParseError, ValueError, LookupError):
        root = ET.Element("")
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    if root.tag != "queryResult":
        raise Refused(NOT_THIS_SHAPE)
    return root


def fetch(service: Service, since: int, until: int) -> Iterator[Entry | Gone | Bad]:
    """Fetch all that changed between two moments, through the package's client.

    The service does not answer in the order of time: only once everything came may `until` be kept. The client
    writes local time as if it were UTC, so that a day is asked for again on either side; what comes twice changes
    nothing.
    """
    client = clients()
    environment = SimpleNamespace(value=service.at or OWN)  # its own are a fixed list, without the one of a test
    try:
        api = client.NCMECHashAPI(service.user, service.secret, environment)
        for answer in api.get_entries_iter(start_timestamp=max(0, since - _DAY), end_timestamp=until + _DAY):
            yield from entries(answer.updates)
    except Exception:  # noqa: BLE001 - what it raises quotes addresses and answers
        raise Temporary(NO_ANSWER) from None


def entries(updates: Iterable[Any]) -> Iterator[Entry | Gone | Bad]:
    """Give what the package's records say, in our words."""
    for place, one in enumerate(updates, 1):
        yield Gone(_ref(one))
        if one.deleted:
            continue
        for name, written in one.fingerprints.items():
            yield _entry(one, name, written, place)


def clients() -> ModuleType:
    """Give the package's client; Refused where it is not installed."""
    try:
        return importlib.import_module("threatexchange.exchanges.clients.ncmec.hash_api")
    except ImportError:
        raise Refused(NO_CLIENT) from None


def _entry(one: Any, name: str, written: str, place: int) -> Entry | Bad:  # noqa: ANN401
    if name.lower() not in _OURS:
        return Bad(place, OTHER_KIND)
    try:
        value = signals.find(name).read(written)
    except Refused as refused:
        return Bad(place, refused.reason)
    said = [vote for kind, votes in one.feedback.items() if kind.lower() == name.lower() for vote in votes]
    against = sum(1 for vote in said if vote.feedback_type.value == _NEGATIVE)
    return Entry(
        signal=name.lower(),
        value=value,
        ref=_ref(one),
        labels=(one.classification,) if one.classification else (),
        opinions=Opinions(seen=len(said) - against, disputed=against),
    )


def _ref(one: Any) -> str:  # noqa: ANN401
    """Give the reference: a member's number and its own id, since two members may use the same."""
    return f"{one.member_id}/{one.entry_type.value}/{one.id}"


SOURCE = Source(
    "ncmec",
    "NCMEC hash sharing 2, an answer to /entries (XML; needs the extra “exchange”)",
    whole=False,
    read=read,
    fetch=fetch,
)
