"""`python -m nolcat_desktop.cli` is `nolcat`."""

import sys

from nolcat_desktop.cli.main import main

sys.exit(main())
