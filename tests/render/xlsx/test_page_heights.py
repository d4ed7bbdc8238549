"""The signature line of a long table does not stand alone on a page."""

import pytest

from zjf.render.xlsx.attachment import PageHeights

ROOM = 500.0


@pytest.mark.parametrize(
    ("rows", "pages"),
    [
        (5, 1),  # fits as it is
        (19, 1),  # fits if it is shrunk a little
        (31, 2),  # the last row is at the foot of the second page: shrunk to two
        (32, 0),  # the third page has rows of its own
    ],
)
def test_a_page_of_signatures_alone_is_done_without(rows: int, pages: int) -> None:
    heights = PageHeights(top=[80.0], header=[20.0], rows=[27.0] * rows, tail=[20.0, 56.0])
    assert heights.pages_high(ROOM) == pages
