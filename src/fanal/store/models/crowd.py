"""How many stand behind a case: counts that grow by one a report, and never a list of who."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fanal.store.models.case import Case


class CaseTally(models.Model):
    """Reports of a case that are alike for ranking and re-opening, counted as they join.

    `since` is the moment of the last "no" or closing where the reports came after it, else null.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tallies", db_index=False)
    category = models.CharField(max_length=32)
    standing = models.CharField(max_length=16)
    minor = models.BooleanField()
    danger_now = models.BooleanField()
    since = models.DateTimeField(null=True, blank=True)
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        """One row for each way of being alike."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "category", "standing", "minor", "danger_now", "since"],
                name="case_tally_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.category}"


class CaseHour(models.Model):
    """How many reports joined a case within one hour: bursts are seen by it."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hours", db_index=False)
    hour = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        """One row an hour."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "hour"], name="case_hour_once")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.hour}"


class CrowdNode(models.Model):
    """A source token or a band of a text within one case, and the group of voices that it belongs to.

    `root` names the group (union-find): reports from one source, or that say the same text, are one voice. Source
    tokens are erased after a few days (`until`); the counts stay.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="voices", db_index=False)
    node = models.BigIntegerField()  # keyed
    root = models.BigIntegerField()
    source = models.BooleanField()  # a source token; else a band of a text
    times = models.PositiveIntegerField(default=1)
    until = models.DateField(null=True, blank=True)

    class Meta:
        """Found by node, joined by root, erased by date."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "node"], name="crowd_node_once")]
        indexes: ClassVar = [
            models.Index(fields=["case", "root"], name="crowd_root"),
            models.Index(fields=["until"], name="crowd_until", condition=models.Q(source=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.id}"


class DaySalt(models.Model):
    """The salt of one day's source tokens. Once it is erased, nobody can tell which token a source had that day."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=16)

    def __str__(self) -> str:
        return str(self.day)
