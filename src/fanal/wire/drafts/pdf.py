"""Read PDF, in a process of its own: with little memory and time, no network, no files, nothing of our surroundings.

What a PDF asks for is decided by whoever wrote it; what it may take is decided here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

from fanal.core.errors import Refused
from fanal.core.guard.draft import Draft, Form, Place
from fanal.wire.drafts import refusals
from fanal.wire.drafts.gathered import Gathered

LONGEST: Final = 20.0  # seconds by the clock on the wall; of its own time it has less (pdf_reader.py)
_REASONS: Final = {
    one.code: one
    for one in (
        refusals.DAMAGED,
        refusals.LOCKED,
        refusals.TOO_INTRICATE,
        refusals.PICTURES_UNREAD,
        refusals.PAGES_UNREAD,
        refusals.FILES_UNREAD,
    )
}


def read_pdf(content: bytes) -> Draft:
    """Read a PDF: the text of every page, then what travels with it (properties, links, notes, outline, fields).

    Nothing is executed, nothing fetched. Refused where it is damaged, locked, or costs more than a draft may: the
    pages read until then are not passed off as the whole.
    """
    try:
        done = subprocess.run(
            (sys.executable, "-I", "-m", "fanal.wire.drafts.pdf_reader"),
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what it says there may hold words of the draft
            env={},
            timeout=LONGEST,
            check=False,
        )
        if done.returncode != 0:  # it ran into one of its limits
            raise Refused(refusals.TOO_INTRICATE)
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise Refused(refusals.TOO_INTRICATE) from None
    except ValueError:
        raise Refused(refusals.DAMAGED) from None
    if "refused" in answer:
        raise Refused(_REASONS[answer["refused"]])
    gathered = Gathered()
    for place, text in answer["parts"]:
        gathered.add(Place(place), text)
    for code in answer["notes"]:
        gathered.note(_REASONS[code])
    return gathered.draft(Form.PDF)
