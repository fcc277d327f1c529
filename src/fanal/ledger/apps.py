"""The ledger as a Django app: its tables and who may touch them."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Append-only entries, the tree over them, and signed checkpoints."""

    name = "fanal.ledger"
    label = "ledger"
    verbose_name = "Ledger"
