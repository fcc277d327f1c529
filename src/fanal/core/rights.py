"""Who may take which step: roles × steps, as one table."""

from __future__ import annotations

from enum import StrEnum

from fanal.core.errors import NotAllowed


class Role(StrEnum):
    """What a member of staff is there for. A person has exactly one."""

    ANALYST = "analyst"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    PRESS = "press"


class Step(StrEnum):
    """What a member of staff can do."""

    SEE_QUEUE = "see-queue"
    TAKE = "take"
    READ_CASE = "read-case"
    REVEAL = "reveal"
    ASSESS = "assess"
    LINK = "link"
    BANK = "bank"
    PREPARE = "prepare"
    APPROVE = "approve"
    CANCEL = "cancel"
    SETTLE = "settle"
    RECORD_ANSWER = "record-answer"
    ANSWER_REPORTER = "answer-reporter"
    CLOSE = "close"
    READ_LEDGER = "read-ledger"
    CHECK_DRAFT = "check-draft"
    SEE_ALARMS = "see-alarms"


_ANALYST = frozenset(
    {
        Step.SEE_QUEUE,
        Step.TAKE,
        Step.READ_CASE,
        Step.REVEAL,
        Step.ASSESS,
        Step.LINK,
        Step.BANK,
        Step.PREPARE,
        Step.APPROVE,
        Step.CANCEL,
        Step.RECORD_ANSWER,
        Step.ANSWER_REPORTER,
        Step.CLOSE,
        Step.READ_LEDGER,
    }
)

RIGHTS: dict[Role, frozenset[Step]] = {
    Role.ANALYST: _ANALYST,
    Role.SUPERVISOR: _ANALYST | {Step.SETTLE, Step.SEE_ALARMS},
    Role.AUDITOR: frozenset({Step.READ_LEDGER}),
    Role.PRESS: frozenset({Step.CHECK_DRAFT}),
}


class KeyRight(StrEnum):
    """What a machine's key may do at the API."""

    REPORT = "report"
    BATCH = "batch"
    STATUS = "status"
    MATCH = "match"
    GUARD = "guard"


def may(role: Role, step: Step) -> bool:
    """Say whether `role` may take `step`."""
    return step in RIGHTS[role]


def demand(role: Role, step: Step) -> None:
    """Raise NotAllowed unless `role` may take `step`."""
    if not may(role, step):
        raise NotAllowed
