"""Where one return has changed, the others are not read again; and every result is what reading all of them gives."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zjf.checking.one_return import CheckedReturn
from zjf.kept_results import digest
from zjf.pipeline import returns

from .conftest import OfficeAfter
from .office import FACT_1, GREENSTONE, MINE, PERIOD, TOWN, WRONG, Office, attachment, ledger, office_in

BEFORE = "2024-W22"
Read = list[str]
NOBODY = dict.fromkeys(FACT_1, 0) | {"surveyed": 2, "noncommercial": 2}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """The names of the returns that were given to a worker to be read."""
    names: Read = []
    whole = returns._Reading.read

    def noted(reading: returns._Reading, paths: Mapping[int, Path]) -> dict[int, CheckedReturn]:
        names.extend(path.stem for path in paths.values())
        return whole(reading, paths)

    monkeypatch.setattr(returns._Reading, "read", noted)
    return names


_ARRIVED = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \xe6\x89\x8d")
"""When a late return came in (…才收到)."""


def two_weeks(office: Office) -> None:
    """Three units and an attachment, taken in for two weeks; in each ledger something is to be said."""
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {"销号方式": "管理措施", "销号日期": "2023-06-01"}))
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, {}, {}))
    office.receive(f"{MINE}.xlsx", ledger(MINE, {}, {"地上层数": "1"}))
    office.receive("附件2.xlsx", attachment("attachment-2", {GREENSTONE: NOBODY}))
    aggregate(office, BEFORE)
    office.receive(f"{MINE}.xlsx", ledger(MINE, {}, {"地上层数": "2"}, {}))
    aggregate(office)


def aggregate(office: Office, period: str = PERIOD, *options: str) -> dict[str, Any]:
    """Aggregates although nothing may have changed; gives what was said and made, and what the ledger holds."""
    kept = office.folder / "out" / ".last"
    for told in kept.glob("*.json"):
        told.unlink()
    ran = office.run(
        "aggregate",
        office.inbox,
        "--county",
        office.folder,
        "--period",
        period,
        "--jobs",
        "1",
        "--no-merged",
        *options,
    )
    out = office.folder / "out" / period
    made = {path.name: _ARRIVED.sub(b"", path.read_bytes()) for path in out.iterdir()}
    said = ran.out.replace(str(office.folder), "")
    return {"said": said, "code": ran.code, "made": made, "ledger": on_record(office)}


def on_record(office: Office) -> dict[str, list[Any]]:
    """What the ledger holds but for the times at which it came in."""
    with closing(sqlite3.connect(office.folder / "ledger.db")) as file:
        columns = (
            "id, unit, form, period, file_name, sha256, rows_read, rows_accepted, notes, status, versions"
        )
        return {
            "submission": file.execute(
                f"select {columns}, column_digests from submission order by id"
            ).fetchall(),
            "event": file.execute("select what, unit, form, period from event order by id").fetchall(),
            "house_ledger": file.execute("select * from house_ledger order by version_id").fetchall(),
            "block": file.execute('select * from block order by unit, "column", digest').fetchall(),
            "places": file.execute("select * from places order by submission").fetchall(),
            "seen": file.execute(
                "select sha256, period, unit, form from seen order by 1, 2, 3, 4"
            ).fetchall(),
        }


def as_if_all_were_read(office: Office, period: str = PERIOD, *options: str) -> dict[str, Any]:
    """The same in a copy of the county's folder in which nothing is kept."""
    twin = office.folder.with_name("一样的县")
    shutil.rmtree(twin, ignore_errors=True)
    shutil.copytree(office.folder, twin)
    shutil.rmtree(twin / "out" / ".last", ignore_errors=True)
    return aggregate(Office(twin, office.terminal), period, *options)


def one_is_sent_again(office: Office) -> list[str]:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}, {}))
    return [TOWN]


def one_is_sent_again_with_errors(office: Office) -> list[str]:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, WRONG))
    return [TOWN]


def one_claims_anothers_house(office: Office) -> list[str]:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {"房屋编号": "YS1001"}))
    return [TOWN]


def one_sends_two_files(office: Office) -> list[str]:
    office.receive(f"{MINE}（二）.xlsx", ledger(MINE, {}, {}))
    return [f"{MINE}（二）", MINE]


def the_copy_of_a_file_comes_in(office: Office) -> list[str]:
    office.receive(f"{MINE}（复件）.xlsx", (office.inbox / f"{MINE}.xlsx").read_bytes())
    return [f"{MINE}（复件）", MINE]


def a_ledger_does_not_agree_with_its_attachment(office: Office) -> list[str]:
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, {}, {}, {}))
    return [GREENSTONE]


def one_goes_by_another_name(office: Office) -> list[str]:
    (office.inbox / f"{MINE}.xlsx").rename(office.inbox / "六月第一周.xlsx")
    return ["六月第一周"]


def one_is_taken_away(office: Office) -> list[str]:
    (office.inbox / f"{MINE}.xlsx").unlink()
    return []


def a_duty_is_waived(office: Office) -> list[str]:
    waiver = f'code = "L208"\nunit = "{TOWN}"\nreason = "已核"\nby = "县办"\nuntil = 2030-01-01\n'
    (office.folder / "waivers.toml").write_text(f"[[waivers]]\n{waiver}", encoding="utf-8")
    return []


def the_settings_change(office: Office) -> list[str]:
    office.change_settings("[county]", '[county]\noffice = "县城建局"')
    return [TOWN, MINE, GREENSTONE, "附件2"]


def the_week_before_is_mended(office: Office) -> list[str]:
    name = f"{MINE}.xlsx"
    now = (office.inbox / name).read_bytes()
    office.receive(name, ledger(MINE, {}, {"地上层数": "1", "房屋地址": "西村2号"}))
    office.run("aggregate", office.inbox, "--county", office.folder, "--period", BEFORE)
    office.receive(name, now)
    return [MINE]


def the_ledger_is_begun_anew(office: Office) -> list[str]:
    office.run("restore", "--new", "--county", office.folder)
    return [TOWN, MINE, GREENSTONE, "附件2"]


def what_was_kept_is_torn(office: Office) -> list[str]:
    for kept in (office.folder / "out/.last/returns" / PERIOD).iterdir():
        kept.write_bytes(kept.read_bytes()[:-9])
    return [TOWN, MINE, GREENSTONE, "附件2"]


def what_was_kept_is_forged(office: Office) -> list[str]:
    for kept in (office.folder / "out/.last/returns" / PERIOD).iterdir():
        said = json.loads(kept.read_text("utf-8").partition("\n")[2])
        said["tables"][0]["form"], said["tables"][0]["rows"] = "no-form", [[0, 10**6]]
        text = json.dumps(said)
        kept.write_text(f"{digest(text)}\n{text}", encoding="utf-8")
    return [TOWN, MINE, GREENSTONE, "附件2"]


ALONE: tuple[Callable[[Office], list[str]], ...] = (
    one_claims_anothers_house,
    one_sends_two_files,
    a_ledger_does_not_agree_with_its_attachment,
    a_duty_is_waived,
    the_settings_change,
    the_week_before_is_mended,
    the_ledger_is_begun_anew,
    what_was_kept_is_forged,
)
AMONG_OTHERS = (
    *ALONE,
    one_is_sent_again,
    one_is_sent_again_with_errors,
    the_copy_of_a_file_comes_in,
    one_goes_by_another_name,
    one_is_taken_away,
    what_was_kept_is_torn,
)


@pytest.mark.parametrize("change", ALONE)
def test_only_what_changed_is_read_and_the_results_are_those_of_reading_all(
    change: Callable[[Office], list[str]], office: Office, office_after: OfficeAfter, read: Read
) -> None:
    office_after(office, two_weeks)
    to_read = change(office)
    all_read = as_if_all_were_read(office)
    read.clear()
    assert aggregate(office) == all_read
    assert sorted(read) == sorted(to_read)


@pytest.mark.slow
@given(changes=st.lists(st.sampled_from(AMONG_OTHERS), min_size=2, max_size=3))
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_after_what(
    changes: list[Callable[[Office], list[str]]], office: Office, office_after: OfficeAfter
) -> None:
    shutil.rmtree(office.folder)
    office_in(office.folder)
    office_after(office, two_weeks)
    for change in changes:
        with suppress(FileNotFoundError):  # it was taken away
            change(office)
        all_read = as_if_all_were_read(office)
        assert aggregate(office) == all_read


def test_with_its_good_rows_alone_too(office: Office, office_after: OfficeAfter, read: Read) -> None:
    office_after(office, two_weeks)
    one_claims_anothers_house(office)
    all_read = as_if_all_were_read(office, PERIOD, "--partial")
    read.clear()
    assert aggregate(office, PERIOD, "--partial") == all_read
    assert read == [TOWN]


def test_nothing_of_a_person_is_kept_beside_the_ledger(
    office: Office, office_after: OfficeAfter, read: Read
) -> None:
    office_after(office, two_weeks)
    office.receive("赵大明.xlsx", ledger(TOWN, {"产权人": "赵大明"}, {}))
    (office.inbox / f"{TOWN}.xlsx").unlink()
    aggregate(office)
    kept = list((office.folder / "out/.last/returns").rglob("*.json"))
    assert kept
    assert not [path for path in kept if "赵" in path.read_text("utf-8")]
    read.clear()
    aggregate(office)
    assert read == ["赵大明"]  # its name is a house owner's: nothing is kept of it
