"""`zjf explain FIGURE --period`: every house behind a figure, with the cell that decided it."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from pydantic import TypeAdapter

from tests.sheets import workbook
from zjf.figures.progress import FIGURES
from zjf.figures.provenance import figures
from zjf.public_json import DocumentName
from zjf.public_json.published import MODELS

from .office import FACT_1, PERIOD, Office, attachment, ledger
from .prepared import prepared

SHOP = {"是否经营性": "是", "经营业态": "超市", "专业设计": "是", "专业施工": "是"}
HAZARD = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-01"}
WORKS = {"整治措施": "维修加固", "整治完成日期": "2024-05-01", "验收日期": "2024-05-06"}
CLOSED = {**HAZARD, **WORKS, "销号日期": "2024-05-08", "销号方式": "工程措施"}
TOWN = ledger("城关街道", {**SHOP, **CLOSED}, {**SHOP, **HAZARD}, CLOSED, HAZARD, HAZARD, {})


def receive_both(office: Office) -> Office:
    """One unit sends its houses, another an attachment."""
    office.receive("城关街道.xlsx", TOWN)
    office.receive("附件2.xlsx", attachment("attachment-2", {"石岭矿区管理处": FACT_1}))
    office.aggregate()
    return office


received = prepared(receive_both)


def asked(office: Office, topic: str, *more: str) -> dict[str, Any]:
    ran = office.run(
        "explain", topic, "--county", office.folder, "--period", PERIOD, "--format", "json", *more
    )
    assert ran.code == 0, ran.err
    TypeAdapter(MODELS[DocumentName.EXPLAIN]).validate_python(ran.json)
    return ran.json


def value_at(sheet: list[list[str]], address: str) -> str:
    """What the township wrote in a cell, looked up by hand."""
    rows = {
        f"{get_column_letter(column)}{row}": text
        for row, line in enumerate(sheet, 1)
        for column, text in enumerate(line, 1)
    }
    return rows[address]


def test_each_house_names_the_cells_that_decided_it(received: Office) -> None:
    (figure,) = asked(received, "attachment-2/closure_rate")["figures"]
    houses = {row["key"]: row for row in figure["rows"] if row["key"]}
    assert {key: row["numerator"] for key, row in houses.items()} == {"YS0003": 1, "YS0004": 0, "YS0005": 0}
    for row in houses.values():
        assert (row["file"], row["sheet"]) == ("城关街道.xlsx", "Sheet1")
        for cell in row["cells"]:
            if cell["cell"]:
                written = value_at(TOWN, cell["cell"])
                said = cell["value"]
                assert written == ("、".join(said) if isinstance(said, list) else said or "")


@pytest.mark.parametrize("name", [figure.name for figure in figures()])
def test_the_rows_of_a_forms_figure_add_up_to_it(name: str, received: Office) -> None:
    for figure in asked_if_known(received, name):
        above, below = (
            sum(row[side] or 0 for row in figure["rows"]) for side in ("numerator", "denominator")
        )
        if figure["formula"]:
            rate = figure["display"]
            assert rate == "—" or rate == f"{round(100 * above / below, 2):.2f}%"
        elif len(figure["counts"]) == 1:
            assert [above] == list(figure["counts"].values())


def asked_if_known(office: Office, name: str) -> list[dict[str, Any]]:
    """The figures of that name; none where nobody reported it."""
    ran = office.run("explain", name, "--county", office.folder, "--period", PERIOD, "--format", "json")
    found: list[dict[str, Any]] = ran.json["figures"] if ran.code == 0 else []
    return found


@pytest.mark.parametrize("name", [name for name in FIGURES if not name.startswith("households")])
def test_the_rows_of_a_progress_figure_add_up_to_it(name: str, received: Office) -> None:
    (figure,) = asked(received, name)["figures"]
    assert sum(row["numerator"] for row in figure["rows"]) == figure["counts"]["done"]
    assert sum(row["denominator"] for row in figure["rows"]) == figure["counts"]["due"]
    assert figure["population"] in figure["title"]


def test_what_a_unit_reported_itself_names_its_cell(received: Office) -> None:
    (figure,) = asked(received, "attachment-2/closed", "--unit", "石岭矿区管理处")["figures"]
    (row,) = figure["rows"]
    (cell,) = row["cells"]
    assert (row["file"], row["numerator"]) == ("附件2.xlsx", FACT_1["closed"])
    sheet = attachment("attachment-2", {"石岭矿区管理处": FACT_1})
    assert value_at(sheet, cell["cell"]) == f"={FACT_1['closed']}"


def test_not_cut_at_ten_in_json_and_xlsx_and_the_screen_says_how_many_more(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", *[HAZARD] * 24))
    office.aggregate()
    assert len(asked(office, "⑦")["figures"][0]["rows"]) == 0
    assert len(asked(office, "attachment-2/suspected")["figures"][0]["rows"]) == 24
    shown = office.run("explain", "attachment-2/suspected", "--county", office.folder, "--period", PERIOD).out
    assert "计入的房屋 24 栋" in shown
    assert "其余 14 栋请加 --format xlsx" in shown
    path = office.folder / "来源.xlsx"
    office.run(
        "explain", "attachment-2/suspected", "--county", office.folder, "--period", PERIOD,
        "--format", "xlsx", "-o", path,
    )  # fmt: skip
    assert len(links(path)) == 24


def links(path: Path) -> list[str]:
    """Where the links of a list lead."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [
        f"{cell.hyperlink.target}#{cell.hyperlink.location}"
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    ]


def test_a_link_leads_to_the_cell_in_the_file_as_it_was_taken_in(received: Office) -> None:
    path = received.folder / "out" / PERIOD / "数字来源.xlsx"
    received.run(
        "explain",
        "attachment-2/closure_rate",
        "--county",
        received.folder,
        "--period",
        PERIOD,
        "--format",
        "xlsx",
    )
    targets = links(path)
    first = asked(received, "attachment-2/closure_rate")["figures"][0]["rows"][0]
    assert targets[0].endswith(f"城关街道.xlsx#'Sheet1'!{first['cells'][0]['cell']}")
    assert (path.parent / targets[0].split("#")[0].replace("\\", "/")).resolve() == (
        received.inbox / "城关街道.xlsx"
    ).resolve()


def test_a_file_that_was_changed_since_is_not_linked(received: Office) -> None:
    received.receive("城关街道.xlsx", ledger("城关街道", HAZARD))
    path = received.folder / "来源.xlsx"
    received.run(
        "explain", "attachment-2/closure_rate", "--county", received.folder, "--period", PERIOD,
        "--unit", "城关街道", "--format", "xlsx", "-o", path,
    )  # fmt: skip
    assert links(path) == []
    said = [
        cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True) for cell in row
    ]
    assert any("原件不在 returns 中" in str(cell) for cell in said)


def test_personal_data_is_masked_unless_asked_for(office: Office) -> None:
    number = "990101199001015131"
    office.receive("城关街道.xlsx", ledger("城关街道", {**HAZARD, "房屋编号": number}))
    office.aggregate()
    masked, whole = (
        json.dumps(asked(office, "attachment-2/suspected", *more), ensure_ascii=False)
        for more in ((), ("--show-personal",))
    )
    assert number not in masked
    assert number in whole


def test_files_and_sheets_named_after_people_are_masked_and_not_linked(office: Office) -> None:
    owned = ledger("城关街道", {**HAZARD, "产权人": "欧阳春华"})
    office.receive("欧阳春华家.xlsx", renamed(workbook(owned), "欧阳春华的房子"))
    office.aggregate()
    words = ("explain", "attachment-2/suspected", "--county", office.folder, "--period", PERIOD)
    path = office.folder / "来源.xlsx"
    office.run(*words, "--format", "xlsx", "-o", path)
    with zipfile.ZipFile(path) as package:
        parts = "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
    for said in (
        office.run(*words).out,
        json.dumps(asked(office, words[1]), ensure_ascii=False),
        unquote(parts),
    ):
        assert "欧阳春华" not in said.replace("\n", "")
        assert "欧***的房子" in said.replace("\n", "")
    assert links(path) == []
    office.run(*words, "--format", "xlsx", "-o", path, "--show-personal", "--reason", "核对")
    assert any("欧阳春华的房子" in unquote(target) for target in links(path))


def renamed(book: bytes, title: str) -> bytes:
    """The workbook with its first sheet called otherwise."""
    opened, copy = openpyxl.load_workbook(io.BytesIO(book)), io.BytesIO()
    opened.worksheets[0].title = title
    opened.save(copy)
    return copy.getvalue()


def test_a_waiver_of_a_house_is_told(office: Office) -> None:
    waiver = '[[waivers]]\ncode = "L209"\nhouse = "YS0001"\nreason = "五方验收另行组织"\nby = "王主任"\nuntil = 2024-12-31\n'
    (office.folder / "waivers.toml").write_text(waiver, "utf-8")
    unaccepted = {name: text for name, text in CLOSED.items() if name != "验收日期"}
    office.receive("城关街道.xlsx", ledger("城关街道", unaccepted))
    office.aggregate()
    (row,) = asked(office, "attachment-2/closed")["figures"][0]["rows"]
    assert any("五方验收另行组织" in said for said in row["waivers"])


def test_a_waiver_of_the_whole_unit_is_told_of_the_houses_of_which_it_holds(office: Office) -> None:
    waiver = '[[waivers]]\ncode = "L208"\nunit = "城关街道"\nreason = "已排期复核"\nby = "王主任"\nuntil = 2024-12-31\n'
    (office.folder / "waivers.toml").write_text(waiver, "utf-8")
    managed = {**HAZARD, "销号日期": "2023-06-01", "销号方式": "管理措施"}
    office.receive("城关街道.xlsx", ledger("城关街道", managed, HAZARD))
    office.aggregate()
    rows = {row["key"]: row for row in asked(office, "attachment-2/suspected")["figures"][0]["rows"]}
    assert any("已排期复核" in said for said in rows["YS0001"]["waivers"])
    assert rows["YS0002"]["waivers"] == []


def test_the_goal_for_a_figure_stands_beside_it(received: Office) -> None:
    """嘉祥 四(二): all suspected houses closed by 06-15."""
    (figure,) = asked(received, "all/closed", "--unit", "城关街道")["figures"]
    (goal,) = figure["goals"]
    owed = sum(row["denominator"] - row["numerator"] for row in figure["rows"])
    assert (goal["target"], goal["until"], goal["state"]) == (100, "2024-06-15", "short")
    assert goal["short_by"] == owed == 3
    said = received.run(
        "explain", "all/closed", "--county", received.folder, "--period", PERIOD, "--unit", "城关街道"
    ).out
    assert "目标：100%，2024-06-15 前（嘉祥2024 四(二)）：还差3栋" in said.replace("\n", "")


def test_a_plain_name_means_the_figure_of_what_the_notice_is_about_too(office: Office) -> None:
    office.change_settings("jiaxiang-2024", "jiafeng-2024")
    names = [figure["name"] for figure in asked(receive_both(office), "销号率")["figures"]]
    assert names == ["attachment-2/closure_rate", "commercial/closed"]


def test_a_code_is_told_as_json(office: Office) -> None:
    told = office.run("explain", "L208", "--format", "json").json
    assert told["code"]["code"] == "L208"
    assert told["figures"] == []


def test_xlsx_needs_a_period_and_a_figure(office: Office) -> None:
    assert office.run("explain", "⑦", "--format", "xlsx").code == 2
    at = ("--county", office.folder, "--period", PERIOD)
    assert office.run("explain", "C104", *at, "--format", "xlsx").code == 2
    assert office.run("explain", "L205", *at, "--format", "xlsx").code == 2  # no duty under 嘉祥


def test_the_problems_behind_the_confirmation_rate_are_listed(office: Office) -> None:
    issues = [
        ["填报单位：城关街道"],
        ["问题编号", "村（社区）", "房屋编号", "来源", "发现日期", "问题描述", "是否确认"],
        ["W1", "东村", "YS0001", "线上巡检", "2024-05-01", "裂缝", "是"],
        ["W2", "东村", "YS0002", "线上巡检", "2024-05-01", "裂缝", ""],
        ["W3", "东村", "YS0003", "线上巡检", "2024-05-01", "裂缝", "是"],
        ["W4", "东村", "YS0001", "省级检查", "2024-05-01", "裂缝", "是"],
    ]
    office.receive("城关街道.xlsx", TOWN, issues)
    office.aggregate()
    (figure,) = asked(office, "attachment-2/confirmation_rate")["figures"]
    rows = {row["key"]: (row["numerator"], row["denominator"]) for row in figure["rows"]}
    assert rows == {"W2": (0, 1), "W1": (1, 1)}  # W3 is on a house without business, W4 is not online
    said = office.run("explain", "问题确认率", "--county", office.folder, "--period", PERIOD).out
    assert "在分母、不在分子的问题 1 个：W2" in said
