"""The working file: reports, targets, cases, assessments, dispatches and what happened to them."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables of the working file."""

    name = "fanal.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
