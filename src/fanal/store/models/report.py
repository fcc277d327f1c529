"""A report and its items, as they came in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fanal.core.lifecycle import ReportState
from fanal.store.models.target import Target


class Report(models.Model):
    """One report. What was said is in `body`, encrypted; who said it is in the vault, sealed."""

    id = models.UUIDField(primary_key=True, editable=False)
    ref = models.CharField(max_length=24, unique=True)
    submission = models.BinaryField(max_length=16, unique=True)  # blind index of the one-time nonce
    content = models.BinaryField(max_length=16)  # blind index of what was said: tells a repeat from another report
    code = models.BinaryField(max_length=16, unique=True)  # blind index of the follow-up code
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=16)
    source = models.CharField(max_length=64, default="", blank=True)  # the API key's id, nothing that names a person
    category = models.CharField(max_length=32)
    standing = models.CharField(max_length=16)
    minor = models.BooleanField(default=False)
    danger_now = models.BooleanField(default=False)
    language = models.CharField(max_length=16)
    seen_on = models.DateField(null=True, blank=True)
    body = models.BinaryField()
    sources = models.BinaryField(default=b"")  # keyed, salted tokens of where it came from, erased after a few days
    state = models.CharField(max_length=16, default=ReportState.RECEIVED)
    erased_at = models.DateTimeField(null=True, blank=True)  # what was said is gone; that it was said stays provable

    class Meta:
        """States are those of core/lifecycle.py."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="report_state", condition=models.Q(state__in=[state.value for state in ReportState])
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["received_at"], name="report_received")]

    def __str__(self) -> str:
        return self.ref


class Item(models.Model):
    """One thing reported. `typed` is exactly what was typed, encrypted, and never replaced."""

    id = models.UUIDField(primary_key=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    typed = models.BinaryField()
    target = models.ForeignKey(Target, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    unread = models.JSONField(default=list, blank=True)  # reasons why no rule could read it: a person must

    class Meta:
        """An item has its place in its report."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "position"], name="item_place"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.position}"


class ItemTarget(models.Model):
    """A further target of an item that is a whole text; the first stands in the item itself."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="further")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="further")
    position = models.PositiveIntegerField()

    class Meta:
        """Each target once an item."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "target"], name="item_target_once")]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.position}"
