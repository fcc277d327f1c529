"""Ask all who may be asked of one host: its own text, the table of networks, the resolver, the lists of countries."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from fanal.core.errors import Broken
from fanal.core.route import cdn
from fanal.core.route.hints import Hint, Said, Source
from fanal.core.route.hosts import Standing, standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from fanal.core.case import Cdn
    from fanal.core.route.hosts import IP, Place
    from fanal.wire.places import Country
    from fanal.wire.resolver import Answer

log = logging.getLogger("fanal.hosts")


class Asked(Protocol):
    """Whoever can be asked for the addresses of a name."""

    def ask(self, host: str) -> Answer:
        """Give what is answered; never raises."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """What this process may ask about hosts. Without a `resolver` no name is looked up and no socket is opened."""

    countries: tuple[Country, ...] = ()
    cdns: tuple[Cdn, ...] = ()
    resolver: Asked | None = None

    def look(self, place: Place, *, on: date) -> tuple[Hint, ...]:
        """Give what every source says of a host on the day `on`; nothing where nobody may be asked. Never raises.

        A network that answers in the host's place ends the search: a country would be that network's own.
        """
        if place.standing in _BY_TEXT:
            return (Hint(Source.HOST, _BY_TEXT[place.standing], asked=on),)
        if place.standing is Standing.ADDRESS and place.ip:
            return self._behind((), (place.ip,), on) or tuple(self._said(place.ip, on))
        if place.standing is Standing.NAME:
            return self._behind((place.host,), (), on) or self._named(place.host, on)
        return ()

    def _named(self, host: str, on: date) -> tuple[Hint, ...]:
        if self.resolver is None:
            return ()
        answer = self.resolver.ask(host)
        if not answer.ips:
            return (Hint(Source.RESOLVER, Said(answer.outcome.value), asked=on),)
        told = Hint(Source.RESOLVER, Said.ADDRESS, asked=on)
        behind = self._behind(answer.names, answer.ips, on)
        if behind:
            return (told, *behind)
        found = [told]
        for ip in answer.ips:
            said = _BY_TEXT.get(standing(ip))
            found += [Hint(Source.RESOLVER, said, asked=on)] if said else self._said(ip, on)
        return tuple(dict.fromkeys(found))

    def _behind(self, names: Iterable[str], ips: Iterable[IP], on: date) -> tuple[Hint, ...]:
        one = cdn.behind(self.cdns, names=names, ips=ips)
        return (Hint(Source.CDN, Said.CDN, cdn=one.name, dated=one.dated, asked=on),) if one else ()

    def _said(self, ip: IP, on: date) -> list[Hint]:
        found = []
        for one in self.countries:
            try:
                code, dated = one.of(ip), one.dated()
            except Broken as broken:
                log.warning("%s: %s", one.source, broken.reason)
                continue
            found.append(Hint(one.source, Said.COUNTRY if code else Said.UNKNOWN, code, dated=dated, asked=on))
        return found


_BY_TEXT = {Standing.PRIVATE: Said.PRIVATE, Standing.RESERVED: Said.RESERVED, Standing.ONION: Said.ONION}
