"""How gunicorn serves the faces: what it could not read is neither echoed nor logged, for it may be an identifier."""

from __future__ import annotations

import logging
from typing import Any

from gunicorn import util
from gunicorn.glogging import Logger
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from fanal.site.logs import References

_UNREADABLE = (
    (LimitRequestLine, 414, "URI Too Long"),
    (LimitRequestHeaders, 431, "Request Header Fields Too Large"),
    (ParseException, 400, "Bad Request"),
)


class Quiet(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Write gunicorn's own words in the form of our logs: of an exception its kind and place, never its text."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn's own record
        """Set the handlers up as gunicorn does, with our formatter."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(References())


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """A threaded worker that answers a request it cannot read with a status and nothing of the request."""

    def handle_error(self, req: object, client: Any, addr: object, exc: BaseException) -> None:  # noqa: ANN401, ARG002 - gunicorn's signature
        """Answer 400, 414, 431 or 500; log the kind of the failure only (gunicorn would log address and request)."""
        status, words = 500, "Internal Server Error"
        for kind, number, text in _UNREADABLE:
            if isinstance(exc, kind):
                status, words = number, text
                break
        level = logging.ERROR if status == 500 else logging.INFO  # noqa: PLR2004 - as above
        self.log.log(level, "request failed with %d: %s", status, type(exc))
        try:
            util.write_error(client, status, words, "")
        except OSError:
            self.log.debug("the other side is gone")
