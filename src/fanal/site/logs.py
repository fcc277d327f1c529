"""Log lines hold references and codes, never content."""

from __future__ import annotations

import logging
import time
import traceback


class References(logging.Formatter):
    """Write one line a record: time, level, logger, text; of an exception its kind, its code and where it was raised.

    An exception's own text may quote a value (a database refusal quotes the row), so it is never written.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self.converter = time.gmtime  # one clock for all processes, whatever the pages' time zone

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name is logging's
        """Give the kind of the exception and the place in our code, without its text."""
        if not isinstance(ei, tuple) or ei[1] is None:
            return ""
        error = ei[1]
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "fanal" in frame.filename] or frames
        place = f"{ours[-1].filename.rsplit('/fanal/', 1)[-1]}:{ours[-1].lineno}" if ours else "?"
        code = getattr(getattr(error, "reason", None), "code", "")
        return f"{type(error).__module__}.{type(error).__name__} {code} at {place}".replace("  ", " ")

    def format(self, record: logging.LogRecord) -> str:
        """Write the record; arguments of third parties' records are dropped, since they may hold values.

        Of django.security.* the whole text is dropped: it quotes what was refused (a Host header, say). The logger's
        name tells the kind.
        """
        if not record.name.startswith(("fanal", "gunicorn")):
            record = logging.makeLogRecord({**record.__dict__, "args": None, "exc_text": None})
        if record.name.startswith("django.security."):
            record.msg = "refused"
        record.exc_text = None
        return super().format(record)
