"""The episodes are what the issues ask for, invented throughout, and read strictly."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import starmap
from pathlib import Path

import pytest

from fanal.core import harmonise
from fanal.core.errors import Broken, Refused
from fanal.core.intake import read, screen
from fanal.core.report import Channel, Item, Target
from fanal.site import replay

FOLDER = Path(__file__).parents[2] / "examples" / "replay"
FILES = sorted(FOLDER.glob("*.ndjson"))
RESERVED = (".example", ".test", ".invalid")


def steps(name: str) -> tuple[replay.Step, ...]:
    return replay.read(next(path for path in FILES if path.stem.endswith(name)))


def test_there_are_six():
    assert len(FILES) == 6


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_report_is_valid_and_every_host_is_reserved(path):
    for step in replay.read(path):
        if step.via == "desk":
            assert step.said["outcome"] == "not-illegal"
            continue
        found = read.read(step.said, channel=Channel.PORTAL, today=date(2026, 11, 22))
        assert not found.faults
        text = json.dumps(step.said, ensure_ascii=False).replace("[.]", ".").lower()
        hosts = re.findall(r"(?://|[a-z0-9]@)([a-z0-9.-]+)", text)
        assert all(host.endswith(RESERVED) for host in hosts), hosts


def test_a_crowd_reports_one_account_some_500_times_within_an_hour_with_a_burst_of_copies():
    crowd = steps("crowd")

    assert len(crowd) == 500
    assert crowd[-1].at < 3600
    typed = {(item["typed"], item["platform"]) for step in crowd for item in step.said["items"]}
    assert len(typed) == 5
    assert {read.canonical for read in map(harmonise.item, starmap(Item, typed)) if isinstance(read, Target)} == {
        "https://reseau.example/@fanaldemo_77"
    }
    (text, copies), *_ = Counter(step.said["comment"] for step in crowd).most_common(1)
    assert copies >= 100
    moments = [step.at for step in crowd if step.said["comment"] == text]
    assert max(moments) - min(moments) <= 300
    assert {step.via for step in crowd} == {"portal", "api", "batch"}


def test_the_crowd_is_made_anew_to_the_same_byte(tmp_path):
    script = tmp_path / "make_crowd.py"
    script.write_bytes((FOLDER / "make_crowd.py").read_bytes())
    subprocess.run([sys.executable, str(script)], check=True)

    assert (tmp_path / "1-crowd.ndjson").read_bytes() == (FOLDER / "1-crowd.ndjson").read_bytes()


def test_two_new_accounts_share_a_clue_with_the_crowds():
    night = steps("morning")
    read = [harmonise.item(Item(item["typed"])) for step in night for item in step.said["items"]]
    accounts = {one.canonical for one in read if isinstance(one, Target) and one.kind == "account"}

    assert len(accounts) == 2
    assert any("corbeau77@poste.example" in step.said["comment"] for step in night)
    assert any("corbeau77@poste.example" in step.said["comment"] for step in steps("crowd"))


def test_a_victim_reports_three_times_after_a_first_no():
    vias = [step.via for step in steps("third-time")]

    assert vias.index("desk") == 1
    assert len(vias) == 5
    assert all(
        step.said["standing"] == "victim" and step.said["minor"] for step in steps("third-time") if step.via != "desk"
    )


def test_one_is_an_emergency_and_one_is_out_of_remit(settings):
    from fanal import law

    catalogue = law.load()
    found = [
        screen.screen(read.read(step.said, channel=Channel.PORTAL, today=date(2026, 11, 22)).submission, catalogue)
        for step in steps("elsewhere")
    ]

    assert [bool(one.urgent) for one in found] == [True, False]
    assert [bool(one.elsewhere) for one in found] == [False, True]


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        '{"at": "+00:00:00", "via": "post", "report": {}}',
        '{"at": "00:00:00", "via": "api", "report": {}}',
        '{"at": "+00:61:00", "via": "api", "report": {}}',
        '{"at": "+00:00:00", "via": "api", "report": []}',
        '{"at": "+00:00:00", "via": "desk", "report": {}}',
        '{"at": "+00:00:00", "via": "api", "report": {}, "more": 1}',
    ],
)
def test_a_line_that_is_no_step_is_named(tmp_path, line):
    path = tmp_path / "bad.ndjson"
    path.write_text('{"at": "+00:00:00", "via": "api", "report": {}}\n' + line)

    with pytest.raises(Broken) as broken:
        replay.read(path)
    assert "2" in broken.value.reason.text.en


def test_steps_out_of_the_order_of_time_are_refused(tmp_path):
    path = tmp_path / "bad.ndjson"
    path.write_text("".join(f'{{"at": "+00:0{minute}:00", "via": "api", "report": {{}}}}\n' for minute in (2, 1)))

    with pytest.raises(Broken):
        replay.read(path)


@pytest.mark.parametrize(
    "url",
    [
        "http://fanal.example",
        "https://127.0.0.1:8000",
        "http://127.0.0.1.example",
        "http://localhost@fanal.example",
        "",
    ],
)
def test_no_other_host_is_played_to(url):
    with pytest.raises(Refused):
        replay.Doors(portal=url, api="http://127.0.0.1:8002", key="k")
    with pytest.raises(Refused):
        replay.Doors(portal="http://localhost:8000", api=url, key="k")
