"""A paper of prose as Markdown."""

import re
from pathlib import Path

from zjf.documents.sections import Letter
from zjf.files import replacing
from zjf.render.templates import fill

_LIVE = re.compile(r"<(?=[A-Za-z/!?])|(?<=\])\(")
"""What begins a tag, or the address of a link or a picture."""
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
    # What comes out is text for people and not a page: only what would be a tag, a link or a picture is escaped.
    text = fill(template.name, template.parent, escape=False, finalize=_inert, letter=letter)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _inert(value: object) -> object:
    """A value in which nothing is a tag or a link; what is no text stays as it is."""
    return _LIVE.sub(r"\\\g<0>", value) if isinstance(value, str) else value
