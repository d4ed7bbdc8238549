"""What is due and what is owed is told by the columns that it is said to be read from: by all columns it would be the same."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import given, settings

from tests.commands.office import PERIOD, SETTINGS
from tests.ledger.ledger_samples import UNIT, tables
from zjf.briefings.owed_rows import owed_rows
from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Acceptance, Ledger
from zjf.monitoring.due import due_list
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.schemas import FORMS

HOUSES = "house-ledger"
NOTICES = ("jiaxiang-2024", "jiafeng-2024", "rongan-2022", "yunxiao-2020", "yunyang-2022")
DAYS = (date(2021, 1, 1), date(2024, 6, 9))


class Whole(Reckoning):
    """A reckoning that reads all columns, whichever are asked for."""

    def columns(
        self, form: str, period: str, names: Collection[str], units: Iterable[str] = ()
    ) -> Iterator[pd.DataFrame]:
        everything = {column for field in FORMS[form].fields for column in field.columns}
        assert everything.issuperset(names)
        return super().columns(form, period, everything, units)


@settings(max_examples=4, deadline=None)
@given(tables(FORMS[HOUSES], max_size=20))
def test_the_columns_that_are_named_tell_what_is_due_and_owed(rows: pd.DataFrame) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "zjf.toml").write_text(SETTINGS, encoding="utf-8")
        home = County.load(Path(folder))
        ledger = Ledger.open("sqlite:///ledger.db", folder=home.folder)
        about = {
            "unit": UNIT,
            "form": HOUSES,
            "period": PERIOD,
            "file_name": "甲.xlsx",
            "sha256": "1",
        }
        ledger.accept([Acceptance(**about, frame=rows, rows_read=len(rows), nil=rows.empty)])
        for notice in map(Notice.load, NOTICES):
            whole, some = Whole(home, notice, ledger), Reckoning(home, notice, ledger)
            for day in DAYS:
                assert due_list(some, PERIOD, day) == due_list(whole, PERIOD, day)
            assert some.unmet(PERIOD) == whole.unmet(PERIOD)
            assert owed_rows(some, Period.parse(PERIOD)) == owed_rows(whole, Period.parse(PERIOD))
