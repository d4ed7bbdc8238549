"""An attachment as one HTML file that opens without a network, and prints as the paper does."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from zjf.documents.attachment import DRAFT, Attachment
from zjf.documents.attachment_content import content_of
from zjf.documents.paper_sizes import A3
from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.render.qr_code import qr_code

TEMPLATE = Path("page") / "attachment.html.j2"


def write_attachment_page(path: Path, table: Attachment, template: Path) -> None:
    """Writes an attachment as a page.

    Args:
        path: The .html to write.
        table: What it says.
        template: Its template, which a county may have changed.

    Raises:
        CannotDoError: The QR code cannot be drawn here, the template does not fit, or the file cannot be
            written.
    """
    shelf = Environment(
        loader=FileSystemLoader(template.parent),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        text = shelf.get_template(template.name).render(
            title=table.title,
            foot=table.foot,
            draft=DRAFT if table.draft else None,
            qr=qr_code(table.seal) if table.seal else None,
            paper="A3" if table.paper is A3 else "A4",
            **content_of(table),
        )
    except (TemplateError, UnicodeDecodeError) as wrong:
        raise CannotDoError(
            f"网页模板 {template} 用不了（{wrong}）", "请改回模板，或删去它以使用自带的。"
        ) from wrong
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
