"""The office's own notes on a period: `notes/<period>.md` in the county's folder (推进难点, 下步打算)."""

from collections.abc import Iterable

from zjf.county import County
from zjf.errors import CannotDoError
from zjf.ledger import Ledger
from zjf.period import Period
from zjf.public_json.briefing_parts import NoteTold

FOLDER = "notes"
UNHEADED = "其他情况"


def notes_of(home: County, period: Period, ledger: Ledger) -> tuple[NoteTold, ...]:
    """Returns the office's notes on a period, heading by heading; none if the file does not exist.

    A line that begins with `#` is a heading; a blank line, or a `-` before a line, begins a paragraph.
    Masked are identity and telephone numbers, and names that the ledger has for owners, users or households.

    Raises:
        CannotDoError: The file cannot be read as UTF-8 text.
    """
    path = home.folder / FOLDER / f"{period}.md"
    if not path.is_file():
        return ()
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotDoError(f"{path} 读不出来", "请另存为 UTF-8 文本后重试。") from error
    mask = ledger.people().shown
    return tuple(
        NoteTold(heading=mask(heading), paragraphs=list(map(mask, paragraphs)))
        for heading, paragraphs in _paragraphs_under_headings(lines).items()
    )


def _paragraphs_under_headings(lines: Iterable[str]) -> dict[str, list[str]]:
    paragraphs: dict[str, list[str]] = {}
    heading, is_in_paragraph = UNHEADED, False
    for line in map(str.strip, lines):
        if line.startswith("#"):
            heading, is_in_paragraph = line.lstrip("#").strip() or UNHEADED, False
        elif not line:
            is_in_paragraph = False
        elif is_in_paragraph and not line.startswith(("-", "*")):
            paragraphs[heading][-1] += line
        else:
            paragraphs.setdefault(heading, []).append(line.lstrip("-* "))
            is_in_paragraph = True
    return paragraphs
