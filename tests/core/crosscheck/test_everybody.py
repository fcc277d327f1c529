"""Hosts that stand for everybody: the table holds host names and nothing else, and each is known for what it is."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from fanal.core.crosscheck import everybody
from fanal.core.harmonise import hosts

NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
TABLES = ("_NETWORKS", "_STORAGE", "_TENANTS", "_PLATFORMS", "_SHORT", "_MIRRORS", "_FINDERS", "_TENANT_FIRST")
EVERY = [(table, entry) for table in TABLES for entry in getattr(everybody, table).split()]


@pytest.mark.parametrize("table", TABLES)
def test_every_entry_is_a_host_name(table: str) -> None:
    entries = getattr(everybody, table).split()
    assert len(entries) >= 5
    endings = {one: one.rpartition(".")[2] for one in entries}
    assert [one for one in entries if not NAME.fullmatch(one) or not hosts.ends_well(f"site.{endings[one]}")] == []


def test_no_host_stands_in_the_tables_twice() -> None:
    assert [host for host, times in Counter(entry for _, entry in EVERY).items() if times > 1] == []


@pytest.mark.parametrize(("table", "host"), EVERY, ids=[entry for _, entry in EVERY])
def test_what_stands_there_is_nobodys(table: str, host: str) -> None:
    assert everybody.site(host) == ""
    if table == "_TENANT_FIRST":
        assert everybody.site(f"lou.{host}") == f"lou.{host}"


def test_the_front_of_a_host_of_many_is_nobodys() -> None:
    assert everybody.site("www.over-blog.com") == ""


def test_a_site_is_what_somebody_registered() -> None:
    assert everybody.site("www.carnet.example") == "carnet.example"
    assert everybody.site("blog.com") == "blog.com"
