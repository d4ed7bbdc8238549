"""A file whose name another system wrote in GBK: it is read, named, marked and listed like any other."""

import codecs
import os
import sys
from pathlib import Path

import pytest

from tests.sheets import workbook
from zjf.terminal.encoding import prepare_output

from .office import PERIOD, TOWN, UNREVIEWED, Office, ledger

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
NAME = "城关街道台账.xlsx"


@pytest.fixture
def in_gbk(office: Office) -> Office:
    office.inbox.mkdir(parents=True, exist_ok=True)
    (office.inbox / os.fsdecode(NAME.encode("gbk"))).write_bytes(workbook(ledger(TOWN, {}, UNREVIEWED)))
    return office


def test_it_is_shown_as_it_was_written(in_gbk: Office) -> None:
    ran = in_gbk.validate()
    assert (ran.code, NAME in ran.out) == (1, True)
    (file,) = in_gbk.validate("--format", "json").json["files"]
    assert Path(file["path"]).name == NAME


def test_its_copy_and_the_list_of_problems_are_made(in_gbk: Office, tmp_path: Path) -> None:
    assert in_gbk.validate("--annotate", tmp_path / "标注").code == 1
    assert [path.name for path in (tmp_path / "标注").iterdir()] == [NAME]
    assert in_gbk.validate("--format", "xlsx").code == 1


def test_the_county_takes_it_in(in_gbk: Office) -> None:
    ran = in_gbk.aggregate()
    assert "程序" not in ran.err
    assert in_gbk.houses() == {TOWN: 2}
    assert "程序" not in in_gbk.run("status", "--county", in_gbk.folder, "--period", PERIOD).err


def test_the_terminal_takes_half_a_character() -> None:
    error = UnicodeEncodeError("utf-8", "a\udcb3", 1, 2, "surrogates not allowed")
    prepare_output()
    assert codecs.lookup_error("zjf.like")(error) == ("〓".encode(), 2)
