"""What the desk wrote to the reporters of a case."""

from __future__ import annotations

from django.db import models

from fanal.store.models.case import Case


class ReporterAnswer(models.Model):
    """One answer. Every reporter of the case reads it with the follow-up code."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    person = models.CharField(max_length=16)
    text = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}/{self.at:%Y-%m-%d}"
