"""The whole round of a Friday: each step told, what is left to do named, safe to run again."""

from .office import PERIOD, TOWN, UNREVIEWED, WRONG, Office, ledger


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
    assert "发回各该单位" in said
    assert office.houses() == {TOWN: 2}
    assert "还要人做的" in out


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


def test_without_returns_it_says_where_to_put_them(office: Office) -> None:
    code, _, err = friday(office)
    assert (code, "请把各单位" in err) == (3, True)
