"""Houses that problems and audits name, against their units' house ledgers (L304, L306)."""

from tests.commands.office import MINE, TOWN, Office, ledger
from tests.sheets import Cells

ISSUES: Cells = [
    [f"填报单位：{TOWN}"],
    ["问题编号", "房屋编号", "来源", "发现日期", "问题描述", "是否确认"],
    ["W1", "YS0001", "线上巡检", "2024-05-01", "缺照片", "是"],
    ["W2", "YS0099", "线上巡检", "2024-05-01", "缺照片", "否"],
    ["W3", "", "自查", "2024-05-01", "裂缝", ""],
]
AUDITS: Cells = [
    [f"填报单位：{TOWN}"],
    ["报告编号", "房屋编号", "鉴定机构", "抽查日期", "抽查结论"],
    ["J1", "YS0001", "江岳鉴定所", "2024-05-20", "合格"],
    ["J2", "YS0099", "江岳鉴定所", "2024-05-20", "合格"],
]
SHOP = {"是否经营性": "是", "经营业态": "商贸", "专业设计": "是", "专业施工": "是"}


def named(document: dict[str, object]) -> set[tuple[str, str]]:
    return {
        (problem["code"], problem["cell"])
        for file in document["files"]  # type: ignore[attr-defined]
        for problem in file["problems"]
        if problem["code"] in ("L304", "L306")
    }


def validated(office: Office) -> set[tuple[str, str]]:
    return named(office.run("validate", office.inbox, "--county", office.folder, "--format", "json").json)


def test_a_house_that_is_not_in_the_units_ledger_is_named(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, SHOP))
    office.receive("问题.xlsx", ISSUES)
    office.receive("鉴定抽查.xlsx", AUDITS)
    assert validated(office) == {("L304", "B4"), ("L306", "B4")}


def test_without_the_units_ledger_nothing_is_known(office: Office) -> None:
    office.receive("别处.xlsx", ledger(MINE, SHOP))
    office.receive("问题.xlsx", ISSUES)
    assert validated(office) == set()


def test_a_ledger_with_a_number_that_cannot_be_read_leaves_it_open(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, SHOP, {"房屋编号": ""}))
    office.receive("问题.xlsx", ISSUES)
    assert validated(office) == set()


def test_the_problem_of_a_house_in_no_ledger_counts_all_the_same(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, SHOP, {}))
    office.receive("问题.xlsx", ISSUES)
    town = next(unit for unit in office.aggregate("--format", "json").json["units"] if unit["unit"] == TOWN)
    counts = town["forms"]["attachment-2"]
    assert (counts["online_confirmed"], counts["online_issues"]) == (1, 2)


def test_a_notice_may_count_every_answer_as_a_confirmation(office: Office) -> None:
    (office.folder / "notices").mkdir()
    (office.folder / "notices" / "jiaxiang-2024.toml").write_text(
        'inherits = "jiaxiang-2024"\nconfirmation = "answered"\n', encoding="utf-8"
    )
    office.receive("台账.xlsx", ledger(TOWN, SHOP, {}))
    office.receive("问题.xlsx", ISSUES)
    town = next(unit for unit in office.aggregate("--format", "json").json["units"] if unit["unit"] == TOWN)
    counts = town["forms"]["attachment-2"]
    assert (counts["online_confirmed"], counts["online_issues"]) == (2, 2)


def test_what_was_accepted_before_is_the_ledger_of_a_unit_that_sends_only_its_problems(
    office: Office,
) -> None:
    office.receive("台账.xlsx", ledger(TOWN, SHOP))
    office.aggregate()
    (office.inbox / "台账.xlsx").unlink()
    office.receive("问题.xlsx", ISSUES)
    said = office.aggregate().out
    assert "L304" in said
