"""A saved PDF compared with the table that it was made from, by the text on its pages."""

import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from zjf.documents.wording import Wording
from zjf.errors import CannotDoError
from zjf.extras import optional
from zjf.register.damaged_files import damage_told
from zjf.register.differences import (
    MISSING,
    Comparison,
    Difference,
    DifferenceKind,
)
from zjf.register.paper_words import word_differences
from zjf.register.reprint import paper_again, templates_used
from zjf.register.sight.paper_overlays import (
    has_attachments,
    is_put_together_oddly,
    notes_put_on,
    what_can_change,
    with_its_index_ignored,
)
from zjf.register.sight.paper_pages import drawn, paper_size

_NUMBERING = [f"第{number}页" for number in range(1, 10)] + [f"共{number}页" for number in range(1, 10)]
_FIGURE = re.compile(r"[\d.,/%<>—-]+")


def open_paper(data: bytes) -> Any:
    """The PDF, by pypdf.

    Raises:
        CannotDoError: pypdf is not installed, or it is no PDF, damaged, or protected by a password.
    """
    pypdf = optional("pypdf", extra="pdf")
    with _intact():
        # An index that is not where it says must cost the same whichever byte happens to stand there.
        oddly = is_put_together_oddly(data)
        paper = pypdf.PdfReader(io.BytesIO(with_its_index_ignored(data) if oddly else data))
        if paper.is_encrypted:
            raise CannotDoError("PDF 设有密码，读不了", "请去掉密码后再核对。")
        len(paper.pages)
    return paper


def first_page_words(data: bytes) -> list[str]:
    """The words of a PDF's first page.

    Raises:
        CannotDoError: It cannot be read.
    """
    with _intact():
        return [word for page in open_paper(data).pages[:1] for word in page.extract_text().split()]


def keywords(data: bytes) -> str:
    """The keywords that a PDF bears: our seal is among them.

    Raises:
        CannotDoError: It cannot be read.
    """
    with _intact():
        return str((open_paper(data).metadata or {}).get("/Keywords", ""))


def _intact() -> AbstractContextManager[None]:
    """A PDF is read within: pypdf looks at a part only when it is asked for it."""
    return damage_told("不是 PDF，或已损坏", "请用 zjf report 重新出表。")


@dataclass(frozen=True)
class PaperToCompare:
    """A saved PDF, and what is needed to look at it.

    Args:
        data: Its bytes.
        folder: The folder of the county that printed it, whose fonts and templates set it again.
        trusted_fields: The signature fields whose signatures stem from certificates that the county trusts.
        progress: Called with how many pages are read, of how many.
    """

    data: bytes
    folder: Path
    trusted_fields: Collection[str] = ()
    progress: Callable[[int, int], None] = lambda done, of: None


def paper_differences(saved: PaperToCompare, table: Wording) -> Comparison:
    """Compares a saved PDF with the texts of its table.

    The table is printed again. Pages that are drawn alike need no second look; of others the words are
    compared, and what may cover them.

    Args:
        saved: The PDF.
        table: The texts of the table when it was made.

    Raises:
        CannotDoError: It cannot be read.
    """
    with _intact():
        return _compared(saved, table)


def _compared(saved: PaperToCompare, table: Wording) -> Comparison:
    paper = open_paper(saved.data)
    put_on = [*notes_put_on(paper, saved.trusted_fields), *what_can_change(paper)]
    if is_put_together_oddly(saved.data):
        put_on.append(Difference("", "", "文件结构", "（目录不在所指的位置）", MISSING, DifferenceKind.ADDED))
    unseen = ["附带的文件"] if has_attachments(paper) else []
    again, why_not = _printed_again(table, saved.folder)
    if again is not None and _drawn_alike(paper, again, saved.progress):
        return Comparison(tuple(put_on), tuple(unseen))
    pages = []
    for page in paper.pages:
        pages.append(page.extract_text().split())
        saved.progress(len(pages), len(paper.pages))
    differences = [*word_differences(pages, table), *put_on]
    if again is None:
        unseen.append(f"字以外的线条和图形（{why_not}）")
    else:
        differences += _laid_on(paper, again)
        if table.set_by == templates_used(saved.folder) and _same_press(paper, again):
            differences = differences or list(_otherwise_drawn(paper, again))
        else:
            unseen.append("线条和字形（出表时的字体、模板或排版程序与现在不同，只比对了文字和图片、色块）")
    return Comparison(tuple(differences), tuple(unseen))


def _printed_again(table: Wording, folder: Path) -> tuple[Any, str]:
    """The table printed again by this machine; None, and why, where it cannot be."""
    try:
        return open_paper(paper_again(table, folder)), ""
    except CannotDoError as missing:
        return None, missing.message


def _drawn_alike(paper: Any, again: Any, progress: Callable[[int, int], None]) -> bool:
    if len(paper.pages) != len(again.pages):
        return False
    for number, (page, other) in enumerate(zip(paper.pages, again.pages, strict=True), 1):
        if drawn(page).digest != drawn(other).digest:
            return False
        progress(number, len(paper.pages))
    return True


def _same_press(paper: Any, again: Any) -> bool:
    """Whether the paper was set by the same program with the same typefaces as it is set here."""
    makers = [str((about.metadata or {}).get("/Creator", "")) for about in (paper, again)]
    fonts = [{font for page in document.pages for font in drawn(page).fonts} for document in (paper, again)]
    return makers[0] == makers[1] and fonts[0] == fonts[1]


def _laid_on(paper: Any, again: Any) -> Iterator[Difference]:
    """What may cover the words of a page, and is not there when it is printed again."""
    for number, page in enumerate(paper.pages, 1):
        own = drawn(again.pages[number - 1]).laid_on if number <= len(again.pages) else Counter[str]()
        for name, more in (drawn(page).laid_on - own).items():
            name_and_number = f"（{name}{more}处）" if more > 1 else f"（{name}）"
            yield Difference(f"第{number}页", "", name, name_and_number, MISSING, DifferenceKind.ADDED)
        if number <= len(again.pages) and paper_size(page) != paper_size(again.pages[number - 1]):
            yield Difference(
                f"第{number}页", "", "纸张", "（大小不同）", "（重新出的）", DifferenceKind.HIDDEN
            )


def _otherwise_drawn(paper: Any, again: Any) -> Iterator[Difference]:
    for number, (page, other) in enumerate(zip_longest(paper.pages, again.pages), 1):
        if page is None or other is None or drawn(page).digest != drawn(other).digest:
            yield Difference(
                f"第{number}页", "", "页面", "（画的与重新出的不同）", "（重新出的）", DifferenceKind.ADDED
            )
