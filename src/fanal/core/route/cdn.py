"""Which network answers in a host's place: where the machine behind it stands is then not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fanal.core.case import Cdn
    from fanal.core.route.hosts import IP


def behind(cdns: Sequence[Cdn], *, names: Iterable[str] = (), ips: Iterable[IP] = ()) -> Cdn | None:
    """Give the first network that one of the names (a host and what it is an alias of) or addresses belongs to."""
    for name in names:
        labels = f".{name.lower().rstrip('.')}"
        found = next((one for one in cdns if any(labels.endswith(f".{end}") for end in one.names)), None)
        if found:
            return found
    for ip in ips:
        found = next((one for one in cdns if any(ip in network for network in one.ranges)), None)
        if found:
            return found
    return None
