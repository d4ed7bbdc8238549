"""That work goes on is said after a silence, and only to somebody who watches."""

from io import StringIO
from threading import Event
from typing import Any

from rich.console import Console

from zjf import terminal
from zjf.terminal.waiting import Waiting


class Screen(StringIO):
    """What a terminal was told; says when it was told anything."""

    def __init__(self) -> None:
        super().__init__()
        self.told = Event()

    def write(self, text: str) -> int:
        if "正在处理" in text:
            self.told.set()
        return super().write(text)


def waiting(screen: Screen, silence: float = 0.0) -> Waiting:
    return Waiting(lambda: Console(file=screen, force_terminal=True, width=80), silence)


def test_after_a_silence_it_is_said_and_taken_back() -> None:
    screen = Screen()
    at_work = waiting(screen)
    at_work.begin()
    assert screen.told.wait(timeout=30)
    at_work.end()
    assert screen.getvalue().rstrip().endswith("\x1b[2K")


def test_where_a_bar_tells_it_nothing_else_does() -> None:
    screen = Screen()
    at_work = waiting(screen, silence=3600)
    at_work.begin()
    with at_work.paused():
        at_work.said()
        assert at_work._timer is None
    assert at_work._timer is not None
    at_work.end()
    assert screen.getvalue() == ""


def test_in_a_pipe_nothing_moves(capsys: Any) -> None:
    with terminal.waiting():
        terminal.out().print("结果")
        assert terminal._waiting_sign._timer is None
    assert capsys.readouterr().err == ""
