"""The whole round of a Friday: each step told, what is left to do named, safe to run again."""

import pytest

from zjf.commands import message

from .office import HASTY, PERIOD, TOWN, UNREVIEWED, WRONG, Office, ledger


def friday(office: Office, *arguments: str) -> tuple[int, str, str]:
    ran = office.run("friday", "--period", PERIOD, "--county", office.folder, *arguments)
    return ran.code, ran.out, ran.err


def test_one_command_does_the_round_and_says_what_is_left(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}, UNREVIEWED))
    office.receive("青石镇.xlsx", ledger("青石镇", WRONG))
    code, out, err = friday(office)
    assert code == 1, err
    for made in ("退回标注", "messages", "附件", "summary.json", "周报.md", "周五.md"):
        assert (office.out / made).exists(), made
    said = (office.out / "周五.md").read_text("utf-8")
    assert "接收、汇总：完成，有需要处理的事项" in said
    assert "退回：青石镇 的报表有数据错误，请发回各该单位" in said
    assert "催报：石岭矿区管理处 未报。消息在" in said
    assert "督办：城关街道 有未落实的事项" in said
    assert "（1 个单位没有签字或签后有变：城关街道）" in said
    assert f"运行 zjf friday --period {PERIOD}。" in said
    assert office.houses() == {TOWN: 2}
    assert "还要人做的" in out


def test_the_screen_has_the_answer_and_the_record_what_each_step_printed(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}, UNREVIEWED))
    _, out, _ = friday(office)
    printed = office.run("status", "--period", PERIOD, "--county", office.folder).out
    assert "应报 3 个单位：" in out
    assert "催报：青石镇、石岭矿区管理处 未报。" in out
    assert "提醒：迟报 1 条。" in out, "who is asked for a return is not counted a second time"
    sum_of_units = next(line for line in printed.splitlines() if line.startswith("应报 3 个单位 ="))
    assert sum_of_units in (office.out / "周五.md").read_text("utf-8")
    assert sum_of_units not in out


def test_it_may_be_run_again_and_changes_nothing(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    friday(office)
    before = office.houses()
    friday(office)
    assert office.houses() == before


def test_a_dry_run_only_says(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    code, out, _ = friday(office, "--dry-run")
    assert (code, office.out.exists()) == (0, False)
    assert out.index("receive") < out.index("aggregate") < out.index("weekly")


def test_a_file_whose_name_is_no_text_does_not_spoil_the_record(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.receive("\udcb2.xlsx", ledger(TOWN, {}))
    friday(office)
    assert (office.out / "周五.md").is_file()


def test_without_returns_it_says_where_to_put_them(office: Office) -> None:
    code, _, err = friday(office)
    assert (code, "请把各单位" in err) == (3, True)


def test_with_returns_of_another_period_it_says_what_to_write(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    ran = office.run("friday", "--period", "2024-W24", "--county", office.folder)
    assert (ran.code, f"请写 zjf friday --period {PERIOD}。" in ran.err) == (3, True)


def test_a_step_that_cannot_be_done_is_told_with_its_reason_and_the_rest_goes_on(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    office.aggregate()
    office.change_settings(*HASTY)
    with office.held_by_another_program():
        code, _, _ = friday(office)
    said = (office.out / "周五.md").read_text("utf-8")
    assert code == 3
    assert "接收、汇总：没有做成：" in said
    assert "没有做成的：登记收到时间、接收、汇总" in said
    assert f"再运行一次 zjf friday --period {PERIOD}。" in said


def test_a_book_of_which_nothing_came_yet_is_not_a_step_that_failed(office: Office) -> None:
    office.change_settings("jiaxiang-2024", "yunxiao-2020")
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    code, out, _ = friday(office)
    assert code == 1
    assert "出台账：没有出：" in out
    assert "没有做成" not in out


def test_interrupted_it_keeps_what_was_done_and_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    monkeypatch.setattr(message, "write_messages", _ctrl_c)
    code, out, _ = friday(office)
    said = (office.out / "周五.md").read_text("utf-8")
    assert code == 130
    assert "写给各单位的消息：做到这一步时中断了" in said
    assert "出附件表" not in said.partition("## 还要人做的")[0]
    assert f"这一次没有做完，后面几步没有做：再运行一次 zjf friday --period {PERIOD}。" in said
    assert "还要人做的" in out


def _ctrl_c(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("notice", "printed"),
    [
        ("jiaxiang-2024", ("attachment-1", "attachment-2", "--as")),
        ("jiafeng-2024", ("sweep-table", "--as")),
        ("yunxiao-2020", ("household-books", "--period")),
    ],
)
def test_the_tables_are_those_of_the_notice(office: Office, notice: str, printed: tuple[str, ...]) -> None:
    office.change_settings("jiaxiang-2024", notice)
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    _, out, _ = friday(office, "--dry-run")
    assert f"zjf report {' '.join(printed)}" in out


def test_a_return_that_lacks_a_form_is_named_and_nobody_signs_for_no_reason(office: Office) -> None:
    """嘉峰: the sweep is owed besides the houses, and its table has no signature line."""
    office.change_settings("jiaxiang-2024", "jiafeng-2024")
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    _, out, _ = friday(office)
    assert f"其中{TOWN}报来的表不齐，缺集中摸排情况表，按未报计。" in out
    assert "签字" not in out.partition("还要人做的")[2]
