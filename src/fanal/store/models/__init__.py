"""The tables of the working file. Only actions and queries read and write them."""

from fanal.store.models.answer import ReporterAnswer
from fanal.store.models.assessment import Assessment
from fanal.store.models.case import Case, CaseReport, CaseTarget
from fanal.store.models.dispatch import Attempt, Dispatch
from fanal.store.models.event import Event, EventBody
from fanal.store.models.host_hint import HostHint
from fanal.store.models.report import Item, Report
from fanal.store.models.target import Target

__all__ = [
    "Assessment",
    "Attempt",
    "Case",
    "CaseReport",
    "CaseTarget",
    "Dispatch",
    "Event",
    "EventBody",
    "HostHint",
    "Item",
    "Report",
    "ReporterAnswer",
    "Target",
]
