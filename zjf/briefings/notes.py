"""The office's own notes on a period: `notes/<period>.md` in the county's folder (推进难点, 下步打算)."""

from dataclasses import dataclass

from zjf.county import County
from zjf.errors import CannotDoError
from zjf.ledger import Ledger
from zjf.period import Period

FOLDER = "notes"
UNHEADED = "其他情况"


@dataclass(frozen=True)
class Note:
    """A heading, and the paragraphs below it."""

    heading: str
    paragraphs: tuple[str, ...]


def notes_of(home: County, period: Period, ledger: Ledger) -> tuple[Note, ...]:
    """Returns what the office wrote of a period, heading by heading; nothing where it wrote nothing.

    A line that begins with `#` is a heading; a blank line, or a `-` before a line, begins a paragraph.
    Numbers of persons that strayed in are masked, and names that the ledger knows as those of owners, users or
    households.

    Raises:
        CannotDoError: The file cannot be read as UTF-8 text.
    """
    path = home.folder / FOLDER / f"{period}.md"
    if not path.is_file():
        return ()
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as wrong:
        raise CannotDoError(f"{path} 读不出来", "请另存为 UTF-8 文本后重试。") from wrong
    found: dict[str, list[str]] = {}
    heading, open_paragraph = UNHEADED, False
    for line in map(str.strip, lines):
        if line.startswith("#"):
            heading, open_paragraph = line.lstrip("#").strip() or UNHEADED, False
        elif not line:
            open_paragraph = False
        elif open_paragraph and not line.startswith(("-", "*")):
            found[heading][-1] += line
        else:
            found.setdefault(heading, []).append(line.lstrip("-* "))
            open_paragraph = True
    shown = ledger.people().shown
    return tuple(Note(shown(heading), tuple(map(shown, paragraphs))) for heading, paragraphs in found.items())
