"""The worker: what follows from what happened, and the only process that sends."""

from fanal.site.settings.base import *  # noqa: F403
from fanal.site.settings.base import TABLES, database, world_with

DATABASES = database("fanal_worker", pool=False)
INSTALLED_APPS = [*TABLES, "fanal.site"]
FANAL_WORLD = world_with("content", "index")
