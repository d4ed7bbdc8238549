"""A paper of prose as PDF: a report, or the letter that goes with tables."""

from pathlib import Path
from typing import Any

from zjf.documents.sections import CoverLetter, Letter, LetterTable
from zjf.documents.title_lines import WHOLE_WORDS, office_lines
from zjf.render.pdf.papers import foldable
from zjf.render.pdf.press import Imprint, Press

TEMPLATE = "letter"


def write_letter_paper(path: Path, letter: Letter | CoverLetter, press: Press, imprint: Imprint) -> None:
    """Writes a paper of prose as a PDF.

    Raises:
        CannotDoError: The file cannot be written, or a county's own template does not compile.
    """
    content = {
        "title": letter.title,
        "whole_words": WHOLE_WORDS,
        "addressee": letter.addressee,
        "office": "\n".join(office_lines(letter.office)),
        "day": letter.day,
        **(_report(letter) if isinstance(letter, Letter) else _cover(letter)),
    }
    press.write(path, TEMPLATE, content, imprint)


def _report(letter: Letter) -> dict[str, Any]:
    sections = [
        {
            "heading": section.heading,
            "paragraphs": [
                {"lead": paragraph.lead, "text": paragraph.text} for paragraph in section.paragraphs
            ],
            "table": _table(section.table) if section.table else None,
        }
        for section in letter.sections
    ]
    return {"subtitle": letter.subtitle, "sections": sections, "closing": letter.closing, "annexes": []}


def _table(table: LetterTable) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "heads": [column.text for column in table.columns.values()],
        "shares": [column.width for column in table.columns.values()],
        "rows": [[foldable(text) for text in row.values()] for row in table.texts()],
        "note": table.note,
    }


def _cover(letter: CoverLetter) -> dict[str, Any]:
    paragraphs = [{"lead": "", "text": text} for text in letter.paragraphs]
    return {
        "subtitle": "",
        "sections": [{"heading": "", "paragraphs": paragraphs}],
        "closing": "",
        "annexes": letter.annexes,
    }
