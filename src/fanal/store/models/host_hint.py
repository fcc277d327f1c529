"""What each source said of the country of a target's host: a hint for people, never an address."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fanal.store.models.target import Target


class HostHint(models.Model):
    """One source's word on one target: a country, or why there is none (core/route/hints.py names the answers).

    The host's address is looked up in memory and kept nowhere.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="host_hints")
    source = models.CharField(max_length=16)
    answer = models.CharField(max_length=16)
    country = models.CharField(max_length=2, default="", blank=True)  # ISO 3166-1; "" where the source names none
    cdn = models.CharField(max_length=32, default="", blank=True)  # the network that answers in the host's place
    source_date = models.DateField(null=True, blank=True)  # how old the source is; none where it has no date
    at = models.DateTimeField()

    class Meta:
        """A source says one thing once; several countries are several rows (a host may have several addresses)."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "source", "answer", "country"], name="host_hint_once"),
            models.CheckConstraint(name="host_hint_country", condition=models.Q(country__regex="^([A-Z]{2})?$")),
        ]

    def __str__(self) -> str:
        return f"{self.target_id}/{self.source}"
