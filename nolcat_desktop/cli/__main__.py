"""`python -m nolcat_desktop.cli` is `nolcat`; Ctrl+C while it is still being loaded ends it as quietly as later."""

import sys

try:
    from nolcat_desktop.cli.main import main

    code = main()
except KeyboardInterrupt:
    sys.stderr.write("Stopped. Nothing was changed.\n")
    code = 130

sys.exit(code)
