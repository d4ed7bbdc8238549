"""PDFs that other programs wrote: whether their letters are those that were printed cannot be told, and is not said."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from zjf.register.verdicts import Verdict

from .forged_papers import Papers, _glyphs_exchanged, _stamped
from .honest_papers import PAPERS
from .offices import PrintedCounty, saved_paper

COUNTY = "附件2_云水县.pdf"


def contents_changed(change: Callable[[bytes], bytes]) -> Papers:
    def forge(writer: PdfWriter) -> None:
        contents = writer.pages[0].get_contents()
        assert contents is not None
        stream = DecodedStreamObject()
        stream.set_data(change(contents.get_data()))
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return forge


def a_typeface_of_another_name(writer: PdfWriter) -> None:
    _glyphs_exchanged(writer)
    fonts = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    fonts["/f2"].get_object()[NameObject("/BaseFont")] = NameObject("/ABCDEF+SimSun")


REDRAWN: dict[str, Papers] = {
    "other letters in the typeface": _glyphs_exchanged,
    "and by another name": a_typeface_of_another_name,
    "words beside the paper": contents_changed(lambda drawing: b"q 1 0 0 1 0 -5000 cm " + drawing + b" Q"),
    "words too small to be read": contents_changed(
        lambda drawing: b"q .01 0 0 .01 0 0 cm " + drawing + b" Q"
    ),
    "words cut away": contents_changed(lambda drawing: b"q 0 0 1 1 re W n " + drawing + b" Q"),
    "a figure struck through": contents_changed(lambda drawing: drawing + b" q 3 w 140 570 m 170 570 l S Q"),
    "a figure drawn in lines": contents_changed(
        lambda drawing: drawing + b" q 1 G 14 w 145 565 m 165 565 l S Q q 150 560 m 158 566 l 150 572 l S Q"
    ),
}


def by_another_program(county: PrintedCounty, folder: Path, change: Papers) -> Path:
    """Saves the county's paper, changed, by a program that names itself in it."""

    def change_and_sign(writer: PdfWriter) -> None:
        change(writer)
        writer.add_metadata({"/Creator": "WPS 文字"})

    path = folder / "表.pdf"
    path.write_bytes(saved_paper(county.file(COUNTY), change_and_sign))
    return path


@pytest.mark.parametrize("change", REDRAWN.values(), ids=REDRAWN.keys())
def test_another_program_s_drawing_is_not_vouched_for(
    county: PrintedCounty, tmp_path: Path, change: Papers
) -> None:
    """What the file says of its maker does not decide on what is compared."""
    found = county.judged(by_another_program(county, tmp_path, change))
    assert (found.verdict, found.redrawn, found.differences) == (Verdict.UNCOMPARED, True, ())
    assert "线条和字形" in found.unseen[0]


@pytest.mark.parametrize("change", REDRAWN.values(), ids=REDRAWN.keys())
def test_nor_where_the_templates_are_others_now(
    county_of_later: PrintedCounty, tmp_path: Path, change: Papers
) -> None:
    """What is moved off a page, cut away or struck through has the same words; the drawing on record is another."""
    found = county_of_later.judged(by_another_program(county_of_later, tmp_path, change))
    assert (found.verdict, found.redrawn, found.differences) == (Verdict.UNCOMPARED, True, ())


@pytest.mark.parametrize("change", PAPERS, ids=lambda change: change.__name__)
def test_the_same_drawing_by_another_program_is_vouched_for(
    county: PrintedCounty, tmp_path: Path, change: Papers
) -> None:
    assert county.judged(by_another_program(county, tmp_path, change)).verdict is Verdict.CURRENT


def test_a_drawing_written_otherwise(county: PrintedCounty, tmp_path: Path) -> None:
    """Numbers, blanks and texts may be written in several ways; what is drawn is the same."""
    spaced = contents_changed(
        lambda drawing: drawing.replace(b"\n", b" \r\n  ").replace(b"0 Tr/", b"0.00 Tr\n/")
    )
    path = tmp_path / "表.pdf"
    path.write_bytes(saved_paper(county.file(COUNTY), spaced))
    found = county.judged(path)
    assert (found.verdict, found.unseen) == (Verdict.CURRENT, ())


def moved_into_place(drawing: bytes) -> bytes:
    """A drawing as MuPDF writes it when it cleans a page."""
    shifts = re.compile(rb"/(\w+) (\d+) Tf 1 0 0 -1 0 0 Tm\[500\(")
    assert shifts.search(drawing)
    placed = shifts.sub(rb"/\1 \2 Tf 1 0 0 -1 @\2 0 Tm[(", drawing)
    half = re.compile(rb"@(\d+)").sub(lambda size: b"%.7f" % (-int(size[1]) / 2 - 1e-7), placed)
    return half.replace(b"BT 0 Tr", b"BT") + b" q Q"


def test_a_drawing_cleaned_by_a_program(county: PrintedCounty, tmp_path: Path) -> None:
    path = tmp_path / "表.pdf"
    path.write_bytes(saved_paper(county.file(COUNTY), contents_changed(moved_into_place)))
    assert county.judged(path).verdict is Verdict.CURRENT


def test_a_word_moved_a_little(county: PrintedCounty, tmp_path: Path) -> None:
    """By half a letter, as programs do that write where a word begins, and then further on."""
    further = contents_changed(
        lambda drawing: moved_into_place(drawing).replace(b" 0 Tm[(", b" 0 Tm[-500(", 1)
    )
    path = tmp_path / "表.pdf"
    path.write_bytes(saved_paper(county.file(COUNTY), further))
    assert county.judged(path).verdict is Verdict.ALTERED


def script() -> DictionaryObject:
    words = TextStringObject("app.alert('应为 2 栋');")
    return DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): words})


def going_to_its_page(writer: PdfWriter, after: object) -> None:
    place = ArrayObject([writer.pages[0].indirect_reference, NameObject("/Fit")])
    opened = {NameObject("/S"): NameObject("/GoTo"), NameObject("/D"): place, NameObject("/Next"): after}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(opened)


def a_script_that_follows(writer: PdfWriter) -> None:
    going_to_its_page(writer, writer._add_object(script()))


def several_that_follow(writer: PdfWriter) -> None:
    going_to_its_page(writer, writer._add_object(ArrayObject([writer._add_object(script())])))


def a_link_s_script_when_its_page_is_seen(writer: PdfWriter) -> None:
    seen = DictionaryObject({NameObject("/PO"): script()})
    _stamped(writer, "/Link", Border=ArrayObject([NumberObject(0)] * 3), AA=seen)


def a_link_that_starts_a_program(writer: PdfWriter) -> None:
    start = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("b.exe")}
    _stamped(writer, "/Link", Border=ArrayObject([NumberObject(0)] * 3), A=DictionaryObject(start))


def some_pages_printed(writer: PdfWriter) -> None:
    pages = ArrayObject([NumberObject(0), NumberObject(0)])
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/PrintPageRange"): pages, NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )


def packed_as_programs_unpack_differently(writer: PdfWriter) -> None:
    contents = writer.pages[0].get_contents()
    assert contents is not None
    stream = StreamObject()
    stream._data = contents.get_data()
    stream[NameObject("/Filter")] = NameObject("/Crypt")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


MORE = [
    a_script_that_follows,
    several_that_follow,
    a_link_s_script_when_its_page_is_seen,
    a_link_that_starts_a_program,
    some_pages_printed,
    packed_as_programs_unpack_differently,
]


@pytest.mark.parametrize("change", MORE, ids=lambda change: change.__name__)
def test_what_acts_on_a_paper_is_found(county: PrintedCounty, tmp_path: Path, change: Papers) -> None:
    path = tmp_path / "表.pdf"
    path.write_bytes(saved_paper(county.file(COUNTY), change))
    found = county.judged(path)
    assert found.verdict is Verdict.ALTERED
    assert found.differences
