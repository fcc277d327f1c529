"""The tables of the working file. Only actions and queries read and write them."""

from fanal.store.models.answer import ReporterAnswer
from fanal.store.models.assessment import Assessment
from fanal.store.models.case import Case, CaseReport, CaseTarget
from fanal.store.models.clue import CaseLink, CaseMark, Move, ReportMarks
from fanal.store.models.crowd import CaseHour, CaseTally, CrowdNode, DaySalt
from fanal.store.models.dispatch import Attempt, Dispatch
from fanal.store.models.event import Event, EventBody
from fanal.store.models.guard import GuardAsking, GuardName
from fanal.store.models.host_hint import HostHint
from fanal.store.models.media import BankEntry, HashMatch, HashOpinion, ListSeen
from fanal.store.models.report import Item, ItemTarget, Report
from fanal.store.models.target import Target

__all__ = [
    "Assessment",
    "Attempt",
    "BankEntry",
    "Case",
    "CaseHour",
    "CaseLink",
    "CaseMark",
    "CaseReport",
    "CaseTally",
    "CaseTarget",
    "CrowdNode",
    "DaySalt",
    "Dispatch",
    "Event",
    "EventBody",
    "GuardAsking",
    "GuardName",
    "HashMatch",
    "HashOpinion",
    "HostHint",
    "Item",
    "ItemTarget",
    "ListSeen",
    "Move",
    "Report",
    "ReportMarks",
    "ReporterAnswer",
    "Target",
]
