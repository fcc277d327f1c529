"""Fingerprints: what lists say of those that came in, our own bank of them, and what people think of an entry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fanal.core.bank import Opinion
from fanal.core.lifecycle import BankState
from fanal.store.models.target import Target


class HashMatch(models.Model):
    """One match of a reported fingerprint with an entry of a list: a lead, with its words."""

    id = models.UUIDField(primary_key=True, editable=False)
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="matches")
    origin = models.CharField(max_length=64)  # the list; "" for what was reported here before
    ref = models.CharField(max_length=200)  # the list's own reference, or the id of the target reported before
    classification = models.CharField(max_length=200)  # in the list's own words
    category = models.CharField(max_length=32, default="", blank=True)  # ours, where the list says
    distance = models.PositiveSmallIntegerField(null=True, blank=True)
    orientation = models.PositiveSmallIntegerField(default=0)
    negative = models.BooleanField(default=False)  # the list holds what is known to be harmless
    aside = models.BooleanField(default=False)  # the entry is found so often that a person looks at it first
    reasons = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        """An entry matches a target once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["target", "origin", "ref"], name="hash_match_once")]

    def __str__(self) -> str:
        return f"{self.target_id}/{self.origin}"


class BankEntry(models.Model):
    """One entry of our own list: put forward by one person, published by another, withdrawn by any."""

    id = models.UUIDField(primary_key=True, editable=False)
    ref = models.CharField(max_length=24, unique=True)
    signal = models.CharField(max_length=16)
    index = models.BinaryField(max_length=16, unique=True)
    value = models.BinaryField()  # encrypted
    category = models.CharField(max_length=32)
    state = models.CharField(max_length=16, default=BankState.PROPOSED)
    grounds = models.BinaryField()  # encrypted
    proposed_by = models.CharField(max_length=16)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=16, default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=16, default="", blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """States are those of core/lifecycle.py; what the second person decides is never the first's own."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="bank_state", condition=models.Q(state__in=[state.value for state in BankState])
            ),
            models.CheckConstraint(name="bank_two_people", condition=~models.Q(decided_by=models.F("proposed_by"))),
        ]

    def __str__(self) -> str:
        return self.ref


class HashOpinion(models.Model):
    """What one person thinks of an entry, by its fingerprint: seen, disputed, false positive. It is added or not."""

    id = models.UUIDField(primary_key=True, editable=False)
    index = models.BinaryField(max_length=16)
    opinion = models.CharField(max_length=16)
    person = models.CharField(max_length=16)
    grounds = models.BinaryField(default=b"")  # encrypted
    at = models.DateTimeField()

    class Meta:
        """A person says a thing of a fingerprint once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["index", "person"], name="hash_opinion_once"),
            models.CheckConstraint(name="hash_opinion", condition=models.Q(opinion__in=[one.value for one in Opinion])),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.opinion}"


class ListSeen(models.Model):
    """Up to which version of a list everything that came in before was compared with it."""

    name = models.CharField(max_length=64, primary_key=True)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
