"""The field of a form that a column's headings name."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.other_meanings import other_meaning
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.headings import circled_mark, plain_heading
from zjf.schemas.kinds import Kind

_SAYS_NOTHING = re.compile(r"(?:基本)?(?:情况|信息|阶段|环节|工作|内容)$")
"""Words that a group may have after its name."""
ROW_NUMBERS = frozenset({"序号", "序", "行号", "no"})
_SAYS_LITTLE = re.compile(
    r"^(?:自建房|房屋|安全|隐患|排查|(?:专业)?技术人员|专业|管控)+(?=初判|复核|鉴定|整治|验收|销号)"
)
"""Words that a group may have before its name: 安全鉴定 / 日期."""
_UNIT_WORDS = {"㎡": ("㎡", "平方米", "平米")}


def headings_of(field: Field) -> set[str]:
    """Returns the plain headings of a field, also with its unit, with 1 for ①, and with 时间 for 日期."""
    plain = set(field.plain_headings)
    if field.kind is Kind.DATE:
        plain |= {heading.replace("日期", "时间") for heading in plain}
    behind = [plain_heading(word) for word in _UNIT_WORDS.get(field.heading.unit, (field.heading.unit,))]
    number = f"{unicodedata.digit(mark)}" if (mark := circled_mark(field.heading.text)) else ""
    return {heading + unit for heading in plain for unit in ("", number, *behind)}


@cache
def spellings_of(form: Form) -> dict[str, list[Field]]:
    """Returns, by plain heading, alone and with its groups in front, the fields that have it."""
    index: dict[str, list[Field]] = {}
    for field in form.fields:
        groups = [plain_heading(group) for group in field.heading.groups]
        for leaf in headings_of(field):
            spellings = {leaf, "".join((*groups, leaf)), (groups or [""])[0] + leaf}
            for spelling in spellings:
                index.setdefault(spelling, []).append(field)
    return index


@cache
def known_headings() -> frozenset[str]:
    """Returns the plain headings of every field of every form, also with their groups in front."""
    return frozenset(spelling for form in FORMS.values() for spelling in spellings_of(form))


@lru_cache(maxsize=50_000)
def is_heading(text: str) -> bool:
    """Whether a text is the heading of some form's column."""
    return plain_heading(text) in known_headings()


def first_field(form: Form) -> Field:
    """Returns the first field of a form besides the unit's."""
    return next(field for field in form.fields if field is not form.unit_field)


@cache
def _first_headings() -> frozenset[str]:
    """Returns the headings with which tables begin: of row numbers, of what names a form's rows, of its first field."""
    keys = (form.by_name[name] for form in FORMS.values() for name in form.info.key)
    return ROW_NUMBERS.union(*(field.plain_headings for field in (*keys, *map(first_field, FORMS.values()))))


def begins_a_table(value: Value) -> bool:
    """Whether a cell is a heading with which a table may begin."""
    return isinstance(value, str) and plain_heading(value) in _first_headings()


@lru_cache(maxsize=10_000)
def field_named(form: Form, path: tuple[str, ...]) -> Field | None:
    """Returns the field that a column's path of headings names, if it names just one and means nothing else."""
    field = field_by_name(form, path)
    return None if field is None or other_meaning(field, path) else field


@lru_cache(maxsize=10_000)
def field_by_name(form: Form, path: tuple[str, ...]) -> Field | None:
    """Returns the field that a column's path of headings names, even if it means something else (`other_meaning`)."""
    for spelling in spellings_among(path):
        candidates = spellings_of(form).get(spelling, [])
        chosen = candidates if len(candidates) < 2 else _narrowed(candidates, path)
        if len(chosen) == 1:
            return chosen[0]
    return None


@lru_cache(maxsize=10_000)
def spellings_among(path: tuple[str, ...]) -> tuple[str, ...]:
    """Returns how a path of headings may be read, the most specific first, where some form has such a heading."""
    plain = [plain_heading(text) for text in path]
    joined = (_joined(group, plain[-1]) for group in reversed(plain[:-1]))
    alone = (plain[-1], "".join(plain[-2:]), "".join(plain), plain[0] + plain[-1])
    known = known_headings()
    return tuple(
        spelling
        for spelling in dict.fromkeys((*(text for texts in joined for text in texts), *alone))
        if spelling in known
    )


def _joined(group: str, leaf: str) -> Iterator[str]:
    """Yields a group and a heading joined into one: 复核情况 / 结论, 销号后复核 / 复核日期.

    It is more specific than the heading alone, which another column may have too.
    """
    named = _SAYS_NOTHING.sub("", group)
    for front in dict.fromkeys((group, named, _SAYS_LITTLE.sub("", named))):
        if not front:
            continue
        yield front + leaf
        for length in range(min(len(front), len(leaf) - 1), 1, -1):
            if front.endswith(leaf[:length]):
                yield front + leaf[length:]


def _narrowed(candidates: list[Field], path: tuple[str, ...]) -> list[Field]:
    """Returns those of several fields whose headings bear the column's mark; none under a group that is none of theirs."""
    mark = circled_mark(path[-1])
    if not mark and len(path) > 1:
        return []
    return [field for field in candidates if circled_mark(field.heading.text) == mark]
