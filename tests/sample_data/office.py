"""The sample county's office: its record, and the commands that are run on its returns."""

import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import sample_data
from zjf import cli

SAMPLE = Path(sample_data.__file__).parent
RECORD = json.loads((SAMPLE / "record.json").read_bytes())["periods"]

Document = dict[str, Any]


def said(*arguments: str | Path) -> tuple[int, Document]:
    """The exit code of a command, and the document that it prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        code = cli.run([*map(str, arguments), "--format", "json"])
    return code, json.loads(out.getvalue())
