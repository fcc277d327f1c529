"""Every platform's file keeps its own word: its samples are read as they say, both ways, and nothing else is."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core import harmonise
from fanal.core.harmonise import accounts, address, forms, platforms
from fanal.core.harmonise.platform import ACCOUNT, OPAQUE, Platform, Sample, Shape
from fanal.core.report import Item, Target, TargetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(platforms.__file__).parent
NAMES = sorted(file.stem for file in FOLDER.glob("*.py") if file.stem != "__init__")
MODULES = {name: importlib.import_module(f"{platforms.__name__}.{name}") for name in NAMES}
SAMPLES = [(name, sample) for name in NAMES for sample in MODULES[name].SAMPLES]
BY_NAME = [(name, sample) for name, sample in SAMPLES if sample.names]


def read(typed: str, platform: str = "") -> Target:
    found = harmonise.item(Item(typed, platform))
    assert isinstance(found, Target), (typed, platform, found)
    return found


def said(found: Target) -> list[str]:
    return [one.code for one in found.reasons]


def facts(found: Target) -> tuple[str | TargetKind, ...]:
    return found.kind, found.canonical, found.platform, found.id


def label(value: object) -> str:
    return value.canonical if isinstance(value, Sample) else str(value)


def test_every_file_stands_in_the_table() -> None:
    assert sorted(one.name for one in platforms.PLATFORMS) == NAMES
    assert {one.name: one for one in platforms.PLATFORMS} == {name: MODULES[name].PLATFORM for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_samples_of_all_that_it_reads(name: str) -> None:
    platform: Platform = MODULES[name].PLATFORM
    kinds = {one.kind for one in platform.shapes}
    assert kinds <= {one.kind for one in MODULES[name].SAMPLES}
    assert MODULES[name].ORDINARY
    assert MODULES[name].LOOK_ALIKES or not platform.hosts


@pytest.mark.parametrize(("name", "sample"), SAMPLES, ids=label)
def test_every_written_form_gives_the_canonical(name: str, sample: Sample) -> None:
    for typed in sample.typed:
        found = read(typed)
        assert facts(found) == (sample.kind, sample.canonical, name, sample.id), typed
        assert (found.handle, found.account) == (sample.handle, sample.account), typed
        if sample.born:
            assert found.born_at == datetime.fromisoformat(sample.born), typed
    for typed in sample.names:
        found = read(typed, name)
        assert facts(found) == (sample.kind, sample.canonical, name, sample.id), typed
        assert found.handle == sample.handle, typed


@pytest.mark.parametrize(("name", "sample"), SAMPLES, ids=label)
def test_the_canonical_gives_itself_and_so_does_its_defanged_form(name: str, sample: Sample) -> None:
    found = read(sample.canonical)
    assert facts(found) == (sample.kind, sample.canonical, name, sample.id)
    again = read(found.defanged)
    assert facts(again) == facts(found)
    assert (again.handle, again.account, again.born_at) == (found.handle, found.account, found.born_at)
    if sample.born:
        assert found.born_at == datetime.fromisoformat(sample.born)


@pytest.mark.parametrize(("name", "sample"), [one for one in SAMPLES if one[1].account], ids=label)
def test_the_account_of_a_post_is_a_target_of_its_platform(name: str, sample: Sample) -> None:
    owner = read(sample.account)
    assert (owner.canonical, owner.platform) == (sample.account, name)
    assert owner.kind in {ACCOUNT, TargetKind.GROUP}


@pytest.mark.parametrize(("name", "sample"), SAMPLES, ids=label)
def test_tracking_and_other_disguises_change_nothing(name: str, sample: Sample) -> None:
    if not sample.canonical.startswith("https://"):
        return
    mark = "&" if "?" in sample.canonical else "?"
    fragment = "#" in sample.canonical
    typed = [sample.canonical.replace("https://", "HTTPS://", 1), sample.canonical.replace("https:", "http:", 1)]
    if not fragment:
        typed += [f"{sample.canonical}{mark}zz=1&utm_source=a", f"{sample.canonical}#part"]
    for one in typed:
        assert facts(read(one)) == (sample.kind, sample.canonical, name, sample.id), one


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_account_there_is_not_read_as_one(name: str) -> None:
    for typed in MODULES[name].ORDINARY:
        found = harmonise.item(Item(typed))
        if isinstance(found, Target):
            assert (found.kind in {OPAQUE, TargetKind.DOMAIN}, found.id) == (True, ""), typed


@pytest.mark.parametrize("name", NAMES)
def test_a_look_alike_is_not_the_platform_and_is_said_to_be_one(name: str) -> None:
    for typed in MODULES[name].LOOK_ALIKES:
        found = read(typed)
        assert found.platform == "", typed
        assert {"harmonise.imitates", "harmonise.resembles"} & set(said(found)), typed


def test_a_name_alone_says_that_names_can_pass() -> None:
    for name, sample in SAMPLES:
        if sample.kind is not ACCOUNT:
            continue
        for typed, platform in [(one, "") for one in sample.typed] + [(one, name) for one in sample.names]:
            found = read(typed, platform)
            assert ("harmonise.name-can-pass" in said(found)) == (found.id == found.handle), typed


def test_an_opaque_link_is_kept_and_said_to_be_one() -> None:
    for _, sample in SAMPLES:
        if sample.kind is OPAQUE:
            assert said(read(sample.canonical)) == ["harmonise.short-link"]


@pytest.mark.parametrize("platform", platforms.PLATFORMS, ids=lambda one: one.name)
def test_a_platform_is_found_by_whatever_people_call_it(platform: Platform) -> None:
    for word in (platform.name, platform.label, platform.label.upper(), *platform.aliases, *platform.hosts):
        assert platforms.find(word) is platform or platforms.is_mastodon(word), word
    for host in platform.hosts:
        assert platforms.BY_HOST[host] is platform
        assert platforms.of(f"help.{host}") is platform


def test_no_host_and_no_name_belongs_to_two() -> None:
    hosts = [host for one in platforms.PLATFORMS for host in one.hosts]
    assert len(hosts) == len(set(hosts))
    words = [word.casefold() for one in platforms.PLATFORMS for word in (one.name, *one.aliases)]
    assert len(words) == len(set(words))


def test_names_are_told_apart_as_the_platform_does() -> None:
    assert platforms.name_key("facebook", "Example.Page") == platforms.name_key("facebook", "examplepage")
    assert platforms.name_key("instagram", "Some.Name") == "some.name"
    assert platforms.name_key("nowhere", "Some.Name") == "some.name"


WORDS = st.sampled_from(
    [
        *"ab0.-_/@%?#=&+",
        "status",
        "user",
        "r",
        "c",
        "p",
        "groups",
        "posts",
        "id",
        "v",
        "wall-1_2",
        "did:plc:",
        "%C3%A9",
        "1234567890123456789",
    ]
)


@given(st.text(st.sampled_from("aZ09._-#+@/% é\u0130"), max_size=12), st.sampled_from(platforms.PLATFORMS))
def test_any_name_is_answered_and_what_it_gives_gives_itself(typed: str, platform: Platform) -> None:
    for name in (typed, f"@{typed}"):
        found = harmonise.item(Item(name, platform.label))
        if isinstance(found, Target):
            assert facts(read(found.canonical)) == facts(found)


@given(st.sampled_from(sorted(platforms.BY_HOST)), st.lists(WORDS, max_size=14).map("".join))
def test_any_path_is_answered_and_what_it_gives_gives_itself(host: str, rest: str) -> None:
    found = read(f"https://{host}/{rest}")
    again = read(found.canonical)
    assert facts(again) == facts(found)
    assert replace(again, reasons=(), account="", born_at=None) == replace(found, reasons=(), account="", born_at=None)


def reader(platform: Platform, sample: Sample) -> Iterator[Shape]:
    """Name the shape that reads each web address of a sample: the first that has a form which fits."""
    for typed in (sample.canonical, *map(accounts.plain_address, sample.typed)):
        read = address.read(typed if "://" in typed else f"https://{typed}")
        if read is None:
            continue
        for shape in platform.shapes:
            patterns = (forms.compiled(form, platform.fields)[0] for form in shape.forms)
            texts = (read.path, read.host.removeprefix("www.") + read.path)
            if any(re.match(one, text) for one in patterns for text in texts):
                yield shape
                break


@pytest.mark.parametrize("name", NAMES)
def test_every_shape_reads_a_sample(name: str) -> None:
    platform: Platform = MODULES[name].PLATFORM
    used = {id(shape) for sample in MODULES[name].SAMPLES for shape in reader(platform, sample)}
    assert [shape.forms for shape in platform.shapes if id(shape) not in used] == []
