"""What happened: rows that are only ever added. The body stands apart, so that it can be erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One event: its name, when, about what (a reference), by whom (a staff code, empty for the house itself)."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=32)
    at = models.DateTimeField()
    subject = models.CharField(max_length=24)
    case = models.CharField(max_length=24, default="", blank=True)
    actor = models.CharField(max_length=16, default="", blank=True)

    class Meta:
        """Read by case in order of time, and counted by name."""

        indexes: ClassVar = [
            models.Index(fields=["case", "at"], name="event_case"),
            models.Index(fields=["name", "at"], name="event_name"),
            models.Index(fields=["subject"], name="event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"


class EventBody(models.Model):
    """The details of an event and the salt of its commitment. Erasing the row leaves the ledger verifiable."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="body")
    salt = models.BinaryField(max_length=16)
    body = models.BinaryField()

    def __str__(self) -> str:
        return str(self.event_id)
