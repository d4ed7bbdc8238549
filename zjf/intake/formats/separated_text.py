"""Reading .csv: its encoding, its delimiter, its rows."""

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from statistics import median_low, mode

from zjf.intake.formats.extras import DamagedError

_HEAD = 20_000
_DELIMITERS = ",\t;|，"
_IN_ANY_TEXT = "，;"
_BLANKS = re.compile(r"(?<=\S)(?: {2,}|\u3000+)(?=\S)")
_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_WITHIN_QUOTES = re.compile(r'"[^"\r\n]*"')
_USUAL, _CURLY = '"', "“"
_STRAIGHT = str.maketrans("“”", '""')
_NEARLY_ALL = 0.8
_MANY = 4
_FEW = 2
_LINES = 200
_END_OF_FILE = "\x1a"
"""Old programs end a text with it."""


@dataclass(frozen=True)
class SeparatedText:
    """A table as text.

    It may be cut off where its last line has no end and is shorter than most, though some are as short.
    """

    rows: list[list[str]]
    may_be_cut_off: bool


def read_separated_text(data: bytes) -> SeparatedText:
    """Returns the table of a text file whose columns are set apart by commas, tabs, semicolons or upright strokes.

    Raises:
        DamagedError: It is no text, breaks off within a letter, or its quotation marks do not pair.
    """
    text = _decoded(data).rstrip(_END_OF_FILE)
    csv.field_size_limit(len(data) + 1)
    delimiter = _delimiter(text[:_HEAD])
    quote = _quote(text[:_HEAD], delimiter)
    if quote == _CURLY:
        text, quote = text.translate(_STRAIGHT), _USUAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, strict=True)
    try:
        rows = list(reader)
    except csv.Error as broken:
        rows = _line_by_line(text)
        if not rows:
            raise DamagedError(f"第 {reader.line_num} 行前后的引号不成对") from broken
    rows = _with_lines_of_other_delimiters(rows, delimiter)
    if _is_cut_off(text, rows):
        raise DamagedError(f"文件在第 {len(rows)} 行中间断开，没有传完")
    for number, row in enumerate(rows if quote in text else (), 1):
        if _swallows_rows(row, delimiter):
            raise DamagedError(f"第 {number} 行的引号不成对")
    typed = [[_typed(cell) for cell in row] for row in rows] if '="' in text else rows
    return SeparatedText(typed, _may_be_cut_off(text, rows))


def _line_by_line(text: str) -> list[list[str]]:
    """Returns the rows of a text whose lines are set apart by different signs, cells in quotation marks; none of any other."""
    rows = []
    for line in text.splitlines():
        try:
            rows.append(next(csv.reader([line], delimiter=_delimiter(line), strict=True), []))
        except csv.Error:
            return []
    return rows if len(set(map(len, filter(None, rows)))) == 1 else []


def is_separated_text(data: bytes) -> bool:
    """Whether a file of another name is a table as text: several lines with columns set apart by tabs or the like."""
    lines = _first_lines(data)
    return any(_sets_apart(sign, lines) for sign in _DELIMITERS)


def _sets_apart(sign: str, lines: list[str]) -> bool:
    """Whether several lines have many of a sign; of one that stands in any text, nearly all the same number of it."""
    counts = [count for line in lines if (count := line.count(sign)) >= _MANY]
    return len(counts) > 1 and (
        sign not in _IN_ANY_TEXT or counts.count(mode(counts)) >= max(2, _NEARLY_ALL * len(counts))
    )


def is_set_apart_by_blanks(data: bytes) -> bool:
    """Whether a text has columns with only spaces between them, so that empty cells cannot be told."""
    return sum(len(_BLANKS.findall(line)) >= _MANY for line in _first_lines(data)) > 1


def _first_lines(data: bytes) -> list[str]:
    """Returns the first lines of a text; none of a file that is no text, or a web page."""
    if b"<" in data[:_HEAD].lstrip()[:1]:
        return []
    try:
        return _decoded(data).splitlines()[:_LINES]
    except DamagedError:
        return []


def _is_cut_off(text: str, rows: list[list[str]]) -> bool:
    """Whether the last line breaks off: it has fewer columns than all others and no line break, or half of one."""
    if text.endswith("\r") and "\r\n" in text:
        return True
    if text.endswith(("\n", "\r")) or len(rows) < _MANY or not any(rows[-1]):
        return False
    *others, last = (len(row) for row in rows)
    of_data = rows[-2].count("") < len(rows[-2]) - 1 and len(rows[-2]) > _MANY
    if len(set(others)) == 1:
        return of_data and last < others[0]
    if last > _MANY and last in others:  # a row above, or the header, is as short: that is how they end here
        return False
    return of_data and last < len(rows[-2]) and (last > 1 or _begins_a_row(rows[-1][0], rows[-2][0]))


def _may_be_cut_off(text: str, rows: list[list[str]]) -> bool:
    """Whether the last line has no line break and fewer columns than most, where some rows are as short."""
    if text.endswith(("\n", "\r")) or len(rows) < _MANY:
        return False
    *others, last = (len(row) for row in rows if any(row))
    return _MANY < last < median_low(others)


def _begins_a_row(first: str, above: str) -> bool:
    """Whether a line of one cell is the beginning of a row: its number follows that of the row above."""
    if first.isdecimal() and above.isdecimal():
        return str(int(above) + 1).startswith(first)
    return above.startswith(first[:_FEW])


def _delimiter(head: str) -> str:
    """Returns the sign that separates columns on most lines."""
    outside = _WITHIN_QUOTES.sub("", head)
    lines = outside.splitlines()
    return max(
        _DELIMITERS, key=lambda sign: (sum(line.count(sign) >= _MANY for line in lines), outside.count(sign))
    )


def _with_lines_of_other_delimiters(rows: list[list[str]], delimiter: str) -> list[list[str]]:
    """Returns the rows, those set apart by another sign too: villages' files copied together differ in it."""
    columns = median_low(map(len, rows)) if rows else 0
    return [_with_other_delimiter(row, delimiter, columns) if 2 * len(row) < columns else row for row in rows]


def _with_other_delimiter(row: list[str], delimiter: str, columns: int) -> list[str]:
    """Returns a short row as another sign sets it apart, if that gives as many columns as most rows have."""
    line = delimiter.join(row)
    sign = max((other for other in _DELIMITERS if other != delimiter), key=line.count)
    is_a_row = "\n" not in line and _MANY <= columns - 1 <= line.count(sign)
    return next(csv.reader([line], delimiter=sign)) if is_a_row else row


def _quote(head: str, delimiter: str) -> str:
    """Returns the quotation mark in which nearly every filled cell stands; the usual one where few or none do."""
    sign = re.escape(delimiter)
    often = _NEARLY_ALL * len(re.findall(rf"{sign}[^{sign}\r\n]", head))
    return next(
        (
            begin
            for begin, end in ("''", "“”")
            if min(head.count(delimiter + begin), head.count(end + delimiter)) > often > 0
        ),
        _USUAL,
    )


def _decoded(data: bytes) -> str:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data[:_HEAD]:
        encodings = ["utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as wrong:
            if wrong.reason == "unexpected end of data" or _breaks_off(data, encoding, wrong):
                raise DamagedError("文件没有传完") from wrong
            if encoding != "utf-8-sig":
                continue
            text = data.decode(encoding, "replace")
            if not _is_mostly_whole(text):
                continue
        if "\0" not in text:
            return text
    raise DamagedError("文件不是文本表格，或编码无法识别")


def _breaks_off(data: bytes, encoding: str, wrong: UnicodeDecodeError) -> bool:
    """Whether only the last letter of a text in GB18030 cannot be read, as its second half is missing."""
    return encoding == "gb18030" and wrong.end >= len(data) and len(data) - wrong.start < _MANY


def _is_mostly_whole(text: str) -> bool:
    """Whether only a few letters of a text are lost, so that its encoding is right."""
    return 50 * text.count("\ufffd") < sum("\u4e00" <= letter <= "\u9fff" for letter in text)


def _swallows_rows(row: list[str], delimiter: str) -> bool:
    """Whether a cell holds whole rows, as its quotation mark was opened by mistake."""
    return any(
        "\n" in cell and max(line.count(delimiter) for line in cell.split("\n")) >= max(_MANY, len(row) // 2)
        for cell in row
    )


def _typed(cell: str) -> str:
    """Returns the typed text of a cell that a program wrote as a formula (`="007"`) to keep leading zeros."""
    match = _AS_FORMULA.fullmatch(cell)
    return match.group(1) if match else cell
