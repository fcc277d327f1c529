"""What the guard looks names up in, and what it remembers of who asked it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fanal.store.models.target import Target


class GuardName(models.Model):
    """One way of naming a target, as 64 keyed bits. Ids are committed in their order (actions/guard.py sees to it)."""

    id = models.BigAutoField(primary_key=True)
    mark = models.BigIntegerField()
    keyed = models.IntegerField()  # under which key of the set: its number tells nothing of it
    role = models.PositiveSmallIntegerField()
    # The database itself takes a name away with its target: the migration makes that constraint.
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="names", db_constraint=False)

    class Meta:
        """Each name once a target, under each key."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["mark", "target", "role"], name="guard_name_once")]

    def __str__(self) -> str:
        return str(self.pk)


class GuardAsking(models.Model):
    """That somebody asked the guard, for some days: counts and keyed marks, and not a word of what was shown to it."""

    id = models.UUIDField(primary_key=True, editable=False)
    asker = models.CharField(max_length=36)  # a staff code, or the id of a machine's key
    at = models.DateTimeField()
    length = models.PositiveIntegerField()
    words = models.PositiveIntegerField()  # ordinary ones
    names = models.PositiveIntegerField()  # what could be one
    head = models.BigIntegerField()
    tail = models.BigIntegerField()
    told = models.BigIntegerField()
    alarm = models.JSONField(default=list)  # reasons, where this asking was one too many

    class Meta:
        """Read by who asked, newest first; alarms by supervisors on every page."""

        indexes: ClassVar = [
            models.Index(fields=["asker", "at"], name="guard_asking_recent"),
            models.Index(fields=["at"], name="guard_asking_alarm", condition=~models.Q(alarm=[])),
        ]

    def __str__(self) -> str:
        return f"{self.asker} {self.at}"
