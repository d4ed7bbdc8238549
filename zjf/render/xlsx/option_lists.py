"""The options of drop-downs: short lists are in the rule itself, long ones on a hidden sheet."""

import xlsxwriter

_LONGEST_INLINE_LIST = 10
_SHEET = "选项"


class OptionLists:
    """The lists of options that a workbook's drop-downs refer to."""

    def __init__(self) -> None:
        self._long_lists: list[tuple[str, ...]] = []

    def source(self, options: tuple[str, ...]) -> list[str] | str:
        """Returns the source of a drop-down's options: the options, or a column of the hidden sheet."""
        if len(options) <= _LONGEST_INLINE_LIST:
            return list(options)
        if options not in self._long_lists:
            self._long_lists.append(options)
        column = self._long_lists.index(options)
        area = xlsxwriter.utility.xl_range_abs(0, column, len(options) - 1, column)
        return f"={_SHEET}!{area}"

    def write(self, book: xlsxwriter.Workbook) -> None:
        """Writes the long lists on a hidden sheet, a column for each; none if there are no long lists."""
        if self._long_lists:
            sheet = book.add_worksheet(_SHEET)
            for column, options in enumerate(self._long_lists):
                sheet.write_column(0, column, options)
            sheet.very_hidden()
