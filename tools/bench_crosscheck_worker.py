"""One worker of bench_crosscheck: reads a command a line, answers a line of what it measured."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
sys.path.insert(0, str(Path(__file__).parent))

import bench_crosscheck_fill as fill  # noqa: E402

from fanal.actions import crosscheck, harmonise, intake  # noqa: E402
from fanal.core.intake import read  # noqa: E402
from fanal.core.report import Category, Channel, Identity, Item, Submission  # noqa: E402
from fanal.queries import world  # noqa: E402
from fanal.site import replay  # noqa: E402

EPISODE = Path(__file__).parents[1] / "examples" / "replay" / "1-crowd.ndjson"
KNOWN = 60  # targets that stand in a case before it begins
TOGETHER = 500


class Worker:
    """What this process has still to crosscheck."""

    def __init__(self) -> None:
        self._ready: list[str] = []
        self._number = 0

    def prepare(self, count: int) -> list[float]:
        """Take in and read what is to be measured; half of it names targets that are known by then."""
        known = [fill.address(number, f"connu-{number}") for number in range(KNOWN)]
        for ref in _receive([_report(number, one) for number, one in enumerate(known)]):
            crosscheck.report(ref)
        new = (fill.address(number, f"neuf-{number}") for number in range(count))
        self._ready = _receive(
            [_report(number, known[number % KNOWN] if number % 2 else one) for number, one in enumerate(new)]
        )
        return []

    def crosscheck(self, count: int) -> list[float]:
        """Crosscheck so many reports; give the milliseconds of each."""
        found = []
        for _ in range(count):
            ref = self._ready.pop()
            started = time.perf_counter()
            crosscheck.report(ref)
            found.append((time.perf_counter() - started) * 1000)
        return found

    def crowd(self, _: int) -> list[float]:
        """Let the whole crowd of the replay report once more; give how many a second were read and joined."""
        steps = replay.read(EPISODE)
        said = [read.read(step.said, channel=Channel.BATCH, today=date(2026, 11, 22)).submission for step in steps]
        rows = [intake.Incoming(one, Identity(), world.current().new_bytes(16)) for one in said if one is not None]
        refs = [one.ref for one in intake.receive_many(rows) if isinstance(one, intake.Received)]
        if len(refs) != fill.CROWD:
            raise RuntimeError("the crowd is another size")
        started = time.perf_counter()
        for ref in refs:
            harmonise.report(ref)
            crosscheck.report(ref)
        return [len(refs) / (time.perf_counter() - started)]


def _report(number: int, address: str) -> Submission:
    return Submission(
        items=(Item(address),),
        category=Category.THREATS,
        channel=Channel.API,
        language="fr",
        comment=fill.words(number, own=" ".join(fill.WORDS[: number % 9])),
    )


def _receive(said: list[Submission]) -> list[str]:
    refs = []
    for start in range(0, len(said), TOGETHER):
        rows = [
            intake.Incoming(one, Identity(ip=f"192.0.2.{number % 250}"), world.current().new_bytes(16))
            for number, one in enumerate(said[start : start + TOGETHER])
        ]
        refs += [one.ref for one in intake.receive_many(rows) if isinstance(one, intake.Received)]
    for ref in refs:
        harmonise.report(ref)
    return refs


def main() -> None:
    """Work until the commands end."""
    worker = Worker()
    for line in sys.stdin:
        what, count = json.loads(line)
        print(json.dumps(getattr(worker, what)(count)), flush=True)


if __name__ == "__main__":
    main()
