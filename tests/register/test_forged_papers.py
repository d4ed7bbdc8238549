"""Every forgery of a printed PDF is found, signed or not."""

import io
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from zjf.county import County
from zjf.documents.attachment import AttachmentLine
from zjf.errors import CannotDoError
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.register.verdicts import Verdict
from zjf.render.pdf.attachment import write_attachment_paper
from zjf.render.pdf.press import Imprint, Press
from zjf.schemas import FORMS

from .forged_papers import FORGED, Papers
from .offices import EARLIER, PERIOD, PrintedCounty, saved_paper

COUNTY, GREENSTONE, LEDGER = "附件2_云水县.pdf", "附件2_青石镇.pdf", "自建房台账_青石镇.pdf"


@pytest.mark.parametrize("change", FORGED, ids=lambda change: change.__name__)
def test_what_is_put_on_a_paper_is_found(county: PrintedCounty, tmp_path: Path, change: Papers) -> None:
    path = tmp_path / "表.pdf"
    path.write_bytes(saved_paper(county.file(COUNTY), change))
    found = county.judged(path)
    assert found.verdict is Verdict.ALTERED
    assert found.differences


@pytest.mark.parametrize(("name", "week"), [(GREENSTONE, PERIOD), (COUNTY, EARLIER), (LEDGER, PERIOD)])
def test_another_paper_s_code(county: PrintedCounty, tmp_path: Path, name: str, week: str) -> None:
    other = pypdf.PdfReader(io.BytesIO(county.file(name, week))).metadata
    assert other is not None
    path = tmp_path / "表.pdf"
    path.write_bytes(
        saved_paper(
            county.file(COUNTY), lambda writer: writer.add_metadata({"/Keywords": other["/Keywords"]})
        )
    )
    assert county.judged(path).verdict is Verdict.ALTERED


def test_a_page_that_cannot_be_read_is_said_and_is_no_verdict(county: PrintedCounty, tmp_path: Path) -> None:
    data = county.file(COUNTY)
    contents = data.index(b"\n" + data[data.index(b"/Contents ") + 10 :].split()[0] + b" 0 obj")
    path = tmp_path / "表.pdf"
    path.write_bytes(data[:contents] + data[contents:].replace(b"endstream", b"end......", 1))
    with pytest.raises(CannotDoError, match="已损坏"):
        county.judged(path)


@pytest.mark.parametrize("name", [b"/f0", b"/Contents", b"/Resources", b"/FontDescriptor", b"/Kids"])
def test_what_is_referred_to_is_not_there(county: PrintedCounty, tmp_path: Path, name: bytes) -> None:
    """What a library stumbles over is damage, and is said in words."""
    data, path = county.file(COUNTY), tmp_path / "表.pdf"
    (number,) = re.search(rb"%b ?\[?(\d+) 0 R" % name, data).groups()
    path.write_bytes(re.sub(rb"\b%b 0 R\b" % number, b"99999 0 R", data))
    with suppress(CannotDoError):
        assert county.judged(path).verdict is not Verdict.CURRENT


def added_to(data: bytes, change: Papers) -> bytes:
    """A PDF with what was changed put at its end, as an editor does that saves quickly."""
    writer = pypdf.PdfWriter(io.BytesIO(data), incremental=True)
    change(writer)
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


@pytest.mark.parametrize("change", FORGED[:12:3], ids=lambda change: change.__name__)
def test_what_is_put_at_the_end_of_the_file(county: PrintedCounty, tmp_path: Path, change: Papers) -> None:
    path = tmp_path / "表.pdf"
    path.write_bytes(added_to(county.file(COUNTY), change))
    assert county.judged(path).verdict is Verdict.ALTERED


def test_another_paper_behind_it(county: PrintedCounty, tmp_path: Path) -> None:
    """Each program may show another of the two."""
    path = tmp_path / "表.pdf"
    path.write_bytes(county.file(COUNTY) + county.file(GREENSTONE))
    found = county.judged(path)
    assert (found.verdict, [one.heading for one in found.differences]) == (Verdict.ALTERED, ["文件结构"])


@pytest.mark.parametrize("byte", [b"x", b"7", b"\n", b"q"])
def test_an_index_said_to_be_where_another_byte_stands(
    county: PrintedCounty, tmp_path: Path, byte: bytes
) -> None:
    """What stands there by chance makes no other verdict."""
    data, path = county.file(COUNTY), tmp_path / "表.pdf"
    place = data.index(byte, 20)
    path.write_bytes(re.sub(rb"(startxref\s+)\d+", lambda start: start[1] + b"%d" % place, data))
    found = county.judged(path)
    assert (found.verdict, [one.heading for one in found.differences]) == (Verdict.ALTERED, ["文件结构"])


@pytest.mark.parametrize("change", [lambda pages: pages.reverse(), lambda pages: pages.pop()])
def test_pages_exchanged_and_left_out(
    county: PrintedCounty, tmp_path: Path, change: Callable[[list[object]], None]
) -> None:
    path = tmp_path / "表.pdf"
    path.write_bytes(
        saved_paper(
            county.file("自建房台账_云水县.pdf"), lambda writer: change(writer._pages.get_object()["/Kids"])
        )
    )
    assert county.judged(path).verdict is Verdict.ALTERED


def test_a_draft_with_the_code_of_the_table(county: PrintedCounty, tmp_path: Path) -> None:
    final = pypdf.PdfReader(io.BytesIO(county.file(COUNTY))).metadata
    assert final is not None
    path = tmp_path / "表.pdf"
    path.write_bytes(
        saved_paper(
            county.file(COUNTY, EARLIER),
            lambda writer: writer.add_metadata({"/Keywords": final["/Keywords"]}),
        )
    )
    assert county.judged(path).verdict is Verdict.ALTERED


def test_a_paper_whose_templates_are_others_now(county_of_later: PrintedCounty, tmp_path: Path) -> None:
    """How its pages were drawn is on record, so no template is needed to compare them."""
    path = tmp_path / "表.pdf"
    for data in (
        county_of_later.file(COUNTY),
        saved_paper(county_of_later.file(COUNTY)),
        county_of_later.file(LEDGER),
    ):
        path.write_bytes(data)
        found = county_of_later.judged(path)
        assert (found.verdict, found.unseen) == (Verdict.CURRENT, ())
    of_the_type = ("_glyphs_exchanged", "_words_that_read_otherwise", "_letters_on_top_of_each_other")
    for change in FORGED[10::3]:
        path.write_bytes(saved_paper(county_of_later.file(COUNTY), change))
        found = county_of_later.judged(path)
        assert found.verdict is Verdict.ALTERED or (change.__name__ in of_the_type and found.redrawn)


def test_another_figure_set_by_the_same_press(county: PrintedCounty, tmp_path: Path) -> None:
    context = PrintContext.of_county(County.load(county.folder), Period.parse(PERIOD))
    table = context.attachment(FORMS["attachment-2"])
    assert table is not None
    lines = [AttachmentLine(line.names, {**line.counts, "surveyed": 7}) for line in table.lines]
    path = tmp_path / "表.pdf"
    write_attachment_paper(path, replace(table, lines=lines), Press(), Imprint("", context.document_date))
    found = county.judged(path)
    assert "已排查自建房总量" in {one.heading for one in found.differences}


def _attached(writer: PdfWriter) -> None:
    writer.add_attachment("更正.txt", "2栋".encode())


def _attached_as_its_source(writer: PdfWriter) -> None:
    file = DictionaryObject({NameObject("/Type"): NameObject("/Filespec")})
    writer._root_object[NameObject("/AF")] = ArrayObject([file])


@pytest.mark.parametrize("attach", [_attached, _attached_as_its_source])
def test_files_that_are_attached_are_said_not_to_be_looked_at(
    county: PrintedCounty, tmp_path: Path, attach: Callable[[PdfWriter], None]
) -> None:
    path = tmp_path / "表.pdf"
    path.write_bytes(saved_paper(county.file(COUNTY), attach))
    found = county.judged(path)
    assert (found.verdict, found.unseen) == (Verdict.CURRENT, ("附带的文件",))
