"""`zjf sample`: the draw on paper, the same again from its record, and the returned forms read back."""

from pathlib import Path

import openpyxl

from tests.commands.office import PERIOD, House, Office, Ran, ledger
from tests.sheets import A_PLAIN_HOUSE
from zjf.county import County
from zjf.ledger.of_county import ledger_to_read

from .prepared import prepared

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


@prepared
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


def test_units_of_which_nothing_could_be_drawn_are_named(drawn_from: Office) -> None:
    assert "没有报自建房台账、没有抽取的：石岭矿区管理处。" in sample(drawn_from, "--seed", "7").out
    assert sample(drawn_from, "--format", "json").json["without_ledger"] == ["石岭矿区管理处"]
    drawn_from.receive("石岭矿区管理处.xlsx", [["填报单位：石岭矿区管理处"], [*A_PLAIN_HOUSE], ["零报"]])
    drawn_from.aggregate()
    assert "没有抽取的" not in sample(drawn_from).out


def test_the_first_draw_stands(drawn_from: Office) -> None:
    first = sample(drawn_from, "--seed", "7", "--by", "周工", "--format", "json").json
    assert (first["number"], first["drawn_by"], first["reason"]) == (1, "周工", "")
    assert first["pool"]["size"] == 28
    assert sample(drawn_from, "--seed", "7", "--format", "json").json == first
    assert sample(drawn_from, "--format", "json").json == first
    another = sample(drawn_from, "--seed", "8")
    assert another.code == 2
    assert "已经抽取过（种子 7，比例 0.10）" in another.err
    assert "--reason" in another.err
    assert sample(drawn_from, "--share", "0.5").code == 2


def test_another_draw_needs_a_reason_and_is_kept_beside_the_first(drawn_from: Office) -> None:
    first = sample(drawn_from, "--seed", "7", "--format", "json").json
    asked = ("--seed", "8", "--reason", "比例提高到两成", "--share", "0.2", "--by", "周工")
    second = sample(drawn_from, *asked, "--format", "json").json
    assert (second["number"], second["seed"], second["reason"]) == (2, 8, "比例提高到两成")
    assert [draw["seed"] for draw in second["draws"]] == [7, 8]
    again = sample(drawn_from, "--format", "json").json
    assert (again["number"], again["units"]) == (1, first["units"])
    assert {path.stem for path in forms(drawn_from)} >= {"抽查台账_城关街道", "抽查台账_城关街道_第2次"}
    shown = sample(drawn_from).out
    assert "第 1 次抽取（首次抽取，有效）" in shown
    assert "第 2 次抽取，理由：比例提高到两成" in shown


def test_a_draw_is_explained_and_tells_when_the_ledger_has_changed(drawn_from: Office) -> None:
    shown = sample(drawn_from, "--seed", "7", "--by", "周工").out
    assert "周工 抽取，种子 7，比例 0.10，从 28 栋中抽 4 栋" in shown
    assert "重抽，结果相同" in shown
    drawn_from.receive("青石镇.xlsx", ledger("青石镇", *[SHOP] * 60))
    drawn_from.aggregate()
    assert "台账在抽取之后有变化" in sample(drawn_from).out


def test_a_draw_is_in_the_event_log(drawn_from: Office) -> None:
    sample(drawn_from, "--seed", "7")
    home = County.find(drawn_from.folder)
    found = [event for event in ledger_to_read(home).events(PERIOD) if event.what == "drawn"]
    assert [event.detail["seed"] for event in found] == [7]


def test_the_seed_of_an_older_record_is_kept(drawn_from: Office) -> None:
    folder = drawn_from.out / "抽查"
    folder.mkdir(parents=True)
    (folder / "抽查记录.json").write_text('{"seed": 4711}', encoding="utf-8")
    assert sample(drawn_from, "--format", "json").json["seed"] == 4711


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
    assert [problem["code"] for problem in by_unit["城关街道"]["problems"]] == ["R607"]
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


def test_a_draw_of_nothing_is_not_recorded(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", UNSURE, HOME))
    office.aggregate()
    ran = sample(office)
    assert (ran.code, ran.out) == (3, "")
    assert "没有可抽的，没有记入台账" in ran.err
    office.receive("青石镇.xlsx", ledger("青石镇", SHOP))
    office.aggregate()
    document = sample(office, "--format", "json").json
    assert (document["number"], document["drawn"], document["reason"]) == (1, 1, "")


def test_a_damaged_record_is_not_guessed_at(drawn_from: Office) -> None:
    (drawn_from.out / "抽查").mkdir(parents=True)
    (drawn_from.out / "抽查" / "抽查记录.json").write_text("{", encoding="utf-8")
    assert sample(drawn_from).code == 3
    assert sample(drawn_from, "--seed", "7").code == 0
