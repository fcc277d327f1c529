"""Who says in which country an IP address is: lists on this machine, each with its date. None of them asks anybody."""

from __future__ import annotations

import json
import socket
import threading
from bisect import bisect_right
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import iptocc
import maxminddb

from fanal.core import countries
from fanal.core.errors import Broken
from fanal.core.reasons import reason
from fanal.core.route.hints import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanal.core.route.hosts import IP

TOR_FOLDER = Path("/usr/share/tor")  # where Debian's tor-geoipdb lays its files

UNREADABLE = reason(
    "hosts.unreadable",
    en="A list of countries cannot be read. Put a whole one in its place, or take it away.",
    fr="Une liste de pays ne peut être lue. Mettez-en une entière à sa place, ou retirez-la.",
)


class Country(Protocol):
    """A list of countries by address."""

    source: Source

    def dated(self) -> date | None:
        """Give how old the list is; None where it does not say. Broken where it cannot be read."""

    def of(self, ip: IP) -> str:
        """Give the country's code, "" where the list names none. Broken where it cannot be read."""


class Iptocc:
    """The registries' own lists of what they gave out to whom, within the package `iptocc`."""

    source = Source.IPTOCC

    def dated(self) -> date | None:
        """Give the day on which the package was built, from its bill of materials: its data are of that night."""
        try:
            files = metadata.files("iptocc") or []
            bill = next(one for one in files if "sboms" in one.parts and one.name.endswith(".json"))
            return date.fromisoformat(json.loads(bill.read_text())["metadata"]["timestamp"][:10])
        except (metadata.PackageNotFoundError, StopIteration, OSError, ValueError, KeyError, TypeError):
            return None

    def of(self, ip: IP) -> str:
        """Give the country that the address was given out to."""
        return _known(iptocc.country_code(str(ip)))


class TorGeoip:
    """The files `geoip` and `geoip6` of Debian's tor-geoipdb (IPFire's location database), in memory once asked for.

    Each line is `first,last,code`, sorted: IPv4 addresses as numbers, IPv6 ones as text (Tor, src/config/README).
    """

    source = Source.TOR

    def __init__(self, folder: Path = TOR_FOLDER) -> None:
        self._folder = folder
        self._loading = threading.Lock()
        self._ranges: dict[int, _Ranges] = {}

    def present(self) -> bool:
        """Say whether the files are there."""
        return (self._folder / "geoip").is_file() and (self._folder / "geoip6").is_file()

    def dated(self) -> date | None:
        """Read the day of the export from the head of the file."""
        try:
            with (self._folder / "geoip").open(encoding="ascii", errors="replace") as lines:
                for line in lines:
                    if not line.startswith("#"):
                        return None
                    if line.startswith("# Generated:"):
                        return parsedate_to_datetime(line.removeprefix("# Generated:").strip()).date()
        except OSError:
            raise Broken(UNREADABLE) from None
        except ValueError:
            pass
        return None

    def of(self, ip: IP) -> str:
        """Give the country of the range that the address lies in."""
        return _known(self._loaded(ip.version).of(ip.packed))

    def _loaded(self, version: int) -> _Ranges:
        with self._loading:
            if version not in self._ranges:
                name, read = ("geoip", _ipv4) if version == 4 else ("geoip6", _ipv6)  # noqa: PLR2004 - IPv4
                self._ranges[version] = _Ranges(self._folder / name, read)
            return self._ranges[version]


class Mmdb:
    """A MaxMind DB file that the operator brings (MaxMind, DB-IP, IPinfo…), by its `country.iso_code`."""

    source = Source.MMDB

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loading = threading.Lock()
        self._reader: maxminddb.Reader | None = None

    def dated(self) -> date | None:
        """Give the day on which the file was built."""
        return datetime.fromtimestamp(self._open().metadata().build_epoch, UTC).date()

    def of(self, ip: IP) -> str:
        """Give the country of the address; an IPv6 address has none in a file of IPv4 alone."""
        reader = self._open()
        try:
            found = reader.get(ip)
        except ValueError:
            return ""
        except maxminddb.InvalidDatabaseError:
            raise Broken(UNREADABLE) from None
        country = found.get("country") if isinstance(found, dict) else None
        return _known(country.get("iso_code") if isinstance(country, dict) else None)

    def _open(self) -> maxminddb.Reader:
        with self._loading:
            if self._reader is None:
                try:
                    self._reader = maxminddb.open_database(self._path)
                except (OSError, ValueError, maxminddb.InvalidDatabaseError):
                    raise Broken(UNREADABLE) from None
            return self._reader


def found(mmdb: Path | None, tor_folder: Path = TOR_FOLDER) -> tuple[Country, ...]:
    """Give the lists that are on this machine; none is read before it is asked."""
    tor = TorGeoip(tor_folder)
    return (Iptocc(), *((tor,) if tor.present() else ()), *((Mmdb(mmdb),) if mmdb else ()))


class _Ranges:
    """Sorted ranges without overlap, as bytes side by side: a country for every address in about 20 steps."""

    def __init__(self, path: Path, read: Callable[[bytes], bytes]) -> None:
        firsts, lasts, codes = bytearray(), bytearray(), bytearray()
        try:
            with path.open("rb") as lines:
                for line in lines:
                    if line.startswith(b"#") or not line.strip():
                        continue
                    first, last, code = line.rstrip().split(b",")
                    firsts += read(first)
                    lasts += read(last)
                    codes += code[:2].ljust(2)
        except (OSError, ValueError, OverflowError):
            raise Broken(UNREADABLE) from None
        self._firsts, self._lasts, self._codes = bytes(firsts), bytes(lasts), bytes(codes)

    def of(self, packed: bytes) -> str:
        width = len(packed)

        def first(number: int) -> bytes:
            return self._firsts[number * width : (number + 1) * width]

        number = bisect_right(range(len(self._firsts) // width), packed, key=first) - 1
        if number < 0 or packed > self._lasts[number * width : (number + 1) * width]:
            return ""
        return self._codes[number * 2 : number * 2 + 2].decode("ascii", "replace")


def _ipv4(text: bytes) -> bytes:
    return int(text).to_bytes(4, "big")


def _ipv6(text: bytes) -> bytes:
    try:
        return socket.inet_pton(socket.AF_INET6, text.decode("ascii"))
    except OSError as error:
        raise ValueError from error


def _known(code: object) -> str:
    """Give a code that names a country, "" for the rest (EU, AP, ??, A1)."""
    text = code.upper() if isinstance(code, str) else ""
    return text if text in countries.NAMES else ""
