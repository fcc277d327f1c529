"""Log lines hold references and codes, never content."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING, Final

from fanal.core.guard import lines

if TYPE_CHECKING:
    from types import TracebackType

OURS: Final = ("fanal", "gunicorn")


class References(logging.Formatter):
    """Write one line a record: time, level, logger, text; of an exception its kind, its code and where it was raised.

    An exception's own text may quote a value (a database refusal quotes the row), so it is never written. Everything
    else goes through the guard's filter (core/guard/lines.py): a value that it does not know is masked.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self.converter = time.gmtime  # one clock for all processes, whatever the pages' time zone

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name is logging's
        """Give the kind of the exception and the place in our code, without its text."""
        if not isinstance(ei, tuple) or ei[1] is None:
            return ""
        return _where(ei[1])

    def format(self, record: logging.LogRecord) -> str:
        """Write the record; arguments of third parties' records are dropped, since they may hold values.

        Of django.security.* the whole text is dropped: it quotes what was refused (a Host header, say). The logger's
        name tells the kind.
        """
        text = "refused" if record.name.startswith("django.security.") else _said(record)
        quiet = {"msg": text, "args": None, "exc_text": None, "stack_info": None}
        return super().format(logging.makeLogRecord({**record.__dict__, **quiet}))


def quiet_end() -> None:
    """Let a process that fails, or a thread of it, say so in one line of References: a traceback quotes values."""
    sys.excepthook = last_words
    threading.excepthook = lambda told: last_words(told.exc_type, told.exc_value, told.exc_traceback)


def last_words(kind: type[BaseException], error: BaseException | None, _: TracebackType | None) -> None:
    """Write to standard error what a process ends of."""
    if issubclass(kind, KeyboardInterrupt):
        return
    record = logging.makeLogRecord({"name": "fanal", "levelno": logging.CRITICAL, "levelname": "CRITICAL"})
    record.msg, record.exc_info = "failed", (kind, error or kind(), None)
    sys.stderr.write(References().format(record) + "\n")


def _said(record: logging.LogRecord) -> str:
    """Give the text of a record, its constant words and its arguments each through the filter that fits them."""
    ours = record.name.split(".", 1)[0] in OURS
    words = lines.line(str(record.msg), ours=ours)
    if not record.args or not ours:
        return words
    given = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        return words % tuple(lines.value(one) for one in given)
    except (TypeError, ValueError):  # a number was asked for and something else given
        return words


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "fanal" in frame.filename] or frames
    place = f"{ours[-1].filename.rsplit('/fanal/', 1)[-1]}:{ours[-1].lineno}" if ours else "?"
    code = getattr(getattr(error, "reason", None), "code", "")
    return f"{type(error).__module__}.{type(error).__name__} {code} at {place}".replace("  ", " ")
