"""What each analyst found, round by round."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fanal.store.models.case import Case


class Assessment(models.Model):
    """One person's opinion in one round, with the digest of the law entry that it was made with."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    round = models.PositiveSmallIntegerField()
    person = models.CharField(max_length=16)
    outcome = models.CharField(max_length=16)
    offence = models.CharField(max_length=64, default="", blank=True)
    law_digest = models.CharField(max_length=64, default="", blank=True)
    ticks = models.JSONField(default=dict)
    grounds = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        """One opinion a person and round."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "round", "person"], name="assessment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.round}/{self.person}"
