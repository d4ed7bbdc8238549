"""Two townships become one, as docs/guides/new-unit.md says: what each of them sent counts, and adds up."""

from typing import Any

from .office import FACT_1, GREENSTONE, MINE, PERIOD, SETTINGS, TOWN, Office, attachment, ledger
from .prepared import prepared
from .test_explain_problems import sheet

WHOLE = "青石街道"
"""What 青石镇 and 石岭矿区管理处 have become."""
ISSUES = """
    | 问题编号 | 来源     | 发现日期   | 问题描述 | 整改完成日期 |
    | W1       | 市级检查 | 2024-04-02 | 墙体开裂 | {} |
"""


def merge(office: Office) -> None:
    """The clerk takes both out of zjf.toml and names them as aliases of the new one."""
    kept = SETTINGS.partition(f'[[units]]\nname = "{GREENSTONE}"')[0]
    aliases = f'[[units]]\nname = "{WHOLE}"\naliases = ["{GREENSTONE}", "{MINE}"]\n'
    (office.folder / "zjf.toml").write_text(f"{kept}{aliases}", encoding="utf-8")


def become_one(office: Office) -> Office:
    """Both have sent attachment-2 alone, before they became one."""
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    for unit in (GREENSTONE, MINE):
        office.receive(f"{unit}.xlsx", attachment("attachment-2", {unit: FACT_1}))
    office.aggregate()
    merge(office)
    return office


merged = prepared(become_one)


def explained(office: Office, topic: str) -> dict[str, Any]:
    ran = office.run(
        "explain", topic, "--county", office.folder, "--period", PERIOD, "--unit", WHOLE, "--format", "json"
    )
    assert ran.code == 0, ran.err
    return dict(ran.json["figures"][0])


def test_two_attachments_add_up_and_each_cell_is_named(merged: Office) -> None:
    figure = explained(merged, "attachment-2/closure_rate")
    assert figure["counts"] == {"closed": 2 * FACT_1["closed"], "suspected": 2 * FACT_1["suspected"]}
    assert {(row["file"], row["numerator"]) for row in figure["rows"]} == {
        (f"{GREENSTONE}.xlsx", FACT_1["closed"]),
        (f"{MINE}.xlsx", FACT_1["closed"]),
    }


def test_what_the_new_unit_sends_takes_the_place_of_both(merged: Office) -> None:
    merged.inbox.joinpath(f"{MINE}.xlsx").unlink()
    merged.receive(f"{GREENSTONE}.xlsx", attachment("attachment-2", {WHOLE: FACT_1}))
    merged.aggregate()
    assert explained(merged, "attachment-2/surveyed")["counts"] == {"surveyed": FACT_1["surveyed"]}


def test_problems_of_one_number_in_both_are_two(office: Office) -> None:
    for unit, rectified in ((GREENSTONE, "2024-05-01"), (MINE, "")):
        office.receive(f"{unit}.xlsx", sheet(unit, ISSUES.format(rectified)))
    office.aggregate()
    merge(office)
    figure = explained(office, "问题整改率")
    assert figure["counts"] == {"done": 1, "due": 2}
    assert len(figure["rows"]) == 2


def test_what_cannot_be_added_up_is_said_not_to_count(office: Office) -> None:
    """One sent houses and the other attachment-2 alone: the figures are of the houses, and everybody is told."""
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, {}))
    office.receive(f"{MINE}.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    office.aggregate()
    merge(office)
    assert explained(office, "attachment-2/surveyed")["counts"] == {"surveyed": 1}
    status = office.run("status", "--county", office.folder, "--period", PERIOD, "--format", "json").json
    assert [line["left_out"] for line in status["units"]] == [[], [MINE]]
    office.run("weekly", "--county", office.folder, "--period", PERIOD, "--as", "md")
    said = (office.out / "周报.md").read_text("utf-8")
    assert f"{WHOLE}以{MINE}的名义报的附件没有计入，请{WHOLE}重报一份。" in said


def test_of_two_attachments_that_add_up_none_is_left_out(merged: Office) -> None:
    status = merged.run("status", "--county", merged.folder, "--period", PERIOD, "--format", "json").json
    assert [line["left_out"] for line in status["units"]] == [[], []]
