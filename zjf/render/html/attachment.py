"""An attachment as one HTML file that opens without a network, and prints as the paper does."""

from pathlib import Path

from zjf.documents.attachment import Attachment
from zjf.documents.attachment_content import content_of
from zjf.documents.paper_sizes import A3
from zjf.documents.wording import Wording
from zjf.files import write_whole
from zjf.render.table_frame import frame_of
from zjf.render.templates import fill

TEMPLATE = Path("page") / "attachment.html.j2"


def write_attachment_page(path: Path, table: Attachment, template: Path) -> None:
    """Writes an attachment as a page.

    Raises:
        CannotDoError: The file cannot be written, or as `attachment_page`.
    """
    write_whole(path, attachment_page(table, template))


def attachment_page(table: Attachment | Wording, template: Path) -> str:
    """Returns an attachment as HTML.

    Raises:
        CannotDoError: The QR code cannot be drawn here, or the template does not fit.
    """
    return fill(
        template.name,
        template.parent,
        escape=True,
        paper="A3" if table.paper is A3 else "A4",
        **frame_of(table),
        **content_of(table),
    )
