"""The official tables, read back as a clerk would see them."""

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from tests.render.made_up_county import (
    PROGRESS,
    PROGRESS_LINES,
    REVIEW,
    REVIEW_LINES,
    SWEEP,
    SWEEP_LINES,
    UNITS,
    VILLAGE_LINES,
    VILLAGES,
    progress,
    review,
)
from tests.sheets import check, found_in
from zjf.counting.tally import rates, total
from zjf.documents.attachment import Attachment, AttachmentLine, AttachmentNotes, lines_of
from zjf.render.xlsx.attachment import write_attachment
from zjf.schemas import Form
from zjf.unit_names import Roster

OFFICE = "云水县自建房安全专项整治工作领导小组办公室"


def sheet_of(path: Path) -> Worksheet:
    (sheet,) = openpyxl.load_workbook(path).worksheets
    return sheet


def values_of(path: Path) -> list[list[object]]:
    """The cells as a reader sees them, formulas by their saved results."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def row_of(path: Path, first: str) -> list[object]:
    (row,) = (row for row in values_of(path) if row[0] == first)
    return row


def merges(sheet: Worksheet) -> dict[str, str]:
    return {str(area): str(sheet[str(area).split(":")[0]].value) for area in sheet.merged_cells.ranges}


def cell_text(sheet: Worksheet, text: str) -> str:
    (place,) = (cell.coordinate for row in sheet for cell in row if cell.value == text)
    return str(place)


def test_progress_of_a_unit_reads_like_the_notice(tmp_path: Path) -> None:
    path = tmp_path / "附件2.xlsx"
    notes = AttachmentNotes("李小满", "0530-0000001", date(2024, 6, 7))
    write_attachment(
        path, Attachment(PROGRESS, [AttachmentLine((), progress(3))], unit="城关街道", notes=notes)
    )
    sheet = sheet_of(path)
    areas = merges(sheet)
    assert sheet["A1"].value == "附件2"
    assert areas["A2:Q2"] == "城关街道自建房安全专项整治攻坚行动工作台账"
    assert [cell.value for cell in sheet[3] if cell.value] == [
        "填报人：李小满",
        "联系方式：0530-0000001",
        "填报时间：2024年6月7日",
        "（单位：栋）",
    ]
    assert areas["A4:A6"] == "已排查自建房总量"
    assert areas["B4:F4"] == "经营性自建房"
    assert areas["G4:Q4"] == "非经营性自建房"
    assert (areas["C5:D5"], areas["E5:F5"]) == ("整治销号", "线上检查")
    assert (areas["K5:M5"], areas["N5:O5"], areas["P5:Q5"]) == ("安全鉴定", "整治措施", "整治销号")
    assert areas["H5:H6"] == "初判隐患数量①"
    leaves = {field.heading.text for field in PROGRESS.fields if not field.roll_up_only}
    assert leaves <= {cell.value for row in sheet["A4:Q6"] for cell in row}
    assert [cell.value for cell in sheet[8] if cell.value] == ["主要负责同志签字：", "单位（盖章）："]


def test_counts_are_numbers_and_rates_are_the_notice_s_formulas(tmp_path: Path) -> None:
    path = tmp_path / "附件2.xlsx"
    counts = {
        "suspected": 100,
        "cleared": 20,
        "direct_works": 10,
        "appraised": 63,
        "grade_cd": 30,
        "cd_works": 24,
    }
    write_attachment(
        path, Attachment(PROGRESS, [AttachmentLine((), progress(0) | counts | {"closed": 87})], unit="青石镇")
    )
    sheet = sheet_of(path)
    assert [sheet[place].value for place in ("H7", "I7", "J7", "K7", "L7", "N7")] == [100, 20, 10, 63, 30, 24]
    assert sheet["M7"].value == "=K7/(H7-I7-J7)"
    assert sheet["O7"].value == "=(N7+J7)/(L7+J7)"
    assert sheet["Q7"].value == "=P7/H7"
    assert {sheet[place].number_format for place in ("M7", "O7", "Q7")} == {"0.00%"}
    saved = values_of(path)[6]
    assert (saved[12], saved[14], saved[16]) == (0.9, 0.85, 0.87)


@pytest.mark.parametrize(
    ("closed", "suspected", "printed"),
    [(0, 0, "—"), (99_999, 100_000, "> 99.99%"), (1, 100_000, "< 0.01%"), (21410, 20985, 21410 / 20985)],
)
def test_a_rate_that_rounding_would_falsify_is_text(
    tmp_path: Path, closed: int, suspected: int, printed: object
) -> None:
    path = tmp_path / "附件2.xlsx"
    counts = progress(0) | {"closed": closed, "suspected": suspected}
    write_attachment(path, Attachment(PROGRESS, [AttachmentLine((), counts)], unit="青石镇"))
    assert values_of(path)[6][16] == printed


def test_online_checks_are_blank_until_reported(tmp_path: Path) -> None:
    path = tmp_path / "附件2.xlsx"
    write_attachment(path, Attachment(PROGRESS, [AttachmentLine((), progress(0))], unit="青石镇"))
    assert values_of(path)[6][4:6] == ["", "—"]
    found = {"online_confirmed": 3, "online_issues": 5}
    write_attachment(path, Attachment(PROGRESS, [AttachmentLine((), progress(0) | found)], unit="青石镇"))
    assert values_of(path)[6][4:6] == ["3/5", 0.6]


def test_the_county_table_has_a_row_per_unit_and_their_sum(tmp_path: Path) -> None:
    path = tmp_path / "附件2.xlsx"
    write_attachment(
        path,
        Attachment(
            PROGRESS, PROGRESS_LINES, unit="云水县", roll_up=True, notes=AttachmentNotes(office=OFFICE)
        ),
    )
    sheet = sheet_of(path)
    assert sheet["A2"].value == "云水县自建房安全专项整治攻坚行动工作台账"
    assert sheet["A3"].value == f"填报单位：{OFFICE}"
    assert merges(sheet)["A4:A6"] == "乡镇（街道）"
    assert [sheet.cell(row, 1).value for row in range(7, 22)] == [*UNITS, "合计"]
    county = total(line.counts for line in PROGRESS_LINES)
    printed = row_of(path, "合计")
    assert printed[1] == county["surveyed"]
    assert sheet["B21"].value == "=SUM(B7:B20)"
    closure = rates(PROGRESS, county)["closure_rate"]
    assert printed[17] == closure.numerator / closure.denominator
    assert sheet["R21"].value == "=Q21/I21"


def test_a_unit_that_did_not_report_is_named_and_not_summed(tmp_path: Path) -> None:
    path = tmp_path / "附件1.xlsx"
    lines = [*REVIEW_LINES[:5], AttachmentLine((UNITS[5],), {}), *REVIEW_LINES[6:]]
    write_attachment(
        path, Attachment(REVIEW, lines, unit="云水县", roll_up=True, remarks=["注：双桥镇未报，合计不含。"])
    )
    assert row_of(path, UNITS[5])[1] == "未报"
    assert row_of(path, "合计")[1] == total(line.counts for line in lines)["total"]
    assert row_of(path, "注：双桥镇未报，合计不含。")


def test_review_of_management_closures_has_its_two_groups(tmp_path: Path) -> None:
    path = tmp_path / "附件1.xlsx"
    write_attachment(path, Attachment(REVIEW, [AttachmentLine((), review(0))], unit="城关街道"))
    areas = merges(sheet_of(path))
    assert areas["A2:I2"] == "城关街道前期采取管理措施销号的自建房复核台账"
    assert (areas["A4:A5"], areas["B4:E4"], areas["F4:I4"]) == ("总量", "经营性自建房", "非经营性自建房")
    assert values_of(path)[5] == list(review(0).values())


def test_the_sweep_table_has_villages_a_total_and_no_signature(tmp_path: Path) -> None:
    path = tmp_path / "摸排.xlsx"
    write_attachment(path, Attachment(SWEEP, VILLAGE_LINES, unit="白鹭镇"))
    sheet = sheet_of(path)
    assert sheet["A1"].value == "附件"
    assert [sheet.cell(row, 1).value for row in range(6, 19)] == [*VILLAGES, "总计（栋）"]
    assert sheet["B5"].value == "共核查房屋\n（栋）"
    assert sheet.max_row == 18
    assert row_of(path, "总计（栋）")[1:] == list(total(line.counts for line in VILLAGE_LINES).values())


def test_the_county_sweep_table_names_the_township_of_each_village(tmp_path: Path) -> None:
    path = tmp_path / "摸排.xlsx"
    write_attachment(path, Attachment(SWEEP, SWEEP_LINES, unit="云水县", roll_up=True))
    rows = values_of(path)
    assert [str(heading) for heading in rows[3][:2]] == ["乡镇（街道）", "行政村"]
    assert rows[5][:2] == [UNITS[0], VILLAGES[0]]
    assert merges(sheet_of(path))["A174:B174"] == "总计（栋）"


def test_a_nil_return_says_so(tmp_path: Path) -> None:
    path = tmp_path / "摸排.xlsx"
    write_attachment(path, Attachment(SWEEP, [], unit="枫林乡"))
    assert row_of(path, "零报")[1:] == [0] * 8


@pytest.mark.parametrize(
    ("form", "lines", "unit"),
    [
        (
            PROGRESS,
            [AttachmentLine((), progress(3) | {"online_confirmed": 3, "online_issues": 5})],
            "城关街道",
        ),
        (PROGRESS, PROGRESS_LINES, "云水县"),
        (REVIEW, [AttachmentLine((), review(3))], "城关街道"),
        (REVIEW, REVIEW_LINES, "云水县"),
        (SWEEP, VILLAGE_LINES, "白鹭镇"),
        (SWEEP, SWEEP_LINES, "云水县"),
        (SWEEP, [], "枫林乡"),
    ],
)
def test_what_is_printed_passes_its_own_check(
    tmp_path: Path, form: Form, lines: list[AttachmentLine], unit: str
) -> None:
    path = tmp_path / "表.xlsx"
    write_attachment(path, Attachment(form, lines, unit=unit, roll_up=unit == "云水县"))
    roster = Roster(tuple((name, ()) for name in UNITS), "云水县")
    checked = check(path.read_bytes(), path.name, roster=roster)
    assert [table.form.id for table in checked.tables] == [form.id]
    assert found_in(checked, infos=True) == set()


def test_village_lines_come_from_typed_rows() -> None:
    rows = [{"township": UNITS[0], "village": line.names[0], **line.counts} for line in VILLAGE_LINES]
    frame = pd.DataFrame(rows, dtype=object)
    assert lines_of(SWEEP, frame) == VILLAGE_LINES
    assert lines_of(SWEEP, frame, roll_up=True) == SWEEP_LINES[: len(VILLAGES)]


@pytest.mark.parametrize(
    ("form", "lines", "roll_up", "paper", "one_page"),
    [
        (PROGRESS, [AttachmentLine((), progress(0))], False, Worksheet.PAPERSIZE_A3, True),
        (PROGRESS, PROGRESS_LINES, True, Worksheet.PAPERSIZE_A3, True),
        (REVIEW, REVIEW_LINES, True, Worksheet.PAPERSIZE_A4, True),
        (SWEEP, SWEEP_LINES, True, Worksheet.PAPERSIZE_A4, False),
    ],
)
def test_print_set_up(
    tmp_path: Path, form: Form, lines: list[AttachmentLine], roll_up: bool, paper: str, one_page: bool
) -> None:
    path = tmp_path / "表.xlsx"
    write_attachment(path, Attachment(form, lines, unit="云水县", roll_up=roll_up, period="2024-W23"))
    sheet = sheet_of(path)
    page = sheet.page_setup
    assert (page.orientation, str(page.paperSize)) == ("landscape", paper)
    assert (page.fitToWidth or 1, page.fitToHeight) == (1, None if one_page else 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == ("$4:$6" if form is PROGRESS else "$4:$5")
    assert sheet.print_options.horizontalCentered
    assert sheet.oddFooter.left.text == "2024-W23"
    assert sheet.oddFooter.center.text == "第 &P 页  共 &N 页"


def test_every_cell_of_the_table_has_a_border(tmp_path: Path) -> None:
    path = tmp_path / "附件2.xlsx"
    write_attachment(path, Attachment(PROGRESS, PROGRESS_LINES, unit="云水县", roll_up=True))
    sheet = sheet_of(path)
    assert {cell.border.bottom.style for row in sheet["A7:R21"] for cell in row} == {"thin"}
