"""汇总表: a row per unit and their sum."""

from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.render.made_up_county import PROGRESS, REVIEW, UNITS, progress, unit_lines
from zjf.counting.tally import Figures, rates, total
from zjf.render.xlsx.rollup import RollupLine, write_rollup


def rows_of(path: Path) -> dict[object, list[object]]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return {row[0]: row for row in rows}


def test_every_unit_has_a_row_and_the_county_their_sum(tmp_path: Path) -> None:
    path, lines = tmp_path / "汇总表.xlsx", unit_lines()
    write_rollup(path, lines, [REVIEW, PROGRESS], county="云水县", period="2024-W23")
    rows = rows_of(path)
    assert set(UNITS) <= rows.keys()
    assert rows[UNITS[0]][:3] == [UNITS[0], "已接收", "自建房台账"]
    assert rows[UNITS[6]][1:3] == ["部分接收", "附件2"]
    progress_left = 3 + len(REVIEW.counts)
    county = total(line.figures["attachment-2"].counts for line in lines if "attachment-2" in line.figures)
    assert rows["合计"][progress_left] == county["surveyed"]
    closure = rates(PROGRESS, county)["closure_rate"]
    assert rows["合计"][-1] == closure.numerator / closure.denominator


def test_what_is_missing_says_why(tmp_path: Path) -> None:
    path = tmp_path / "汇总表.xlsx"
    write_rollup(path, unit_lines(), [REVIEW, PROGRESS], county="云水县", remarks=["注：柳溪镇退回。"])
    rows = rows_of(path)
    assert rows[UNITS[3]][1:4] == ["退回", "", "退回"]
    assert rows[UNITS[9]][3] == "未报"
    assert rows[UNITS[6]][3] == "未报"
    assert "注：柳溪镇退回。" in rows


@pytest.mark.parametrize("status", ["未报", "已接收"])
def test_figures_of_who_did_not_send_what_is_due_are_explained(tmp_path: Path, status: str) -> None:
    path, figures = tmp_path / "汇总表.xlsx", {"attachment-2": Figures("attachment-2", progress(0))}
    write_rollup(path, [RollupLine(UNITS[0], status, "自建房台账", figures)], [PROGRESS], county="云水县")
    explained = [text for text in rows_of(path) if str(text).startswith("状态按这一期应报的表")]
    assert len(explained) == (status == "未报")


def test_the_attachments_stand_side_by_side_under_their_names(tmp_path: Path) -> None:
    path = tmp_path / "汇总表.xlsx"
    write_rollup(path, unit_lines(), [REVIEW, PROGRESS], county="云水县")
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert sheet["A1"].value == "云水县自建房安全专项整治情况汇总表"
    assert sheet["D3"].value == "附件1　前期采取管理措施销号的自建房复核台账"
    assert sheet["M3"].value == "附件2　自建房安全专项整治攻坚行动工作台账"
    assert {"D3:L3", "M3:AC3", "A3:A6"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert sheet.freeze_panes == "B7"


def test_a_rate_above_the_whole_is_shown_and_flagged(tmp_path: Path) -> None:
    path = tmp_path / "汇总表.xlsx"
    over = Figures("attachment-2", progress(0) | {"closed": 21410, "suspected": 20985})
    write_rollup(
        path, [RollupLine(UNITS[0], "已接收", "附件2", {"attachment-2": over})], [PROGRESS], county="云水县"
    )
    (sheet,) = openpyxl.load_workbook(path).worksheets
    rate = sheet.cell(7, 3 + 17)
    assert rows_of(path)[UNITS[0]][-1] == 21410 / 20985
    assert rate.font.color.rgb == "FFC00000"
