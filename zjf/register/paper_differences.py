"""A saved PDF compared with the table that it was made from, by the text on its pages."""

import io
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from zjf.documents.wording import Wording
from zjf.errors import CannotDoError
from zjf.extras import optional
from zjf.register.damaged_files import refuse_damaged
from zjf.register.differences import MISSING, Comparison, Difference, DifferenceKind
from zjf.register.paper_words import word_differences
from zjf.register.reprint import press_used, reprinted_paper, templates_used
from zjf.register.sight.paper_overlays import added_notes, changeable_parts, parts_beside_pages
from zjf.register.sight.paper_pages import are_drawn_alike, drawing_of, laid_on, paper_size, typefaces
from zjf.register.sight.paper_structure import (
    guesses_of_reader,
    is_put_together_oddly,
    why_ambiguous,
    with_index_ignored,
)

_DRAWN_ELSEWHERE = "线条和字形（与这里重新出的不同：在别的电脑、用别的字体或模板出的，或另存时改写过；只比对了文字和图片、色块）"


def open_paper(data: bytes) -> Any:
    """Opens the PDF with pypdf.

    Raises:
        CannotDoError: pypdf is not installed, or it is no PDF, damaged, or protected by a password.
    """
    pypdf = optional("pypdf", extra="pdf")
    with _refuse_damaged():
        # With a wrong index, what pypdf makes of the file would depend on the byte the index points at.
        oddly = is_put_together_oddly(data)
        paper = pypdf.PdfReader(io.BytesIO(with_index_ignored(data) if oddly else data))
        if paper.is_encrypted:
            raise CannotDoError("PDF 设有密码，读不了", "请去掉密码后再核对。")
        len(paper.pages)
    return paper


def first_page_words(data: bytes) -> list[str]:
    """Returns the words of a PDF's first page.

    Raises:
        CannotDoError: It cannot be read.
    """
    with _refuse_damaged():
        return [word for page in open_paper(data).pages[:1] for word in page.extract_text().split()]


def keywords(data: bytes) -> str:
    """Returns the keywords of a PDF, among which is our seal.

    Raises:
        CannotDoError: It cannot be read.
    """
    with _refuse_damaged():
        return str((open_paper(data).metadata or {}).get("/Keywords", ""))


def _refuse_damaged() -> AbstractContextManager[None]:
    """Holds as long as a PDF is read: pypdf reads a part only when asked for it, so any access may fail."""
    return refuse_damaged("不是 PDF，或已损坏", "请用 zjf report 重新出表。")


@dataclass(frozen=True)
class PaperToCompare:
    """A saved PDF, and what its comparison needs.

    Args:
        folder: The folder of the county that printed it, whose fonts and templates set it again.
        trusted_fields: The signature fields signed with certificates that the county trusts.
    """

    data: bytes
    folder: Path
    trusted_fields: Collection[str] = ()


def paper_differences(saved: PaperToCompare, table: Wording) -> Comparison:
    """Compares a saved PDF with the texts of its table.

    If all pages are drawn as they were when it was printed, or as the table is printed again now, that is all;
    else the words are compared, and the pictures and areas that may cover them.

    Raises:
        CannotDoError: It cannot be read.
    """
    with _refuse_damaged(), guesses_of_reader() as guesses:
        paper = open_paper(saved.data)
        comparison = _compare(saved, paper, table)
        if reason := why_ambiguous(paper, saved.data, guesses):
            difference = Difference("", "", "文件结构", f"（{reason}）", MISSING, DifferenceKind.ADDED)
            comparison = replace(comparison, differences=(*comparison.differences, difference))
        return comparison


def _compare(saved: PaperToCompare, paper: Any, table: Wording) -> Comparison:
    additions = [*added_notes(paper, saved.trusted_fields), *changeable_parts(paper)]
    unseen = list(parts_beside_pages(paper))
    if table.drawings and drawing_of(paper) in table.drawings:
        return Comparison(tuple(additions), tuple(unseen))
    reprint, obstacle = _print_again(table, saved.folder)
    if reprint is not None and _all_drawn_alike(paper, reprint):
        return Comparison(tuple(additions), tuple(unseen))
    pages = [page.extract_text().split() for page in paper.pages]
    differences = [*word_differences(pages, table), *additions]
    set_here = _was_set_here(table, saved.folder)
    if reprint is None:
        unseen.append(f"字以外的线条和图形（{obstacle}）")
    else:
        differences += _added_overlays(paper, reprint)
        if set_here and _is_same_press(paper, reprint):
            differences = differences or list(_drawing_differences(paper, reprint))
        else:
            unseen.append(_DRAWN_ELSEWHERE)
    redrawn = bool(table.drawings) or (bool(table.pressed_by) and set_here)
    return Comparison(tuple(differences), tuple(unseen), redrawn=redrawn)


def _was_set_here(table: Wording, folder: Path) -> bool:
    """Whether the table was set with the templates and, as far as that is on record, the press of now."""
    return table.set_by == templates_used(folder) and table.pressed_by in ("", press_used(folder))


def _print_again(table: Wording, folder: Path) -> tuple[Any, str]:
    """Prints the table again on this machine; where it cannot be printed, returns None and the reason."""
    try:
        return open_paper(reprinted_paper(table, folder)), ""
    except CannotDoError as missing:
        return None, missing.message


def _all_drawn_alike(paper: Any, reprint: Any) -> bool:
    return len(paper.pages) == len(reprint.pages) and all(map(are_drawn_alike, paper.pages, reprint.pages))


def _is_same_press(paper: Any, reprint: Any) -> bool:
    """Whether the paper was set by the same program with the same typefaces as it is set here."""
    makers = [str((document.metadata or {}).get("/Creator", "")) for document in (paper, reprint)]
    fonts = [{font for page in document.pages for font in typefaces(page)} for document in (paper, reprint)]
    return makers[0] == makers[1] and fonts[0] == fonts[1]


def _added_overlays(paper: Any, reprint: Any) -> Iterator[Difference]:
    """Yields what may cover the words of a page and is not there when the table is printed again."""
    for number, page in enumerate(paper.pages, 1):
        expected = laid_on(reprint.pages[number - 1]) if number <= len(reprint.pages) else Counter[str]()
        for name, count in (laid_on(page) - expected).items():
            name_and_number = f"（{name}{count}处）" if count > 1 else f"（{name}）"
            yield Difference(f"第{number}页", "", name, name_and_number, MISSING, DifferenceKind.ADDED)
        if number <= len(reprint.pages) and paper_size(page) != paper_size(reprint.pages[number - 1]):
            yield Difference(
                f"第{number}页", "", "纸张", "（大小不同）", "（重新出的）", DifferenceKind.HIDDEN
            )


def _drawing_differences(paper: Any, reprint: Any) -> Iterator[Difference]:
    for number, (page, expected_page) in enumerate(zip_longest(paper.pages, reprint.pages), 1):
        if page is None or expected_page is None or not are_drawn_alike(page, expected_page):
            yield Difference(
                f"第{number}页", "", "页面", "（画的与重新出的不同）", "（重新出的）", DifferenceKind.ADDED
            )
