"""What offices do to printed papers that changes nothing of what they say: each a small function over a PDF."""

from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DecodedStreamObject, NameObject


def paper_saved_again(writer: PdfWriter) -> None:
    """By another program."""


def paper_packed(writer: PdfWriter) -> None:
    writer.compress_identical_objects()
    for page in writer.pages:
        page.compress_content_streams()


def paper_turned(writer: PdfWriter) -> None:
    writer.pages[0].rotate(90)


def paper_with_bookmarks(writer: PdfWriter) -> None:
    writer.add_outline_item(title="第1页", page_number=0)


def paper_by_another_author(writer: PdfWriter) -> None:
    writer.add_metadata({"/Author": "李春", "/Subject": "附件2"})


def paper_opening_at_its_page(writer: PdfWriter) -> None:
    writer.page_mode = "/UseOutlines"


def paper_with_a_link(writer: PdfWriter) -> None:
    writer.add_annotation(0, Link(rect=(20, 20, 120, 40), url="https://example.invalid/", border=[0, 0, 0]))


def paper_with_labels_of_pages(writer: PdfWriter) -> None:
    writer.set_page_label(0, 0, style="/D", prefix="附件2-")


def paper_with_a_small_picture(writer: PdfWriter) -> None:
    """Of the page, for a list of pages; and the size that a print shop cuts to."""
    picture = DecodedStreamObject()
    picture.set_data(b"\xff")
    writer.pages[0][NameObject("/Thumb")] = writer._add_object(picture)
    writer.pages[0].trimbox = writer.pages[0].mediabox


PAPERS = [
    paper_with_a_small_picture,
    paper_with_a_link,
    paper_with_labels_of_pages,
    paper_saved_again,
    paper_packed,
    paper_turned,
    paper_with_bookmarks,
    paper_by_another_author,
    paper_opening_at_its_page,
]
"""What is done in a PDF program."""
