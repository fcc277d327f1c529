"""Sealed identities: ids and dates are made by us, so that an insert needs no right to read."""

from __future__ import annotations

from django.db import models


class Sealed(models.Model):
    """One sealed box. `what` says which retention rule it falls under; only a custodian's key opens `box`."""

    id = models.UUIDField(primary_key=True, editable=False)
    report = models.CharField(max_length=24)
    what = models.CharField(max_length=16)  # "identity" (name and contact) or "source" (IP and user agent)
    box = models.BinaryField()
    sealed_at = models.DateTimeField()
    erase_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)
