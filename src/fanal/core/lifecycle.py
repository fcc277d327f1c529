"""Every state machine, as a table on one screen: (state, step) → state. The engine is `step`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from fanal.core.errors import IllegalStep

Table = Mapping[tuple[str, str], str]


class ReportState(StrEnum):
    """Where a report stands on its way to a case."""

    RECEIVED = "received"
    HARMONISED = "harmonised"
    LINKED = "linked"


class CaseState(StrEnum):
    """Where a case stands between its first report and its end."""

    WAITING = "waiting"  # nobody has given an opinion in this round
    SECOND = "second"  # one opinion given, another person's is needed
    THIRD = "third"  # opinions differ, a further person's is needed
    ILLEGAL = "illegal"  # two people agree that an offence is apparent
    NOT_ILLEGAL = "not-illegal"  # two people agree that none was found
    OUT_OF_REMIT = "out-of-remit"  # two people agree that it is for somebody else
    ROUTED = "routed"  # at least one dispatch left the house
    CLOSED = "closed"
    MERGED = "merged"  # a person joined it into another case; it can be taken out again


class LinkState(StrEnum):
    """What is said of two cases: by rule that they may be linked, by a person whether they are the same."""

    PROPOSED = "proposed"
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class BankState(StrEnum):
    """Where an entry of our own list of fingerprints stands; what was withdrawn stays as a tombstone."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DispatchState(StrEnum):
    """Where a dispatch stands between its proposal and the recipient's answer."""

    PLANNED = "planned"
    PREPARED = "prepared"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


REPORT: Table = {
    (ReportState.RECEIVED, "harmonise"): ReportState.HARMONISED,
    (ReportState.HARMONISED, "link"): ReportState.LINKED,
}

CASE: Table = {
    (CaseState.WAITING, "opinion"): CaseState.SECOND,
    (CaseState.SECOND, "differ"): CaseState.THIRD,
    (CaseState.THIRD, "differ"): CaseState.THIRD,
    (CaseState.SECOND, "agree-illegal"): CaseState.ILLEGAL,
    (CaseState.THIRD, "agree-illegal"): CaseState.ILLEGAL,
    (CaseState.SECOND, "agree-not-illegal"): CaseState.NOT_ILLEGAL,
    (CaseState.THIRD, "agree-not-illegal"): CaseState.NOT_ILLEGAL,
    (CaseState.SECOND, "agree-out-of-remit"): CaseState.OUT_OF_REMIT,
    (CaseState.THIRD, "agree-out-of-remit"): CaseState.OUT_OF_REMIT,
    (CaseState.NOT_ILLEGAL, "reopen"): CaseState.WAITING,
    (CaseState.OUT_OF_REMIT, "reopen"): CaseState.WAITING,
    (CaseState.CLOSED, "reopen"): CaseState.WAITING,
    (CaseState.ILLEGAL, "sent"): CaseState.ROUTED,
    (CaseState.ROUTED, "sent"): CaseState.ROUTED,
    (CaseState.ILLEGAL, "close"): CaseState.CLOSED,
    (CaseState.ROUTED, "close"): CaseState.CLOSED,
    (CaseState.NOT_ILLEGAL, "close"): CaseState.CLOSED,
    (CaseState.OUT_OF_REMIT, "close"): CaseState.CLOSED,
    (CaseState.WAITING, "merge"): CaseState.MERGED,
    (CaseState.MERGED, "unmerge"): CaseState.WAITING,
}

# A person may think again; a rule never changes what a person said.
LINK: Table = {(before, after): after for before in LinkState for after in ("same", "different", "unsure")}

DISPATCH: Table = {
    (DispatchState.PLANNED, "prepare"): DispatchState.PREPARED,
    (DispatchState.PREPARED, "return"): DispatchState.PLANNED,
    (DispatchState.PREPARED, "approve"): DispatchState.APPROVED,
    (DispatchState.PLANNED, "cancel"): DispatchState.CANCELLED,
    (DispatchState.PREPARED, "cancel"): DispatchState.CANCELLED,
    (DispatchState.APPROVED, "cancel"): DispatchState.CANCELLED,
    (DispatchState.APPROVED, "stop"): DispatchState.PLANNED,
    (DispatchState.APPROVED, "claim"): DispatchState.SENDING,
    (DispatchState.SENDING, "receipt"): DispatchState.SENT,
    (DispatchState.SENDING, "refusal"): DispatchState.REFUSED,
    (DispatchState.SENDING, "silence"): DispatchState.UNCERTAIN,
    (DispatchState.UNCERTAIN, "receipt"): DispatchState.SENT,
    (DispatchState.UNCERTAIN, "retry"): DispatchState.APPROVED,
    (DispatchState.REFUSED, "retry"): DispatchState.APPROVED,
    (DispatchState.SENT, "answer"): DispatchState.ANSWERED,
    (DispatchState.ANSWERED, "answer"): DispatchState.ANSWERED,
}

BANK: Table = {
    (BankState.PROPOSED, "publish"): BankState.PUBLISHED,
    (BankState.PROPOSED, "refuse"): BankState.REFUSED,
    (BankState.PUBLISHED, "withdraw"): BankState.WITHDRAWN,
    (BankState.REFUSED, "propose"): BankState.PROPOSED,
    (BankState.WITHDRAWN, "propose"): BankState.PROPOSED,
}

MACHINES: Mapping[str, Table] = {"report": REPORT, "case": CASE, "link": LINK, "dispatch": DISPATCH, "bank": BANK}


def step(table: Table, state: str, name: str) -> str:
    """Give the state after `name` is done in `state`; raise IllegalStep where the table has no such row."""
    try:
        return table[state, name]
    except KeyError:
        raise IllegalStep from None


def steps(table: Table, state: str) -> tuple[str, ...]:
    """List the steps that are possible in `state`, in the table's order."""
    return tuple(name for (before, name) in table if before == state)


def mermaid(table: Table) -> str:
    """Draw the table as a Mermaid state diagram, for the documents."""
    rows = [f"    {before} --> {after}: {name}" for (before, name), after in table.items()]
    return "\n".join(["stateDiagram-v2", *(row.replace("-illegal", "_illegal") for row in rows)])
