"""What leaves the house: dispatches and the attempts to send them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fanal.core.lifecycle import DispatchState
from fanal.store.models.case import Case


class Dispatch(models.Model):
    """One referral or notice to one recipient. The exact bytes are kept, encrypted, from the claim on."""

    id = models.UUIDField(primary_key=True, editable=False)
    ref = models.CharField(max_length=24, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dispatches")
    round = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    connector = models.CharField(max_length=64, default="", blank=True)
    state = models.CharField(max_length=16, default=DispatchState.PLANNED)
    reasons = models.JSONField(default=list)
    obstacles = models.JSONField(default=list)
    clock = models.CharField(max_length=64, default="", blank=True)
    due_hours = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField()
    grounds = models.BinaryField(null=True, blank=True)
    prepared_by = models.CharField(max_length=16, default="", blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=16, default="", blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    message = models.BinaryField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=16, default="", blank=True)
    answer_text = models.BinaryField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One dispatch a recipient and round; nobody approves what they prepared."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="dispatch_state", condition=models.Q(state__in=[state.value for state in DispatchState])
            ),
            models.UniqueConstraint(fields=["case", "round", "recipient", "kind"], name="dispatch_once"),
            models.CheckConstraint(
                name="dispatch_two_people",
                condition=models.Q(approved_by="") | ~models.Q(approved_by=models.F("prepared_by")),
            ),
            models.CheckConstraint(
                name="dispatch_approved_before_leaving",
                condition=~models.Q(
                    state__in=[
                        DispatchState.APPROVED.value,
                        DispatchState.SENDING.value,
                        DispatchState.SENT.value,
                        DispatchState.REFUSED.value,
                        DispatchState.UNCERTAIN.value,
                        DispatchState.ANSWERED.value,
                    ]
                )
                | (~models.Q(approved_by="") & ~models.Q(prepared_by="")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "planned_at"], name="dispatch_waiting")]

    def __str__(self) -> str:
        return self.ref


class Attempt(models.Model):
    """One attempt to send: claimed before, noted after. The key makes the message arrive once."""

    id = models.UUIDField(primary_key=True, editable=False)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="attempts")
    key = models.CharField(max_length=64)
    claimed_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=16, default="", blank=True)
    reference = models.CharField(max_length=128, default="", blank=True)

    def __str__(self) -> str:
        return self.key
