"""The public face as a Django app: templates, static files and the French of the pages; no tables."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the folder; nothing happens at start."""

    name = "fanal.portal"
    label = "portal"
