"""`python -m fanal` is `fanal`."""

import sys

from fanal.site.cli import main

if __name__ == "__main__":
    sys.exit(main())
