"""Workbooks changed at random, through every command that reads: no traceback, exit codes as promised.

The suite tries 50; `ZJF_MUTATIONS=500` tries more, and `python -m benchmarks.mutations` measures 2,000.
"""

import json
import os
from pathlib import Path

import pytest

from tests.commands.office import Office
from tests.mutated.files import good_files, mutated
from tests.mutated.outcomes import PROMISED, each_alone, faults_of

COUNT = int(os.environ.get("ZJF_MUTATIONS", "50"))
SEED = int(os.environ.get("ZJF_MUTATIONS_SEED", "12"))
ALONE = 8
"""Of the files so many are also tried one by one: each takes workers of its own."""


@pytest.mark.slow
def test_whatever_a_file_holds_it_costs_itself_alone(office: Office, tmp_path: Path) -> None:
    files = list(mutated(COUNT, SEED))
    for one in files:
        office.receive(one.name, one.data)
    ran = office.validate("--format", "json", "--annotate", tmp_path / "copies", "-j", "2")
    assert ran.code in PROMISED
    assert "Traceback" not in ran.err
    assert "程序" not in ran.err
    document = json.loads(ran.out)
    assert len(document["files"]) == COUNT
    assert list(faults_of(document)) == []
    readable = sum(file["status"] != "unreadable" for file in document["files"])
    assert len(list((tmp_path / "copies").iterdir())) == readable
    good = tmp_path / "good.xlsx"
    good.write_bytes(good_files()["furnished"][1])
    for one in files[:ALONE]:
        for outcome in each_alone(office.folder, office.inbox / one.name, good, tmp_path):
            assert outcome.complaint() == "", f"{outcome.command} {one.name} ({one.done}): {outcome.said}"


def test_the_same_seed_gives_the_same_files() -> None:
    one, other = (list(mutated(6, SEED)) for _ in range(2))
    assert one == other
