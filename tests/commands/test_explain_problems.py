"""`zjf explain 问题整改率`: the problems that inspections found, one by one; those refuted are apart, and said to be."""

from pathlib import Path
from typing import Any

import openpyxl
from pydantic import TypeAdapter

from tests.sheets import parse
from zjf.public_json import DocumentName
from zjf.public_json.published import MODELS

from .office import GREENSTONE, PERIOD, TOWN, Cells, Office, ledger

TOWN_S = """
    | 问题编号 | 房屋编号 | 来源     | 发现日期   | 问题描述 | 是否确认 | 整改完成日期 |
    | W1       | YS0001   | 市级检查 | 2024-04-02 | 墙体开裂 | 是       | 2024-04-20   |
    | W2       | YS0002   | 市级检查 | 2024-04-02 | 屋面漏水 | 是       |              |
    | W3       |          | 群众举报 | 2024-04-03 | 私自加层 |          |              |
    | W4       | YS0001   | 线上巡检 | 2024-04-03 | 照片不清 | 否       |              |
"""
GREENSTONE_S = """
    | 问题编号 | 房屋编号 | 来源     | 发现日期   | 问题描述 | 确认结果 | 整改完成日期 |
    | Q1       | QS0001   | 省级检查 | 2024-04-05 | 无人管护 | 不属实   | 2024-04-10   |
    | Q2       | QS0002   | 省级检查 | 2024-04-05 | 梁柱锈蚀 | 属实     | 2024-04-30   |
"""
TITLE = "问题整改率（检查发现的问题）"
AT = ("--period", PERIOD)


def sheet(unit: str, table: str) -> Cells:
    """A unit's issue ledger."""
    rows, _ = parse(table)
    return [[f"填报单位：{unit}"], [*rows[0], "村（社区）"], *([*row, "东村"] for row in rows[1:])]


def received(office: Office) -> Office:
    office.receive("问题.xlsx", sheet(TOWN, TOWN_S))
    office.receive("青石镇.xlsx", ledger(GREENSTONE, {}), sheet(GREENSTONE, GREENSTONE_S))
    office.aggregate()
    return office


def asked(office: Office, *more: str, topic: str = "问题整改率") -> dict[str, Any]:
    ran = office.run("explain", topic, "--county", office.folder, *AT, "--format", "json", *more)
    assert ran.code == 0, ran.err
    TypeAdapter(MODELS[DocumentName.EXPLAIN]).validate_python(ran.json)
    (figure,) = ran.json["figures"]
    return dict(figure)


def test_every_problem_is_named_with_the_side_on_which_it_stands(office: Office) -> None:
    figure = asked(received(office))
    assert (figure["title"], figure["population"]) == (TITLE, "检查发现的问题")
    assert figure["counts"] == {"done": 2, "due": 4}
    assert figure["display"] == "50.00%"
    assert {row["key"]: (row["numerator"], row["denominator"]) for row in figure["rows"]} == {
        "W1": (1, 1),
        "W2": (0, 1),
        "W3": (0, 1),
        "W4": (0, 0),
        "Q1": (0, 0),
        "Q2": (1, 1),
    }
    apart = [row["key"] for row in figure["rows"] if "确认不属实，不计入问题整改率" in row["because"]]
    assert apart == ["W4", "Q1"]


def test_a_unit_with_an_issue_ledger_only_is_told_and_one_without_is_not(office: Office) -> None:
    units = {unit["unit"]: (unit["counts"], unit["source"]) for unit in asked(received(office))["units"]}
    assert units == {
        TOWN: ({"done": 1, "due": 3}, "issue-ledger"),
        GREENSTONE: ({"done": 1, "due": 1}, "issue-ledger"),
    }
    assert asked(office)["without"] == ["石岭矿区管理处"]
    shown = office.run("explain", "问题整改率", "--county", office.folder, *AT).out
    assert "不含没有报或报的表没有反映这个数的单位：石岭矿区管理处" in shown
    ran = office.run("explain", "问题整改率", "--county", office.folder, *AT, "--unit", "石岭矿区管理处")
    assert ran.code != 0
    assert "没有石岭矿区管理处的这个数" in ran.err


def test_the_cell_that_decides_it_is_named(office: Office) -> None:
    rows = {row["key"]: row for row in asked(received(office), "--unit", TOWN)["rows"]}
    cells = {cell["heading"]: (cell["cell"], cell["value"]) for cell in rows["W1"]["cells"]}
    assert cells["整改完成日期"] == ("G3", "2024-04-20")
    assert (rows["W1"]["file"], rows["W1"]["row"]) == ("问题.xlsx", 3)


def test_the_goal_stands_beside_it_and_comes_to_the_same(office: Office) -> None:
    """嘉祥 四(一): 100 % by 04-30."""
    figure = asked(received(office), "--unit", TOWN)
    (goal,) = figure["goals"]
    owed = sum(row["denominator"] - row["numerator"] for row in figure["rows"])
    assert (goal["target"], goal["until"], goal["short_by"]) == (100, "2024-04-30", owed)
    status = office.run("status", "--county", office.folder, *AT, "--format", "json").json
    (line,) = [line for line in status["goals"] if line["figure"] == figure["name"]]
    assert line["units"][TOWN]["short_by"] == owed
    said = office.run("status", "--county", office.folder, *AT).out.replace("\n", "")
    assert f"zjf explain 目标的名称 --period {PERIOD} --unit 单位" in said


def test_on_the_screen_in_the_words_of_a_clerk(office: Office) -> None:
    shown = office.run("explain", "问题整改率", "--county", received(office).folder, *AT).out
    assert "在分母、不在分子的问题 2 个：W2、W3" in shown
    assert "在分母、也在分子的问题 2 个：W1、Q2" in shown
    assert "不计入的问题 2 个：W4、Q1" in shown
    assert "目标：100%，2024-04-30 前（嘉祥2024 四(一)）：报了有关数据的单位合计还差2个" in shown.replace(
        "\n", ""
    )


def test_as_a_list_with_links(office: Office) -> None:
    path: Path = received(office).folder / "来源.xlsx"
    office.run("explain", "问题整改率", "--county", office.folder, *AT, "--format", "xlsx", "-o", path)
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    listed = {row[3]: row[4:7] for row in rows if row[3] in ("W1", "W4")}
    assert listed["W1"][:2] == (1, 1)
    assert listed["W4"] == (0, 0, "检查发现的问题；确认不属实，不计入问题整改率")


def test_without_an_issue_ledger_nothing_is_said_to_be_done(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, {}))
    office.aggregate()
    ran = office.run("explain", "问题整改率", "--county", office.folder, *AT)
    assert ran.code != 0
    assert "没有云水县的这个数" in ran.err
