"""The word that a draft bears on every page, found again in a saved file."""

import io
import re
import zipfile

from zjf.documents.attachment import DRAFT
from zjf.register.paper_differences import open_paper

_PAGE_HEADER = re.compile(rb"<(?:\w+:)?oddHeader>[^<]*" + DRAFT.encode())


def is_marked_draft(data: bytes) -> bool:
    """Whether a PDF or .xlsx of ours says that it is a draft."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
            return any(_PAGE_HEADER.search(book.read(sheet)) for sheet in sheets)
    return any(DRAFT in page.extract_text().split() for page in open_paper(data).pages[:1])
