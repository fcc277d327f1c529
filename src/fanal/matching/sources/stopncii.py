"""StopNCII: fingerprints that people made of their own intimate images, and asked to be stopped.

A record is the newest state of one fingerprint; withdrawn and deleted ones are tombstones. A provider's “Blocked”
counts as seen, its “NotBlocked” as disputed. Read from what the service answers (JSON), or fetched by the client of the
package threatexchange (the extra `exchange`).
"""

from __future__ import annotations

import importlib
import json
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from fanal.core.errors import Refused, Temporary
from fanal.matching import signals
from fanal.matching.lists import Entry, Gone, Opinions
from fanal.matching.sources import NO_ANSWER, NO_CLIENT, NOT_THIS_SHAPE, OTHER_KIND, Bad, Service, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SIGNALS: Final = {"ImagePDQ": "pdq", "VideoMD5": "md5"}
_GONE: Final = frozenset({"Withdrawn", "Deleted"})
_SAID: Final = {"Blocked": "seen", "NotBlocked": "disputed"}


def read(file: BinaryIO) -> Iterator[Entry | Gone | Bad]:
    """Read an answer of FetchHashes, or several of them one a line; Refused where it is none."""
    try:
        words = file.read().decode("utf-8")
        records = [record for answer in _answers(words) for record in answer["hashRecords"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(NOT_THIS_SHAPE) from None
    yield from (entry(record, place) for place, record in enumerate(records, 1))


def fetch(service: Service, since: int, until: int) -> Iterator[Entry | Gone | Bad]:
    """Fetch every record that changed since a moment; `user` is the function's key, `secret` the subscription's."""
    del until  # the service answers up to now
    try:
        client = importlib.import_module("threatexchange.exchanges.clients.stopncii.api")
    except ImportError:
        raise Refused(NO_CLIENT) from None
    place = 0
    try:
        api = client.StopNCIIAPI(service.secret, service.user, base_url_override=service.at or None)
        for answer in api.fetch_hashes_iter(start_timestamp=max(since, api.DEFAULT_START_TIME)):
            for record in answer.hashRecords:
                place += 1
                yield entry(_plain(record), place)
    except Exception:  # noqa: BLE001 - what it raises quotes addresses and answers
        raise Temporary(NO_ANSWER) from None


def _plain(record: Any) -> Mapping[str, object]:  # noqa: ANN401 - the package's own record
    """Give a record of the package's client as the service wrote it."""
    return {
        "signalType": record.signalType.value,
        "hashValue": record.hashValue,
        "hashStatus": record.hashStatus.value,
        "caseNumbers": dict.fromkeys(record.caseNumbers, ""),
        "CSPFeedbacks": [{"feedbackValue": one.feedbackValue.value} for one in record.CSPFeedbacks],
        "lastModtimestamp": record.lastModtimestamp,
    }


def entry(record: Mapping[str, object], place: int) -> Entry | Bad:
    """Give the entry of one record, or why it cannot be taken."""
    name = _SIGNALS.get(str(record.get("signalType")))
    if name is None:
        return Bad(place, OTHER_KIND)
    try:
        value = signals.find(name).read(str(record["hashValue"]))
        said = {"seen": 0, "disputed": 0}
        for one in _list(record.get("CSPFeedbacks")):
            heard = _SAID.get(str(one.get("feedbackValue")))
            if heard:
                said[heard] += 1
        cases = record.get("caseNumbers")
        return Entry(
            signal=name,
            value=value,
            ref=",".join(sorted(map(str, cases))) if isinstance(cases, dict) else "",
            opinions=Opinions(said["seen"], said["disputed"]),
            withdrawn=str(record.get("hashStatus")) in _GONE,
            at=str(record.get("lastModtimestamp", "")),
        )
    except Refused as refused:
        return Bad(place, refused.reason)
    except (KeyError, AttributeError):
        return Bad(place, NOT_THIS_SHAPE)


def _answers(words: str) -> list[Mapping[str, Sequence[Mapping[str, object]]]]:
    try:
        return [json.loads(words)]
    except ValueError:
        return [json.loads(line) for line in words.splitlines() if line.strip()]


def _list(given: object) -> Sequence[Mapping[str, object]]:
    return given if isinstance(given, list) else ()


SOURCE = Source("stopncii", "StopNCII, an answer of FetchHashes (JSON)", whole=False, read=read, fetch=fetch)
