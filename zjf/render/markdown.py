"""A paper of prose as Markdown."""

from pathlib import Path

from zjf.documents.sections import Letter
from zjf.files import replacing
from zjf.render.templates import fill

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
    text = fill(template.name, template.parent, escape=False, letter=letter)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
