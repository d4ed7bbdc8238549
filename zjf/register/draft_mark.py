"""The word on every page of a draft, and how it is found in a saved file."""

import io
import re
import zipfile

from zjf.documents.attachment import DRAFT
from zjf.register.damaged_files import refuse_damaged
from zjf.register.paper_differences import first_page_words

_PAGE_HEADER = re.compile(rb"<(?:\w+:)?oddHeader>[^<]*" + DRAFT.encode())


def is_marked_draft(data: bytes) -> bool:
    """Whether a PDF or .xlsx of ours says that it is a draft.

    Raises:
        CannotDoError: It is damaged.
    """
    if zipfile.is_zipfile(io.BytesIO(data)):
        with (
            refuse_damaged("表格文件已损坏", "请用 zjf report 重新出表。"),
            zipfile.ZipFile(io.BytesIO(data)) as book,
        ):
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
            return any(_PAGE_HEADER.search(book.read(sheet)) for sheet in sheets)
    return DRAFT in first_page_words(data)
