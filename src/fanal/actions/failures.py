"""Name what the database could not do, so that a face can say it and nothing is acknowledged by mistake."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from fanal.core.errors import Full, Temporary

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL = ("53100", "53000", "58030")  # disk_full, insufficient_resources, io_error (PostgreSQL appendix A)


@contextmanager
def named() -> Iterator[None]:
    """Turn a failing database into errors.Full or errors.Temporary; let what is our own fault through."""
    try:
        yield
    except IntegrityError:
        raise
    except (DatabaseError, InterfaceError, ConnectorException, PoolTimeout) as error:
        if _sqlstate(error) in _FULL:
            raise Full from error
        if isinstance(error, (OperationalError, InterfaceError, ConnectorException, PoolTimeout)):
            raise Temporary from error
        raise


def _sqlstate(error: BaseException | None) -> str:
    while error is not None:
        if isinstance(error, psycopg.Error) and error.sqlstate:
            return error.sqlstate
        error = error.__cause__
    return ""
