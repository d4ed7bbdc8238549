"""The official tables on paper, read back page by page."""

import re
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from tests.render.made_up_county import (
    PROGRESS,
    PROGRESS_LINES,
    REVIEW,
    REVIEW_LINES,
    SWEEP,
    SWEEP_LINES,
    UNITS,
    VILLAGE_LINES,
    progress,
    review,
)
from zjf.documents.attachment import Attachment, AttachmentLine, AttachmentNotes
from zjf.documents.figure_texts import figure_texts
from zjf.documents.seal import Seal
from zjf.errors import CannotDoError
from zjf.render.pdf.attachment import write_attachment_paper
from zjf.render.pdf.press import Imprint, Press
from zjf.resources import templates

OFFICE = "云水县自建房安全专项整治工作领导小组办公室"
PERIOD = "2024年第23周（6月3日—6月9日）"
SIGNATURES = ["主要负责同志签字：", "单位（盖章）："]
A3, A4 = (1191, 842), (842, 595)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def printed(folder: Path, press: Press, table: Attachment) -> pypdf.PdfReader:
    path = folder / f"{table.title}.pdf"
    write_attachment_paper(path, table, press, Imprint(OFFICE, date(2024, 6, 7)))
    return pypdf.PdfReader(path)


def text(page: pypdf.PageObject) -> str:
    """The words of a page, however they were wrapped."""
    return "".join(page.extract_text().split())


def lines(paper: pypdf.PdfReader) -> list[list[str]]:
    return [line.split() for page in paper.pages for line in page.extract_text().split("\n")]


def test_a_unit_s_attachment_reads_like_the_notice(tmp_path: Path, press: Press) -> None:
    counts = progress(3) | {"online_confirmed": 3, "online_issues": 5}
    notes = AttachmentNotes("李小满", "0530-0000001", date(2024, 6, 7))
    table = Attachment(PROGRESS, [AttachmentLine((), counts)], unit="城关街道", period=PERIOD, notes=notes)
    paper = printed(tmp_path, press, table)
    (page,) = paper.pages
    words = text(page)
    assert words.startswith("附件2城关街道自建房安全专项整治攻坚行动工作台账")
    for note in ("填报人：李小满", "联系方式：0530-0000001", "填报时间：2024年6月7日", "（单位：栋）"):
        assert note in words
    for field in PROGRESS.fields:
        if not field.roll_up_only:
            assert field.heading.text in words
            assert all(group in words for group in field.heading.groups)
    assert list(figure_texts(PROGRESS, counts)) in lines(paper)
    assert SIGNATURES in lines(paper)
    assert words.endswith(f"{PERIOD}第1页共1页")


@pytest.mark.parametrize(
    ("table", "size"),
    [
        (Attachment(PROGRESS, PROGRESS_LINES, unit="云水县", roll_up=True), A3),
        (Attachment(REVIEW, REVIEW_LINES, unit="云水县", roll_up=True), A4),
        (Attachment(REVIEW, [AttachmentLine((), review(0))], unit="青石镇"), A4),
        (Attachment(SWEEP, VILLAGE_LINES, unit="白鹭镇"), A4),
    ],
    ids=["附件2", "附件1", "附件1（单位）", "摸排表"],
)
def test_a_usual_county_fits_one_page_lying_on_its_side(
    tmp_path: Path, press: Press, table: Attachment, size: tuple[int, int]
) -> None:
    (page,) = printed(tmp_path, press, table).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_every_row_and_the_sum_are_there(tmp_path: Path, press: Press) -> None:
    table = Attachment(
        PROGRESS, PROGRESS_LINES, unit="云水县", roll_up=True, notes=AttachmentNotes(office=OFFICE)
    )
    paper = printed(tmp_path, press, table)
    filled = [[cell for cell in row if cell] for row in table.grid]
    words = text(paper.pages[0])
    assert all("".join(row) in words for row in filled)
    assert f"填报单位：{OFFICE}" in words


def test_a_unit_that_did_not_report_is_named(tmp_path: Path, press: Press) -> None:
    rows = [AttachmentLine((UNITS[0],), {}), *REVIEW_LINES[1:]]
    remark = f"备注：未报：{UNITS[0]}。"
    paper = printed(tmp_path, press, Attachment(REVIEW, rows, unit="云水县", roll_up=True, remarks=[remark]))
    assert [UNITS[0], "未报"] in lines(paper)
    assert [remark] in lines(paper)


def test_headings_stand_on_every_page_and_pages_are_counted(tmp_path: Path, press: Press) -> None:
    paper = printed(tmp_path, press, Attachment(SWEEP, SWEEP_LINES, unit="云水县", roll_up=True))
    pages = [text(page) for page in paper.pages]
    assert len(pages) > 1
    for number, words in enumerate(pages, 1):
        assert "错漏排专项核查“三类重点”全面复核安全鉴定专项抽查" in words
        assert words.endswith(f"第{number}页共{len(pages)}页")
    assert sum("集中摸排情况表" in words for words in pages) == 1
    assert "总计（栋）" in pages[-1]


def test_the_signatures_never_stand_alone(tmp_path: Path, press: Press) -> None:
    for rows in range(18, 40):
        names = (AttachmentLine((f"第{place}乡",), review(place)) for place in range(rows))
        table = Attachment(REVIEW, list(names), unit="云水县", roll_up=True, remarks=["备注：未报：无。"])
        words = text(printed(tmp_path, press, table).pages[-1])
        below = words.partition(f"第{rows - 1}乡")[2]
        assert "合计" in below, rows
        assert "备注" in below, rows
        assert all(signature in below for signature in SIGNATURES), rows


def test_a_nil_return_says_so(tmp_path: Path, press: Press) -> None:
    paper = printed(tmp_path, press, Attachment(SWEEP, [], unit="枫林乡"))
    assert ["零报", *"00000000"] in lines(paper)


def test_a_draft_says_so_on_every_page(tmp_path: Path, press: Press) -> None:
    draft = Attachment(SWEEP, SWEEP_LINES, unit="云水县", roll_up=True, draft=True)
    assert all("草稿" in text(page) for page in printed(tmp_path, press, draft).pages)
    assert "草稿" not in text(printed(tmp_path, press, replace(draft, draft=False)).pages[0])


def test_the_seal_is_in_the_paper_and_below_each_page(tmp_path: Path, press: Press) -> None:
    seal = Seal.of("sweep-table", "2024-W23", "云水县", [[1]], ["一"])
    sealed = Attachment(SWEEP, SWEEP_LINES, unit="云水县", roll_up=True, period=PERIOD, seal=seal)
    paper = printed(tmp_path, press, sealed)
    assert paper.metadata is not None
    assert paper.metadata["/Keywords"] == str(seal)
    assert all(f"{PERIOD}校验码{seal.code}" in text(page) for page in paper.pages)


def test_it_is_fit_for_the_archive_and_says_what_it_is(tmp_path: Path, press: Press) -> None:
    paper = printed(tmp_path, press, Attachment(REVIEW, REVIEW_LINES, unit="云水县", roll_up=True))
    about, rights = paper.metadata, paper.xmp_metadata
    assert about is not None
    assert (about.title, about.author) == ("云水县前期采取管理措施销号的自建房复核台账", OFFICE)
    assert about.creation_date_raw == "D:20240607000000Z"
    assert rights is not None
    assert b"<pdfaid:part>2</pdfaid:part>" in rights.stream.get_data()


def test_the_same_figures_give_the_same_bytes(tmp_path: Path) -> None:
    table = Attachment(PROGRESS, PROGRESS_LINES, unit="云水县", roll_up=True, draft=True)
    for name in ("一.pdf", "二.pdf"):
        write_attachment_paper(tmp_path / name, table, Press(), Imprint(OFFICE, date(2024, 6, 7)))
    assert (tmp_path / "一.pdf").read_bytes() == (tmp_path / "二.pdf").read_bytes()


def test_without_a_chinese_font_it_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(CannotDoError, match=r"没有找到中文字体.*请安装仿宋"):
        Press(tmp_path, system=False)


def test_without_typst_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(CannotDoError, match=r"pip install 'zjf\[pdf\]'"):
        Press()


@pytest.mark.parametrize(("unit", "named"), [("青石镇💥", "💥"), ("青石镇\ue5cf", "U+E5CF")])
def test_a_character_that_no_typeface_has_is_named(tmp_path: Path, unit: str, named: str) -> None:
    """A name's own sign or a picture from a telephone: neither the template nor zjf is to blame."""
    with pytest.raises(CannotDoError, match=rf"字体里没有「{re.escape(named)}」.*fonts"):
        printed(tmp_path, Press(), Attachment(REVIEW, REVIEW_LINES, unit=unit, roll_up=True))


def test_a_county_may_restyle_its_papers(tmp_path: Path) -> None:
    table = Attachment(REVIEW, REVIEW_LINES, unit="云水县", roll_up=True)
    papers = tmp_path / "templates" / "paper"
    shutil.copytree(templates() / "paper", papers)
    style = papers / "attachment.typ"
    style.write_text(style.read_text(encoding="utf-8").replace("data.number)", "[附表一])"), encoding="utf-8")
    assert text(printed(tmp_path, Press(tmp_path), table).pages[0]).startswith("附表一云水县")
    style.write_text("#let x = ", encoding="utf-8")
    with pytest.raises(CannotDoError, match=r"attachment\.typ 排不出来"):
        printed(tmp_path, Press(tmp_path), table)
