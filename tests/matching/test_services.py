"""Lists are fetched from their services through the package's own clients, here from a server on loopback."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from tests.shared_data import folder as shared

from fanal.matching import lists
from fanal.matching.lists import Card, Entry, HashList
from fanal.site import cli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("threatexchange", reason="the extra “exchange” is not installed")


class Service:
    """A service on loopback that gives fixed answers and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes]] = []
        self.asked: list[tuple[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, self.headers.get("Authorization") or self.headers["x-functions-key"]))
                status, body = outer.answers.pop(0) if outer.answers else (404, b"gone")
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.at = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def told(tmp_path: Path, service: Service) -> list[str]:
    """A list that is there already, and credentials that only their owner can read."""
    lists.update(tmp_path / "one", Card("one", "s", "l", "c"), [Entry("md5", bytes(16), ref="old")], whole=True, at="t")
    file = tmp_path / "access.toml"
    file.write_text(f'user = "desk"\nsecret = "invented"\nat = "{service.at}"\n')
    file.chmod(0o600)
    return ["lists", "fetch", "one", "--lists", str(tmp_path), "--credentials", str(file), "--shape"]


def sample(name: str) -> bytes:
    return (shared("ncmec") / "hash-sharing-v2" / name).read_bytes()


def test_ncmec_is_read_to_its_end_and_then_from_there(told: list[str], tmp_path: Path, service: Service) -> None:
    service.answers = [(200, sample("entries.xml")), (200, sample("entries2.xml")), (200, sample("entries3.xml"))]
    service.answers += [(200, sample("entries4.xml"))]
    assert cli.main([*told, "ncmec"]) in (0, 1)  # PhotoDNA is told as not taken
    opened = HashList.open(tmp_path / "one")
    assert {one.ref for one in opened.entries()} >= {"old", "42/image/image1"}
    assert opened.card.mark.isdecimal()
    assert "from=1970-01-01" in service.asked[0][0]
    assert service.asked[0][1].startswith("Basic ")
    service.answers = [(200, sample("entries-no-data.xml"))]
    asked = len(service.asked)
    assert cli.main([*told, "ncmec"]) == 0
    assert "from=1970" not in service.asked[asked][0]


def test_a_service_that_fails_changes_nothing_and_is_not_quoted(
    told: list[str], tmp_path: Path, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    for status, body in ((200, b"<queryResult><images><image/></images></queryResult>"), (401, b"no"), (200, b"{")):
        service.answers = [(status, body)]
        assert cli.main([*told, "ncmec"]) == 2
        said = capsys.readouterr()
        assert "127.0.0.1" not in said.out + said.err
        assert "invented" not in said.out + said.err
    assert HashList.open(tmp_path / "one").card.version == 1


def test_stopncii(told: list[str], tmp_path: Path, service: Service) -> None:
    record = {
        "lastModtimestamp": 5, "signalType": "ImagePDQ", "hashValue": "5a" * 32, "hashStatus": "Active",
        "caseNumbers": {"c1": "Active"}, "CSPFeedbacks": [{"feedbackValue": "Blocked", "tags": [], "source": "x"}],
    }  # fmt: skip
    answer = {"count": 1, "nextPageToken": "", "nextSetTimestamp": 9, "hasMoreRecords": False, "hashRecords": [record]}
    service.answers = [(200, json.dumps(answer).encode())]
    assert cli.main([*told, "stopncii"]) == 0
    (found,) = [one for one in HashList.open(tmp_path / "one").entries() if one.signal == "pdq"]
    assert (found.ref, found.opinions.seen, found.withdrawn) == ("c1", 1, False)
    assert service.asked[0][1] == "desk"


def test_credentials_that_others_can_read_are_refused(told: list[str], tmp_path: Path, service: Service) -> None:
    (tmp_path / "access.toml").chmod(0o644)
    assert cli.main([*told, "ncmec"]) == 1
    assert service.asked == []
    assert cli.main([*told, "csv"]) == 1
