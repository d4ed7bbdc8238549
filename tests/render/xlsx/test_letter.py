"""The office's papers as workbooks."""

from pathlib import Path

import openpyxl
import pytest

from zjf.documents.sections import Letter, Paragraph, Section
from zjf.render.xlsx.letter import write_weekly_book

LONG = Paragraph("报来的数逐栋核对过，" * 20)


@pytest.mark.parametrize("paragraphs", range(1, 12))
def test_no_heading_ends_a_page_and_no_signature_stands_alone(tmp_path: Path, paragraphs: int) -> None:
    headings = ("一、报送情况", "二、总体进展", "三、近期时限")
    sections = tuple(Section(heading, (LONG,) * paragraphs) for heading in headings)
    path = tmp_path / "周报.xlsx"
    letter = Letter(
        title="周报",
        subtitle="第23周",
        addressee="",
        sections=sections,
        closing="",
        office="云水县住房和城乡建设局",
        day="2024年6月9日",
    )
    write_weekly_book(path, letter)
    sheet = openpyxl.load_workbook(path)["摘要"]
    texts = [cell.value for (cell,) in sheet.iter_rows(max_col=1)]
    breaks = [int(at.id) for at in sheet.row_breaks.brk]
    assert not {texts[row - 1] for row in breaks} & set(headings)
    assert all(row <= len(texts) - 3 for row in breaks)
    assert breaks or paragraphs < 3
