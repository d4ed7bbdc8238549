"""分类清单: one sheet a duty, gravest first."""

from pathlib import Path

import openpyxl

from tests.render.made_up_county import houses
from zjf.analysis.classification import classify
from zjf.notices.notice import Notice
from zjf.render.xlsx.classified import write_classified

JIAFENG = Notice.load("jiafeng-2024")


def test_every_house_with_a_duty_stands_on_its_sheet_gravest_first(tmp_path: Path) -> None:
    street = houses(30).assign(
        initial_judgement=["未发现安全隐患", "存在一定安全隐患", "存在严重安全隐患"] * 10,
        controls=None,
        **dict.fromkeys(
            ("grade", "review_result", "measures", "rectified_on", "closed_on", "closure_basis"), None
        ),
        **dict.fromkeys(("post_review_on", "post_review_result", "reclosed_on", "control_lifted_on"), None),
    )
    classes = classify(street, JIAFENG, {})
    path = tmp_path / "分类清单.xlsx"
    write_classified(path, street.join(classes), "云水县自建房分类清单")
    book = openpyxl.load_workbook(path)
    listed = {
        sheet.title: [row[1] for row in sheet.iter_rows(min_row=3, values_only=True) if row[0] != "无"]
        for sheet in book.worksheets[1:]
    }
    assert listed["管控"] == ["高"] * 10
    assert listed["复核鉴定"] == ["中"] * 10
    assert not any(listed[duty] for duty in ("移送", "整治", "验收", "销号"))
    assert book["管控"].freeze_panes == "E3"


def test_an_owner_s_number_in_another_cell_is_masked_too(tmp_path: Path) -> None:
    street = houses(3).assign(address=lambda rows: [f"上坪村 {number}" for number in rows.owner_id])
    path = tmp_path / "分类清单.xlsx"
    write_classified(path, street.join(classify(street, JIAFENG, {})), "清单")
    said = "".join(
        str(cell)
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )
    assert not any(str(number) in said for number in street.owner_id)
