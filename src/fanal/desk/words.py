"""The words for the codes of the core: states, roles, outcomes, events, as the desk says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WORDS: dict[str, dict[str, _StrPromise]] = {
    "state": {
        "waiting": _("First opinion awaited"),
        "second": _("Second opinion awaited"),
        "third": _("Opinions differ: a further person"),
        "illegal": _("Apparent offence: to be passed on"),
        "not-illegal": _("No offence found"),
        "out-of-remit": _("For somebody else"),
        "routed": _("Passed on"),
        "closed": _("Closed"),
        "merged": _("Merged into another case"),
    },
    "link": {
        "proposed": _("To be judged"),
        "same": _("Said to be the same"),
        "different": _("Said to be different"),
        "unsure": _("Not clear"),
    },
    "move": {
        "merge": _("Merge"),
        "split": _("Split"),
    },
    "form": {
        "text": _("Plain text"),
        "markdown": _("Markdown"),
        "html": _("HTML"),
    },
    "place": {
        "text": _("In the text"),
        "link": _("Where a link leads"),
        "picture": _("Beside a picture"),
        "about": _("Title and properties"),
        "hidden": _("Not shown on the page"),
    },
    "sure": {
        "certain": _("Certain"),
        "likely": _("Likely"),
    },
    "naming": {
        "reported": _("Being examined, taken to be live"),
        "illegal": _("Taken to be live"),
        "gone": _("Said to be removed"),
        "cleared": _("No offence found"),
    },
    "dispatch": {
        "planned": _("Proposed"),
        "prepared": _("To be approved"),
        "approved": _("Approved, about to leave"),
        "sending": _("Leaving"),
        "sent": _("Sent"),
        "refused": _("Refused by the other side"),
        "uncertain": _("Sent? Not known"),
        "answered": _("Answered"),
        "cancelled": _("Called back"),
    },
    "kind": {
        "referral": _("Referral to an authority"),
        "notice": _("Notice to a platform or host"),
        "url": _("page"),
        "domain": _("site"),
        "account": _("account"),
        "post": _("post"),
        "group": _("group, channel or page"),
        "invite": _("invitation"),
        "email": _("e-mail address"),
        "phone": _("telephone number"),
        "wallet": _("wallet"),
        "magnet": _("magnet link"),
        "hash": _("fingerprint"),
        "": _("as typed"),
    },
    "bank": {
        "proposed": _("Put forward: a second person decides"),
        "published": _("In our list"),
        "refused": _("Kept out"),
        "withdrawn": _("Withdrawn"),
    },
    "hash-opinion": {
        "seen": _("The list is right"),
        "disputed": _("Disputed"),
        "false-positive": _("False match"),
    },
    "role": {
        "analyst": _("analyst"),
        "supervisor": _("supervisor"),
        "auditor": _("auditor"),
        "press": _("press officer"),
    },
    "part": {
        "first": _("first opinion"),
        "second": _("second opinion"),
        "third": _("further opinion"),
        "reader": _("reader"),
        "seen": _("you saw it in an earlier round"),
        "given": _("your opinion is given"),
    },
    "outcome": {
        "illegal": _("Apparent offence"),
        "not-illegal": _("No offence found"),
        "out-of-remit": _("For somebody else"),
    },
    "tick": {
        "yes": _("Established"),
        "no": _("No"),
        "unknown": _("Not known"),
    },
    "standing": {
        "witness": _("somebody who saw it"),
        "victim": _("somebody it is about"),
        "professional": _("somebody whose work it is"),
    },
    "answer": {
        "removed": _("Removed or blocked"),
        "acknowledged": _("Received, being looked at"),
        "refused": _("Refused"),
        "information": _("Asks for information, or gives some"),
    },
    "group": {
        "open": _("To assess"),
        "blocked": _("To pass on"),
        "decided": _("Decided"),
        "closed": _("Closed"),
    },
    "event": {
        "guard.asked": _("A text was read before publishing"),
        "guard.alarmed": _("Somebody asked the guard after single names"),
        "report.received": _("A report came in"),
        "report.harmonised": _("A report was read"),
        "case.opened": _("Case opened"),
        "case.joined": _("A report joined"),
        "case.reopened": _("Re-opened"),
        "case.taken": _("Taken"),
        "case.released": _("Handed back"),
        "case.visited": _("Read"),
        "item.revealed": _("An item was revealed"),
        "assessment.given": _("An opinion was given"),
        "case.disputed": _("Opinions differ"),
        "case.decided": _("Decided by two people"),
        "dispatch.planned": _("Dispatch proposed"),
        "route.blocked": _("A recipient cannot be reached"),
        "dispatch.prepared": _("Dispatch put forward"),
        "dispatch.returned": _("Dispatch sent back"),
        "dispatch.approved": _("Dispatch approved"),
        "dispatch.cancelled": _("Dispatch called back"),
        "dispatch.stopped": _("Dispatch stopped before it left"),
        "dispatch.claimed": _("Dispatch about to leave"),
        "dispatch.sent": _("Dispatch sent"),
        "dispatch.refused": _("Dispatch refused"),
        "dispatch.uncertain": _("Dispatch uncertain"),
        "dispatch.settled": _("Dispatch settled"),
        "dispatch.answered": _("The recipient answered"),
        "reporter.answered": _("Reporters were answered"),
        "answer.stopped": _("A text for reporters was stopped"),
        "hash.matched": _("A fingerprint matches a list"),
        "hashes.asked": _("A machine looked fingerprints up"),
        "hash.judged": _("An opinion on a fingerprint"),
        "bank.proposed": _("A fingerprint was put forward for our list"),
        "bank.published": _("A fingerprint went into our list"),
        "bank.refused": _("A fingerprint was kept out of our list"),
        "bank.withdrawn": _("A fingerprint was taken out of our list"),
        "link.proposed": _("A link to another case was proposed"),
        "link.judged": _("A link to another case was judged"),
        "case.merged": _("Merged"),
        "case.split": _("Split"),
        "move.undone": _("A merge or a split was undone"),
        "case.closed": _("Closed"),
        "seals.expired": _("Sealed identities erased"),
        "sources.erased": _("Tokens of sources erased"),
        "report.erased": _("A report was erased, its time being over"),
    },
}

# Which field a refusal is about, so that the summary of errors leads there; else the form's own main field.
FIELDS = {
    "outcome.missing": "outcome",
    "offence.missing": "offence",
    "elements.missing": "elements",
    "elements.do-not-hold": "elements",
    "answer.kind-missing": "answer",
}

TONES = {
    "waiting": "tag-act",
    "second": "tag-act",
    "third": "tag-act",
    "illegal": "tag-port",
    "not-illegal": "tag-star",
    "routed": "tag-star",
    "prepared": "tag-act",
    "approved": "tag-act",
    "sent": "tag-star",
    "answered": "tag-star",
    "refused": "tag-port",
    "published": "tag-star",
    "proposed": "tag-act",
    "uncertain": "tag-port",
}


def word(kind: str, code: str) -> str:
    """Give the word of one kind for a code; a code without a word stands for itself, so that nothing is hidden."""
    return str(WORDS[kind].get(code, code))
