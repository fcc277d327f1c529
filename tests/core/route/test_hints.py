"""What several sources say of a host: one line that says whose word it is, and never more than they know."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fanal.core import countries
from fanal.core.route import hints, plan
from fanal.core.route.hints import Hint, Said, Source

OCTOBER, JUNE = date(2026, 10, 27), date(2026, 6, 25)
FR_IPTOCC = Hint(Source.IPTOCC, Said.COUNTRY, "FR", dated=OCTOBER)
FR_TOR = Hint(Source.TOR, Said.COUNTRY, "FR", dated=JUNE)
NL_TOR = Hint(Source.TOR, Said.COUNTRY, "NL", dated=JUNE)
NL_MMDB = Hint(Source.MMDB, Said.COUNTRY, "NL", dated=JUNE)
CDN = Hint(Source.CDN, Said.CDN, cdn="Cloudflare", dated=JUNE)
ASKED = Hint(Source.RESOLVER, Said.ADDRESS, asked=date(2026, 11, 22))

ANY = st.builds(
    Hint,
    st.sampled_from(Source),
    st.sampled_from(Said),
    st.sampled_from(["", "FR", "NL", "DE", "XK", "EU", "??"]),
    st.sampled_from(["", "Cloudflare", "Fastly"]),
    st.none() | st.dates(),
    st.none() | st.dates(),
)


@pytest.mark.parametrize(
    ("given", "english", "french"),
    [
        ([], None, None),
        (
            [NL_TOR, FR_IPTOCC],
            "Host: France (iptocc, 2026-10) · Netherlands (tor-geoipdb, 2026-06): the sources differ",
            "Hôte\u00a0: France (iptocc, 2026-10) · Pays-Bas (tor-geoipdb, 2026-06)\u00a0: les sources diffèrent",
        ),
        (
            [FR_TOR, FR_IPTOCC],
            "Host: France (iptocc, 2026-10; tor-geoipdb, 2026-06): the sources agree",
            "Hôte\u00a0: France (iptocc, 2026-10\u202f; tor-geoipdb, 2026-06)\u00a0: les sources concordent",
        ),
        (
            [FR_IPTOCC, NL_TOR, NL_MMDB],
            "Host: Netherlands (tor-geoipdb, 2026-06; mmdb, 2026-06) · France (iptocc, 2026-10): the sources differ",
            (
                "Hôte\u00a0: Pays-Bas (tor-geoipdb, 2026-06\u202f; mmdb, 2026-06) · France (iptocc, 2026-10)\u00a0: "
                "les sources diffèrent"
            ),
        ),
        (
            [FR_IPTOCC, Hint(Source.TOR, Said.UNKNOWN, dated=JUNE)],
            "Host: France (iptocc, 2026-10): one source only",
            "Hôte\u00a0: France (iptocc, 2026-10)\u00a0: une seule source",
        ),
        (
            [FR_TOR, NL_TOR],
            (
                "Host: France (tor-geoipdb, 2026-06) · Netherlands (tor-geoipdb, 2026-06): "
                "it has addresses in several countries"
            ),
            (
                "Hôte\u00a0: France (tor-geoipdb, 2026-06) · Pays-Bas (tor-geoipdb, 2026-06)\u00a0: "
                "il a des adresses dans plusieurs pays"
            ),
        ),
        (
            [CDN, FR_IPTOCC, FR_TOR],
            "CDN (Cloudflare, 2026-06): the country of the machine behind it is not known",
            "CDN (Cloudflare, 2026-06)\u00a0: le pays de la machine derrière lui n’est pas connu",
        ),
        (
            [Hint(Source.IPTOCC, Said.UNKNOWN), Hint(Source.TOR, Said.UNKNOWN, dated=JUNE)],
            "Host: no source names a country (iptocc, undated; tor-geoipdb, 2026-06)",
            "Hôte\u00a0: aucune source ne nomme de pays (iptocc, sans date\u202f; tor-geoipdb, 2026-06)",
        ),
        (
            [Hint(Source.RESOLVER, Said.NO_ANSWER)],
            "Host: the operator’s resolver did not answer",
            "Hôte\u00a0: le résolveur de l’exploitant n’a pas répondu",
        ),
        (
            [Hint(Source.HOST, Said.PRIVATE)],
            "Host: a private address, which means something only inside one network",
            "Hôte\u00a0: une adresse privée, qui n’a de sens qu’à l’intérieur d’un réseau",
        ),
    ],
)
def test_one_line_says_what_is_known(given: list[Hint], english: str | None, french: str | None) -> None:
    found = hints.shown(given)
    assert (found and found.line.en) == english
    assert (found and found.line.fr) == french


def test_the_day_on_which_a_name_was_asked_for_stands_there() -> None:
    found = hints.shown([ASKED, FR_IPTOCC, FR_TOR])
    assert found
    assert any("2026-11-22" in one.text.en and "2026-11-22" in one.text.fr for one in found.notes)


@example([replace(NL_TOR, said=Said.UNKNOWN), replace(NL_TOR, said=Said.UNKNOWN, dated=None)])
@given(st.lists(ANY, max_size=8))
def test_nothing_raises_no_order_counts_and_no_country_is_invented(given: list[Hint]) -> None:
    found = hints.shown(given)
    assert found == hints.shown(reversed(given))
    if found is None:
        assert given == []
        return
    named = {code for code, names in countries.NAMES.items() if f"{names[0]} (" in found.line.en}
    assert named <= {one.country for one in given if one.said is Said.COUNTRY}
    if any(one.said is Said.CDN for one in given):
        assert not named
        assert found.line.en.startswith("CDN")
    if named:
        assert hints.ALONE in found.notes


@given(st.sets(st.sampled_from([FR_IPTOCC, FR_TOR, NL_TOR, NL_MMDB]), min_size=1))
def test_agreement_needs_two_sources_and_one_country(given: set[Hint]) -> None:
    found = hints.shown(given)
    assert found
    agrees = len({one.country for one in given}) == 1 and len({one.source for one in given}) > 1
    assert (found.why is hints.AGREE) == agrees


def test_the_plan_knows_no_hint() -> None:
    """The country of a hint routes nothing: the plan is given the directory's hosts and nothing else."""
    assert set(inspect.signature(plan.plan).parameters) == {"offence", "hosts", "directory", "catalogue"}
    source = Path(inspect.getfile(plan)).read_text(encoding="utf-8")
    assert "hints" not in source


def test_every_country_has_two_names() -> None:
    assert len(countries.NAMES) == 250
    assert all(len(code) == 2 and code.isupper() and all(names) for code, names in countries.NAMES.items())
    assert countries.name("FR") != countries.name("GF")
    assert [countries.name(one) for one in ("EU", "AP", "??", "", "fr", "A1")] == [None] * 6


def test_the_codes_are_those_that_telephone_numbers_know() -> None:
    """A list that others keep: the regions of the numbering plan, two of which ISO reserves and does not assign."""
    import phonenumbers

    assert set(phonenumbers.SUPPORTED_REGIONS) - set(countries.NAMES) <= {"AC", "TA"}
