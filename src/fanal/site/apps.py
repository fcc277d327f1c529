"""What puts everything together: checks, commands, shared templates and style."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Shared static files and templates of the faces."""

    name = "fanal.site"
    label = "fanal_site"
