"""PDFs written against the rules: what we read is what was printed, and other programs show another page.

Each was shown by three other programs (of the families of Firefox, Chrome and MuPDF) with a black box on it, or
without its words, when it was thought of.
"""

import re
import zlib
from collections.abc import Callable, Mapping

Parts = dict[int, bytes]
_PART = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_CATALOG, _TREE = rb"/Type/Catalog", rb"/Type/Pages"


def parts_of(data: bytes) -> Parts:
    """The parts of a PDF as `report` writes them, by their numbers."""
    return {int(part[1]): part[2] for part in _PART.finditer(data)}


def written(
    parts: Parts, trailer: bytes, moved: Mapping[int, int] | None = None, behind: bytes = b""
) -> bytes:
    """A PDF of those parts; the index misplaces those that are moved; more may stand behind it."""
    data, index = bytearray(b"%PDF-1.7\n\n"), [b"0000000000 65535 f\r\n"]
    for number in range(1, max(parts) + 1):
        index.append(b"%010d 00000 n\r\n" % (len(data) + (moved or {}).get(number, 0)))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, parts[number])
    start = len(data)
    data += b"xref\n0 %d\n" % len(index) + b"".join(index)
    data += b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)
    return bytes(data) + behind


def trailer_of(data: bytes) -> bytes:
    trailer = re.search(rb"trailer\n(<<.*?>>)\nstartxref", data, re.DOTALL)
    assert trailer is not None
    return trailer[1]


def _number(parts: Parts, sign: bytes) -> int:
    return next(number for number, part in parts.items() if sign in part)


def _page(parts: Parts) -> int:
    return _number(parts, b"/Type/Page/")


def _black_box(parts: Parts) -> int:
    """Adds a drawing of a black box, and returns its number."""
    packed = zlib.compress(b"q 0 g 100 100 500 500 re f Q")
    number = max(parts) + 1
    parts[number] = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)
    return number


def _with_a_key_twice(name: bytes) -> Callable[[bytes], bytes]:
    def forge(data: bytes) -> bytes:
        parts = parts_of(data)
        box, page = _black_box(parts), _page(parts)
        second = b"%s %d 0 R" % (name, box)
        parts[page] = re.sub(rb"/Contents \d+ 0 R", lambda first: first[0] + second, parts[page])
        return written(parts, trailer_of(data))

    return forge


def _a_page_in_another_tree(data: bytes) -> bytes:
    parts = parts_of(data)
    box, page, tree, catalog = (
        _black_box(parts),
        _page(parts),
        _number(parts, _TREE),
        _number(parts, _CATALOG),
    )
    parts[box + 1] = re.sub(rb"/Contents \d+", b"/Contents %d" % box, parts[page])
    parts[box + 2] = b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (box + 1)
    honest = b"/Pages %d 0 R" % tree
    parts[catalog] = parts[catalog].replace(honest, honest + b"/Pages %d 0 R" % (box + 2))
    return written(parts, trailer_of(data))


def _a_page_behind_a_wrong_index(data: bytes) -> bytes:
    """Who searches the file from its end finds the page that stands behind the index."""
    parts = parts_of(data)
    page, other = _page(parts), dict(parts)
    box = _black_box(other)
    forged = re.sub(rb"/Contents \d+", b"/Contents %d" % box, parts[page])
    behind = b"%d 0 obj\n%s\nendobj\n%d 0 obj\n%s\nendobj\n" % (page, forged, box, other[box])
    return written(parts, trailer_of(data), {page: 20}, behind)


def _a_page_of_another_generation(data: bytes) -> bytes:
    parts = parts_of(data)
    page, base = _page(parts), written(parts, trailer_of(data))
    box = _black_box(parts)
    forged = re.sub(rb"/Contents \d+", b"/Contents %d" % box, parts[page])
    start = len(base)
    added = b"%d 0 obj\n%s\nendobj\n" % (page, forged)
    box_start = start + len(added)
    added += b"%d 0 obj\n%s\nendobj\n" % (box, parts[box])
    entries = b"%d 1\n%010d 00001 n\r\n%d 1\n%010d 00000 n\r\n" % (page, start, box, box_start)
    return _with_index(base, added, entries)


def _with_index(base: bytes, added: bytes, entries: bytes) -> bytes:
    (before,) = re.findall(rb"startxref\n(\d+)", base)
    trailer = trailer_of(base)[:-2] + b"/Prev %s>>" % before
    start = len(base) + len(added)
    return base + added + b"xref\n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (entries, trailer, start)


def _words_struck_off_the_index(data: bytes) -> bytes:
    base, parts = written(parts_of(data), trailer_of(data)), parts_of(data)
    contents = re.search(rb"/Contents (\d+)", parts[_page(parts)])
    assert contents is not None
    return _with_index(base, b"", b"%s 1\n0000000000 00001 f\r\n" % contents[1])


def _words_struck_off_in_a_stream(data: bytes) -> bytes:
    parts = parts_of(data)
    base, number = written(parts, trailer_of(data)), max(parts) + 1
    contents = re.search(rb"/Contents (\d+)", parts[_page(parts)])
    (before,), start = re.findall(rb"startxref\n(\d+)", base), len(base)
    assert contents is not None
    entries = bytes(5) + b"\x01" + start.to_bytes(4, "big")
    index = b"<</Type/XRef/Size %d/W[1 4 0]/Index[%s 1 %d 1]/Prev %s/Length 10" % (
        number + 1,
        contents[1],
        number,
        before,
    )
    index += b"/Root %d 0 R/Info %d 0 R>>" % (_number(parts, _CATALOG), _number(parts, b"/Keywords"))
    added = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, index, entries)
    return base + added + b"startxref\n%d\n%%%%EOF\n" % start


def _more_pages_than_there_are(data: bytes) -> bytes:
    parts = parts_of(data)
    tree = _number(parts, _TREE)
    parts[tree] = parts[tree].replace(b"/Count 1", b"/Count 5")
    return written(parts, trailer_of(data))


def _drawn_in_another_file(data: bytes) -> bytes:
    parts = parts_of(data)
    contents = re.search(rb"/Contents (\d+)", parts[_page(parts)])
    assert contents is not None
    number = int(contents[1])
    parts[number] = parts[number].replace(b"<<", b"<</F(page.txt)", 1)
    return written(parts, trailer_of(data))


AMBIGUOUS = {
    "two drawings of a page": _with_a_key_twice(b"/Contents"),
    "two drawings, one in other letters": _with_a_key_twice(b"/Con#74ents"),
    "two trees of pages": _a_page_in_another_tree,
    "a page behind a wrong index": _a_page_behind_a_wrong_index,
    "a page of another generation": _a_page_of_another_generation,
    "words struck off the index": _words_struck_off_the_index,
    "words struck off in a stream": _words_struck_off_in_a_stream,
    "more pages than there are": _more_pages_than_there_are,
    "drawn in another file": _drawn_in_another_file,
}
"""What is done to the structure of a paper of one page."""
