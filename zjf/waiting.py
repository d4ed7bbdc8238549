"""That something is going on: after a second of silence a line on stderr, where that is a terminal."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner

_SILENCE = 1.0


class Waiting:
    """Says that work goes on whenever nothing else was said for a while.

    Args:
        say: Makes the console to say it on.
        silence: Seconds after which it is said.
    """

    def __init__(self, say: Callable[[], Console], silence: float = _SILENCE) -> None:
        self._say, self._silence = say, silence
        self._lock = threading.RLock()
        self._timer: threading.Timer | None = None
        self._shown: Live | None = None

    def begin(self) -> None:
        """Waits for the next silence."""
        with self._lock:
            self.end()
            self._timer = threading.Timer(self._silence, self._show)
            self._timer.daemon = True
            self._timer.start()

    def end(self) -> None:
        """Takes back what is shown; silence is nothing from now on."""
        with self._lock:
            if self._timer:
                self._timer.cancel()
                self._timer = None
            if self._shown:
                self._shown.stop()
                self._shown = None

    def said(self) -> None:
        """Something else is about to be said: what is shown goes, and the next silence is waited for."""
        with self._lock:
            if self._timer or self._shown:
                self.begin()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Within, something else tells how work goes on."""
        with self._lock:
            at_work = bool(self._timer or self._shown)
            self.end()
        try:
            yield
        finally:
            if at_work:
                self.begin()

    def _show(self) -> None:
        with self._lock:
            if self._timer is None:  # ended meanwhile
                return
            self._timer = None
            self._shown = Live(
                Spinner("line", "正在处理……"),  # signs that every code page has
                console=self._say(),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._shown.start()
