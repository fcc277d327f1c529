"""The Django app that keeps who may enter."""

from __future__ import annotations

from django.apps import AppConfig


class Staff(AppConfig):
    """Members of staff and the keys of machines."""

    name = "fanal.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"
