"""The tables of the proof. All but the queue are append-only: triggers refuse a change even to the owner."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One recorded event: written in the act's own transaction, without content. `leaf` is core/ledger/entry.py's."""

    id = models.UUIDField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    leaf = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        """The table's name is part of the promise to auditors."""

        db_table = "ledger_entry"

    def __str__(self) -> str:
        return str(self.id)


class Pending(models.Model):
    """The queue of entries that are not in the tree yet: filled by a trigger on Entry, emptied by the sequencer."""

    entry_id = models.UUIDField(primary_key=True)

    class Meta:
        """Not append-only: it is the one table here that says nothing about the past."""

        db_table = "ledger_pending"

    def __str__(self) -> str:
        return str(self.entry_id)


class Leaf(models.Model):
    """The place of one entry in the tree, and its RFC 6962 leaf hash."""

    index = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    hash = models.BinaryField()

    class Meta:
        """An entry has exactly one place: the unique column says so."""

        db_table = "ledger_leaf"

    def __str__(self) -> str:
        return str(self.index)


class Node(models.Model):
    """The hash of a full subtree of 2**level leaves (level ≥ 1), the `index`-th of its level from the left."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        """Stored so that a proof reads a few rows, whatever the size of the tree."""

        db_table = "ledger_node"

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """A signed statement of the tree's size and root (C2SP tlog-checkpoint)."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """There is one checkpoint for a size and never another."""

        db_table = "ledger_checkpoint"
        ordering: ClassVar = ["size"]

    def __str__(self) -> str:
        return str(self.size)
