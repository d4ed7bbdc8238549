"""The program: who reads the return that it is to check is started first, and works while the rest is loaded."""

import sys

from zjf.errors import INTERRUPTED, INTERRUPTED_WORDS
from zjf.pipeline import confinement, standby


def main() -> None:
    """Runs the command line (`zjf.cli`)."""
    try:
        confinement.without_plugins()
        standby.start_for(sys.argv[1:])
        from zjf import cli  # it takes long to load
    except KeyboardInterrupt:
        standby.dismiss()
        sys.stderr.write(f"{INTERRUPTED_WORDS}\n")
        sys.exit(INTERRUPTED)
    cli.main()


if __name__ == "__main__":
    main()
