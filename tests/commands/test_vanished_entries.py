"""A goal is not reached because the open problems, or the households, are no longer in the list (T508)."""

from tests.commands.office import TOWN, Office, Ran
from tests.sheets import Cells

PROBLEMS = ["问题编号", "村（社区）", "来源", "发现日期", "问题描述", "是否确认", "整改完成日期"]
DONE, OPEN = ("2024-04-01", "")


def test_a_problem_that_left_the_list_is_told_until_somebody_says_what_became_of_it(office: Office) -> None:
    send(office, "2024-W20", W1=DONE, W2=OPEN)
    assert standing(office, "2024-W20") == ("short", {})
    for week in ("2024-W21", "2024-W22"):
        send(office, week, W1=DONE)
        assert standing(office, week) == ("doubtful", {"issue-ledger": {TOWN: ["W2"]}})
    assert told(office, "weekly", "2024-W22", "周报.md") == (
        "以前报过、还没有整改的问题中，有1个在本期的问题整改台账里没有了，没有计入以上各数，去向不清楚：城关街道1个。"
    )
    said = run(office, "status", "--period", "2024-W22").out.replace("\n", "")
    assert "提醒 T508 城关街道以前报过、还没有整改的问题1个，本期的问题整改台账里没有了：W2。请补上" in said
    assert "已计入的达到，以前报过的有1个没有再报，待核对" in said
    send(office, "2024-W23", W1=DONE, W2=DONE)
    assert standing(office, "2024-W23") == ("reached", {})
    send(office, "2024-W24", W1=DONE)
    assert standing(office, "2024-W24") == ("reached", {}), "what was rectified may leave"


def test_a_list_that_was_not_sent_is_unknown_and_nothing_vanished_from_it(office: Office) -> None:
    send(office, "2024-W20", W1=OPEN)
    send(office, "2024-W21")
    assert standing(office, "2024-W21") == ("unknown", {})


def test_a_household_that_left_the_list_is_told_once(office: Office) -> None:
    """Nothing in the list says that a household left it for good: it is asked about in the period in which it did."""
    office.change_settings('notice = "jiaxiang-2024"', 'notice = "yunxiao-2020"')
    for month, households in (("2020-07", ("H1", "H2")), ("2020-08", ("H1",)), ("2020-09", ("H1",))):
        headings = ["户编号", "村（社区）", "户主姓名", "类别", "结构类型", "是否挂牌"]
        rows = [
            [number, "东村", "户主甲", "低保户", "砖混结构", "是" if number == "H1" else "否"]
            for number in households
        ]
        take(office, month, [[f"填报单位：{TOWN}"], headings, *rows])
    states = [
        standing(office, month, goal="households/plated") for month in ("2020-07", "2020-08", "2020-09")
    ]
    assert states == [
        ("short", {}),
        ("doubtful", {"household-ledger": {TOWN: ["H2"]}}),
        ("reached", {}),
    ]
    assert "上次在册的困难户中，有1户在本期的困难群众住房安全台账里没有了" in told(
        office, "monthly", "2020-08", "通报.md"
    )


def send(office: Office, week: str, **problems: str) -> None:
    """The town sends its houses and, where it has any, its problems: number and day of rectification."""
    rows = [
        [number, "东村", "省级检查", "2024-03-01", "外墙开裂", "是", day] for number, day in problems.items()
    ]
    take(
        office, week, [[f"填报单位：{TOWN}"], PROBLEMS, *rows] if rows else [[f"填报单位：{TOWN}"], ["零报"]]
    )


def take(office: Office, period: str, cells: Cells) -> None:
    office.receive(f"{TOWN}.xlsx", cells)
    run(office, "aggregate", office.inbox, "--period", period, "--no-merged")


def standing(
    office: Office, period: str, goal: str = "issue_rectification_rate"
) -> tuple[str, dict[str, dict[str, list[str]]]]:
    """How the town stands to a goal, and what its lists lack."""
    board = run(office, "status", "--period", period, "--format", "json").json
    (state,) = (line["units"][TOWN]["state"] for line in board["goals"] if line["figure"] == goal)
    return state, board["vanished"]


def told(office: Office, command: str, period: str, file: str) -> str:
    run(office, command, "--period", period, "--as", "md")
    text = (office.folder / "out" / period / file).read_text("utf-8")
    (line,) = (line for line in text.splitlines() if "去向不清楚" in line)
    return line


def run(office: Office, *arguments: object) -> Ran:
    return office.run(*map(str, arguments), "--county", office.folder)
