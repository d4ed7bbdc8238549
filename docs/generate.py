"""`python -m docs.generate`: makes the reference pages, and runs what the documents show.

With `--check` nothing is written: it names what is out of date, and exits 1 if anything is.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from docs import recorded, transcripts
from docs.pages import clauses, codes, commands, dependencies, fields, notices, problems, rules
from zjf.commands.recorded import RECORD
from zjf.public_json import DocumentName
from zjf.public_json.published import file_name, json_schema

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"


def reference_pages() -> Iterator[tuple[Path, str]]:
    """Every reference page and JSON Schema: where it lies, and its text."""
    for made in (fields, codes, problems, rules, commands, notices, clauses, dependencies):
        yield REFERENCE / f"{made.__name__.rpartition('.')[2]}.md", made.page()
    yield RECORD, recorded.text()
    for name in DocumentName:
        text = json.dumps(json_schema(name), ensure_ascii=False, indent=2)
        yield REFERENCE / "schemas" / file_name(name), f"{text}\n"


def main(
    check: Annotated[bool, typer.Option("--check", help="Only say what is out of date.")] = False,
    run: Annotated[bool, typer.Option(help="Also run the commands that the documents show.")] = True,
) -> None:
    """Makes the generated documents, or checks them."""
    made = [*reference_pages(), *(transcripts.documents(ROOT) if run else ())]
    stale = [(path, text) for path, text in made if not path.exists() or path.read_text("utf-8") != text]
    for path, text in stale:
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    if check and stale:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
