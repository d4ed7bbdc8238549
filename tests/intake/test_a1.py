"""Names of cells are those that other programs give them."""

from xlsxwriter.utility import xl_col_to_name

from zjf.intake.a1 import column_letters, column_number, place_of

_ALL_COLUMNS = range(16_384)


def test_every_column_has_its_letters() -> None:
    names = [column_letters(column) for column in _ALL_COLUMNS]
    assert names == [xl_col_to_name(column) for column in _ALL_COLUMNS]
    assert [column_number(name) for name in names] == [*_ALL_COLUMNS]


def test_a_cell_is_found_by_its_name() -> None:
    assert [place_of(name) for name in ("A1", "Z9", "AA10", "XFD1048576")] == [
        (0, 0),
        (8, 25),
        (9, 26),
        (1_048_575, 16_383),
    ]
