"""The same returns on a Dask cluster: its scheduler and a worker run here as they would elsewhere."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import zjf
from tests.sheets import found_in, workbook
from zjf.errors import CannotDoError
from zjf.pipeline.finding import find_returns
from zjf.pipeline.returns import check_returns

from .test_returns import MEBIBYTE, SETTINGS, UNITS, folder_of_a_hundred, ledger, settings

_START_SECONDS = 60


def start(*words: str, log: Path) -> "subprocess.Popen[bytes]":
    with log.open("wb") as file:
        return subprocess.Popen([sys.executable, "-m", *words], stdout=file, stderr=subprocess.STDOUT)


def scheduler(folder: Path) -> tuple["subprocess.Popen[bytes]", Path]:
    """A scheduler, and the file in which it says where it is."""
    told = folder / "scheduler.json"
    words = ("--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(told))
    running = start("distributed.cli.dask_scheduler", *words, log=folder / "scheduler.log")
    until = time.monotonic() + _START_SECONDS
    while not (told.exists() and told.stat().st_size):
        assert running.poll() is None, (folder / "scheduler.log").read_text()
        assert time.monotonic() < until
        time.sleep(0.1)
    return running, told


def address(told: Path) -> str:
    found: str = json.loads(told.read_text())["address"]
    return found


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster with one worker."""
    folder = tmp_path_factory.mktemp("cluster")
    running, told = scheduler(folder)
    words = (
        "--scheduler-file",
        str(told),
        "--nthreads",
        "2",
        "--no-dashboard",
        "--local-directory",
        str(folder),
    )
    worker = start("distributed.cli.dask_worker", *words, log=folder / "worker.log")
    until = time.monotonic() + _START_SECONDS
    try:
        while "Registered to" not in (folder / "worker.log").read_text():
            assert worker.poll() is None, (folder / "worker.log").read_text()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield address(told)
    finally:
        for each in (worker, running):
            each.terminate()
            each.wait()


def test_a_cluster_finds_what_this_machine_finds(tmp_path: Path, cluster: str) -> None:
    folder_of_a_hundred(tmp_path)
    some = [
        path for number, path in enumerate(find_returns([tmp_path])) if path.name[2] != "镇" or number < 6
    ]
    limits = settings(memory=900 * MEBIBYTE)
    there = check_returns(some, limits, cluster=cluster, keep_rows=True)
    here = check_returns(some, limits, keep_rows=True)
    assert [found_in(each) for each in there] == [found_in(each) for each in here]
    assert [each.sha256 for each in there] == [each.sha256 for each in here]
    assert [len(each.tables) for each in there] == [len(each.tables) for each in here]
    assert {code for each in there for code, _ in found_in(each)} >= {"F001", "F002", "F003", "F011"}


def test_a_file_that_takes_too_long_is_given_up_there_too(tmp_path: Path, cluster: str) -> None:
    path = tmp_path / "第1镇.xlsx"
    path.write_bytes(workbook(ledger(UNITS[1], 1)))
    (checked,) = check_returns([path], settings(seconds=0.01), cluster=cluster)
    assert found_in(checked) == {("F003", "")}
    assert "超时" in checked.problems[0].message


def test_a_cluster_that_does_not_answer_is_named(tmp_path: Path) -> None:
    path = tmp_path / "第1镇.xlsx"
    path.write_bytes(workbook(ledger(UNITS[1], 1)))
    with pytest.raises(CannotDoError, match=r"连不上集群 tcp://127\.0\.0\.1:9"):
        check_returns([path], SETTINGS, cluster="tcp://127.0.0.1:9")


@pytest.mark.parametrize("address", ["abc", "tcp://", "foo://127.0.0.1:8786", "tls://127.0.0.1:8786"])
def test_what_is_no_address_of_a_cluster_is_told_once(address: str, tmp_path: Path) -> None:
    (tmp_path / "第1镇.xlsx").write_bytes(workbook(ledger(UNITS[1], 1)))
    program = [sys.executable, "-c", "from zjf.cli import main; main()"]
    ran = subprocess.run(
        [*program, "validate", str(tmp_path), "--cluster", address],
        env=os.environ | {"PYTHONPATH": str(Path(zjf.__file__).parents[1])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 3
    assert ran.stderr.startswith(f"✗ 连{'' if address.startswith('tls') else '不上集群'} {address}")
    assert len(ran.stderr.splitlines()) == 1


def test_a_cluster_without_a_worker_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "第1镇.xlsx"
    path.write_bytes(workbook(ledger(UNITS[1], 1)))
    running, told = scheduler(tmp_path)
    try:
        with pytest.raises(CannotDoError, match="集群没有工作机"):
            check_returns([path], SETTINGS, cluster=address(told))
    finally:
        running.terminate()
        running.wait()


def test_a_machine_without_the_component_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "第1镇.xlsx"
    path.write_bytes(workbook(ledger(UNITS[1], 1)))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CannotDoError, match=r"pip install 'zjf\[cluster\]'"):
        check_returns([path], SETTINGS, cluster="tcp://127.0.0.1:9")
