"""What a workbook brings along beside its sheets: the verdict says that nobody vouches for it."""

import io
import zipfile
from pathlib import Path

import pytest

from zjf.register.sight.workbook import open_book
from zjf.register.verdicts import Verdict
from zjf.register.verification import Verification

from .offices import PrintedCounty, parts_changed
from .package_writing import put, relation, relations
from .repacked_books import RELATIONS, SHEET

TABLE = "附件2_云水县.xlsx"
LINK = '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</externalLink>'
MASHUP = '<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAA</DataMashup>'


def with_part(county: PrintedCounty, tmp_path: Path, kind: str, path: str, content: str) -> Verification:
    """The verdict on a printed table to whose workbook one part was added."""
    related = put("</Relationships>", f"{relation(kind, f'/{path}')}</Relationships>")
    target = tmp_path / "表.xlsx"
    target.write_bytes(parts_changed(county.file(TABLE), {RELATIONS: related}, {path: content}))
    return county.judged(target)


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("connections", "<connections/>", "数据连接"),
        ("xmlMaps", "<MapInfo/>", "XML 映射"),
        ("customXml", MASHUP, "Power Query"),
        ("customXml", "<a/>", "自定义 XML 数据"),
        ("externalLink", LINK.format("<externalBook/>"), "对别的工作簿的引用"),
        ("volatileDependencies", "<volTypes/>", "RTD"),
        ("pivotCacheDefinition", "<pivotCacheDefinition/>", "数据透视表的缓存"),
        ("whatComesNext", "<a/>", "附加内容（whatComesNext）"),
    ],
)
def test_what_is_bound_to_no_cell_is_said_not_to_be_looked_at(
    county: PrintedCounty, tmp_path: Path, kind: str, content: str, said: str
) -> None:
    found = with_part(county, tmp_path, kind, "xl/more.xml", content)
    assert (found.verdict, found.differences) == (Verdict.CURRENT, ())
    assert any(said in part for part in found.unseen)


@pytest.mark.parametrize("link", ["ddeLink", "oleLink"])
def test_a_link_that_starts_a_program_is_a_change(county: PrintedCounty, tmp_path: Path, link: str) -> None:
    found = with_part(county, tmp_path, "externalLink", "xl/more.xml", LINK.format(f"<{link}/>"))
    assert found.verdict is Verdict.ALTERED
    assert any("链接" in difference.printed for difference in found.differences)


def test_a_program_that_is_kept_elsewhere_is_a_change(county: PrintedCounty, tmp_path: Path) -> None:
    assert with_part(county, tmp_path, "vbaProject", "xl/other.bin", "").verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("before", "more", "said"),
    [
        ("<printOptions", '<customSheetViews><customSheetView guid="{1}"/></customSheetViews>', "自定义视图"),
        ("<mergeCells", '<scenarios><scenario name="甲"/></scenarios>', "方案"),
    ],
)
def test_what_somebody_may_choose_is_said_not_to_be_looked_at(
    county: PrintedCounty, tmp_path: Path, before: str, more: str, said: str
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(parts_changed(county.file(TABLE), {SHEET: put(before, more + before)}, {}))
    found = county.judged(path)
    assert (found.verdict, found.differences) == (Verdict.CURRENT, ())
    assert any(said in part for part in found.unseen)


def test_a_printed_table_brings_nothing_along(county: PrintedCounty) -> None:
    for path in sorted((county.folder / "out").rglob("附件*.xlsx")):
        assert open_book(path.name, path.read_bytes()).extra_parts == ()


def test_a_table_that_a_query_fills(county: PrintedCounty, tmp_path: Path) -> None:
    """The sheet refers to the table, and only the table to the query."""
    data, path = county.file(TABLE), tmp_path / "表.xlsx"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    table = f'<table xmlns="{main}" id="1" name="T" displayName="T" ref="A6:B8"><tableStyleInfo name="TableStyleLight1"/></table>'
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(relation("table", "../tables/table1.xml")),
        "xl/tables/table1.xml": table,
        "xl/tables/_rels/table1.xml.rels": relations(relation("queryTable", "../queryTable1.xml")),
        "xl/queryTable1.xml": "<queryTable/>",
    }
    assert not set(more) & set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    path.write_bytes(parts_changed(data, {}, more))
    found = county.judged(path)
    assert found.verdict is Verdict.ALTERED
    assert any("查询结果" in difference.heading for difference in found.differences)
