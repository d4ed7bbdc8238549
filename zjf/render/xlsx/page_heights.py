"""How high a signed table is on paper, so that its signature line does not stand alone on a page."""

from dataclasses import dataclass, field

from zjf.documents.attachment import SMALLEST_SCALE


@dataclass
class PageHeights:
    """The heights of a sheet's rows, from top to bottom, in points.

    Args:
        top: The rows above the table's header.
        header: The rows of the header, repeated on every page.
        tail: The remarks and the signature line below the table.
    """

    top: list[float] = field(default_factory=list)
    header: list[float] = field(default_factory=list)
    rows: list[float] = field(default_factory=list)
    tail: list[float] = field(default_factory=list)

    def pages_high(self, room: float) -> int:
        """Returns how many pages high the sheet is to be printed; 0: as many as it takes.

        It is shrunk, if it stays readable, where it then takes one page, or where else the last page would have
        nothing of the table but its header.

        Args:
            room: The height of a page in points, of the sheet as wide as the page.
        """
        if sum((*self.top, *self.header, *self.rows, *self.tail)) * SMALLEST_SCALE <= room:
            return 1
        pages, has_rows = self._last_page(room)
        return 0 if has_rows else pages - 1

    def _last_page(self, room: float) -> tuple[int, bool]:
        """Returns the number of the last page, and whether it has any of the table's rows."""
        pages, used, has_rows = 1, sum((*self.top, *self.header)), False
        for place, height in enumerate((*self.rows, *self.tail)):
            if used + height > room:
                pages, used, has_rows = pages + 1, sum(self.header), False
            used += height
            has_rows = has_rows or place < len(self.rows)
        return pages, has_rows
