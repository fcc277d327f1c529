"""The Django app of the desk: templates, static files, words; no tables."""

from __future__ import annotations

from django.apps import AppConfig


class Desk(AppConfig):
    """The face for analysts."""

    name = "fanal.desk"
    label = "desk"
