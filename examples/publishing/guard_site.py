#!/usr/bin/env python3
"""Ask Fanal's guard about every page of a site before it is published; a small program without dependencies.

    FANAL_URL=https://fanal.example FANAL_KEY_FILE=guard.key python guard_site.py output/

It shows each file that people or their programs will read to `POST /api/v1/guard/check`, and tells for each finding the
file, the line, the reason and what may stand there instead. The words found are repeated nowhere.

Exit: 0 nothing was found, 1 something was, 2 not every page could be checked. Only 0 may publish.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from fnmatch import fnmatch
from http.client import HTTPException
from pathlib import Path

CLEAN, FOUND, UNCHECKED = 0, 1, 2
FORMS = {
    ".html": "text/html",
    ".htm": "text/html",
    ".svg": "text/html",
    ".xml": "text/html",  # feeds
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".json": "text/plain",  # indexes for searching
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
}
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"}
SECONDS = 60  # for one answer
PATIENCE = 300  # the longest wait when the guard says "later"
TRIES = 20
BUSY = 429
HERE = {"localhost", "127.0.0.1", "::1"}


class Unchecked(Exception):
    """The guard gave no answer on a page; the text says why, without a word of the page."""


class Straight(urllib.request.HTTPRedirectHandler):
    """Follow no redirection: the key goes to the address that was given, and to no other."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""


def main() -> int:
    """Check a site; give the exit code."""
    options = _options()
    try:
        pages, found = _check(options)
    except (Unchecked, OSError) as why:
        sys.stderr.write(f"guard: {why}\nguard: NOT to be published, since not every page could be checked.\n")
        return UNCHECKED
    pictures = sum(1 for file in _files(options.site) if file.suffix.lower() in PICTURES)
    if pictures:
        sys.stderr.write(f"guard: text inside pictures is not read: look at the {pictures} here yourself.\n")
    sys.stderr.write(f"guard: {pages} pages, {found} findings.\n")
    return FOUND if found else CLEAN


def _check(options: argparse.Namespace) -> tuple[int, int]:
    """Ask about each page that is not known to be clean; give how many pages there are, and how many findings."""
    guard = Guard.from_environment(options.language)
    named = {file.relative_to(options.site).as_posix(): file for file in _files(options.site)}
    pages = {
        name: file
        for name, file in named.items()
        if file.suffix.lower() in FORMS and not any(fnmatch(name, one) for one in options.skip)
    }
    if not pages:
        raise Unchecked("there is no page to check: is this the folder that the generator writes?")
    known = set(options.seen.read_text(encoding="ascii").split()) if options.seen and options.seen.exists() else set()
    found = 0
    for name, file in pages.items():
        content = file.read_bytes()
        mark = hashlib.sha256(content).hexdigest()
        if mark in known:
            continue
        answer = guard.ask(name, content, FORMS[file.suffix.lower()])
        found += _say(name, answer)
        if not answer["findings"]:
            known.add(mark)
    if options.seen:
        options.seen.write_text("".join(f"{mark}\n" for mark in sorted(known)), encoding="ascii")
    return len(pages), found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="the folder that the generator wrote")
    parser.add_argument("--skip", action="append", default=[], metavar="PATTERN", help="leave out, e.g. 'theme/*'")
    parser.add_argument("--seen", type=Path, metavar="FILE", help="remember clean pages here; ask only about others")
    parser.add_argument("--language", choices=("en", "fr"), default="en", help="of the answers")
    return parser.parse_args()


def _files(site: Path) -> list[Path]:
    return sorted(file for file in site.rglob("*") if file.is_file()) if site.is_dir() else []


class Guard:
    """The guard at its address, asked with a key."""

    def __init__(self, address: str, key: str, language: str) -> None:
        self._address = address
        self._headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}
        self._opener = urllib.request.build_opener(Straight)

    @classmethod
    def from_environment(cls, language: str) -> Guard:
        """Read where it is and the key. Unchecked where either is missing, or could be read on its way."""
        address = os.environ.get("FANAL_URL", "").rstrip("/")
        file = os.environ.get("FANAL_KEY_FILE", "")
        key = Path(file).read_text(encoding="ascii").strip() if file else os.environ.get("FANAL_KEY", "")
        if not address or not key:
            raise Unchecked("set FANAL_URL, and FANAL_KEY_FILE (or FANAL_KEY) to a key with the right “guard”.")
        parts = urllib.parse.urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
            raise Unchecked("FANAL_URL must begin with https://, so that neither key nor drafts are read on their way.")
        return cls(f"{address}/api/v1/guard/check", key, language)

    def ask(self, name: str, content: bytes, form: str) -> dict[str, list]:
        """Show one page; wait where the guard asks for it. Unchecked where it gives no answer."""
        request = urllib.request.Request(  # noqa: S310 - its scheme was looked at
            self._address, content, {**self._headers, "Content-Type": form}, method="POST"
        )
        for _ in range(TRIES):
            try:
                with self._opener.open(request, timeout=SECONDS) as response:
                    answer = json.load(response)
                return {kind: list(answer[kind]) for kind in ("findings", "doubts")}
            except urllib.error.HTTPError as refusal:
                wait = refusal.headers.get("Retry-After", "")
                if refusal.code != BUSY or not wait.isdigit() or int(wait) > PATIENCE:
                    raise Unchecked(f"{name}: {_why(refusal)}") from None
                time.sleep(int(wait))
            except (OSError, HTTPException):
                raise Unchecked("the guard does not answer: is it running, and is FANAL_URL right?") from None
            except (ValueError, KeyError, TypeError):
                raise Unchecked("the answer is not the guard’s: is FANAL_URL right?") from None
        raise Unchecked("the guard says again and again that it is busy.")


def _why(refusal: urllib.error.HTTPError) -> str:
    try:
        problem = json.load(refusal)
        return f"{problem.get('detail') or problem['title']} ({refusal.code})"
    except (ValueError, KeyError, AttributeError, OSError):
        return f"the guard refused with {refusal.code}"


def _say(name: str, answer: dict[str, list]) -> int:
    """Write what was found on one page; give how many findings."""
    for kind in ("findings", "doubts"):
        for one in answer[kind]:
            line = f":{one['line']}:{one['column']}" if one["line"] else f": part {one['part']}"
            why = " ".join(reason["text"] for reason in one["reasons"])
            doubt = "doubt: " if kind == "doubts" else ""
            sys.stdout.write(f"{name}{line}: {doubt}[{one['place']}] {why} -> {one['wording']}\n")
    return len(answer["findings"])


if __name__ == "__main__":
    sys.exit(main())
