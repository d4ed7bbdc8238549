"""A little Markdown: tables whose cells may hold anything."""

from collections.abc import Iterable, Sequence

GENERATED = "<!-- 由 python -m docs.generate 从程序生成，请勿手改。 -->"


def page(title: str, *parts: str) -> str:
    """A generated page: title and parts, with a blank line between them."""
    return "\n\n".join((f"# {title}", GENERATED, *parts)) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; line breaks and bars in cells are kept."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
