"""The command line: one table of commands, each imported only when it is called.

A command's module has `arguments(parser)`, which declares what it takes, and `run(given) -> int`, which does it.
Results go to standard output, messages to standard error; 0 = fine, 1 = something was found or refused, 2 = wrong use
or failure. Bad input never shows a traceback.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from typing import TYPE_CHECKING

from fanal import __version__
from fanal.core.errors import FanalError, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

COMMANDS: dict[str, str] = {
    "up": "start everything on this machine and watch over it; Ctrl-C stops it",
    "explain": "take a report through the core as a dry run, each stage with its reasons",
    "target": "say what an address, a name, a number or a whole text names, as JSON lines",
    "hash": "compute the fingerprints of files, as JSON lines",
    "match": "look fingerprints up in lists; a match is a lead for a person",
    "scan": "look through a folder or a manifest of files for what is in a list",
    "lists": "bring lists of fingerprints in, show them, export one",
    "guard": "say before publishing whether a draft names anything that was reported",
    "ledger": "export the ledger, or verify an exported copy with nothing but its public key",
    "receipt": "verify a reporter's proof that a report was received and when",
    "doctor": "check keys, roles, connectors, laws, disk and clock, and say what to do",
    "custodian": "make the key that opens sealed identities, or open one, away from the server",
    "backup": "write the whole database, still encrypted, into one file (the keys stay apart)",
    "restore": "bring a backup back into an empty data folder",
}
FINE, FOUND, FAILED = 0, 1, 2
INTERRUPTED = 130
HELP = """\
Fanal: an open reporting desk for illegal online content.

usage: fanal COMMAND [...]        fanal COMMAND --help tells more

{commands}

Settings come from the environment (docs/generated/settings.md); most wanted: FANAL_DATA, FANAL_MODE, DATABASE_URL.
Exit: 0 fine, 1 something was found or refused, 2 wrong use or failure."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    told = list(sys.argv[1:] if argv is None else argv)
    if argv is None:  # a process of our own
        sys.excepthook = _unforeseen
    try:
        code = _main(told)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough; what is still unwritten has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except FanalError as failure:
        _tell(failure)
        return FOUND if isinstance(failure, Refused) else FAILED
    except OSError as failure:  # a file that is not there, may not be read, or has no room
        print(f"fanal: {os.strerror(failure.errno) if failure.errno else type(failure).__name__}", file=sys.stderr)
        return FAILED
    return code


def speaks() -> str:
    """Give the language of the person at the terminal, as the environment says it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name]
    return "en"


def _main(told: list[str]) -> int:
    if not told or told[0] in ("-h", "--help", "help"):
        print(HELP.format(commands="\n".join(f"  {name:<10} {summary}" for name, summary in COMMANDS.items())))
        return FINE if told else FAILED
    if told[0] in ("-V", "--version"):
        print(f"fanal {__version__}")
        return FINE
    name, *rest = told
    if name not in COMMANDS:
        print("fanal: there is no such command. “fanal --help” lists them.", file=sys.stderr)
        return FAILED
    module = importlib.import_module(f"{__name__}.{name}")
    parser = argparse.ArgumentParser(prog=f"fanal {name}", description=module.__doc__, formatter_class=_Plain)
    module.arguments(parser)
    try:
        given = parser.parse_args(rest)
    except SystemExit as told_already:  # argparse has said what is wrong, or shown the help
        return int(told_already.code or FINE)
    return int(module.run(given))


def _unforeseen(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    from fanal.site import logs  # noqa: PLC0415 - slow to load, and seldom wanted

    logs.last_words(kind, error, trace)


def _tell(failure: FanalError) -> None:
    """Say in the person's language what is wrong and what to do."""
    reasons = failure.reasons if isinstance(failure, Refused) else (failure.reason,)
    for why in reasons:
        print(f"fanal: {why.text.speak(speaks())}", file=sys.stderr)


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Help as it is written in the module."""
