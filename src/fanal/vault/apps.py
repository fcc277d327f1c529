"""Sealed identities, in a schema and under rights of their own."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The one table of sealed identities."""

    name = "fanal.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"
