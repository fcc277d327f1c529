"""Settings for the type checker, which loads Django: the tests' settings on keys that are thrown away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="fanal-types-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("FANAL_") or name == "DATABASE_URL"]:
    del os.environ[_name]
os.environ["FANAL_DATA"] = str(_folder)

from fanal.site import env, setup  # noqa: E402 - they must find the folder above

setup.folders(env.read(os.environ))
setup.make_keys(env.read(os.environ), say=lambda _: None)

from fanal.site.settings.test import *  # noqa: E402, F403 - they read the keys that were just made
