"""What any style of an attachment prints, as plain data for its template."""

from typing import Any

from zjf.documents.attachment import SIGNATURES, Attachment
from zjf.documents.figure_texts import NOT_REPORTED, figure_texts
from zjf.documents.layout import depth, header_boxes


def content_of(table: Attachment) -> dict[str, Any]:
    """The table as a template wants it: its header's cells, its rows as texts, what stands around it."""
    lines = [(line, False) for line in table.rows] + ([(table.total, True)] if table.total else [])
    return {
        "number": table.form.info.number,
        "above": table.above,
        "columns": [column.width for column in table.columns],
        "labels": len(table.labels),
        "depth": depth(table.columns),
        "heads": [
            {
                "text": box.text,
                "x": box.left,
                "y": box.top,
                "colspan": box.right - box.left + 1,
                "rowspan": box.bottom - box.top + 1,
            }
            for box in header_boxes(table.columns)
        ],
        "rows": [
            {
                "names": line.names,
                "texts": figure_texts(table.form, line.counts),
                "absent": None if line.counts else NOT_REPORTED,
                "total": is_total,
            }
            for line, is_total in lines
        ],
        "remarks": list(table.remarks),
        "signatures": SIGNATURES if table.form.info.signed else [],
    }
