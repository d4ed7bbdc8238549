"""The program: who reads the return that it is to check is started first, and works while the rest is loaded."""

import _thread
import atexit
import os
import sys
import threading
from contextlib import suppress
from typing import NoReturn

_A_MOMENT = 0.02
"""In seconds: by then Python has let go of it."""

# Ctrl+C while something is loaded here prints a traceback: what takes a while is loaded in `main`.


def main() -> None:
    """Runs the command line (`zjf.cli`)."""
    _open_closed_streams()
    sys.unraisablehook = _interrupt_again
    try:
        from zjf.pipeline import confinement, standby

        confinement.settle_environment()
        standby.start_for(sys.argv[1:])
        from zjf import cli  # it takes long to load
    except KeyboardInterrupt:
        _say_interrupted()
    try:
        cli.main()
    except SystemExit as ended:
        _end(ended)


def _open_closed_streams() -> None:
    """Opens what the caller has closed (`>&-`) on nothing: else the ledger would be opened in the output's place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # It takes the lowest number that is free: the one of what was closed.
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115, PTH123
            os.set_inheritable(stream.fileno(), True)
            setattr(sys, name, stream)


def _interrupt_again(lost: "sys.UnraisableHookArgs") -> None:
    """Lets Ctrl+C be heard that came while Python let go of an object, where nothing can be raised: a moment later."""
    if lost.exc_type is KeyboardInterrupt:
        again = threading.Timer(_A_MOMENT, _thread.interrupt_main)
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(lost)


def _say_interrupted() -> NoReturn:
    """Ends a program that has not begun yet."""
    from zjf.errors import INTERRUPTED, INTERRUPTED_WORDS
    from zjf.pipeline import standby

    standby.dismiss()
    sys.stderr.write(f"{INTERRUPTED_WORDS}\n")
    _end(SystemExit(INTERRUPTED))  # Python itself may yet end as if nobody had answered the signal


def _end(ended: SystemExit) -> NoReturn:
    """Ends the program without letting go of its objects one by one: that takes a tenth of a small command's time.

    What was registered for the end is done first; where a thread still has work to do, Python waits for it as ever.
    """
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    if not isinstance(ended.code, int) or not all(thread.daemon for thread in others):
        raise ended
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # what was lost has been said, where anybody hears it
            if stream:
                stream.flush()
    os._exit(ended.code)


if __name__ == "__main__":
    main()
