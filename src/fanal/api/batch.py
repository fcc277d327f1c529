"""A batch: each line is answered by itself, in order; 500 lines are committed together, then answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db import InterfaceError, OperationalError

from fanal.actions import intake
from fanal.actions.intake import Incoming, Received
from fanal.api import body, problems, reports
from fanal.api import sentences as say
from fanal.core.errors import FanalError, Refused, Temporary
from fanal.core.reasons import Fault, Reason
from fanal.core.report import Channel, Identity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

LINES_TOGETHER: Final = 500
BYTES_TOGETHER: Final = 4 * 1024 * 1024


@dataclass(slots=True)
class Batch:
    """The lines read so far: those that wait for their commit, and the answers, one JSON text a line."""

    key_id: str
    origin: Identity
    tongue: str
    header: str | None  # the Idempotency-Key of the whole batch
    today: date
    answers: list[str] = field(default_factory=list)
    committed: int = 0
    _waiting: list[tuple[int, Incoming | tuple[Fault, ...]]] = field(default_factory=list)
    _bytes: int = 0

    def take(self, lines: Iterable[body.Line]) -> list[str]:
        """Read, commit and answer every line. Raises Temporary where the very first lines could not be committed."""
        number = 0
        for line in lines:
            number = line.number
            if number > say.MAX_BATCH_LINES:
                self._settle()
                self._refuse(number, say.LINE_TOO_MANY)
                return self.answers
            self._waiting.append((number, self._read(line)))
            self._bytes += len(line.raw)
            if len(self._waiting) >= LINES_TOGETHER or self._bytes >= BYTES_TOGETHER:
                outage = self._settle()
                if outage:
                    self._refuse(number + 1, say.LINE_STOPPED)
                    return self.answers
        self._settle()
        return self.answers

    def _read(self, line: body.Line) -> Incoming | tuple[Fault, ...]:
        if line.fault == "cut":
            return (Fault("", say.LINE_CUT),)
        if line.fault == "long":
            return (Fault("", say.TOO_LARGE),)
        try:
            document, own = reports.kept_apart(body.parse(line.raw), "idempotency_key")
            named = reports.idempotency(own)
            if named is None and self.header is not None:
                named = f"{self.header}\x1f{line.number}"
            return reports.incoming(
                document,
                channel=Channel.BATCH,
                origin=self.origin,
                nonce=reports.nonce(self.key_id, named),
                source=self.key_id,
                today=self.today,
            )
        except problems.Invalid as invalid:
            return invalid.faults or (Fault("", say.INVALID),)
        except Refused as refused:
            return tuple(Fault("", why) for why in refused.reasons)

    def _settle(self) -> Temporary | None:
        """Commit what waits and answer it in order; give the outage where it could not be committed."""
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        rows = [one for _, one in waiting if isinstance(one, Incoming)]
        outage: Temporary | None = None
        results: Iterable[Received | FanalError] = ()
        try:
            results = intake.receive_many(rows) if rows else ()
        except (Temporary, OperationalError, InterfaceError) as failure:
            outage = problems.outage(failure)
        if outage:
            if not self.committed:
                raise outage
            results = (outage for _ in rows)
        else:
            self.committed += len(rows)
        answered = iter(results)
        for number, one in waiting:
            self._answer(number, next(answered) if isinstance(one, Incoming) else one)
        return outage

    def _answer(self, number: int, result: Received | FanalError | tuple[Fault, ...]) -> None:
        if isinstance(result, Received):
            said = reports.told(result, self.tongue)
            status = "repeated" if said.pop("repeated") else "received"
            self._write({"line": number, "status": status, **said, "faults": []})
        elif isinstance(result, Refused):
            self._refuse(number, *result.reasons)
        elif isinstance(result, FanalError):
            self._refuse(number, result.reason)
        else:
            self._write(
                {"line": number, "status": "refused", **_NOTHING, "faults": problems.spoken(result, self.tongue)}
            )

    def _refuse(self, number: int, *why: Reason) -> None:
        self._answer(number, tuple(Fault("", one) for one in why))

    def _write(self, answer: dict[str, object]) -> None:
        self.answers.append(json.dumps(answer, ensure_ascii=False, separators=(",", ":")))


_NOTHING: Final[dict[str, object]] = {
    "ref": "",
    "code": "",
    "received_at": None,
    "notes": [],
    "urgent": [],
    "elsewhere": [],
}
