"""一栋一册 replayed: what it tells period by period is what the ledger held, and stands in the cell it names."""

import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from PIL import Image

from tests.sheets import workbook
from zjf.documents.ledger_table import text_of
from zjf.documents.sections import BLANK_NAME
from zjf.ledger import Ledger
from zjf.period import Period
from zjf.schemas import FORMS

from .conftest import OfficeAfter
from .office import GREENSTONE, PERIOD, TOWN, UNREVIEWED, House, Office, ledger

PERIODS = ("2024-W21", "2024-W22", PERIOD, "2024-W24")
HOUSE = "YS0001"
LONG_ADDRESS = "第一社区上庄自然村老矿山铁路宿舍区东侧新建商业步行街南段一百二十八号附一号二单元临街铺面及后院加建部分（原供销社旧址北侧）"
FIRST = {
    "房屋地址": LONG_ADDRESS,
    "产权人": "买买提·阿卜杜热合曼江",
    "初判结论": "存在严重安全隐患",
    "初判日期": "2024-03-05",
    "管控措施": "停止使用、封控警示",
    "改扩建情形": "加层、地下开挖",
    "改扩建是否批准": "否",
    "建筑面积（㎡）": "120.5",
    "备注": "待核",
}
GRADED = {
    **FIRST,
    "备注": "",
    "管控措施": "停止使用",
    "鉴定标准": "JGJ125",
    "鉴定等级": "D",
    "鉴定日期": "2024-04-02",
    "鉴定机构": "云水鉴定公司",
    "整治责任人": "王五",
    "整治期限": "2024-09-30",
}
STORY = dict(zip(PERIODS, (FIRST, GRADED, None, GRADED | {"地上层数": "1"}), strict=True))
"""Period: how the house was reported; in one it is left out."""
FORM = FORMS["house-ledger"]
TOLD = [field for field in FORM.fields if field is not FORM.unit_field]


def send(office: Office, period: str, *houses: House, number_from: int = 1) -> None:
    """城关街道 reports its houses for a period, and they are taken in."""
    inbox = office.folder / "returns" / period
    inbox.mkdir(parents=True)
    (inbox / f"{period}.xlsx").write_bytes(workbook(ledger(TOWN, *houses, number_from=number_from)))
    office.run("aggregate", inbox, "--period", period, "--county", office.folder)


def report_four_weeks(office: Office) -> None:
    """One week leaves the house out, which the county lets pass."""
    (office.folder / "waivers.toml").write_text(
        f'[[waivers]]\ncode = "T501"\nunit = "{TOWN}"\nreason = "已核"\nby = "贺某"\nuntil = 2099-12-31\n',
        "utf-8",
    )
    for period, house in STORY.items():
        send(office, period, *([house] if house else []), {}, number_from=1 if house else 2)


@pytest.fixture
def told(office: Office, office_after: OfficeAfter) -> Office:
    return office_after(office, report_four_weeks)


def book(office: Office, *arguments: str | Path) -> Path:
    wanted = ("paper", "一栋一册", "--house", HOUSE, "--period", PERIODS[-1], "--county", office.folder)
    ran = office.run(*wanted, *arguments)
    assert ran.code == 0, ran.err
    return office.folder / "out" / PERIODS[-1] / "papers"


def changes(office: Office) -> list[tuple[str, ...]]:
    """The rows of 三、台账变动: 期次, 栏目, 原填, 现填, 来源."""
    (path,) = book(office).glob("*.docx")
    for table in docx.Document(str(path)).tables:
        rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
        if rows[0][0] == "期次":
            return [tuple(dict.fromkeys(row)) if len(set(row)) == 5 else row for row in rows[1:]]
    raise AssertionError("no changes are told")


def test_replaying_the_book_gives_what_the_ledger_held_in_every_period(told: Office) -> None:
    lines = changes(told)
    kept = Ledger.open("sqlite:///ledger.db", folder=told.folder)
    stands: dict[str, str] = {}
    for period in PERIODS:
        for _, heading, before, now, _ in (line for line in lines if line[0] == period):
            if heading == "整行":  # the house is no longer reported
                assert (before, now) == ("在册", "未报")
                stands = {}
            else:
                assert stands.get(heading, "") == before
                stands[heading] = now
        frame = kept.frame("house-ledger", period)
        rows = frame[frame.house_id == HOUSE].to_dict("records")
        held = {field.heading.text: text_of(row[field.name]) for row in rows for field in TOLD}
        assert {name: text for name, text in stands.items() if text} == {
            name: text for name, text in held.items() if text
        }


def test_every_line_names_the_cell_that_says_so(told: Office) -> None:
    named = [line for line in changes(told) if line[1] != "整行" and "!" in line[4]]
    assert len(named) > len(FIRST)
    for period, _, _, now, source in named:
        file, _, place = source.partition(" ")
        sheet, _, cell = place.partition("!")
        assert file == f"{period}.xlsx"
        value = openpyxl.load_workbook(told.folder / "returns" / period / file)[sheet][cell].value
        assert str(value or "") in (now, now.replace("JGJ125", "JGJ 125"))


def test_a_place_is_left_for_the_view_of_which_there_is_no_picture(told: Office) -> None:
    album = told.folder / "照片"
    album.mkdir()
    Image.new("RGB", (400, 300), (200, 180, 160)).save(album / f"{HOUSE}_正面.jpg")
    (path,) = book(told).glob("*.docx")
    document = docx.Document(str(path))
    said = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "正面" in said
    assert "隐患部位" in said
    assert sum("贴照片处" in text for text in dict.fromkeys(said)) == 1
    assert len(document.inline_shapes) == 1


def test_a_house_that_nobody_is_known_to_own_is_told_with_a_blank(told: Office) -> None:
    send(told, "2024-W25", {**FIRST, "产权人": "不详"}, {})
    wanted = ("paper", "隐患通知书", "--house", HOUSE, "--period", "2024-W25", "--as", "docx")
    assert told.run(*wanted, "--county", told.folder).code == 0
    (path,) = (told.folder / "out" / "2024-W25" / "papers").glob("*.docx")
    said = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert next(text for text in said if text.endswith("：")) == f"{BLANK_NAME}："


def test_a_number_longer_than_its_cell_is_folded_and_no_row_is_cut_in_two(office: Office) -> None:
    number = "3506222022081500012345678901"
    office.receive("台账.xlsx", ledger(TOWN, {**GRADED, "房屋编号": number}))
    office.aggregate()
    wanted = ("paper", "一栋一册", "--house", number, "--as", "pdf", "--county", office.folder)
    assert office.run(*wanted).code == 0
    (path,) = (office.out / "papers").glob("*.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    assert all(page.strip() for page in pages)
    assert re.search(rf"{number[:9]}\d*[\u200b]?\s\d+", "\n".join(pages))
    later = [page for page in pages if "来源" not in page and "!" in page]
    assert later == []  # the list's head stands on each of its pages


def story(office: Office) -> dict[str, Any]:
    """`zjf house` of the house, as it is now."""
    return office.run("house", HOUSE, "--format", "json", "--county", office.folder).json


def test_photos_are_unknown_without_a_folder_and_told_one_by_one_with_it(told: Office) -> None:
    assert story(told)["photos"] is None
    assert "有没有照片不清楚" in told.run("house", HOUSE, "--county", told.folder).out
    album = told.folder / "照片"
    album.mkdir()
    (album / f"{HOUSE}_正面.jpg").write_bytes(b"no picture")
    assert [(photo["view"], photo["state"]) for photo in story(told)["photos"]] == [
        ("正面", "打不开"),
        ("隐患部位", "缺"),
    ]


def test_what_the_unit_signed_stands_in_the_story_and_in_the_book(told: Office) -> None:
    words = ("--form", "attachment-2", "--unit", TOWN, "--by", "王志远", "--on", "2024-06-07")
    signed = told.run("sign", *words, "--period", PERIODS[1], "--county", told.folder)
    assert signed.code == 0, signed.err
    assert story(told)["signatures"] == [
        {"on": "2024-06-07", "table": f"{Period.parse(PERIODS[1]).label}附件2签字", "by": "王志远"}
    ]
    (path,) = book(told).glob("*.docx")
    said = [
        cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells
    ]
    assert "王志远" in said


def test_what_the_due_list_holds_against_a_house_is_in_its_story_and_its_book(office: Office) -> None:
    """嘉祥 四(一): it was to be looked at again by 04-30; a waiver makes nothing done."""
    closed = {"初判结论": "存在一定安全隐患", "初判日期": "2024-01-05", "销号方式": "管理措施"}
    office.receive("台账.xlsx", ledger(TOWN, closed | {"房屋编号": HOUSE, "销号日期": "2024-02-01"}, {}))
    (office.folder / "waivers.toml").write_text(
        f'[[waivers]]\ncode = "L208"\nhouse = "{HOUSE}"\nreason = "已核"\nby = "贺某"\nuntil = 2099-12-31\n',
        "utf-8",
    )
    office.aggregate()
    due = office.run("status", "--period", PERIOD, "--format", "json", "--county", office.folder).json["due"]
    open_matters = story(office)["problems"]
    assert open_matters[0]["code"] == "L208"
    assert open_matters[0]["says"].startswith("未落实（已豁免）：")
    told = [(matter["code"], matter["says"].partition("：")[0]) for matter in open_matters[1:]]
    states = {"overdue": "逾期", "due": "临近"}
    assert told == [(house["code"], states[house["state"]]) for house in due["houses"]]
    assert ("R611", "逾期") in told
    wanted = ("paper", "一栋一册", "--house", HOUSE, "--period", PERIOD, "--county", office.folder)
    assert office.run(*wanted).code == 0
    (path,) = (office.out / "papers").glob("*.docx")
    cells = [
        cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells
    ]
    assert all(matter["says"] in cells for matter in open_matters)


def test_what_was_waived_when_its_ledger_was_taken_in_is_said_to_have_been(office: Office) -> None:
    """The ledger noted it: that the waiver is gone since does not undo what was decided then."""
    office.receive("台账.xlsx", ledger(TOWN, UNREVIEWED | {"房屋编号": HOUSE}))
    waiver = (
        f'[[waivers]]\ncode = "L208"\nhouse = "{HOUSE}"\nreason = "已核"\nby = "贺某"\nuntil = 2099-12-31\n'
    )
    waivers = office.folder / "waivers.toml"
    waivers.write_text(waiver, "utf-8")
    office.aggregate()
    waivers.unlink()
    (told,) = (matter for matter in story(office)["problems"] if matter["code"] == "L208")
    assert told["says"].startswith("未落实（接收时已豁免）：")


def test_a_house_that_came_from_another_unit_has_a_life_before(office: Office) -> None:
    """Its number stays: what the unit before said of it is told, and when it changed hands."""
    (office.folder / "waivers.toml").write_text(
        f'[[waivers]]\ncode = "T501"\nunit = "{TOWN}"\nreason = "划转"\nby = "贺某"\nuntil = 2099-12-31\n',
        "utf-8",
    )
    before, after = {"房屋编号": HOUSE, "地上层数": "1"}, {"房屋编号": HOUSE, "地上层数": "2"}
    for period, town, green in (
        (PERIODS[0], [{}, before], [{}]),
        (PERIODS[1], [{}], [{}, after]),
        (PERIODS[2], [{}], [{}, after]),
    ):
        inbox = office.folder / "returns" / period
        inbox.mkdir(parents=True, exist_ok=True)
        for unit, houses in ((TOWN, town), (GREENSTONE, green)):
            (inbox / f"{unit}.xlsx").write_bytes(workbook(ledger(unit, *houses, number_from=2)))
        office.run("aggregate", inbox, "--period", period, "--county", office.folder)
    told = story(office)
    assert told["unit"] == GREENSTONE
    moved = {
        change["heading"]: (change["before"], change["now"])
        for change in told["changes"]
        if change["period"] == PERIODS[1]
    }
    assert (moved["乡镇（街道）"], moved["地上层数"]) == ((TOWN, GREENSTONE), ("1", "2"))
    first = [change["source"] for change in told["changes"] if change["period"] == PERIODS[0]]
    assert first
    assert all(source.startswith(TOWN) for source in first)
    assert len(first) + len(moved) == len(told["changes"])
