"""What “fanal doctor” looks at of hosts' countries: which lists are here, how old they are, and who may be asked."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from fanal.core.errors import Broken
from fanal.core.route.hints import Source
from fanal.site.examine import NOTE, Finding, fault, fine
from fanal.wire import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from fanal.site.env import Env
    from fanal.wire.places import Country

OLD = 180  # days: half a year of addresses that changed hands
# Addresses that are public and in nobody's use (RFC 7526, RFC 7535): whoever reads a list, reads it for these.
PROBES = (ip_address("192.88.99.1"), ip_address("2620:4f:8000::1"))
_BRING = {
    Source.IPTOCC: ("install a newer release of iptocc", "installez une version plus récente d’iptocc"),
    Source.TOR: ("apt-get install tor-geoipdb, for the present one", "apt-get install tor-geoipdb, pour l’actuelle"),
    Source.MMDB: ("bring a present file to FANAL_GEO_MMDB", "apportez un fichier actuel à FANAL_GEO_MMDB"),
}


def hosts(env: Env, *, today: date, lists: Sequence[Country] | None = None) -> Iterator[Finding]:
    """Look at each list that is here, and say whether a resolver is set; nobody is asked anything."""
    lists = places.found(env.geo_mmdb) if lists is None else lists
    for one in lists:
        yield _list(one, today)
    if len(lists) == 1:
        yield fault(
            "hosts",
            (
                "one list of countries only: nothing can contradict it",
                "une seule liste de pays\u00a0: rien ne la contredit",
            ),
            ("apt-get install tor-geoipdb, or set FANAL_GEO_MMDB", "apt-get install tor-geoipdb, ou FANAL_GEO_MMDB"),
            state=NOTE,
        )
    count = len(env.resolver)
    if count:
        yield fine(
            "hosts",
            f"resolver: on, {count} of yours; it learns which hosts are reported",
            f"résolveur\u00a0: actif, {count} à vous\u202f; il apprend quels hôtes sont signalés",
        )
    else:
        yield fine("hosts", "resolver: off, no name is looked up", "résolveur\u00a0: inactif, aucun nom n’est demandé")


def _list(one: Country, today: date) -> Finding:
    name, do = one.source.value, _BRING[one.source]
    try:
        dated = one.dated()
        for ip in PROBES:
            one.of(ip)
    except Broken:
        return fault("hosts", (f"{name} cannot be read", f"{name} est illisible"), do)
    if dated is None:
        return fault("hosts", (f"{name} bears no date", f"{name} n’est pas datée"), do, state=NOTE)
    days = (today - dated).days
    en, fr = f"{name} is of {dated}, {days} days old", f"{name} est du {dated}, il y a {days} jours"
    return fault("hosts", (en, fr), do, state=NOTE) if days > OLD else fine("hosts", en, fr)
