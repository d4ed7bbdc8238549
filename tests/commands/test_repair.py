"""`zjf repair`: only what is certain is written anew, each cell is on record, and can be put back."""

import io
import json

import openpyxl
import pytest

from tests.intake.typed_files import HEADINGS, house, written
from tests.intake.typed_files import ledger as ledger_in_typed_file
from zjf.intake.limits import Limits
from zjf.intake.workbook import open_sheets

from .office import TOWN, WRONG, Office, ledger

UNUSUAL = {"地上层数": "２层", "初判结论": "严重隐患", "初判日期": "2024年3月5日", "结构类型": "砖混"}


def values(data: bytes) -> list[list[object]]:
    return [list(row) for row in open_sheets("a.xlsx", data, Limits())[0].rows]


def test_what_is_certain_is_written_as_it_should_be_and_nothing_else(office: Office) -> None:
    sent = office.receive("城关街道.xlsx", ledger(TOWN, UNUSUAL, WRONG))
    before = sent.read_bytes()
    ran = office.run("repair", sent, "-o", office.folder / "改好.xlsx", "--county", office.folder)
    assert ran.code == 0
    headings, row, wrong = values((office.folder / "改好.xlsx").read_bytes())[1:4]
    said = dict(zip(headings, row, strict=True))
    assert [said[name] for name in UNUSUAL] == [2, "存在严重安全隐患", "2024-03-05", "砖混结构"]
    assert dict(zip(headings, wrong, strict=True))["结构类型"] == "砖昆"  # a guess is none
    assert sent.read_bytes() == before
    checked = office.run(
        "validate", office.folder / "改好.xlsx", "--county", office.folder, "--format", "json"
    )
    assert "C111" not in [problem["code"] for problem in checked.json["files"][0]["problems"]]


def test_a_ditto_is_written_out(office: Office) -> None:
    below = {"村（社区）": "同上", "结构类型": "〃", "产权人": "″", "地上层数": "同上"}
    sent = office.receive("城关街道.xlsx", ledger(TOWN, {"结构类型": "砖混", "地上层数": "３"}, below, below))
    office.run("repair", sent, "-o", office.folder / "改好.xlsx", "--county", office.folder)
    headings, *rows = values((office.folder / "改好.xlsx").read_bytes())[1:5]
    for heading, text in (
        ("村（社区）", "东村"),
        ("结构类型", "砖混结构"),
        ("产权人", "赵1"),
        ("地上层数", 3),
    ):
        assert [row[headings.index(heading)] for row in rows] == [text] * 3


def test_each_cell_is_on_record_and_is_put_back(office: Office) -> None:
    sent = office.receive("城关街道.xlsx", ledger(TOWN, UNUSUAL))
    fixed, back = office.folder / "改好.xlsx", office.folder / "改回.xlsx"
    office.run("repair", sent, "-o", fixed, "--county", office.folder)
    record = json.loads((office.folder / "改好.修改记录.json").read_text("utf-8"))
    assert {"cell": "F3", "heading": "地上层数", "before": "２层", "after": 2}.items() <= next(
        cell for cell in record["cells"] if cell["cell"] == "F3"
    ).items()
    office.run("repair", fixed, "--undo", "-o", back, "--county", office.folder)
    assert values(back.read_bytes()) == values(sent.read_bytes())


def test_what_somebody_changed_since_is_left_alone(office: Office) -> None:
    sent = office.receive("城关街道.xlsx", ledger(TOWN, UNUSUAL))
    fixed, back = office.folder / "改好.xlsx", office.folder / "改回.xlsx"
    office.run("repair", sent, "-o", fixed, "--county", office.folder)
    book = openpyxl.load_workbook(fixed)
    book.worksheets[0]["F3"].value = 5
    book.save(fixed)
    ran = office.run("repair", fixed, "--undo", "-o", back, "--county", office.folder)
    assert "后来又改过或已不在的 1 格没有动" in ran.out
    assert values(back.read_bytes())[2][5] == 5


def test_a_formula_is_left_alone(office: Office) -> None:
    sent = office.receive("城关街道.xlsx", ledger(TOWN, {}))
    book = openpyxl.load_workbook(io.BytesIO(sent.read_bytes()))
    book.worksheets[0]["F3"].value = '="2层"'
    book.save(sent)
    office.run("repair", sent, "-o", office.folder / "改好.xlsx", "--county", office.folder)
    assert openpyxl.load_workbook(office.folder / "改好.xlsx").worksheets[0]["F3"].value == '="2层"'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "没有写 -o"),
        (("-o", "returns/2024-W23/城关街道.xlsx"), "-o 就是原件"),
        (("--undo", "-o", "改回.xlsx"), "找不到修改记录"),
    ],
)
def test_what_cannot_be_done_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(office.folder)
    sent = office.receive("城关街道.xlsx", ledger(TOWN, {}))
    ran = office.run("repair", sent, *arguments)
    assert ran.code in (2, 3)
    assert said in ran.err


def test_an_old_workbook_is_to_be_saved_as_a_new_one(office: Office) -> None:
    sent = office.receive("城关街道.csv", "房屋编号,地上层数\nYS1,２层\n".encode())
    ran = office.run("repair", sent, "-o", office.folder / "改好.csv", "--county", office.folder)
    assert (ran.code, "另存为 .xlsx" in ran.err) == (3, True)


def test_a_list_that_goes_on_without_headings_is_repaired_too(office: Office) -> None:
    """Beside at the right, where its last columns are blank, and on the next sheet."""
    first = ledger_in_typed_file([[*house(1), "", *house(2, 结构类型="砖混")]])
    sent = office.receive("城关街道.xlsx", written(first, "xlsx", [house(3, 地上层数="３层")]))
    made = office.folder / "改好.xlsx"
    assert office.run("repair", sent, "-o", made, "--county", office.folder).code == 0
    sheets = open_sheets("a.xlsx", made.read_bytes(), Limits())
    assert sheets[0].rows[3][len(HEADINGS) + 1 + HEADINGS.index("结构类型")] == "砖混结构"
    assert sheets[1].rows[0][HEADINGS.index("地上层数")] in (3, "3")


@pytest.mark.parametrize("gap", [0, 1])
def test_tables_beside_each_other_are_each_repaired(office: Office, gap: int) -> None:
    checks = [
        ["房屋编号", "村（社区）", "抽查日期", "原结论", "抽查结论", "抽查人"],
        ["YS0001", "东村", "2024年5月6日", "未发现安全隐患", "无误", "周工"],
    ]
    houses = ledger_in_typed_file([house(1, 结构类型="砖混")])[-2:]
    rows = [[*left, *[""] * gap, *right] for left, right in zip(houses, checks, strict=True)]
    sent = office.receive("城关街道.xlsx", written([["填报单位：城关街道"], *rows], "xlsx"))
    made = office.folder / "改好.xlsx"
    assert office.run("repair", sent, "-o", made, "--county", office.folder).code == 0
    row = values(made.read_bytes())[2]
    assert row[HEADINGS.index("结构类型")] == "砖混结构"
    assert row[len(HEADINGS) + gap + 2] == "2024-05-06"


def test_a_sheet_that_is_not_read_is_not_repaired(office: Office) -> None:
    first = ledger_in_typed_file([house(1, 结构类型="砖混")])
    settings = office.folder / "zjf.toml"
    settings.write_text('ignore_sheets = ["辅助1"]\n' + settings.read_text("utf-8"), "utf-8")
    sent = office.receive("城关街道.xlsx", written(first, "xlsx", first))
    made = office.folder / "改好.xlsx"
    assert office.run("repair", sent, "-o", made, "--county", office.folder).code == 0
    record = json.loads((office.folder / "改好.修改记录.json").read_text("utf-8"))
    assert [cell["sheet"] for cell in record["cells"]] == ["台账"]
