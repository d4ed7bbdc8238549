"""`zjf report --as docx,html`: the attachments in Word and as pages say what the workbook says."""

import re
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest

from zjf.county import County
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.schemas import FORMS

from .conftest import OfficeAfter
from .office import GREENSTONE, PERIOD, TOWN, WRONG, Office
from .papers import PAPERS, made, report, take_in, two_houses_a_unit
from .prepared import prepared

county = prepared(two_houses_a_unit)


def print_pages(office: Office) -> None:
    take_in(office)
    assert report(office, *PAPERS, "--as", "docx,html").code == 0


@pytest.fixture
def printed(office: Office, office_after: OfficeAfter) -> Office:
    return office_after(office, print_pages)


class Cells(HTMLParser):
    """The rows of a page's table, a text a cell."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        self._open = tag in ("th", "td")
        if self._open:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data


def expected(office: Office, form: str) -> list[list[str]]:
    """The county's table as it reads, cells that stand over several columns once."""
    desk = PrintContext.open(County.load(office.folder), Period.parse(PERIOD))
    table = desk.attachment(FORMS[form])
    assert table is not None
    return [list(row) for row in table.grid]


@pytest.mark.parametrize(("form", "name"), [("attachment-1", "附件1"), ("attachment-2", "附件2")])
def test_both_say_what_the_table_says(printed: Office, form: str, name: str) -> None:
    rows = expected(printed, form)
    (table,) = docx.Document(str(made(printed, f"{name}_云水县.docx"))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows][-len(rows) :] == rows
    page = Cells()
    page.feed(made(printed, f"{name}_云水县.html").read_text("utf-8"))
    assert page.rows[-len(rows) :] == rows


def test_groups_stand_over_their_columns_and_are_repeated(printed: Office) -> None:
    (table,) = docx.Document(str(made(printed, "附件1_云水县.docx"))).tables
    first = [cell.text for cell in table.rows[0].cells]
    assert first == ["乡镇（街道）", "总量", *["经营性自建房"] * 4, *["非经营性自建房"] * 4]
    repeated = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]
    assert repeated == [True, True, False, False, False, False]


def test_they_bear_title_code_and_signature_line(printed: Office) -> None:
    paper = docx.Document(str(made(printed, "附件2_青石镇.docx")))
    said = [paragraph.text for paragraph in paper.paragraphs]
    page = made(printed, "附件2_青石镇.html").read_text("utf-8")
    (code,) = re.findall(r"校验码 (\S+?)<", page)
    assert said[0] == "附件2"
    assert said[1] == f"{GREENSTONE}{FORMS['attachment-2'].info.title}"
    assert said[-2].startswith("主要负责同志签字")
    assert said[-1].endswith(f"校验码 {code}")
    assert "<svg" in page


def test_a_page_fetches_nothing(printed: Office) -> None:
    page = made(printed, "附件2_云水县.html").read_text("utf-8")
    assert not re.findall(r"""(?:src|href)=|url\(|@import|<script""", page)


def test_a_draft_says_so(office: Office) -> None:
    take_in(office, {GREENSTONE: [{}, WRONG]}, "--partial")
    report(office, *PAPERS, "--as", "docx,html")
    assert docx.Document(str(made(office, "附件2_青石镇.docx"))).paragraphs[0].text == "附件2　【草稿】"
    assert '<div class="draft">草稿</div>' in made(office, "附件2_青石镇.html").read_text("utf-8")
    assert "草稿" not in made(office, f"附件2_{TOWN}.html").read_text("utf-8")


def test_a_second_run_gives_the_same_bytes(printed: Office) -> None:
    names = ("附件1_云水县.docx", "附件2_云水县.docx", "附件1_云水县.html", "附件2_云水县.html")
    before = [made(printed, name).read_bytes() for name in names]
    report(printed, *PAPERS, "--as", "docx, html")
    assert [made(printed, name).read_bytes() for name in names] == before


def test_a_county_may_have_a_page_of_its_own(county: Office) -> None:
    own = county.folder / "templates" / "page" / "attachment.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("<p>{{ title }}</p>", "utf-8")
    report(county, "attachment-2", "--as", "html")
    assert made(county, "附件2_云水县.html").read_text("utf-8") == (
        "<p>云水县自建房安全专项整治攻坚行动工作台账</p>"
    )
    own.write_text("{{ nobody }}", "utf-8")
    ran = report(county, "attachment-2", "--as", "html")
    assert (ran.code, "attachment.html.j2" in ran.err) == (3, True)


@pytest.mark.parametrize("style", ["docx", "html"])
def test_ledgers_are_too_wide_for_them(county: Office, style: str, tmp_path: Path) -> None:
    ran = report(county, "house-ledger", "--as", style)
    assert (ran.code, f"台账不出 {style}" in ran.err) == (2, True)
