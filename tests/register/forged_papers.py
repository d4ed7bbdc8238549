"""Forgeries of printed PDFs: each small function is one thing that somebody does to a paper of one page."""

from collections.abc import Callable
from typing import Any

from pypdf import PdfWriter
from pypdf.annotations import FreeText, Highlight, Line, Rectangle, Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

Papers = Callable[[PdfWriter], None]
OVER_A_FIGURE = (140, 560, 170, 580)


def _drawn_on(writer: PdfWriter, drawing: bytes, page: int = 0) -> None:
    """Appends to what is drawn on a page."""
    contents = writer.pages[page].get_contents()
    assert contents is not None
    stream = DecodedStreamObject()
    stream.set_data(contents.get_data() + b"\n" + drawing)
    writer.pages[page][NameObject("/Contents")] = writer._add_object(stream)


def _stamped(writer: PdfWriter, subtype: str, **more: Any) -> None:
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(subtype),
            NameObject("/Rect"): RectangleObject(OVER_A_FIGURE),
            **{NameObject(f"/{name}"): value for name, value in more.items()},
        }
    )
    page = writer.pages[0]
    page[NameObject("/Annots")] = ArrayObject([*(page.get("/Annots") or ()), writer._add_object(note)])


def _a_text_note(writer: PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text="2", rect=OVER_A_FIGURE))


def _a_white_rectangle(writer: PdfWriter) -> None:
    writer.add_annotation(0, Rectangle(rect=OVER_A_FIGURE, interior_color="ffffff"))


def _a_sticky_note(writer: PdfWriter) -> None:
    writer.add_annotation(0, Text(text="应为 2 栋", rect=OVER_A_FIGURE))


def _a_line_through(writer: PdfWriter) -> None:
    writer.add_annotation(0, Line(p1=(140, 570), p2=(170, 570), rect=OVER_A_FIGURE))


def _a_highlight(writer: PdfWriter) -> None:
    corners = ArrayObject([FloatObject(at) for at in (140, 580, 170, 580, 140, 560, 170, 560)])
    writer.add_annotation(0, Highlight(rect=OVER_A_FIGURE, quad_points=corners))


def _a_stamp(writer: PdfWriter) -> None:
    _stamped(writer, "/Stamp", Contents=TextStringObject("已审核，2 栋"))


def _ink(writer: PdfWriter) -> None:
    _stamped(writer, "/Ink")


def _a_watermark(writer: PdfWriter) -> None:
    _stamped(writer, "/Watermark")


def _a_form_s_field(writer: PdfWriter) -> None:
    _stamped(writer, "/Widget", FT=NameObject("/Tx"), V=TextStringObject("2"))


def _a_seal_nobody_vouches_for(writer: PdfWriter) -> None:
    _stamped(writer, "/Widget", FT=NameObject("/Sig"), T=TextStringObject("Signature9"))


def _a_white_box_drawn(writer: PdfWriter) -> None:
    _drawn_on(writer, b"q 1 1 1 rg 140 560 30 20 re f Q")


def _a_black_box_drawn(writer: PdfWriter) -> None:
    _drawn_on(writer, b"q 0 g 140 560 30 20 re f Q")


def _a_figure_drawn(writer: PdfWriter) -> None:
    _drawn_on(writer, b"BT /f2 12 Tf 150 565 Td <0003> Tj ET")


def _a_box_and_a_figure(writer: PdfWriter) -> None:
    _a_white_box_drawn(writer)
    _a_figure_drawn(writer)


def _an_image(writer: PdfWriter) -> None:
    image = DecodedStreamObject()
    image.set_data(b"\xff\xff\xff")
    for name, value in (
        ("/Type", NameObject("/XObject")),
        ("/Subtype", NameObject("/Image")),
        ("/Width", NumberObject(1)),
        ("/Height", NumberObject(1)),
        ("/BitsPerComponent", NumberObject(8)),
        ("/ColorSpace", NameObject("/DeviceRGB")),
    ):
        image[NameObject(name)] = value
    resources = writer.pages[0]["/Resources"].get_object()
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/Im9"): writer._add_object(image)})  # type: ignore[index]
    _drawn_on(writer, b"q 30 0 0 20 140 560 cm /Im9 Do Q")


def _an_image_within(writer: PdfWriter) -> None:
    _drawn_on(writer, b"q 30 0 0 20 140 560 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q")


def _words_made_white(writer: PdfWriter) -> None:
    _rewritten(writer, b"cs 0 scn", b"cs 1 scn")


def _words_made_invisible(writer: PdfWriter) -> None:
    _rewritten(writer, b"BT 0 Tr", b"BT 3 Tr")


def _rewritten(writer: PdfWriter, old: bytes, new: bytes) -> None:
    contents = writer.pages[0].get_contents()
    assert contents is not None
    data = contents.get_data()
    assert old in data
    stream = DecodedStreamObject()
    stream.set_data(data.replace(old, new))
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


def _a_page_more(writer: PdfWriter) -> None:
    writer.add_blank_page()
    _drawn_on_blank(writer, b"0 g 100 100 20 20 re f")


def _drawn_on_blank(writer: PdfWriter, drawing: bytes) -> None:
    stream = DecodedStreamObject()
    stream.set_data(drawing)
    writer.pages[-1][NameObject("/Contents")] = writer._add_object(stream)


def _a_page_cropped(writer: PdfWriter) -> None:
    writer.pages[0].cropbox = RectangleObject((0, 600, 1190, 841))


def _another_page_before_it(writer: PdfWriter) -> None:
    writer.insert_blank_page(index=0)


def _a_layer(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject({NameObject("/OCGs"): ArrayObject()})


def _a_script(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('2');")}
    )


def _glyphs_exchanged(writer: PdfWriter) -> None:
    """The typeface itself draws another sign for a letter: the words stay as they are."""
    fonts = writer.pages[0]["/Resources"].get_object()["/Font"].get_object()  # type: ignore[index]
    inner = fonts["/f2"].get_object()["/DescendantFonts"][0].get_object()
    descriptor = inner["/FontDescriptor"].get_object()
    key = next(name for name in ("/FontFile3", "/FontFile2", "/FontFile") if name in descriptor)
    stream = DecodedStreamObject()
    stream.set_data(descriptor[key].get_object().get_data() + b"\0x")
    descriptor[NameObject(key)] = writer._add_object(stream)


def _drawing(writer: PdfWriter) -> DictionaryObject:
    """A white box, as the look of a note."""
    look = DecodedStreamObject()
    look.set_data(b"q 1 1 1 rg 0 0 30 20 re f Q")
    look[NameObject("/Type")], look[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    look[NameObject("/BBox")] = RectangleObject((0, 0, 30, 20))
    return DictionaryObject({NameObject("/N"): writer._add_object(look)})


def _a_link_with_a_look(writer: PdfWriter) -> None:
    _stamped(writer, "/Link", AP=_drawing(writer))


def _a_link_with_a_border(writer: PdfWriter) -> None:
    _stamped(writer, "/Link", C=ArrayObject([FloatObject(0)] * 3))


def _words_that_pop_up(writer: PdfWriter) -> None:
    _stamped(writer, "/Popup", Contents=TextStringObject("应为 2 栋"))


def _a_note_of_no_kind(writer: PdfWriter) -> None:
    _stamped(writer, "/", AP=_drawing(writer))


def _a_field_s_look(writer: PdfWriter) -> None:
    field = writer._add_object(DictionaryObject({NameObject("/FT"): NameObject("/Sig")}))
    _stamped(writer, "/Widget", Parent=field, AP=_drawing(writer))


def _another_file_shown_first(writer: PdfWriter) -> None:
    view = DictionaryObject({NameObject("/View"): NameObject("/H")})
    writer.root_object[NameObject("/Collection")] = view


def _a_page_cut_to_size(writer: PdfWriter) -> None:
    writer.pages[0].mediabox = RectangleObject((0, 500, 1190, 841))


def _a_part_of_the_page_shown(writer: PdfWriter) -> None:
    box = ArrayObject(FloatObject(edge) for edge in (0, 0, 400, 300))
    writer.pages[0][NameObject("/TrimBox")] = box
    preferences = DictionaryObject({NameObject("/ViewArea"): NameObject("/TrimBox")})
    writer.root_object[NameObject("/ViewerPreferences")] = preferences


def _a_page_drawn_larger(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/UserUnit")] = FloatObject(3)


def _a_page_twice(writer: PdfWriter) -> None:
    writer.add_page(writer.pages[0])


def _a_page_s_script(writer: PdfWriter) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    opened = DictionaryObject({NameObject("/O"): DictionaryObject(script)})
    writer.pages[0][NameObject("/AA")] = opened


def _words_that_let_all_through(writer: PdfWriter) -> None:
    state = DictionaryObject({NameObject("/G9"): DictionaryObject({NameObject("/ca"): FloatObject(0)})})
    writer.pages[0]["/Resources"].get_object()[NameObject("/ExtGState")] = state  # type: ignore[index]
    _all_drawn(writer, b"/G9 gs ", b"")


def _words_on_a_layer(writer: PdfWriter) -> None:
    _all_drawn(writer, b"/OC /MC0 BDC ", b" EMC")


def _letters_on_top_of_each_other(writer: PdfWriter) -> None:
    fonts = writer.pages[0]["/Resources"].get_object()["/Font"].get_object()  # type: ignore[index]
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        inner[NameObject("/DW")] = NumberObject(1)


def _words_that_read_otherwise(writer: PdfWriter) -> None:
    """What is copied from the paper is another figure than what is drawn."""
    fonts = writer.pages[0]["/Resources"].get_object()["/Font"].get_object()  # type: ignore[index]
    for font in fonts.values():
        stream = DecodedStreamObject()
        stream.set_data(font.get_object()["/ToUnicode"].get_data() + b" ")
        font.get_object()[NameObject("/ToUnicode")] = writer._add_object(stream)


def _all_drawn(writer: PdfWriter, before: bytes, after: bytes) -> None:
    contents = writer.pages[0].get_contents()
    assert contents is not None
    stream = DecodedStreamObject()
    stream.set_data(before + contents.get_data() + after)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


FORGED: list[Papers] = [
    value
    for name, value in list(globals().items())
    if name.startswith("_")
    and callable(value)
    and getattr(value, "__module__", "") == __name__
    and name not in ("_drawn_on", "_stamped", "_rewritten", "_drawn_on_blank", "_drawing", "_all_drawn")
]
"""What is done in a PDF editor to a paper."""
