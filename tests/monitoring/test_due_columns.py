"""What falls due is told by the columns that its tasks name: by all columns it would be the same."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import given, settings

from tests.commands.office import PERIOD, SETTINGS
from tests.ledger.ledger_samples import UNIT, tables
from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Acceptance, Ledger
from zjf.monitoring.due import due_list
from zjf.notices.notice import Notice
from zjf.schemas import FORMS

NOTICES = ("jiaxiang-2024", "jiafeng-2024", "rongan-2022", "yunxiao-2020", "yunyang-2022")
DAYS = (date(2021, 1, 1), date(2024, 6, 9))


@settings(max_examples=4, deadline=None)
@given(tables(FORMS["house-ledger"], max_size=20))
def test_the_columns_that_tasks_name_tell_what_falls_due(rows: pd.DataFrame) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "zjf.toml").write_text(SETTINGS, encoding="utf-8")
        home = County.load(Path(folder))
        ledger = Ledger.open("sqlite:///ledger.db", folder=home.folder)
        about = {
            "unit": UNIT,
            "form": "house-ledger",
            "period": PERIOD,
            "file_name": "甲.xlsx",
            "sha256": "1",
        }
        ledger.accept([Acceptance(**about, frame=rows, rows_read=len(rows), nil=rows.empty)])
        for notice in map(Notice.load, NOTICES):
            for day in DAYS:
                whole = Reckoning(home, notice, ledger)
                whole.rows("house-ledger", PERIOD)
                some = due_list(Reckoning(home, notice, ledger), PERIOD, day)
                assert some == due_list(whole, PERIOD, day)
