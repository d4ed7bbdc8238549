"""Packages (.xlsx, .ods) whose parts are changed at random, with right checksums: what only parsing can find."""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping

Parts = dict[str, bytes]
Change = Callable[[random.Random, Parts], None]

_TAG = re.compile(rb"<[^<>]+>")
_ATTRIBUTE = re.compile(rb"""(\s[\w:]+=)(["'])([^"'<>]*)\2""")
_TEXT = re.compile(rb">([^<>]+)<")
_HOSTILE = [
    b"",
    b" ",
    b"-1",
    b"0",
    b"4294967296",
    b"99999999999999999999999",
    b"1e308",
    b"-1e999",
    b"NaN",
    b"XFE1048577",
    b"A0",
    b"A1:XFD1048576",
    b"ZZZZZZ9999999",
    b"$A$1",
    b"true",
    b"e",
    b"s",
    b"str",
    b"inlineStr",
    b"d",
    b"../../../etc/passwd",
    b"#REF!",
    b"&#x0;",
    b"&amp;&lt;",
    b"&unknown;",
    "龘\U0002a6a5".encode(),
    b"\xff\xfe",
    b"9" * 40_000,
]
_BOMB = (
    b'<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + step, b"&%c;" % (97 + step) * 10) for step in range(9))
    + b"]>"
)
_BIG = 1 << 28


def _some_part(chance: random.Random, parts: Parts) -> str:
    """Any part, those that hold cells and texts more often."""
    names = sorted(parts)
    of_cells = [
        name
        for name in names
        if re.search(
            r"sheet\d.*(?<!rels)$|sharedStrings|content\.xml|workbook|styles|metadata|comments|drawing", name
        )
    ]
    return chance.choice(of_cells if of_cells and chance.random() < 0.8 else names)


def _at_random(pattern: re.Pattern[bytes], chance: random.Random, text: bytes) -> re.Match[bytes] | None:
    places = list(pattern.finditer(text))
    return chance.choice(places) if places else None


def _replaced(chance: random.Random, parts: Parts, pattern: re.Pattern[bytes], group: int) -> None:
    for _ in range(chance.choice((1, 1, 3, 20))):
        name = _some_part(chance, parts)
        if place := _at_random(pattern, chance, parts[name]):
            start, end = place.span(group)
            parts[name] = parts[name][:start] + chance.choice(_HOSTILE) + parts[name][end:]


def other_attributes(chance: random.Random, parts: Parts) -> None:
    _replaced(chance, parts, _ATTRIBUTE, 3)


def other_texts(chance: random.Random, parts: Parts) -> None:
    _replaced(chance, parts, _TEXT, 1)


def tags_lost(chance: random.Random, parts: Parts) -> None:
    name = _some_part(chance, parts)
    for _ in range(chance.choice((1, 2, 10))):
        if place := _at_random(_TAG, chance, parts[name]):
            parts[name] = parts[name][: place.start()] + parts[name][place.end() :]


def tags_twice(chance: random.Random, parts: Parts) -> None:
    name = _some_part(chance, parts)
    if place := _at_random(_TAG, chance, parts[name]):
        parts[name] = parts[name][: place.end()] + place.group() + parts[name][place.end() :]


def stretch_elsewhere(chance: random.Random, parts: Parts) -> None:
    """Some tags of a part, once more at another place of it."""
    name = _some_part(chance, parts)
    tags = list(_TAG.finditer(parts[name]))
    if len(tags) > 3:
        first, last = sorted(chance.sample(range(len(tags)), 2))
        stretch = parts[name][tags[first].start() : tags[min(last, first + 400)].end()]
        at = chance.choice(tags).end()
        parts[name] = parts[name][:at] + stretch + parts[name][at:]


def part_lost(chance: random.Random, parts: Parts) -> None:
    del parts[chance.choice(sorted(parts))]


def part_emptied(chance: random.Random, parts: Parts) -> None:
    parts[_some_part(chance, parts)] = chance.choice((b"", b"<", b"<a/>", b"\0" * 100, "\ufeff".encode()))


def part_cut(chance: random.Random, parts: Parts) -> None:
    name = _some_part(chance, parts)
    parts[name] = parts[name][: chance.randrange(len(parts[name]) + 1)]


def parts_swapped(chance: random.Random, parts: Parts) -> None:
    one, other = chance.choice(sorted(parts)), _some_part(chance, parts)
    parts[one], parts[other] = parts[other], parts[one]


def another_encoding(chance: random.Random, parts: Parts) -> None:
    name = _some_part(chance, parts)
    text = parts[name].decode("utf-8", "replace")
    parts[name] = text.encode(chance.choice(("utf-16", "utf-16-le", "gb18030", "utf-8-sig", "utf-7")))


def entity_bomb(chance: random.Random, parts: Parts) -> None:
    name = _some_part(chance, parts)
    text = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", parts[name])
    parts[name] = _BOMB + re.sub(rb">[^<>]+<", b">&j;<", text, count=3)


def deep_tags(chance: random.Random, parts: Parts) -> None:
    name = _some_part(chance, parts)
    if place := _at_random(_TAG, chance, parts[name]):
        deep = chance.choice((500, 20_000, 300_000))
        at = place.end()
        parts[name] = parts[name][:at] + b"<b>" * deep + b"</b>" * deep + parts[name][at:]


def swollen(chance: random.Random, parts: Parts) -> None:
    """Up to a quarter of a gigabyte that takes little room in the package."""
    name = _some_part(chance, parts)
    middle = len(parts[name]) // 2
    size = chance.choice((_BIG // 16, _BIG // 4, _BIG))
    parts[name] = parts[name][:middle] + b" " * size + parts[name][middle:]


_ROWS = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1, 200_000))


def many_rows(chance: random.Random, parts: Parts) -> None:
    """Many more cells, at addresses in and out of order and beyond the sheet."""
    for name in sorted(parts):
        if b"</sheetData>" in parts[name]:
            far = b'<row r="%d"><c r="%b"><v>1</v></c></row>' % (
                chance.choice((1, 1_048_576, 99_999_999, 0)),
                chance.choice((b"XFD1", b"AAAAA1", b"A-1", b"A1048577", b"a1", b"1A")),
            )
            more = chance.choice((far, _ROWS, far * 50_000))
            parts[name] = parts[name].replace(b"</sheetData>", more + b"</sheetData>")


def repeated_cells(chance: random.Random, parts: Parts) -> None:
    """Cells and rows of an .ods that say they stand for millions."""
    if "content.xml" in parts:
        often = chance.choice((b"1048576", b"2147483648", b"-5", b"99999999999999999999", b"x", b"16384"))
        what = chance.choice((b"rows-repeated", b"columns-repeated", b"rows-spanned", b"columns-spanned"))
        tag = b"<table:table-row" if what.startswith(b"rows-r") else b"<table:table-cell"
        places = list(re.finditer(re.escape(tag) + rb"(?=[\s>/])", parts["content.xml"]))
        if places:
            at = chance.choice(places).end()
            said = b' table:number-%b="%b"' % (what, often)
            parts["content.xml"] = parts["content.xml"][:at] + said + parts["content.xml"][at:]


def names_in_circles(chance: random.Random, parts: Parts) -> None:
    if "xl/workbook.xml" in parts:
        names = b"<definedNames>" + b"".join(
            b'<definedName name="n%d" localSheetId="%d">n%d+n%d</definedName>'
            % (number, chance.choice((0, 7, 4_000_000_000)), (number + 1) % 9, number)
            for number in range(9)
        )
        book = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = book.replace(b"</workbook>", names + b"</definedNames></workbook>")


def huge_merges(chance: random.Random, parts: Parts) -> None:
    for name in sorted(parts):
        if b"</sheetData>" in parts[name]:
            references = chance.choice(
                ([b"A1:XFD1048576"], [b"B3:A1"], [b"A1:A1"] * 3, [b"%b1:%b9" % (b"A", b"AAAA")])
            )
            often = chance.choice((1, 50_000))
            merged = b"".join(b'<mergeCell ref="%b"/>' % reference for reference in references * often)
            parts[name] = parts[name].replace(
                b"</sheetData>", b"</sheetData><mergeCells>" + merged + b"</mergeCells>"
            )


def bytes_of_a_part(chance: random.Random, parts: Parts) -> None:
    """Some bytes of a part: those of an .xlsb say how long its records are."""
    name = _some_part(chance, parts)
    changed = bytearray(parts[name])
    for _ in range(chance.choice((1, 3, 20)) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.choice((0, 255, chance.randrange(256)))
    parts[name] = bytes(changed)


CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        other_attributes,
        other_texts,
        tags_lost,
        tags_twice,
        stretch_elsewhere,
        part_lost,
        part_emptied,
        part_cut,
        parts_swapped,
        another_encoding,
        entity_bomb,
        deep_tags,
        swollen,
        many_rows,
        repeated_cells,
        names_in_circles,
        huge_merges,
        bytes_of_a_part,
    )
}
_SELDOM = frozenset({"swollen", "many_rows", "deep_tags"})


def changed_inside(chance: random.Random, data: bytes) -> tuple[str, bytes]:
    """A package with one to three changes inside, and what they are."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    weights = [1 if name in _SELDOM else 5 for name in CHANGES]
    chosen = list(dict.fromkeys(chance.choices(list(CHANGES), weights, k=chance.choice((1, 1, 2, 3)))))
    if "xl/workbook.bin" in parts:
        chosen = [
            chance.choice(("bytes_of_a_part", "bytes_of_a_part", "part_lost", "part_cut", "parts_swapped"))
        ]
    for name in chosen:
        if parts:
            CHANGES[name](chance, parts)
    written = io.BytesIO()
    with (
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", UserWarning)  # of two members of one name
        for name, text in parts.items():
            copy.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
        if parts and chance.random() < 0.05:
            copy.writestr(zipfile.ZipInfo(chance.choice(sorted(parts))), b"<again/>")
            chosen.append("member_twice")
    return "+".join(chosen), written.getvalue()
