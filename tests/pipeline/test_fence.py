"""Workers end with the program that started them, and leave nothing behind; what cannot start them is told."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sheets import workbook
from zjf.errors import CannotDoError
from zjf.intake.limits import Limits
from zjf.pipeline import workers
from zjf.pipeline.isolated_work import run_in_worker, worker_pool

PROJECT = Path(__file__).parents[2]
PROGRAM = """
import sys
from zjf.pipeline.isolated_work import run_in_worker
from zjf.intake.limits import Limits
from tests.pipeline.test_fence import {work}
if __name__ == "__main__":
    run_in_worker({work}, sys.argv[1], Limits(seconds=60.0))
"""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def keep_busy(report: str) -> bytes:
    Path(report).write_text(str(os.getpid()), encoding="utf-8")
    while True:
        time.sleep(0.1)


def keep_python_s_lock(report: str) -> bytes:
    Path(report).write_text(str(os.getpid()), encoding="utf-8")
    return b"%d" % (7**10**9)  # native code that lets nobody else run


def swell(_: str) -> bytes:
    return bytes(3 * 1024**3)


def stay_too_long(_: str) -> bytes:
    time.sleep(60)
    return b""


def how_it_ends(_: str) -> bytes:
    return os.environ["RUST_BACKTRACE"].encode()


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder whose name is short: a socket in it may have 108 bytes, and pytest's own folders have long names."""
    with tempfile.TemporaryDirectory(prefix="f", dir="/tmp") as folder:
        yield Path(folder)


def wait_for(happened: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@LINUX
@pytest.mark.parametrize("work", ["keep_busy", "keep_python_s_lock"])
def test_workers_of_a_killed_program_end_and_leave_no_folder(
    tmp_path: Path, temporary: Path, work: str
) -> None:
    report, script = tmp_path / "worker", tmp_path / "program.py"
    script.write_text(PROGRAM.format(work=work), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "TMPDIR": str(temporary)}
    with subprocess.Popen([sys.executable, script, report], env=environment) as program:
        try:
            wait_for(lambda: report.exists() and report.read_text())
            worker = int(report.read_text())
            assert alive(worker)
        finally:
            program.send_signal(signal.SIGKILL)
    wait_for(lambda: not alive(worker))
    wait_for(lambda: not list(temporary.iterdir()))


def test_native_code_out_of_memory_ends_without_telling_where_it_stood() -> None:
    assert run_in_worker(how_it_ends, "", Limits()) == b"0"


def test_what_takes_too_much_or_too_long_is_given_up() -> None:
    with pytest.raises(CannotDoError, match="内存"):
        run_in_worker(swell, "", Limits())
    with pytest.raises(CannotDoError, match="超时"):
        run_in_worker(stay_too_long, "", Limits(seconds=0.5))


def test_workers_that_cannot_be_started_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(workers, "warm_up", refuse)
    with pytest.raises(CannotDoError, match="启动不了读取表格的工作进程") as told, worker_pool(1, Limits()):
        pass
    assert told.value.exit_code == 3


def test_a_program_that_is_read_from_a_pipe_has_its_workers() -> None:
    """Its main module is no file that they could run once more."""
    program = "from zjf.pipeline.isolated_work import run_in_worker\nfrom zjf.intake.workbook import Limits\n"
    ran = subprocess.run(
        [sys.executable, "-"],
        input=f"{program}print(run_in_worker(abs, -7, Limits(seconds=60.0)))",
        capture_output=True,
        text=True,
        timeout=100,
        cwd=PROJECT,
    )
    assert (ran.stdout, ran.stderr) == ("7\n", "")


@LINUX
def test_a_temporary_folder_that_will_not_do_is_named(tmp_path: Path) -> None:
    deep = tmp_path / ("长" * 60)
    deep.mkdir()
    for name in ("表.xlsx", "另表.xlsx"):  # one alone is read without a socket
        (tmp_path / name).write_bytes(workbook([["填报单位：城关街道"]]))
    command = [sys.executable, "-m", "zjf", "validate", "表.xlsx", "另表.xlsx"]
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "TMPDIR": str(deep)}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
    assert ran.returncode == 3, ran.stderr
    assert "启动不了读取表格的工作进程" in ran.stderr
    assert "Traceback" not in ran.stderr


@LINUX
def test_where_no_worker_runs_no_file_is_blamed(tmp_path: Path) -> None:
    """What starts with the workers ends each of them: a program that watches over others may do that."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\nif 'forkserver' in sys.orig_argv[-1]:\n    os._exit(1)\n", encoding="utf-8"
    )
    for name in ("表.xlsx", "另表.xlsx"):
        (tmp_path / name).write_bytes(workbook([["填报单位：城关街道"]]))
    command = [sys.executable, "-m", "zjf", "validate", "表.xlsx", "另表.xlsx"]
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{PROJECT}"}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith("✗ 读取表格的工作进程一启动就中断")


SAYS_WHAT_ITS_SERVER_BLOCKS = """
from multiprocessing import forkserver
from zjf.pipeline import workers
del workers.LOADED_FIRST[:]
workers.warm_up()
with open(f"/proc/{forkserver._forkserver._forkserver_pid}/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("SigBlk")))
"""


@LINUX
def test_the_server_of_workers_hears_no_interrupt_from_its_first_moment() -> None:
    """Ctrl+C on a terminal reaches it, too: it would print a traceback while it loads."""
    said = subprocess.run(
        [sys.executable, "-c", SAYS_WHAT_ITS_SERVER_BLOCKS], capture_output=True, check=True
    )
    assert int(said.stdout, 16) & (1 << (signal.SIGINT - 1))
