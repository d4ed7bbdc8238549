"""What the office wrote on a period: `notes/<period>.md` in the county folder, by heading."""

from zjf.county import County
from zjf.errors import CannotDoError, reason
from zjf.period import Period


def notes_of(home: County, period: Period) -> dict[str, str]:
    """Heading: the text below it; nothing where the office wrote no notes.

    Raises:
        CannotDoError: The file cannot be read.
    """
    path = home.folder / "notes" / f"{period}.md"
    if not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "不是 UTF-8 文字"
        raise CannotDoError(f"{path} 读不出来（{why}）", "请用记事本另存为 UTF-8。") from error
    notes: dict[str, list[str]] = {}
    heading = ""
    for line in lines:
        if line.startswith("#"):
            heading = line.lstrip("#").strip()
        elif line.strip():
            notes.setdefault(heading, []).append(line.strip())
    return {heading: "".join(text) for heading, text in notes.items()}
