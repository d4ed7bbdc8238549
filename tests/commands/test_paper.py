"""Papers about houses: who gets one, what is filled in, numbers that are never used twice."""

import io
import sqlite3
import stat
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

import zjf.documents.papers  # noqa: F401  # registers every kind of paper
from zjf.documents.papers.paper import PAPERS
from zjf.render.docx import papers
from zjf.render.docx.papers import TEMPLATE as WORD_TEMPLATE
from zjf.resources import templates
from zjf.schemas import FORMS

from .office import GREENSTONE, PERIOD, TOWN, Office, Ran
from .papers import take_in
from .prepared import prepared

HAZARD = {
    "产权人": "欧阳春华",
    "联系电话": "13900001234",
    "初判结论": "存在严重安全隐患",
    "初判日期": "2024-03-05",
    "管控措施": "停止使用",
    "整治责任人": "王五",
    "整治期限": "2024-06-15",
    "鉴定日期": "2024-04-02",
    "鉴定机构": "云水鉴定公司",
    "鉴定等级": "D",
}
SOUND: dict[str, str] = {}
SOME = {**HAZARD, "初判结论": "存在一定安全隐患", "鉴定等级": "C"}


def in_danger(office: Office) -> Office:
    """One house in grave danger, one in some, and plain ones."""
    take_in(office, {TOWN: [HAZARD, SOUND, SOME]})
    return office


county = prepared(in_danger)


def paper(office: Office, *arguments: str | Path) -> Ran:
    return office.run("paper", *arguments, "--county", office.folder)


def text_of(path: Path) -> str:
    """Everything that a Word file says."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def papers_of(office: Office) -> list[Path]:
    return sorted((office.out / "papers").iterdir())


def test_a_notice_goes_to_each_house_in_danger_and_is_filled_in(county: Office) -> None:
    assert paper(county, "隐患通知书").code == 0
    first, second = papers_of(county)
    said = text_of(first)
    for words in ("欧阳春华", "存在严重安全隐患", "D级", "2024年6月15日", "送达回证", "立即停止经营、使用"):
        assert words in said
    assert "观察使用" in text_of(second)


def test_lines_to_be_signed_do_not_stand_alone_on_a_page(county: Office) -> None:
    paper(county, "隐患通知书")
    document = docx.Document(str(papers_of(county)[0]))
    before_the_day = [
        before
        for before, line in pairwise(document.paragraphs)
        if line.style.name in ("文书签字", "文书落款") and before.style.name not in ("文书签字", "文书落款")
    ]
    assert before_the_day
    for before in before_the_day:
        assert before.paragraph_format.keep_with_next or before.style.paragraph_format.keep_with_next


def test_numbers_run_on_and_a_paper_made_again_keeps_its_own(county: Office) -> None:
    paper(county, "hazard-notice", "--one-file")
    once = text_of(papers_of(county)[0])
    assert "号" in once
    paper(county, "hazard-notice", "--one-file")
    assert text_of(papers_of(county)[0]) == once
    paper(county, "hazard-notice", "--one-file", "--new-number")
    with sqlite3.connect(county.folder / "ledger.db") as ledger:
        numbers = [number for (number,) in ledger.execute("select number from paper order by id")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 4


@pytest.mark.parametrize("style", ["docx", "pdf"])
def test_many_in_one_file_start_on_a_page_each(county: Office, style: str) -> None:
    paper(county, "一栋一策", "--one-file", "--as", style)
    (path,) = papers_of(county)
    if style == "pdf":
        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
        assert sum("整治方案（一栋一策）" in page for page in pages) == 2
    else:
        assert text_of(path).count("自建房安全隐患整治方案（一栋一策）") == 2


def test_one_file_for_a_unit_does_not_replace_anothers(office: Office) -> None:
    take_in(office, {TOWN: [HAZARD], GREENSTONE: [HAZARD]})
    for unit in (TOWN, GREENSTONE):
        paper(office, "一栋一策", "--unit", unit, "--duty", "整治", "--one-file")
    assert [path.stem for path in papers_of(office)] == [
        f"一栋一策_{unit}_整治" for unit in (TOWN, GREENSTONE)
    ]


def test_numbers_that_differ_only_in_signs_have_a_file_each(office: Office) -> None:
    """No file's name may have / or :, and no paper is to replace another's."""
    take_in(office, {TOWN: [{**HAZARD, "房屋编号": number} for number in ("YS1/2", "YS1:2", "YS1-2")]})
    paper(office, "隐患通知书")
    said = [text_of(path) for path in papers_of(office)]
    assert [sum(number in text for text in said) for number in ("YS1/2", "YS1:2", "YS1-2")] == [1, 1, 1]


def test_the_pages_of_each_are_numbered_from_1(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where so many are printed that they are filled in several goes."""
    monkeypatch.setattr(papers, "_PAPERS_AT_ONCE", 2)
    take_in(office, {TOWN: [HAZARD] * 5})
    paper(office, "一栋一策", "--one-file")
    sections = docx.Document(str(papers_of(office)[0])).sections
    assert [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in sections] == ["1"] * 5


def test_an_information_sheet_has_every_column_of_the_ledger(county: Office) -> None:
    paper(county, "信息归集表", "--house", "YS0001")
    said = text_of(papers_of(county)[0])
    for field in FORMS["house-ledger"].fields:
        assert (field.heading.text in said.split("\n")) == (not field.on_demand)
    for words in ("欧阳春华", "存在严重安全隐患", "2024年6月15日"):
        assert words in said


def test_an_information_sheet_is_one_page(county: Office) -> None:
    paper(county, "信息归集表", "--house", "YS0001", "--as", "pdf")
    assert len(pypdf.PdfReader(papers_of(county)[0]).pages) == 1


def test_nobody_else_may_open_them_and_the_event_is_on_record(county: Office) -> None:
    paper(county, "一栋一策")
    assert stat.S_IMODE((county.out / "papers").stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in papers_of(county))
    with sqlite3.connect(county.folder / "ledger.db") as ledger:
        (detail,) = ledger.execute("select detail from event where what = 'papers'").fetchone()
    assert '"kind": "plan"' in detail


@pytest.mark.parametrize(
    ("style", "template"), [("docx", WORD_TEMPLATE), ("pdf", Path("paper/house-paper.typ"))]
)
def test_a_template_of_the_county_that_leaves_a_part_out_prints_nothing(
    county: Office, style: str, template: Path
) -> None:
    """As one that was restyled before there were papers with such a part: here the line to cut along."""
    own = county.folder / "templates" / template
    own.parent.mkdir(parents=True)
    own.write_bytes(_without(b"strip", templates() / template))
    ran = paper(county, "隐患通知书", "--as", style)
    assert ran.code != 0
    assert own.name in ran.err
    assert "（strip）" in ran.err
    assert not (county.out / "papers").exists() or not papers_of(county)


def test_a_template_of_the_county_saved_in_an_old_encoding_is_named(county: Office) -> None:
    own = county.folder / "templates" / "paper" / "house-paper.typ"
    own.parent.mkdir(parents=True)
    own.write_bytes((templates() / "paper" / own.name).read_text("utf-8").encode("gb18030"))
    ran = paper(county, "隐患通知书", "--as", "pdf")
    assert (ran.code, own.name in ran.err) == (3, True)
    assert "程序内部出错" not in ran.err


def _without(kind: bytes, template: Path) -> bytes:
    """A template that knows another kind of part in place of one."""
    if not zipfile.is_zipfile(template):
        return template.read_bytes().replace(kind, b"other")
    changed = io.BytesIO()
    with zipfile.ZipFile(template) as package, zipfile.ZipFile(changed, "w") as copy:
        for part in package.namelist():
            copy.writestr(part, package.read(part).replace(kind, b"other"))
    return changed.getvalue()


def test_a_notice_to_a_house_without_a_hazard_is_made_and_said(county: Office) -> None:
    ran = paper(county, "隐患通知书", "--house", "YS0001", "--house", "YS0002")
    assert ran.code == 0
    assert len(papers_of(county)) == 2
    assert "按台账不属于的 1 栋也照样出了（YS0002）" in ran.err.replace("\n", "")
    assert "照样出了" not in paper(county, "一栋一册", "--house", "YS0002").err


def test_a_seal_does_not_stand_alone_on_a_page(office: Office) -> None:
    """However long the address pushes the page down."""
    houses = [
        {**HAZARD, "房屋地址": f"东村{lines}号" + "沿江大道二百三十八号" * 4 * lines} for lines in range(12)
    ]
    take_in(office, {TOWN: houses})
    for kind, beside in (("验收表", "整治后正面"), ("一栋一策", "整治期间")):
        paper(office, kind, "--unit", TOWN, *_houses(len(houses)), "--as", "pdf", "--one-file")
        (path,) = (office.out / "papers").glob(f"{kind}_{TOWN}.pdf")
        pages = ["".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]
        sealed = [page for page in pages if "（盖章）：" in page]
        assert len(sealed) == len(houses)
        assert len(pages) > len(houses)
        assert all(beside in page for page in sealed)


def _houses(count: int) -> list[str]:
    """The first houses of the first unit, as options of the command."""
    return [word for number in range(1, count + 1) for word in ("--house", f"YS{number:04d}")]


def test_who_is_reviewed_on_the_spot(office: Office) -> None:
    """Hazards without a verdict, and houses closed by management measures that nobody has looked at since."""
    judged = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-05"}
    cleared = {**judged, "复核结论": "无隐患", "复核日期": "2024-03-15", "复核人": "王五"}
    managed = {**judged, "整治措施": "增加围挡", "销号日期": "2024-04-05", "销号方式": "管理措施"}
    seen = {**managed, "销号后复核日期": "2024-05-05", "销号后复核结论": "无隐患", "销号后复核人": "王五"}
    take_in(office, {TOWN: [judged, cleared, SOME, managed, seen, SOUND]})
    assert paper(office, "现场复核表").code == 0
    assert [path.stem[-6:] for path in papers_of(office)] == ["YS0001", "YS0004"]


@pytest.mark.parametrize("kind", sorted(kind.id for kind in PAPERS.values() if kind.form == "house-ledger"))
def test_every_kind_is_made_of_any_house_whatever_is_blank(county: Office, kind: str) -> None:
    ran = paper(county, kind, "--house", "YS0002", "--as", "docx,pdf")
    assert ran.code == 0, ran.err
    assert len(papers_of(county)) == 2
    assert PAPERS[kind].title in text_of(papers_of(county)[0])
    assert "None" not in text_of(papers_of(county)[0])


def test_a_spot_check_is_recorded_where_a_business_was_judged_clear(office: Office) -> None:
    business = {"是否经营性": "是", "经营业态": "超市", "专业设计": "是", "专业施工": "是"}
    clear = {**business, "初判结论": "未发现安全隐患", "初判日期": "2024-03-05"}
    take_in(office, {TOWN: [clear, {**clear, "初判结论": "", "初判日期": ""}, HAZARD]})
    assert paper(office, "抽查记录").code == 0
    (path,) = papers_of(office)
    assert path.stem == "抽查记录_YS0001"
    assert "□无误　□错排　□漏排" in text_of(path)


def test_the_duty_or_a_list_says_which_houses(county: Office, tmp_path: Path) -> None:
    listed = tmp_path / "清单.csv"
    listed.write_text("序号,房屋编号\n1,YS0002\n2,YS0003\n", encoding="utf-8")
    paper(county, "book", "--from", listed)
    assert [path.stem[-6:] for path in papers_of(county)] == ["YS0002", "YS0003"]
    ran = paper(county, "plan", "--duty", "整治", "--one-file")
    assert "2 份" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["没有的"], 2, "没有「没有的」这种文书"),
        (["plan", "--house", "YS0009"], 2, "是否为"),
        (["plan", "--duty", "修"], 2, "可用的有"),
        (["closure"], 3, "没有要出"),
        (["plan", "--as", "xlsx"], 2, "不出 xlsx"),
        (["plan", "--from", "没有.xlsx"], 3, "打不开"),
    ],
)
def test_what_is_asked_wrongly(county: Office, arguments: list[str], code: int, words: str) -> None:
    ran = paper(county, *arguments)
    assert (ran.code, words in ran.err) == (code, True), ran.err


def test_a_book_says_what_the_ledger_s_history_says_cell_by_cell(county: Office) -> None:
    paper(county, "book", "--house", "YS0001", "--as", "docx")
    said = text_of(papers_of(county)[0])
    story = county.run(
        "house", "YS0001", "--format", "json", "--show-personal", "--county", county.folder
    ).json
    assert story["changes"]
    for change in story["changes"]:
        assert change["source"].startswith(f"{TOWN}.xlsx Sheet1!")
        for words in change.values():
            assert words in said


def test_a_house_is_found_and_masked(county: Office) -> None:
    found = county.run("find", "春华", "--format", "json", "--county", county.folder)
    assert [house["owner_name"] for house in found.json["houses"]] == ["欧***", "欧***"]
    assert found.json["period"] == PERIOD
    assert "没有符合" in county.run("find", "不存在的", "--county", county.folder).out
