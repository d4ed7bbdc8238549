"""What all workbooks have in common: the same inputs give the same bytes, and failures leave nothing."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.render.made_up_county import (
    PROGRESS,
    PROGRESS_LINES,
    REVIEW,
    SWEEP,
    SWEEP_LINES,
    houses,
    unit_lines,
)
from zjf.checking.one_return import CheckedReturn
from zjf.documents.attachment import Attachment
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.list_sheet import ListSheet
from zjf.documents.rejected_rows import RejectedRow
from zjf.errors import CannotDoError
from zjf.problems import problem
from zjf.render.xlsx.attachment import write_attachment
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.problems import write_problems
from zjf.render.xlsx.rejected import write_rejected
from zjf.render.xlsx.rollup import write_rollup
from zjf.render.xlsx.sheets import write_ledger
from zjf.render.xlsx.workbook import new_workbook
from zjf.schemas import FORMS

REJECTED = RejectedRow(
    "柳溪镇", "柳溪镇.xlsx", "台账", 17, "YS17", ("C101",), ("C17 村（社区）为空。请补填。",)
)
FOUND = CheckedReturn(Path("柳溪镇.xlsx"), "", problems=[problem("C101", "村（社区）为空", cell="C17")])
COUNTY_PROGRESS = Attachment(PROGRESS, PROGRESS_LINES, unit="云水县", roll_up=True)
COUNTY_SWEEP = Attachment(SWEEP, SWEEP_LINES, unit="云水县", roll_up=True)
WRITERS = {
    "附件2": partial(write_attachment, table=COUNTY_PROGRESS),
    "摸排情况表": partial(write_attachment, table=COUNTY_SWEEP),
    "台账": partial(write_ledger, table=LedgerTable(FORMS["house-ledger"], houses(20), unit="云水县")),
    "汇总表": partial(write_rollup, lines=unit_lines(), forms=[REVIEW, PROGRESS], county="云水县"),
    "退回清单": partial(write_rejected, rows=[REJECTED], title="云水县退回清单"),
    "问题清单": partial(write_problems, checked=[FOUND]),
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_the_same_inputs_give_the_same_bytes(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "一.xlsx")
    write(tmp_path / "二.xlsx")
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_a_failure_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "附件2.xlsx"
    with pytest.raises(ValueError, match="半途"), new_workbook(path, "附件2") as (book, _):  # noqa: PT012
        book.add_worksheet().write_string(0, 0, "附件2")
        raise ValueError("半途")
    assert not list(tmp_path.iterdir())


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    content = ListSheet("台账", [], range(1_048_576), "台账")  # type: ignore[arg-type]
    with (
        pytest.raises(CannotDoError, match="放不下"),
        new_workbook(tmp_path / "台账.xlsx", "台账") as (book, styles),
    ):
        write_list(book.add_worksheet(), styles, content)
