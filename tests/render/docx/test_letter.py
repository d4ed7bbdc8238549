"""The office's papers in Word: the page of GB/T 9704, and the template that a county may restyle."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.shared import Mm, Pt
from PIL import Image

from tools.word_templates import MAKERS, make
from zjf.documents.layout import Column
from zjf.documents.sections import Letter, LetterTable, Paragraph, Section
from zjf.errors import CannotDoError
from zjf.render.docx.letter import _NARROW_MARGIN, TEMPLATE, write_letter
from zjf.resources import templates

OFFICIAL = templates() / TEMPLATE
UNITS = ("城关街道", "青石镇")
RANKS = {"appraisal_rate": "90.00%", "rectification_rate": "—", "closure_rate": "102.03%※"}
RANKING = LetterTable(
    "ranking",
    "各单位进展及排名",
    {
        "unit": Column("填报单位"),
        **{
            name: column
            for rate, said in zip(RANKS, ("鉴定率", "整治率", "销号率"), strict=True)
            for name, column in ((rate, Column(said)), (f"{rate}_rank", Column("排名")))
        },
    },
    tuple({"unit": unit, **RANKS, **{f"{rate}_rank": 1 for rate in RANKS}} for unit in UNITS),
    note="※超过100%，请核对原数。",
)
LETTER = Letter(
    title="云水县自建房安全专项整治工作周报",
    subtitle="2024年第23周（6月3日—6月9日）",
    addressee="",
    sections=(
        Section("一、总体进展", (Paragraph("甲 < 乙 & 丙。", lead="（一）鉴定率"),), RANKING),
        Section("二、近期时限", (Paragraph("没有。"),)),
    ),
    closing="",
    office="云水县自建房安全专项整治工作领导小组办公室",
    day="2024年6月9日",
)


def written(folder: Path, letter: Letter = LETTER, template: Path = OFFICIAL) -> Document:
    path = folder / "周报.docx"
    write_letter(path, letter, template)
    return docx.Document(str(path))


def test_the_page_is_the_standards(tmp_path: Path) -> None:
    (page,) = written(tmp_path).sections
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(length / Mm(1)) for length in (page.page_width, page.page_height) if length] == [210, 297]
    assert [round(margin / Mm(1)) for margin in margins if margin] == [37, 35, 28, 26]


@pytest.mark.parametrize(
    ("style", "face", "points", "pitch"),
    [
        ("公文标题", "方正小标宋简体", 22, 36),
        ("公文正文", "仿宋_GB2312", 16, 28),
        ("一级标题", "黑体", 16, 28),
        ("署名", "仿宋_GB2312", 16, 28),
    ],
)
def test_type_and_size(style: str, face: str, points: int, pitch: int, tmp_path: Path) -> None:
    look = written(tmp_path).styles[style]
    assert (look.font.name, look.font.size) == (face, Pt(points))  # type: ignore[attr-defined]
    assert look.paragraph_format.line_spacing == Pt(pitch)  # type: ignore[attr-defined]


def test_what_is_said_stands_in_order(tmp_path: Path) -> None:
    said = [paragraph.text for paragraph in written(tmp_path).paragraphs if paragraph.text]
    assert said == [
        LETTER.title,
        LETTER.subtitle,
        "一、总体进展",
        "（一）鉴定率。甲 < 乙 & 丙。",
        "各单位进展及排名",
        "※超过100%，请核对原数。",
        "二、近期时限",
        "没有。",
        LETTER.office,
        LETTER.day,
    ]


def test_the_table_repeats_its_header_and_holds_what_is_printed(tmp_path: Path) -> None:
    (table,) = written(tmp_path).tables
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[0] == ["填报单位", "鉴定率", "排名", "整治率", "排名", "销号率", "排名"]
    assert texts[1:] == [[unit, "90.00%", "1", "—", "1", "102.03%※", "1"] for unit in UNITS]
    assert [row._tr.xpath("w:trPr/w:tblHeader") != [] for row in table.rows] == [True, False, False]


def test_a_long_table_goes_over_the_page_and_leaves_no_row_alone(tmp_path: Path) -> None:
    """Kept whole, a list of 14 units leaves half of the first page white."""
    for rows, kept in ((11, [True] * 11 + [False]), (14, [True] * 3 + [False] * 8 + [True] * 3 + [False])):
        table = replace(RANKING, rows=RANKING.rows[:1] * rows)
        section = Section("一、总体进展", (Paragraph("甲。"),), table)
        (word_table,) = written(tmp_path, replace(LETTER, sections=(section, LETTER.sections[1]))).tables
        firsts = [row.cells[0].paragraphs[0].paragraph_format for row in word_table.rows]
        assert [bool(paragraph.keep_with_next) for paragraph in firsts] == kept


def test_the_signature_never_stands_alone(tmp_path: Path) -> None:
    *_, last, office, _ = [paragraph for paragraph in written(tmp_path).paragraphs if paragraph.text]
    assert all(
        paragraph.style and paragraph.style.paragraph_format.keep_with_next for paragraph in (last, office)
    )  # type: ignore[attr-defined]


def test_below_a_table_the_signature_stays_with_its_last_rows(tmp_path: Path) -> None:
    (first, last) = LETTER.sections
    said = written(tmp_path, replace(LETTER, sections=(last, first)))
    (table,) = said.tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    (note,) = (paragraph for paragraph in said.paragraphs if paragraph.text == RANKING.note)
    assert [*kept, note.paragraph_format.keep_with_next] == [True] * 4


def test_the_same_letter_gives_the_same_bytes(tmp_path: Path) -> None:
    written(tmp_path)
    first = (tmp_path / "周报.docx").read_bytes()
    written(tmp_path)
    assert (tmp_path / "周报.docx").read_bytes() == first


@pytest.mark.parametrize("name", MAKERS)
def test_the_templates_are_what_their_maker_makes(name: str) -> None:
    made = make(name)
    assert made == (OFFICIAL.parent / name).read_bytes(), "run python -m tools.word_templates"


def test_a_template_that_does_not_fit_is_named(tmp_path: Path) -> None:
    own, made = docx.Document(io.BytesIO(make(OFFICIAL.name))), tmp_path / "own.docx"
    own.add_paragraph("{{ letter.nobody }}")
    own.save(str(made))
    for template, content in ((made, made.read_bytes()), (tmp_path / "no.docx", b"no document")):
        template.write_bytes(content)
        with pytest.raises(CannotDoError, match=str(template.name)):
            written(tmp_path, template=template)
    assert not (tmp_path / "周报.docx").exists()


@pytest.mark.parametrize("name", MAKERS)
def test_nothing_in_a_word_file_tells_of_other_programs_or_times(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(make(name))) as package:
        said = package.read("docProps/core.xml").decode()
        assert not {"docProps/app.xml", "docProps/thumbnail.jpeg"} & set(package.namelist())
    assert not re.search(r"python|20\d\d-|2013", said)


@pytest.mark.parametrize(("height", "width_mm"), [(100, 72), (220, 57), (900, 72)])
def test_charts_are_made_smaller_where_a_page_then_holds_them_all(
    tmp_path: Path, height: int, width_mm: int
) -> None:
    """Six pictures in three rows; of charts of very many units, two pages are needed anyway."""
    buffer = io.BytesIO()
    Image.new("RGB", (200, height)).save(buffer, "PNG")
    path = tmp_path / "周报.docx"
    write_letter(path, LETTER, OFFICIAL, pictures=[buffer.getvalue()] * 6)
    shapes = docx.Document(str(path)).inline_shapes
    assert {int(shape.width / Mm(1)) for shape in shapes} == {width_mm}


def test_a_ranking_of_four_figures_keeps_its_words_whole(tmp_path: Path) -> None:
    """Nine columns in 9 points: 无任务 and a name of seven letters stand on one line each."""
    ranks = {
        name: Column(said, width=width)
        for number in range(4)
        for name, said, width in ((f"rate{number}", "销号率", 12), (f"rank{number}", "排名", 8))
    }
    longest = {"unit": "石岭矿区管理处", **dict.fromkeys(ranks, "无任务")}
    table = LetterTable("ranking", "排名", {"unit": Column("填报单位", width=18), **ranks}, (longest,))
    section = Section("一、总体进展", (), table)
    (made,) = written(tmp_path, replace(LETTER, sections=(section, LETTER.sections[1]))).tables
    points = made.rows[1].cells[0].paragraphs[0].runs[0].font.size
    assert points
    for cell, said in zip(made.rows[1].cells, longest.values(), strict=True):
        assert cell.width
        assert cell.width - 2 * Pt(_NARROW_MARGIN / 20) >= len(said) * points
