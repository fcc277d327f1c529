"""What cases have in common: keyed marks, proposed links and what people said of them, merges and splits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fanal.store.models.case import Case
from fanal.store.models.report import Report
from fanal.store.models.target import Target


class CaseMark(models.Model):
    """One keyed value that a case holds (core/crosscheck/trace.py).

    Equal keys mean equal values, and no key tells its value. A crowd that says the same adds to `times`, not to rows.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="marks", db_index=False)
    target = models.ForeignKey(Target, on_delete=models.PROTECT, null=True, blank=True, related_name="marks")
    kind = models.PositiveSmallIntegerField()
    key = models.BigIntegerField()
    own = models.BooleanField()  # the target is this thing itself, and does not only belong to it
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        """Candidates are found by kind and key; what a mark is itself stands before what only belongs to it."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "key", "case", "own", "target"], name="case_mark_once", nulls_distinct=False
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case"], name="case_mark_case")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.kind}"


class ReportMarks(models.Model):
    """The marks of one report, packed: what a split needs to take with it, even after the words were erased."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, primary_key=True, related_name="marks")
    packed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.report_id)


class CaseLink(models.Model):
    """Two cases that may be about the same, the clues that say so, and what a person said of it."""

    id = models.UUIDField(primary_key=True, editable=False)
    ref = models.CharField(max_length=24, unique=True)
    low = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_low")
    high = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_high")
    state = models.CharField(max_length=16)  # core/lifecycle.LinkState
    weight = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    seen_again_at = models.DateTimeField()
    judged_by = models.CharField(max_length=16, default="", blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    grounds = models.BinaryField(default=b"")  # encrypted

    class Meta:
        """A pair of cases has one link; `low` is the one whose id is smaller."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["low", "high"], name="case_link_once"),
            models.CheckConstraint(name="case_link_ordered", condition=models.Q(low__lt=models.F("high"))),
        ]

    def __str__(self) -> str:
        return self.ref


class Move(models.Model):
    """A merge or a split by a person: what went from one case to the other, so that it can be undone to the letter."""

    id = models.UUIDField(primary_key=True, editable=False)
    ref = models.CharField(max_length=24, unique=True)
    what = models.CharField(max_length=8)  # "merge" or "split"
    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves_out")
    into = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves_in")
    moved = models.JSONField()  # ids of targets with their places, and of report links; nothing that names anything
    grounds = models.BinaryField(default=b"")  # encrypted
    by = models.CharField(max_length=16)
    at = models.DateTimeField()
    undone_by = models.CharField(max_length=16, default="", blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.ref
