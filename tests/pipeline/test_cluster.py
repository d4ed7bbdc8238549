"""The same returns on a Dask cluster: its scheduler and a worker run here as they would elsewhere."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import zjf
from tests.sheets import found_in, workbook
from zjf.errors import CannotDoError
from zjf.pipeline.returns import check_returns

from .test_returns import MEBIBYTE, SETTINGS, UNITS, folder_of_a_hundred, ledger, settings

_START_SECONDS = 60
ASK_EACH = """
import sys
from zjf import cli
folder, *addresses = sys.argv[1:]
for address in addresses:
    sys.argv[1:] = ["validate", folder, "--cluster", address]
    try:
        cli.main()
    except SystemExit as ended:
        print(ended.code)
"""
"""Asks one cluster after another, and says how each command ended."""


@contextmanager
def started(*words: str, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A program that runs as long as the block, however the block ends."""
    with log.open("wb") as file:
        program = subprocess.Popen([sys.executable, "-m", *words], stdout=file, stderr=subprocess.STDOUT)
    try:
        yield program
    finally:
        program.terminate()
        program.wait()


@contextmanager
def scheduler(folder: Path) -> Iterator[Path]:
    """A scheduler; the file in which it says where it is."""
    told = folder / "scheduler.json"
    words = ("--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(told))
    with started("distributed.cli.dask_scheduler", *words, log=folder / "scheduler.log") as running:
        until = time.monotonic() + _START_SECONDS
        while not (told.exists() and told.stat().st_size):
            assert running.poll() is None, (folder / "scheduler.log").read_text()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield told


def address(told: Path) -> str:
    found: str = json.loads(told.read_text())["address"]
    return found


@dataclass(frozen=True)
class Cluster:
    """A cluster with one worker: where it is, and what it was told who asked before the worker had come."""

    address: str
    without_a_worker: str


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    with scheduler(folder) as told:
        without_a_worker = told_by(address(told), folder)
        words = ("--nthreads", "2", "--no-dashboard", "--local-directory", str(folder))
        place = ("--scheduler-file", str(told))
        log = folder / "worker.log"
        with started("distributed.cli.dask_worker", *place, *words, log=log) as worker:
            until = time.monotonic() + _START_SECONDS
            while "Registered to" not in log.read_text():
                assert worker.poll() is None, log.read_text()
                assert time.monotonic() < until
                time.sleep(0.1)
            yield Cluster(address(told), without_a_worker)


def told_by(cluster: str, folder: Path) -> str:
    """Why a cluster cannot check a return."""
    path = folder / "第1镇.xlsx"
    path.write_bytes(workbook(ledger(UNITS[1], 1)))
    with pytest.raises(CannotDoError) as refused:
        check_returns([path], SETTINGS, cluster=cluster)
    return str(refused.value)


def test_a_cluster_finds_what_this_machine_finds(tmp_path: Path, cluster: Cluster) -> None:
    one_of_each = {code: name for name, code in folder_of_a_hundred(tmp_path).items()}.values()
    some = [tmp_path / name for name in (*one_of_each, "00镇.csv", "01镇.xlsx")]
    limits = settings(memory=900 * MEBIBYTE)
    there = check_returns(some, limits, cluster=cluster.address, keep_rows=True)
    here = check_returns(some, limits, keep_rows=True)
    assert [found_in(checked) for checked in there] == [found_in(checked) for checked in here]
    assert [checked.sha256 for checked in there] == [checked.sha256 for checked in here]
    assert [len(checked.tables) for checked in there] == [len(checked.tables) for checked in here]
    assert {code for checked in there for code, _ in found_in(checked)} >= {"F001", "F002", "F003", "F011"}


def test_a_file_that_takes_too_long_is_given_up_there_too(tmp_path: Path, cluster: Cluster) -> None:
    path = tmp_path / "第1镇.xlsx"
    path.write_bytes(workbook(ledger(UNITS[1], 1)))
    (checked,) = check_returns([path], settings(seconds=0.01), cluster=cluster.address)
    assert found_in(checked) == {("F003", "")}
    assert "超时" in checked.problems[0].message


def test_a_cluster_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zjf.pipeline.cluster._CONNECT_SECONDS", 0.5)
    assert told_by("tcp://127.0.0.1:9", tmp_path).startswith("连不上集群 tcp://127.0.0.1:9")


def test_what_is_no_address_of_a_cluster_is_told_once(tmp_path: Path) -> None:
    """One line each, and none more from a library that goes on trying after it was told so."""
    addresses = ["abc", "tcp://", "foo://127.0.0.1:8786", "tls://127.0.0.1:8786"]
    (tmp_path / "第1镇.xlsx").write_bytes(workbook(ledger(UNITS[1], 1)))
    ran = subprocess.run(
        [sys.executable, "-c", ASK_EACH, str(tmp_path), *addresses],
        env=os.environ | {"PYTHONPATH": str(Path(zjf.__file__).parents[1])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.stdout.split() == ["3"] * len(addresses)
    said = ran.stderr.splitlines()
    assert len(said) == len(addresses)
    for line, address in zip(said, addresses, strict=True):
        assert line.startswith(f"✗ 连{'' if address.startswith('tls') else '不上集群'} {address}")


def test_a_cluster_without_a_worker_is_not_waited_for(cluster: Cluster) -> None:
    assert "集群没有工作机" in cluster.without_a_worker


def test_a_machine_without_the_component_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "第1镇.xlsx"
    path.write_bytes(workbook(ledger(UNITS[1], 1)))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CannotDoError, match=r"pip install 'zjf\[cluster\]'"):
        check_returns([path], SETTINGS, cluster="tcp://127.0.0.1:9")
