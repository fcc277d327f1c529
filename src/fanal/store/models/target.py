"""The canonical identity of what was reported, once each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Target(models.Model):
    """One target: found by its blind index, readable only with the keyset."""

    id = models.UUIDField(primary_key=True, editable=False)
    index = models.BinaryField(max_length=16)
    era = models.PositiveSmallIntegerField(default=1)  # a name that was silent for long may be somebody else's by now
    kind = models.CharField(max_length=16)
    platform = models.CharField(max_length=64, default="", blank=True)
    identity = models.BinaryField()  # canonical, defanged, host, id, reasons: encrypted together
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    named = models.IntegerField(null=True)  # under which key its names were made for the guard; none yet

    class Meta:
        """Once each, in each era of a name."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["index", "era"], name="target_once")]

    def __str__(self) -> str:
        return str(self.id)
