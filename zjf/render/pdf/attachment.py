"""Tables on paper: PDF by Typst, in the office style, ready to be signed, stamped and filed."""

from pathlib import Path

from zjf.documents.attachment import Attachment
from zjf.documents.attachment_content import content_of
from zjf.documents.paper_sizes import A3
from zjf.documents.wording import Wording
from zjf.render.pdf.press import Imprint, Press
from zjf.render.table_frame import frame_of


def write_attachment_paper(path: Path, table: Attachment | Wording, press: Press, imprint: Imprint) -> None:
    """Writes an attachment as a PDF.

    Raises:
        CannotDoError: The file cannot be written, or a county's own template does not compile.
    """
    size = "a3" if table.paper is A3 else "a4"
    press.write(path, "attachment", {**frame_of(table), **content_of(table), "paper": size}, imprint)
