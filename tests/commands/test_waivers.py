"""waivers.toml: what it holds, what it cannot hold, and where that is said."""

from typing import Any

import pytest

from .office import FACT_1, GREENSTONE, MINE, PERIOD, TOWN, UNREVIEWED, WRONG, Office, Ran, attachment, ledger
from .papers import made, report, take_in, words

FOOTNOTE = "豁免（城关街道）：C104（YS0001）：历史档案如此；核准人 贺建平，至 2024-12-31。"


def waive(office: Office, *waivers: dict[str, str]) -> None:
    """Writes waivers.toml: each waiver is of C104, until the end of the year, unless it says otherwise."""
    usual = {"code": "C104", "reason": "历史档案如此", "by": "贺建平", "until": "2024-12-31"}
    text = ""
    for waiver in waivers:
        said = usual | waiver
        until = said.pop("until")
        lines = [f'{key} = "{value}"' for key, value in said.items()]
        text += "\n".join(["[[waivers]]", *lines, f"until = {until}", ""])
    (office.folder / "waivers.toml").write_text(text, encoding="utf-8")


def weekly(office: Office) -> Ran:
    return office.run("weekly", "--period", PERIOD, "--as", "md", "--county", office.folder)


def problems(office: Office) -> list[dict[str, Any]]:
    return [
        problem for file in office.validate("--format", "json").json["files"] for problem in file["problems"]
    ]


def test_a_footnote_names_the_waivers_that_held_something_and_no_other(office: Office) -> None:
    """Neither one that has expired, nor one for a house in which nothing is wrong."""
    waive(
        office,
        {"house": "YS0001"},
        {"house": "YS0001", "until": "2024-06-01", "reason": "已经到期"},
        {"house": "YS0002", "reason": "这一栋没有错"},
    )
    take_in(office, {TOWN: [WRONG, {}]})
    report(office, "attachment-2", "--as", "pdf", "--unit", TOWN)
    said = words(made(office, f"附件2_{TOWN}.pdf"))
    assert FOOTNOTE.replace(" ", "") in said
    assert "已经到期" not in said
    assert "这一栋没有错" not in said


def test_a_reason_that_was_reworded_is_reworded_below_the_table(office: Office) -> None:
    waive(office, {"house": "YS0001", "reason": "旧的理由"})
    take_in(office, {TOWN: [WRONG, {}]})
    waive(office, {"house": "YS0001"})
    office.aggregate()
    report(office, "attachment-2", "--as", "pdf", "--unit", TOWN)
    said = words(made(office, f"附件2_{TOWN}.pdf"))
    assert FOOTNOTE.replace(" ", "") in said
    assert "旧的理由" not in said


def test_waivers_of_two_files_of_a_unit_both_stand_below_its_table(office: Office) -> None:
    counts = dict.fromkeys(FACT_1, 0) | {"surveyed": 1, "noncommercial": 1, "closed": 1}
    office.receive(f"{TOWN}台账.xlsx", ledger(TOWN, WRONG))
    office.receive(f"{TOWN}附件2.xlsx", attachment("attachment-2", {TOWN: counts}))
    codes = {problem["code"] for problem in problems(office) if problem["severity"] == "error"} - {"C104"}
    waive(office, {"house": "YS0001"}, *({"code": code, "unit": TOWN} for code in (*codes, "A307")))
    assert office.aggregate().out.count("豁免 ") == len(codes) + 2
    report(office, "attachment-2", "--as", "pdf", "--unit", TOWN)
    said = words(made(office, f"附件2_{TOWN}.pdf"))
    assert all(held in said for held in ("C104（YS0001）", "A302（城关街道）", "A307（城关街道）"))


def test_a_unit_may_go_by_its_alias(office: Office) -> None:
    waive(office, {"unit": "城关街道办"})
    office.receive("城关街道.xlsx", ledger(TOWN, WRONG))
    ran = office.validate()
    assert ran.code == 0
    assert "豁免 1 处：C104（城关街道）" in ran.out


def test_a_unit_of_a_roll_up_is_waived_alone(office: Office) -> None:
    wrong = FACT_1 | {"grade_cd": 64, "cd_works": 24}
    office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: wrong, GREENSTONE: wrong, MINE: FACT_1}))
    codes = {problem["code"] for problem in problems(office) if problem["severity"] == "error"}
    waive(office, *({"code": code, "unit": TOWN} for code in codes))
    found = [
        (problem["row"], problem["waived"]) for problem in problems(office) if problem["severity"] == "error"
    ]
    first = min(row for row, _ in found)
    assert {waived for row, waived in found if row == first} == {True}
    assert {waived for row, waived in found if row != first} == {False}


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        ({"code": "D404", "unit": TOWN}, "D404 说的是两份文件以哪一份为准，不能豁免"),
        ({"code": "R602", "unit": TOWN}, "R602 说的是没有报，不能豁免"),
        ({"code": "T506", "unit": TOWN}, "T506 只是说明一声，不用豁免"),
        ({"code": "A302", "house": "YS0001"}, "A302 说的不是某一栋房屋，请写 unit，不写 house"),
        ({"code": "R608", "house": "YS0001"}, "R608 说的不是某一栋房屋，请写 unit，不写 house"),
        ({"unit": "城官街道"}, "第 1 项的 unit「城官街道」不在本县名单中，是否为「城关街道」？"),
    ],
)
def test_a_waiver_that_could_never_hold_anything_is_refused(
    office: Office, waiver: dict[str, str], said: str
) -> None:
    waive(office, waiver)
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    ran = office.validate()
    assert ran.code == 3
    assert said in ran.err.replace("。是否", "，是否")


def test_a_waived_duty_is_counted_by_nobody_and_said_below_the_table(office: Office) -> None:
    waive(office, {"code": "L208", "house": "YS0001"})
    take_in(office, {TOWN: [UNREVIEWED, UNREVIEWED]})
    assert office.summary()["county"]["breaches"] == {"L208": 1}
    waive(office, {"code": "L208", "unit": TOWN})
    assert office.validate().code == 0
    assert office.aggregate().code == 0
    assert office.summary()["county"]["breaches"] == {}
    assert weekly(office).code == 0
    paper = (office.out / "周报.md").read_text("utf-8")
    assert "逐栋核对，除经核准豁免的以外，未发现未落实事项" in paper
    assert "全部自建房中还有：凭管理措施销号，没有经过销号后复核2栋（城关街道2栋）" in paper
    report(office, "attachment-2", "--as", "pdf", "--unit", TOWN)
    said = words(made(office, f"附件2_{TOWN}.pdf"))
    assert "未落实事项" not in said
    assert "豁免（城关街道）：L208（城关街道）：历史档案如此" in said


def test_a_duty_that_is_not_waived_keeps_its_exit_code(office: Office) -> None:
    waive(office, {"code": "L208", "house": "YS0001"})
    take_in(office, {TOWN: [UNREVIEWED, UNREVIEWED]})
    assert [office.validate().code, office.aggregate().code, weekly(office).code] == [1, 1, 1]


def test_an_attachment_is_held_against_a_ledger_whose_errors_are_waived(office: Office) -> None:
    """A307 is unknown while the ledger has rejected rows; a waived row is counted."""
    office.receive(f"{TOWN}台账.xlsx", ledger(TOWN, WRONG, {}))
    office.receive(f"{TOWN}附件2.xlsx", attachment("attachment-2", {TOWN: FACT_1}))
    assert "A307" not in {problem["code"] for problem in problems(office)}
    waive(office, {"unit": TOWN})
    assert "A307" in {problem["code"] for problem in problems(office)}
    assert "A307" in office.aggregate().out


def test_nobody_is_named_in_a_reason_wherever_it_is_shown(office: Office) -> None:
    """An owner of this return, one of another unit's ledger, a telephone: the clerk's own file keeps them."""
    owners = {TOWN: "钱璟骞", GREENSTONE: "孙璟珩"}
    take_in(office, {GREENSTONE: [{"产权人": owners[GREENSTONE]}]})
    reason = f"{owners[TOWN]}与{owners[GREENSTONE]}（13500001234）同住"
    waive(office, {"code": "L208", "house": "YS0001", "reason": reason})
    office.receive("城关.xlsx", ledger(TOWN, UNREVIEWED | {"产权人": owners[TOWN]}))
    said = office.validate("--format", "json").out + office.aggregate().out
    report(office, "attachment-2", "--as", "pdf", "--unit", TOWN)
    said += words(made(office, f"附件2_{TOWN}.pdf"))
    weekly(office)
    said += (office.out / "周报.md").read_text("utf-8") + (office.out / "weekly.json").read_text("utf-8")
    for asked in ("status", "explain 销号率"):
        words_of = (*asked.split(), "--period", PERIOD, "--format", "json", "--county", office.folder)
        said += office.run(*words_of).out
    assert said.count("钱**与孙**") >= 4
    assert not [secret for secret in (*owners.values(), "50000123") if secret in said]
