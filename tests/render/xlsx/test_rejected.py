"""退回清单: every row sent back, with what to do."""

from pathlib import Path

import openpyxl

from tests.render.made_up_county import houses
from zjf.documents.rejected_rows import RejectedRow
from zjf.render.xlsx.rejected import write_rejected


def test_each_row_has_its_place_codes_and_reasons(tmp_path: Path) -> None:
    path = tmp_path / "退回清单.xlsx"
    reasons = ("P17 结构类型“砖昆”不在可选项中。请从下拉列表中选择。", "C17 村（社区）为空。请补填。")
    row = RejectedRow("柳溪镇", "柳溪镇.xlsx", "台账", 17, "YS000000000017", ("C104", "C101"), reasons)
    write_rejected(path, [row], "云水县退回清单")
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert [cell.value for cell in sheet[3]] == [
        1,
        "柳溪镇",
        "柳溪镇.xlsx",
        "台账",
        17,
        "YS000000000017",
        "C104\nC101",
        "\n".join(reasons),
    ]
    assert sheet.row_dimensions[3].height > 2 * 11


def test_an_identity_number_that_strayed_into_a_reason_is_masked(tmp_path: Path) -> None:
    path, number = tmp_path / "退回清单.xlsx", str(houses(1).owner_id[0])
    row = RejectedRow(
        "柳溪镇", "柳溪镇.xlsx", "台账", 17, number, ("C112",), (f"E17 房屋地址“{number}”有误。请更正。",)
    )
    write_rejected(path, [row], "云水县退回清单")
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert number not in "".join(str(cell.value) for cell in sheet[3])


def test_nothing_rejected_is_said(tmp_path: Path) -> None:
    path = tmp_path / "退回清单.xlsx"
    write_rejected(path, [], "云水县退回清单")
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert sheet["A3"].value == "无"
