"""`zjf sample`: the draw on paper, the same again from its record, and the returned forms read back."""

from pathlib import Path

import openpyxl
import pytest

from tests.commands.office import PERIOD, House, Office, Ran, ledger

SHOP: House = {
    "是否经营性": "是",
    "经营业态": "超市",
    "专业设计": "是",
    "专业施工": "是",
    "初判结论": "未发现安全隐患",
    "初判日期": "2023-05-01",
}
HOME: House = {"初判结论": "未发现安全隐患", "初判日期": "2023-05-01"}
UNSURE: House = SHOP | {"初判结论": "存在一定安全隐患"}


@pytest.fixture
def drawn_from(office: Office) -> Office:
    """A county with 25 + 6 commercial houses, 22 + 6 of them judged clear."""
    office.receive("城关街道.xlsx", ledger("城关街道", *[SHOP] * 22, *[UNSURE] * 3, *[HOME] * 9))
    office.receive("青石镇.xlsx", ledger("青石镇", *[SHOP] * 6))
    office.aggregate()
    return office


def sample(office: Office, *arguments: str | Path) -> Ran:
    return office.run("sample", "--period", PERIOD, "--county", office.folder, *arguments)


def forms(office: Office) -> list[Path]:
    return sorted((office.out / "抽查").glob("抽查台账_*.xlsx"))


def fill(path: Path, finding: str = "无误") -> None:
    """Fills a drawn form in as an inspector does."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=page[str(page.freeze_panes)].row):
        if row[0].value:
            row[3].value, row[5].value, row[6].value = "2024-06-06", finding, "周工"
    book.save(path)


def test_a_tenth_of_the_commercial_houses_is_drawn_unit_by_unit(drawn_from: Office) -> None:
    document = sample(drawn_from, "--seed", "7", "--format", "json").json
    assert (document["schema"], document["seed"], document["share"]) == ("zjf.sample/1", 7, "0.10")
    found = {unit["unit"]: (unit["commercial"], unit["clear"], unit["drawn"]) for unit in document["units"]}
    assert found == {"城关街道": (25, 22, 3), "青石镇": (6, 6, 1)}
    assert [path.stem for path in forms(drawn_from)] == ["抽查台账_城关街道", "抽查台账_青石镇"]


def test_the_same_seed_draws_the_same_houses_and_the_record_keeps_it(drawn_from: Office) -> None:
    first = sample(drawn_from, "--seed", "7", "--format", "json").json
    assert sample(drawn_from, "--seed", "7", "--format", "json").json == first
    assert sample(drawn_from, "--format", "json").json == first
    assert sample(drawn_from, "--seed", "8", "--format", "json").json["seed"] == 8


def test_a_larger_share_may_be_asked_for(drawn_from: Office) -> None:
    document = sample(drawn_from, "--share", "0.5", "--format", "json").json
    assert document["drawn"] == 13 + 3


def test_the_forms_hold_the_houses_drawn_and_wait_for_the_finding(drawn_from: Office) -> None:
    document = sample(drawn_from, "--seed", "7", "--format", "json").json
    page = openpyxl.load_workbook(forms(drawn_from)[0]).worksheets[0]
    first = page[str(page.freeze_panes)].row
    rows = [row for row in page.iter_rows(min_row=first, values_only=True) if row[0]]
    assert [row[0] for row in rows] == document["units"][0]["houses"]
    assert {row[1:6] for row in rows} == {("城关街道", "东村", None, "未发现安全隐患", None)}
    assert all(str(row[7]).endswith("号") for row in rows), "the address, to find the house by"


def test_returned_forms_give_the_share_and_the_pass_rate(drawn_from: Office) -> None:
    sample(drawn_from, "--seed", "7")
    near, far = forms(drawn_from)
    fill(near, "错排")
    fill(far)
    ran = sample(drawn_from, "--returned", drawn_from.out / "抽查", "--format", "json")
    by_unit = {unit["unit"]: unit for unit in ran.json["units"]}
    assert by_unit["城关街道"]["share"]["display"] == "12.00%"
    assert [each["code"] for each in by_unit["城关街道"]["problems"]] == ["R607"]
    assert (by_unit["青石镇"]["pass_rate"]["display"], by_unit["青石镇"]["problems"]) == ("100.00%", [])


def test_a_form_that_did_not_come_back_leaves_its_unit_short(drawn_from: Office) -> None:
    sample(drawn_from, "--seed", "7")
    (near, _) = forms(drawn_from)
    fill(near)
    ran = sample(drawn_from, "--returned", near)
    assert ran.code == 0
    assert "R606 青石镇已抽查 0 栋，应不少于 1 栋" in ran.out
    document = sample(drawn_from, "--returned", near, "--format", "json").json
    assert len(document["drawn_not_checked"]["青石镇"]) == 1
    assert document["drawn_not_checked"]["城关街道"] == []


def test_a_form_left_blank_is_sent_back(drawn_from: Office) -> None:
    sample(drawn_from, "--seed", "7")
    (near, _) = forms(drawn_from)
    ran = sample(drawn_from, "--returned", near)
    assert ran.code == 1
    assert "抽查日期未填写" in ran.out


def test_without_houses_there_is_nothing_to_draw_from(office: Office) -> None:
    ran = sample(office)
    assert ran.code == 3
    assert "请先用 zjf aggregate 接收" in ran.err


def test_a_damaged_record_is_not_guessed_at(drawn_from: Office) -> None:
    sample(drawn_from, "--seed", "7")
    (drawn_from.out / "抽查" / "抽查记录.json").write_text("{", encoding="utf-8")
    assert sample(drawn_from).code == 3
    assert sample(drawn_from, "--seed", "7").code == 0
