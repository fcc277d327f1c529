"""The name of everything that can happen. Each is one row, one ledger entry and one look at jobs/reactions.py."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """An event's name never changes once it was used; the sentence in docs/generated/events.md explains it."""

    REPORT_RECEIVED = "report.received"
    REPORT_HARMONISED = "report.harmonised"
    CASE_OPENED = "case.opened"
    CASE_JOINED = "case.joined"
    CASE_REOPENED = "case.reopened"
    CASE_TAKEN = "case.taken"
    CASE_RELEASED = "case.released"
    CASE_VISITED = "case.visited"
    ITEM_REVEALED = "item.revealed"
    ASSESSMENT_GIVEN = "assessment.given"
    CASE_DISPUTED = "case.disputed"
    CASE_DECIDED = "case.decided"
    DISPATCH_PLANNED = "dispatch.planned"
    ROUTE_BLOCKED = "route.blocked"
    DISPATCH_PREPARED = "dispatch.prepared"
    DISPATCH_APPROVED = "dispatch.approved"
    DISPATCH_CANCELLED = "dispatch.cancelled"
    DISPATCH_STOPPED = "dispatch.stopped"
    DISPATCH_CLAIMED = "dispatch.claimed"
    DISPATCH_SENT = "dispatch.sent"
    DISPATCH_REFUSED = "dispatch.refused"
    DISPATCH_UNCERTAIN = "dispatch.uncertain"
    DISPATCH_SETTLED = "dispatch.settled"
    DISPATCH_ANSWERED = "dispatch.answered"
    REPORTER_ANSWERED = "reporter.answered"
    ANSWER_STOPPED = "answer.stopped"
    LINK_PROPOSED = "link.proposed"
    LINK_JUDGED = "link.judged"
    CASE_MERGED = "case.merged"
    CASE_SPLIT = "case.split"
    MOVE_UNDONE = "move.undone"
    HASH_MATCHED = "hash.matched"
    HASHES_ASKED = "hashes.asked"
    HASH_JUDGED = "hash.judged"
    BANK_PROPOSED = "bank.proposed"
    BANK_PUBLISHED = "bank.published"
    BANK_REFUSED = "bank.refused"
    BANK_WITHDRAWN = "bank.withdrawn"
    GUARD_ASKED = "guard.asked"
    GUARD_ALARMED = "guard.alarmed"
    CASE_CLOSED = "case.closed"
    SEALS_EXPIRED = "seals.expired"
    SOURCES_ERASED = "sources.erased"
    REPORT_ERASED = "report.erased"


MEANING: dict[Event, str] = {
    Event.REPORT_RECEIVED: "A report was committed and its receipt may be shown.",
    Event.REPORT_HARMONISED: "Every item of a report became a target, or was flagged for a person.",
    Event.CASE_OPENED: "A case was opened for a report whose targets stood in none.",
    Event.CASE_JOINED: "A report joined a case that was there already, for the reasons given.",
    Event.CASE_REOPENED: "A case is looked at again: after a no by people who have not seen it, else by anyone.",
    Event.CASE_TAKEN: "An analyst took a case from the queue.",
    Event.CASE_RELEASED: "An analyst handed a case back without a reason having to be given.",
    Event.CASE_VISITED: "A person read a case.",
    Event.ITEM_REVEALED: "An entitled person asked to see one reported item, and gave a reason.",
    Event.ASSESSMENT_GIVEN: "An analyst answered the elements of an offence and gave an opinion.",
    Event.CASE_DISPUTED: "Two opinions differ: a third person is asked.",
    Event.CASE_DECIDED: "Two independent opinions agree: the case is decided.",
    Event.DISPATCH_PLANNED: "The core proposed a dispatch to a competent recipient, with its reasons.",
    Event.ROUTE_BLOCKED: "A decided case has a recipient that cannot be reached: a person must act.",
    Event.DISPATCH_PREPARED: "A first person put a proposed dispatch forward for approval.",
    Event.DISPATCH_APPROVED: "A second person approved a dispatch.",
    Event.DISPATCH_CANCELLED: "A dispatch was called back before it left.",
    Event.DISPATCH_STOPPED: "A dispatch held something live in plain: it did not leave, and people look at it again.",
    Event.DISPATCH_CLAIMED: "The worker holds the exact bytes and is about to send them.",
    Event.DISPATCH_SENT: "The recipient's side took the dispatch.",
    Event.DISPATCH_REFUSED: "The recipient's side refused the dispatch.",
    Event.DISPATCH_UNCERTAIN: "Nobody knows whether a dispatch arrived: a person settles it.",
    Event.DISPATCH_SETTLED: "A person settled an uncertain dispatch.",
    Event.DISPATCH_ANSWERED: "The recipient's answer was recorded.",
    Event.REPORTER_ANSWERED: "The desk wrote an answer that reporters can read with their code.",
    Event.ANSWER_STOPPED: "A text for reporters named something reported: it was not sent nor kept.",
    Event.LINK_PROPOSED: "Clues tie two cases together: a person says whether they are the same.",
    Event.LINK_JUDGED: "A person said of two cases that they are the same, different, or that it is not clear.",
    Event.CASE_MERGED: "A person merged a case into another; each report, event and entry is kept.",
    Event.CASE_SPLIT: "A person took targets out of a case, with their reports, into a new one.",
    Event.MOVE_UNDONE: "A person undid a merge or a split.",
    Event.HASH_MATCHED: "A reported fingerprint stands in a list, or near an entry of one: a lead, and no decision.",
    Event.HASHES_ASKED: "A machine with the right to ask looked fingerprints up; how many, and how many matched.",
    Event.HASH_JUDGED: "A person said of an entry of a list that it is right, disputed, or matched something else.",
    Event.BANK_PROPOSED: "A first person put a fingerprint forward for our own list.",
    Event.BANK_PUBLISHED: "A second person put a fingerprint into our own list.",
    Event.BANK_REFUSED: "A second person kept a fingerprint out of our own list.",
    Event.BANK_WITHDRAWN: "A fingerprint was taken out of our own list; whoever took the list over is told.",
    Event.GUARD_ASKED: "Somebody with the right showed the guard a draft: its form, its length, how much was found.",
    Event.GUARD_ALARMED: "Drafts looked like questions after single names: the guard is silent for that asker.",
    Event.CASE_CLOSED: "Everything that followed from the decision is done.",
    Event.SEALS_EXPIRED: "Sealed identities past their time were erased.",
    Event.SOURCES_ERASED: "Tokens by which reports from one source were told apart were erased; the counts stay.",
    Event.REPORT_ERASED: "What a report said was erased on schedule; the ledger still proves that it was received.",
}


# What something follows from: jobs/reactions.py holds one row for each, and a test compares the two.
FOLLOWED: frozenset[Event] = frozenset(
    {
        Event.REPORT_RECEIVED,
        Event.REPORT_HARMONISED,
        Event.CASE_DECIDED,
        Event.DISPATCH_APPROVED,
        Event.BANK_PUBLISHED,
        Event.BANK_WITHDRAWN,
    }
)
