"""The content of an attachment as plain data for templates, the same for every style."""

from typing import Any

from zjf.documents.attachment import Attachment
from zjf.documents.figure_texts import NOT_REPORTED
from zjf.documents.layout import depth, header_boxes
from zjf.documents.wording import Wording, wording_of


def content_of(table: Attachment | Wording) -> dict[str, Any]:
    """Returns the table as a template's data: header cells, rows as texts, notes and signatures."""
    wording = table if isinstance(table, Wording) else wording_of(table)
    last = len(wording.grid) - 1
    return {
        "number": wording.form.info.number,
        "above": list(wording.above),
        "columns": [column.width for column in wording.columns],
        "labels": wording.key_columns,
        "depth": depth(wording.columns),
        "heads": [
            {
                "text": box.text,
                "x": box.left,
                "y": box.top,
                "colspan": box.right - box.left + 1,
                "rowspan": box.bottom - box.top + 1,
            }
            for box in header_boxes(wording.columns)
        ],
        "rows": [
            _row(
                texts[: wording.key_columns],
                texts[wording.key_columns :],
                is_total=wording.totalled and number == last,
            )
            for number, texts in enumerate(wording.grid)
        ],
        "remarks": list(wording.remarks),
        "signatures": wording.signatures,
    }


def _row(names: tuple[str, ...], texts: tuple[str, ...], *, is_total: bool) -> dict[str, Any]:
    is_missing = texts[0] == NOT_REPORTED
    return {
        "names": names,
        "texts": ("",) * len(texts) if is_missing else texts,
        "absent": NOT_REPORTED if is_missing else None,
        "total": is_total,
    }
