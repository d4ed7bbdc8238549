"""A paper of prose as Markdown."""

from pathlib import Path

from jinja2 import Environment, StrictUndefined, TemplateError

from zjf.documents.sections import Letter
from zjf.errors import CannotDoError
from zjf.files import replacing

TEMPLATE = Path("weekly") / "briefing.md.j2"


def write_text(path: Path, letter: Letter, template: Path) -> None:
    """Writes a paper as Markdown.

    Args:
        path: The .md to write.
        letter: The paper.
        template: Its template, which a county may have changed.

    Raises:
        CannotDoError: The template does not fit, or the file cannot be written.
    """
    # What comes out is text for people and not a page: nothing is to be escaped for a browser.
    environment = Environment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    try:
        text = environment.from_string(template.read_text(encoding="utf-8")).render(letter=letter)
    except (TemplateError, UnicodeDecodeError) as wrong:
        raise CannotDoError(
            f"模板 {template} 用不了（{wrong}）", "请改回模板，或删去它以使用自带的。"
        ) from wrong
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
