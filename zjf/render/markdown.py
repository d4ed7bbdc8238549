"""A paper of prose as Markdown."""

import re
from pathlib import Path

from zjf.documents.sections import Letter
from zjf.files import write_whole
from zjf.render.templates import fill

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|(?<=\])\(")
"""The start of a tag, or of the address of a link or a picture."""
TEMPLATE = Path("weekly") / "briefing.md.j2"


def write_text(path: Path, letter: Letter, template: Path) -> None:
    """Writes a paper as Markdown.

    Raises:
        CannotDoError: The template does not fit, or the file cannot be written.
    """
    # The result is text for people, not a page: only what would become a tag, a link or a picture is escaped.
    text = fill(template.name, template.parent, escape=False, finalize=_escaped, letter=letter)
    write_whole(path, text)


def _escaped(value: object) -> object:
    """Returns a text in which nothing is a tag or a link; any other value as it is."""
    return _MARKUP.sub(r"\\\g<0>", value) if isinstance(value, str) else value
