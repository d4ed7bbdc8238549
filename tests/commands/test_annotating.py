"""`zjf validate --annotate`: a copy of every return; one that cannot be made costs none of the others."""

import io
import os
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from sample_data.files import Sheet, as_bytes
from tests.sheets import A_PLAIN_HOUSE, CLOSING_DAY, COUNTY, workbook
from zjf.checking.alone import check_return
from zjf.checking.one_return import CheckedReturn, CheckSettings, digest_of
from zjf.errors import CannotDoError
from zjf.intake.answers import LISTING
from zjf.intake.limits import Limits
from zjf.intake.settings import Intake
from zjf.problems import problem
from zjf.rules.registry import Judgement
from zjf.services.returns.marked_copies import Copies, write_annotated

from .office import TOWN, WRONG, ledger

SETTINGS = CheckSettings(Intake(COUNTY, CLOSING_DAY), Judgement(closing_day=CLOSING_DAY, demands=None))
MEBIBYTE = 1024 * 1024


def received(path: Path, data: bytes) -> CheckedReturn:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return check_return(path, SETTINGS, keep_rows=False)


def annotated(folder: Path, *returns: CheckedReturn, **limits: int) -> Copies:
    return write_annotated(folder / "标注", returns, Limits(**limits), jobs=2)


def test_two_returns_of_one_name_have_a_copy_each(tmp_path: Path) -> None:
    headings = b",".join(name.encode() for name in A_PLAIN_HOUSE)
    sent = (("一", "台账.xlsx"), ("二", "台账.xlsx"), ("二", "台账.csv"))
    returns = [
        received(tmp_path / place / name, headings if name.endswith("csv") else workbook(ledger(TOWN, {})))
        for place, name in sent
    ]
    copies = annotated(tmp_path, *returns).written
    assert [copy.name for copy in copies] == ["台账.xlsx", "台账（2）.xlsx", "台账（3）.xlsx"]
    assert all(copy.exists() for copy in copies)


def test_what_cannot_be_read_has_no_copy(tmp_path: Path) -> None:
    copies = annotated(tmp_path, received(tmp_path / "空.xlsx", b""))
    (failed,) = copies.failed
    assert (copies.written, failed.startswith("空.xlsx（")) == ([], True)


def test_a_return_changed_since_the_check_is_not_marked_at_wrong_cells(tmp_path: Path) -> None:
    changed, gone, sound = (
        received(tmp_path / f"{name}.xlsx", workbook(ledger(TOWN, {}))) for name in ("改", "没", "好")
    )
    changed.path.write_bytes(workbook(ledger(TOWN, {}, {})))
    gone.path.unlink()
    copies = annotated(tmp_path, changed, gone, sound)
    assert [copy.name for copy in copies.written] == ["好.xlsx"]
    assert copies.failed == [
        "改.xlsx（在检查之后被改动了。请重新运行。）",
        "没.xlsx（打不开了（找不到）。请重新运行。）",
    ]
    assert [path.name for path in (tmp_path / "标注").iterdir()] == ["好.xlsx"]


def test_of_a_return_without_copy_nobody_is_named(tmp_path: Path) -> None:
    gone = received(tmp_path / "赵一家.xlsx", workbook(ledger(TOWN, {"产权人": "赵一"})))
    gone.path.unlink()
    assert annotated(tmp_path, gone).failed == ["赵*家.xlsx（打不开了（找不到）。请重新运行。）"]


def test_no_half_copy_is_left_where_it_cannot_be_written(tmp_path: Path) -> None:
    checked = received(tmp_path / "城关街道.xlsx", workbook(ledger(TOWN, {})))
    (tmp_path / "标注").write_text("a file stands in the folder's place")
    with pytest.raises(CannotDoError, match="写不出"):
        annotated(tmp_path, checked)


def test_a_workbook_that_swells_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    """One of a few hundred kilobytes that is written anew, and takes gigabytes: a cell stands far away."""
    path = tmp_path / "膨胀.xls"
    path.write_bytes(as_bytes([Sheet("台账", {(0, 0): "填报单位：城关街道", (65_535, 250): "x"})], "xls"))
    swells = CheckedReturn(path, digest_of(path), problems=[problem("F004", "没有表")])
    sound = received(tmp_path / "城关街道.xlsx", workbook(ledger(TOWN, WRONG)))
    copies = annotated(tmp_path, swells, sound, memory=700 * MEBIBYTE)
    assert [copy.name for copy in copies.written] == ["城关街道.xlsx"]
    assert "内存" in copies.failed[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe that nobody writes to")
def test_one_that_takes_too_long_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    stuck = CheckedReturn(tmp_path / "断开的网络盘.xlsx", "")
    os.mkfifo(stuck.path)
    keep_open = os.open(stuck.path, os.O_RDWR)
    sound = received(tmp_path / "城关街道.xlsx", workbook(ledger(TOWN, WRONG)))
    try:
        copies = annotated(tmp_path, stuck, sound, seconds=6)
    finally:
        os.close(keep_open)
    assert copies.failed == [f"{stuck.name}（超时）"]
    assert [copy.name for copy in copies.written] == ["城关街道.xlsx"]


def test_the_comments_of_the_unit_are_kept_in_every_copy(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(ledger(TOWN, WRONG))))
    book.active["A3"].comment = Comment("村里核对过", "张三")
    file = io.BytesIO()
    book.save(file)
    (copy,) = annotated(tmp_path, received(tmp_path / "城关街道.xlsx", file.getvalue())).written
    found = openpyxl.load_workbook(copy)
    assert found.sheetnames[0] == LISTING
    assert found.worksheets[1]["A3"].comment.text == "村里核对过"
