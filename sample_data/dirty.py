"""The dirty set: small returns of the last week with faults planted in them, and the answers."""

import json
from collections.abc import Iterator
from itertools import chain

from sample_data.batches import PERIOD
from sample_data.dirty_files import misshapen_tables, unreadable_files
from sample_data.dirty_ledgers import ledgers
from sample_data.dirty_lists import lists
from sample_data.dirty_papers import attachments
from sample_data.drafts import Answer
from sample_data.files import as_bytes
from sample_data.places import settings


def dirty_set() -> Iterator[tuple[str, bytes]]:
    """Every file of the dirty set: its path below `sample_data`, and its bytes."""
    folder = f"returns/{PERIOD}"
    answers: list[Answer] = []
    yield "dirty/zjf.toml", settings().encode()
    for name, content, code in unreadable_files():
        answers.append(Answer(file=name, sheet=None, cell=None, code=code, field=None))
        yield f"dirty/{folder}/{name}", content
    for draft in chain(misshapen_tables(), ledgers(), attachments(), lists()):
        answers += draft.answers
        yield f"dirty/{folder}/{draft.name}", as_bytes(draft.sheets, draft.extension)
    document = {"period": PERIOD, "folder": folder, "answers": answers}
    yield "dirty/answers.json", json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
