"""The sequencer: it alone holds the ledger's signing key, and can touch nothing but the ledger."""

from fanal.site.settings.base import *  # noqa: F403
from fanal.site.settings.base import ENV, database

DATABASES = database("fanal_sequencer", pool=False)
INSTALLED_APPS = ["fanal.ledger", "fanal.site"]
FANAL_LEDGER_KEY = str(ENV.keys / "ledger.key")
