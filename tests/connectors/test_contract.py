"""What every connector promises, tried on every one that is found."""

from __future__ import annotations

import dataclasses
import importlib
import io
import re
from dataclasses import replace
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from pyrage import decrypt, x25519

from fanal import connectors
from fanal.core.case import DisclosedTarget, Disclosure
from fanal.core.connector import Connector, Message, Sent
from fanal.core.errors import Broken
from fanal.core.route import disclosure as route
from fanal.wire import fake
from fanal.wire.keys import Keyring
from fanal.wire.outbox import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CASES = [
    pytest.param(connector, sample, id=f"{name}-{number}")
    for name, connector in connectors.discover().items()
    for number, sample in enumerate(connectors.samples(importlib.import_module(f"fanal.connectors.{name}")))
]
LIVE = "https://canary-7f3a.example/secret/path?id=42"
DEFANGED = "hxxps://canary-7f3a[.]example/secret/path?id=42"
KEY = x25519.Identity.generate()
each = pytest.mark.parametrize(("connector", "sample"), CASES)


def sealed(sample: Disclosure) -> Disclosure:
    """Give the sample with one more target, whose live form stands in an annex sealed to our own key."""
    annex = route.annex_text((("C9", LIVE),), dispatch_ref=sample.dispatch_ref, case_ref=sample.case_ref)
    return replace(
        sample,
        targets=(*sample.targets, DisclosedTarget("C9", "url", DEFANGED)),
        annex=Keyring.seal_to(annex, str(KEY.to_public())),
    )


def readable(message: Message) -> Iterator[str]:
    """Give every text that somebody, or a program, could read out of a message: raw, unpacked and decoded."""
    for part in message.parts:
        yield part.name
        yield from texts(part.media_type, part.content)


def texts(media_type: str, content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "replace")
    if media_type == "application/pdf":
        reader = PdfReader(io.BytesIO(content))
        yield "".join(page.extract_text() for page in reader.pages)
        yield str(reader.metadata)
        yield str([page.get("/Annots") for page in reader.pages])
    if media_type == "message/rfc822":
        mail = message_from_bytes(content, policy=policy.default)
        yield str(mail.items())
        for one in mail.walk():
            if not one.is_multipart():
                yield from texts(one.get_content_type(), one.get_payload(decode=True))  # type: ignore[arg-type]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def written(message: Message) -> str:
    """Give the text of the PDF, without the breaks of its lines."""
    letter = next(part for part in message.parts if part.media_type == "application/pdf")
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(letter.content)).pages))


@each
def test_building_twice_gives_the_same_bytes(connector: Connector, sample: Disclosure) -> None:
    disclosure = sealed(sample)
    assert connector.build(disclosure) == connector.build(replace(disclosure))


@each
def test_nothing_live_stands_outside_the_annex(connector: Connector, sample: Disclosure) -> None:
    for text in readable(connector.build(sealed(sample))):
        assert LIVE not in text
        assert "canary-7f3a.example" not in squeezed(text)
        assert not re.search(r"/URI\b", text)


@each
def test_the_annex_opens_with_the_recipients_key_alone(connector: Connector, sample: Disclosure) -> None:
    disclosure = sealed(sample)
    [annex] = [part.content for part in connector.build(disclosure).parts if part.content == disclosure.annex]
    assert annex.startswith(b"age-encryption.org/v1\n")
    assert f"C9\t{LIVE}".encode() in decrypt(annex, [KEY])
    with pytest.raises(Exception, match=r"(?i)decrypt|match"):
        decrypt(annex, [x25519.Identity.generate()])


@each
def test_an_annex_in_plain_is_refused(connector: Connector, sample: Disclosure) -> None:
    with pytest.raises(Broken):
        connector.build(replace(sample, annex=LIVE.encode()))


class Watched:
    """A disclosure that notes which of its fields were asked for."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> object:
        self.asked.add(name)
        return getattr(self.disclosure, name)


@each
def test_it_asks_for_nothing_that_it_does_not_need(connector: Connector, sample: Disclosure) -> None:
    watched = Watched(sealed(sample))
    connector.build(watched)  # type: ignore[arg-type]
    assert connector.needs <= {field.name for field in dataclasses.fields(Disclosure)}
    assert watched.asked <= connector.needs


@each
def test_what_is_not_for_the_recipient_does_not_stand_there(connector: Connector, sample: Disclosure) -> None:
    whom = replace(sample.recipient, id="canary-id", connector="canary-way", age_recipient="age1canary")
    for text in readable(connector.build(replace(sealed(sample), recipient=whom))):
        assert "canary-id" not in text
        assert "canary-way" not in text
        assert "age1canary" not in text


@each
def test_samples_are_invented(connector: Connector, sample: Disclosure) -> None:
    assert connector.name == sample.recipient.connector
    for text in (sample.recipient.address, *(target.defanged.replace("[.]", ".") for target in sample.targets)):
        for host in re.findall(r"(?:@|://)([^/\s]+)", text):
            assert re.search(r"\.(?:example|test|invalid)$", host)


@each
def test_the_letter_says_what_the_recipient_needs(connector: Connector, sample: Disclosure) -> None:
    text = written(connector.build(sealed(sample)))
    for needed in (
        sample.dispatch_ref,
        sample.case_ref,
        sample.offence_title,
        sample.offence_article,
        DEFANGED,
        "presumedinnocent" if sample.language == "en" else "présuméeinnocente",
    ):
        assert squeezed(needed) in text
    assert ("DEMONSTRATION" in text or "DÉMONSTRATION" in text) == sample.demo


@each
def test_sent_twice_it_arrives_once(connector: Connector, sample: Disclosure, tmp_path: Path) -> None:
    message = connector.build(sealed(sample))
    memory, disk = fake.Wire(), fake.Wire(outbox=Folder(tmp_path))  # type: ignore[arg-type]
    for wire in (memory, disk):
        assert connector.send(message, wire).how is Sent.TAKEN
        assert connector.send(message, wire).how is Sent.TAKEN
    assert list(memory.outbox.letters) == [message.key]
    assert {file.name: file.read_bytes() for file in (tmp_path / message.key).iterdir()} == {
        part.name: part.content for part in message.parts
    }
