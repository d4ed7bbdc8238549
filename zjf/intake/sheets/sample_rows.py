"""Rows under a header that are no data: the blank form's example, field codes, filling instructions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.row_signs import RowSigns
from zjf.intake.sheets.under_headings import numbers_the_columns
from zjf.intake.values.readings import NOTHING, filled_cells, tidy
from zjf.intake.workbook import Sheet
from zjf.schemas import Field
from zjf.schemas.kinds import Kind

_WORDS = "示例|样例|范例|举例|例子|模板行"
_ALONE = "例如|样表|样本|样板|示范"
"""Words for an example where nothing else stands beside them: 示范村 is a place."""
_IN_ENGLISH = r"example.*|sample.*|demo.*|e\.?g\.?"
# Few texts need these: `re` compiles and keeps each when it is first asked for.
_AN_EXAMPLE = (
    rf"[(\[【<《*/]*(?:填写|填报|填表|录入|参考)?(?:(?:{_WORDS}|{_ALONE})(?:行|数据|内容|说明)?|例)\s*[\d一二三]{{0,2}}[:.、)\]】>》*/]*"
    rf"(?:[(].*[)])?"
)
_BY_TEXT = rf"{_AN_EXAMPLE}|(?:{_WORDS})(?:村|社区|地址|组|户|人)?\d?|(?:{_WORDS}|例|例如|如)[:].*"
_BY_NUMBER = rf"(?i:{_BY_TEXT}|.*(?:{_WORDS}).*|例如?|如|样|样本|样板|样张|样表|模板|示范|请?(?:填写|填报|输入|录入)\D*|[xX×*]{{3,}}\d{{0,2}}|例[-_]?[A-Za-z\d\-_]+|.+[(]?例[)]?|{_IN_ENGLISH})"
_BY_NAME = rf"{_BY_TEXT}|.{{1,6}}[(](?:{_WORDS}|例)[)]|(?:{_WORDS}).{{0,4}}|(?:{_WORDS})行?[,，;；。].*|(?i:{_IN_ENGLISH})"
_BY_REMARK = (
    rf"{_AN_EXAMPLE}|(?:.*[为是系作,，.。;；:!(])?(?:填写|填报|填表|参考)?(?:{_WORDS})"
    rf"(?:行|数据|参考|而已|用)?(?:[,，;；。.!()].*|请?勿?删除?去?)?|(?i:{_IN_ENGLISH})"
)
_A_CODE = re.compile(
    r"[A-Za-z][A-Za-z\d_.\-]*(?:[(]\d+(?:,\d+)?[)])?|[$#]?[{\[<%]+[.=\s]*[\w.]+[\s]*[}\]>%]+|(?:字段|列|栏)[\dA-Z]+"
)
_AN_INSTRUCTION = re.compile(
    r"必填|选填|非必填|可不?填|不填|必须|下拉|单选|多选|选择|填写|请填|填报|填数|格式|自动|文本|数字|数值|整数|小数|日期|字符"
    r"|^[(]?如|例如|例[:]|yyyy|按.{0,8}填|限\d+|\d+位|年月日|^是/否|编码规则|身份证上|与.{0,6}一致"
)
_TYPED = frozenset(Kind) - {Kind.TEXT, Kind.IDENTIFIER, Kind.UNIT}
_PROBED = (Kind.INTEGER, Kind.COUNT, Kind.DATE, Kind.CODE)
_A_COLUMN_NUMBER = re.compile(r"第?[(（]?[0-2][)）]?[列栏]?|[①②ABAB甲乙]")
_LONGEST_COLUMN_NUMBER = 5
_FEW = 3
PREFILLED = "预先填好的行"
_ZEROS = frozenset(
    {"0", "00:00:00", "1900-1-0", "1900-01-00", "1900/1/0", "1900/01/00", "1899-12-30", "1899/12/30"}
)
"""What a cell shows that refers to a blank one, as a number or as a day."""
_OF_WORDS = frozenset("例如样示模")
_OF_EXAMPLES = frozenset("ex*")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class SampleRow:
    """A row that is no data: the cell that shows it (counted from 0), and what the row is, in words."""

    row: int
    column: int
    says: str


def instructs(text: str) -> bool:
    """Whether a text tells how a column is to be filled in."""
    return bool(_AN_INSTRUCTION.search(text))


def sample_rows(sheet: Sheet, header: Header, rows: list[int]) -> list[SampleRow]:
    """Returns the rows that are examples, field codes, instructions, or filled in ahead.

    Only the distinct texts of a few columns are tested, so that a long table is not read cell by cell.
    """
    samples = {sample.row: sample for sample in _explanations(sheet, header, rows)}
    others = (
        _instructions(sheet, header, rows),
        _examples(sheet, header, rows),
        _column_numbers(sheet, header, rows),
        _prefilled(sheet, header, rows),
    )
    for sample in chain.from_iterable(others):
        samples.setdefault(sample.row, sample)
    return [samples[row] for row in sorted(samples)]


def _prefilled(sheet: Sheet, header: Header, rows: list[int]) -> Iterator[SampleRow]:
    """Yields the last rows where several are alike and name no house (乡镇 or 否 filled in ahead), or every cell is 0.

    Zeros are what formulas show that refer to the blank rows of another sheet.
    """
    columns = {*header.naming}
    cells_below: dict[int, str] = {}
    alike: list[int] = []
    for row in reversed(rows if header.form.info.key else []):
        cells = {
            column: text for column, text in filled_cells(sheet.rows[row]) if column not in header.numbers
        }
        names_a_house = not (columns.isdisjoint(cells) or _ZEROS.issuperset(cells.values()))
        if names_a_house or (alike and cells != cells_below):
            break
        cells_below = cells
        alike.append(row)
    are_zeros = len(cells_below) >= _FEW and _ZEROS.issuperset(cells_below.values())
    if alike and (are_zeros or len(alike) >= _FEW):
        yield from (SampleRow(row, min(cells_below), PREFILLED) for row in reversed(alike))


def _column_numbers(sheet: Sheet, header: Header, rows: list[int]) -> Iterator[SampleRow]:
    """Yields rows that number the columns (1 2 3 …), as they stand below headings, wherever they were printed again."""
    column = min(header.fields)
    texts = sheet.columns_of(rows)[column]
    short = {
        text
        for text in texts.distinct
        if not (isinstance(text, str) and len(text) > _LONGEST_COLUMN_NUMBER)
        if _A_COLUMN_NUMBER.fullmatch(tidy(text))
    }
    for row in map(rows.__getitem__, texts.where(short)):
        if numbers_the_columns(sheet.rows[row]):
            yield SampleRow(row, column, "栏号行")


def _examples(sheet: Sheet, header: Header, rows: list[int]) -> Iterator[SampleRow]:
    columns = sheet.columns_of(rows)
    for column, pattern in _telling_columns(header).items():
        if not _may_tell(columns[column].letters, pattern):
            continue
        examples = {
            text
            for text in columns[column].distinct
            if isinstance(text, str) and _may_tell(text, pattern) and re.fullmatch(pattern, tidy(text))
        }
        yield from (SampleRow(rows[place], column, "示例行") for place in columns[column].where(examples))


def _instructions(sheet: Sheet, header: Header, rows: list[int]) -> Iterator[SampleRow]:
    """Yields rows that tell in the column of numbers how it is filled in (必填), and say nothing else."""
    number = header.form.number_field
    column = header.columns.get(number.name) if number else None
    if column is None:
        return
    values = sheet.columns_of(rows)[column]
    texts = (text for text in values.distinct if isinstance(text, str) and not text.isascii())
    told = {*filter(instructs, texts)}
    for row in map(rows.__getitem__, values.where(told)):
        if all(instructs(cell) for _, cell in filled_cells(sheet.rows[row])):
            yield SampleRow(row, column, "填写说明行")


def _may_tell(text: str, pattern: str) -> bool:
    """Whether a text may match a pattern; also tells it of many texts by their letters."""
    if not _OF_WORDS.isdisjoint(text):
        return True
    if pattern is _BY_NUMBER:
        return not _is_plain_number(text)
    return pattern is not _BY_TEXT and "e" in text.lower()


def _is_plain_number(text: str) -> bool:
    """Whether a house number has no letters of a word for an example, and none that stand for any letter (XXXX)."""
    return text.isdigit() or (text.isascii() and not _OF_EXAMPLES.intersection(text.lower()))


def _telling_columns(header: Header) -> dict[int, str]:
    """Returns the columns in which an example shows that it is one, and the pattern of its words there."""
    places = header.fields
    columns = dict.fromkeys((*(column for _, column in header.unknown), *places), _BY_TEXT)
    keys = header.form.info.key
    for column, field in places.items():
        if field.names_people:
            columns[column] = _BY_NAME
        elif field.name in keys and field.kind is Kind.IDENTIFIER:
            columns[column] = _BY_NUMBER
        elif field.free_text:
            columns[column] = _BY_REMARK
        elif field.kind not in (Kind.TEXT, Kind.UNIT):
            del columns[column]
    in_front = {*range(min(places))} - header.headed  # a text file has 序号 only beside the groups above
    return columns | dict.fromkeys((*in_front, *header.numbers), _BY_NUMBER)


def _explanations(sheet: Sheet, header: Header, rows: list[int]) -> Iterator[SampleRow]:
    """Yields rows of field codes or filling instructions: they do not fit the columns that are no text."""
    fields = header.fields
    signs = RowSigns(fields)
    probe = _probed(fields)
    if probe is None:
        return
    column = sheet.columns_of(rows)[probe]
    texts = {text for text in column.distinct if isinstance(text, str) and text}
    strange = {text for text in texts if not signs.fits(probe, tidy(text))}
    for row in map(rows.__getitem__, column.where(strange)):
        if says := _explains(sheet, row, fields, signs):
            first = next(column for column, value in enumerate(sheet.rows[row]) if value != "")
            yield SampleRow(row, first, says)


def _probed(fields: dict[int, Field]) -> int | None:
    """Returns the column whose values show quickly that a row is data; None where there is none."""
    probed = [column for kind in _PROBED for column, field in fields.items() if field.kind is kind]
    return next((column for column in probed if fields[column].required), next(iter(probed), None))


def _explains(sheet: Sheet, row: int, fields: dict[int, Field], signs: RowSigns) -> str:
    """Returns what a row explains in place of data; empty where it may be data."""
    cells = filled_cells(sheet.rows[row])
    typed = [
        (column, text)
        for column, text in cells
        if column in fields and fields[column].kind in _TYPED and text not in NOTHING
    ]
    fitting = sum(signs.fits(column, text) for column, text in typed)
    if len(cells) < _FEW or len(typed) < 2 or 3 * fitting > len(typed):
        return ""
    if 2 * sum(bool(_A_CODE.fullmatch(text)) for _, text in cells) >= len(cells):
        return "字段代码行"
    if 2 * sum(instructs(text) for _, text in cells) >= len(cells):
        return "填写说明行"
    keys = [column for column, field in fields.items() if field.kind is Kind.IDENTIFIER]
    is_numbered = not keys or any(_DIGIT.search(text) for column, text in cells if column in keys)
    return "" if is_numbered or len(typed) < _FEW else "填写说明行"
