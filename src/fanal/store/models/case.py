"""Cases, the targets that stand in them and the reports that joined them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fanal.core.case import Outcome
from fanal.core.lifecycle import CaseState
from fanal.store.models.report import Report
from fanal.store.models.target import Target


class Case(models.Model):
    """One case. `grade` and `reasons` are the rank that the core gave it; no number is shown to anyone."""

    id = models.UUIDField(primary_key=True, editable=False)
    ref = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=16, default=CaseState.WAITING)
    round = models.PositiveSmallIntegerField(default=1)
    grade = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    category = models.CharField(max_length=32)
    opened_at = models.DateTimeField()
    report_count = models.PositiveIntegerField(default=0)
    target_count = models.PositiveIntegerField(default=0)
    numbered = models.PositiveIntegerField(default=0)  # the last number that a target got here: none is given twice
    unread_count = models.PositiveIntegerField(default=0)
    independent = models.PositiveIntegerField(default=0)  # voices: reports less repeats from one source or of one text
    copies = models.PositiveIntegerField(default=0)  # how often the most repeated text was said
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    taken_by = models.CharField(max_length=16, default="", blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, default="", blank=True)
    offence = models.CharField(max_length=64, default="", blank=True)
    law_digest = models.CharField(max_length=64, default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answered_no_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The queue reads by state, grade and age."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="case_state", condition=models.Q(state__in=[state.value for state in CaseState])
            ),
            models.CheckConstraint(
                name="case_outcome", condition=models.Q(outcome__in=["", *(outcome.value for outcome in Outcome)])
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "grade", "opened_at"], name="case_queue")]

    def __str__(self) -> str:
        return self.ref


class CaseTarget(models.Model):
    """A target stands in one case and in no other."""

    target = models.OneToOneField(Target, on_delete=models.PROTECT, primary_key=True, related_name="place")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="targets")
    position = models.PositiveIntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}/{self.position}"


class CaseReport(models.Model):
    """A report that joined a case, and why."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="links")
    reasons = models.JSONField(default=list)
    joined_at = models.DateTimeField()
    past = models.JSONField(default=list)  # the cases it stood in before people moved it, until when, and by which move

    class Meta:
        """A report joins a case once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "report"], name="case_report_once")]
        indexes: ClassVar = [models.Index(fields=["case", "joined_at"], name="case_report_time")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.report_id}"
