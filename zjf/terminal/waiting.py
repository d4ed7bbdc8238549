"""A sign that work goes on, shown on the terminal after a second without output."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner

_SILENCE = 1.0


class Waiting:
    """Shows that work goes on whenever nothing was printed for a while.

    Args:
        say: Makes the console to show it on.
        silence: Seconds without output after which it is shown.
    """

    def __init__(self, say: Callable[[], Console], silence: float = _SILENCE) -> None:
        self._say, self._silence = say, silence
        self._lock = threading.RLock()
        self._timer: threading.Timer | None = None
        self._shown: Live | None = None

    def begin(self) -> None:
        """Starts to wait for silence, from now on."""
        with self._lock:
            self.end()
            self._timer = threading.Timer(self._silence, self._show)
            self._timer.daemon = True
            self._timer.start()

    def end(self) -> None:
        """Removes the sign, and stops waiting."""
        with self._lock:
            if self._timer:
                self._timer.cancel()
                self._timer = None
            if self._shown:
                self._shown.stop()
                self._shown = None

    def said(self) -> None:
        """To be called before something else is printed: removes the sign, and waits for silence anew."""
        with self._lock:
            if self._timer or self._shown:
                self.begin()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Shows no sign within the block, because something else (a progress bar) does."""
        with self._lock:
            was_waiting = bool(self._timer or self._shown)
            self.end()
        try:
            yield
        finally:
            if was_waiting:
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
