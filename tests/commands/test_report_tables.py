"""`zjf report`: which attachments it writes, for whom, and what they say."""

from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

from tests.sheets import COUNTY, check, found_in
from zjf.errors import CannotDoError
from zjf.ledger import Acceptance, Ledger
from zjf.register.print_context import PrintContext
from zjf.schemas import Form

from .office import FACT_1, GREENSTONE, MINE, PERIOD, TOWN, Office, attachment, ledger
from .prepared import prepared

COUNTY_NAME = "云水县"


@prepared
def office(office: Office) -> Office:
    """An office that two units have reported to: one its houses, one an attachment."""
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    office.aggregate()
    return office


def report(office: Office, *arguments: str | Path) -> tuple[int, list[str]]:
    """The exit code, and the names of the files that are said to be written; they are there."""
    ran = office.run("report", *arguments, "--period", PERIOD, "--county", office.folder)
    paths = [Path(line) for line in ran.out.splitlines() if line.endswith(".xlsx")]
    assert all(path.is_file() for path in paths)
    return ran.code, sorted(path.name for path in paths)


def test_each_unit_that_reported_has_its_table_and_the_county_one(office: Office) -> None:
    code, names = report(office, "attachment-2")
    assert code == 0
    assert names == sorted(f"附件2_{unit}.xlsx" for unit in (TOWN, MINE, COUNTY_NAME))
    assert sorted(path.name for path in (office.out / "附件").iterdir()) == names


def test_attachment_1_is_counted_from_houses_only(office: Office) -> None:
    assert report(office, "attachment-1")[1] == sorted(f"附件1_{unit}.xlsx" for unit in (TOWN, COUNTY_NAME))


def test_one_unit_may_be_asked_for_by_any_of_its_names(office: Office, tmp_path: Path) -> None:
    code, names = report(
        office, "attachment-1", "attachment-2", "--unit", "城关街道办", "-o", tmp_path / "表"
    )
    assert (code, names) == (0, [f"附件1_{TOWN}.xlsx", f"附件2_{TOWN}.xlsx"])
    assert sorted(path.name for path in (tmp_path / "表").iterdir()) == names


def test_what_is_printed_is_a_return_without_fault(office: Office) -> None:
    report(office, "attachment-2", "--unit", MINE)
    path = office.out / "附件" / f"附件2_{MINE}.xlsx"
    checked = check(path.read_bytes(), path.name, roster=COUNTY)
    assert found_in(checked) == set()
    frame = checked.tables[0].frame
    assert {name: frame[name].iat[0] for name in FACT_1} == FACT_1


def test_the_countys_table_names_who_is_missing(office: Office) -> None:
    report(office, "attachment-2")
    sheet = openpyxl.load_workbook(office.out / "附件" / f"附件2_{COUNTY_NAME}.xlsx").worksheets[0]
    written = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert f"未报：{GREENSTONE}" in written


def test_the_countys_table_names_whose_figures_a_sum_lacks(office: Office) -> None:
    """城关街道 sent houses and no list of problems: 3/5 below its blank cell is 石岭's alone."""
    inspected = FACT_1 | {"online_confirmed": 3, "online_issues": 5}
    office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: inspected}))
    office.aggregate()
    report(office, "attachment-2")
    sheet = openpyxl.load_workbook(office.out / "附件" / f"附件2_{COUNTY_NAME}.xlsx").worksheets[0]
    remarks = [row[0] for row in sheet.iter_rows(values_only=True) if "没有计入合计" in str(row[0])]
    assert remarks == [f"没有问题确认/问题的数据、没有计入合计的单位：{TOWN}。"]


def test_what_nobody_reported_cannot_be_printed(office: Office) -> None:
    ran = office.run("report", "sweep-table", "--period", PERIOD, "--county", office.folder)
    assert (ran.code, ran.out) == (3, "")
    assert "请先运行 zjf aggregate" in ran.err
    assert report(office, "attachment-2", "--unit", GREENSTONE) == (3, [])


def test_of_whom_there_is_no_table_is_told(office: Office) -> None:
    ran = office.run("report", "attachment-1", "attachment-2", "--period", PERIOD, "--county", office.folder)
    assert f"没有收到数、没有出的：附件1（{GREENSTONE}、{MINE}）、附件2（{GREENSTONE}）。" in ran.err
    ran = office.run("report", "attachment-2", "--unit", TOWN, "--period", PERIOD, "--county", office.folder)
    assert "没有出的" not in ran.err


def test_a_folder_that_cannot_be_written_to_is_told(office: Office) -> None:
    (office.out / "附件").write_text("a file stands in the folder's place")
    ran = office.run("report", "attachment-2", "--period", PERIOD, "--county", office.folder)
    assert ran.code == 3
    assert "写不出" in ran.err


def test_a_nil_attachment_is_printed_as_zeros_and_not_as_missing(office: Office) -> None:
    """Who writes 零报 has reported: there is nothing to count."""
    heading = attachment("attachment-2", {GREENSTONE: FACT_1})[:-1]
    office.receive("青石附件2.xlsx", [*heading, ["零报"]])
    office.aggregate()
    report(office, "attachment-2")
    (own,) = rows_named(office, GREENSTONE, "0")
    assert own[:4] == ("0", "0", "0", "0")
    (line,) = rows_named(office, COUNTY_NAME, GREENSTONE)
    assert "未报" not in line
    assert line[1:5] == ("0", "0", "0", "0")


def rows_named(office: Office, unit: str, first: str) -> list[tuple[str, ...]]:
    """The rows of a printed 附件2 that begin with a text."""
    sheet = openpyxl.load_workbook(office.out / "附件" / f"附件2_{unit}.xlsx").worksheets[0]
    rows = [
        tuple("" if cell is None else str(cell) for cell in row) for row in sheet.iter_rows(values_only=True)
    ]
    return [row for row in rows if row[0] == first]


def test_a_return_taken_in_while_tables_are_made_is_in_all_of_them_or_in_none(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = Ledger.open("sqlite:///ledger.db?timeout=0", folder=office.folder)  # who does not wait
    (sent,) = (one for one in another.submissions(PERIOD) if one.unit == TOWN)
    rows = another.frame_of(sent).head(1)
    whose = {"unit": TOWN, "form": sent.form, "period": PERIOD, "file_name": "更正.xlsx", "sha256": "更正"}
    table_of = PrintContext.ledger_table

    def and_meanwhile(context: PrintContext, form: Form, unit: str | None = None, **how: bool) -> object:
        table = table_of(context, form, unit, **how)
        if unit == TOWN:
            with suppress(CannotDoError):
                another.accept([Acceptance(**whose, frame=rows, rows_read=1)])
        return table

    monkeypatch.setattr(PrintContext, "ledger_table", and_meanwhile)
    report(office, "house-ledger")
    printed = [
        openpyxl.load_workbook(office.out / "台账" / f"自建房台账_{whose}.xlsx").active
        for whose in (TOWN, COUNTY_NAME)
    ]
    houses = [{cell.value for row in sheet for cell in row} & {"YS0001", "YS0002"} for sheet in printed]
    assert houses[0] == houses[1]
