"""Sessions as Django keeps them, but encrypted: they hold what was revealed and a secret being enrolled."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Kept

from fanal.core.errors import Broken
from fanal.queries import world

ROW = "desk"
FIELD = "session"


class SessionStore(Kept):
    """A copy of the session table without the keyset says nothing of what anyone read."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Encrypt a session for the table."""
        plain = json.dumps(session_dict, separators=(",", ":")).encode()
        return base64.b64encode(world.current().keys.close(plain, row=ROW, field=FIELD)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Decrypt a session; one that does not open is no session, and its owner logs in again."""
        try:
            plain = world.current().keys.open(base64.b64decode(session_data), row=ROW, field=FIELD)
        except (Broken, binascii.Error):
            return {}
        kept: dict[str, Any] = json.loads(plain)
        return kept
