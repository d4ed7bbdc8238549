"""The smaller ledgers of the last week: issues, poor households, appraisal reports, the platform's list."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from sample_data import people, record
from sample_data.files import Sheet, as_bytes
from sample_data.notes import Heads, write_notes
from sample_data.places import PERIODS, Place
from sample_data.story import Cells
from sample_data.tables import Placed, column_of, write_header, write_row
from zjf.schemas import FORMS

_LAST_WEEK = len(PERIODS) - 1
_CATEGORIES = ("建档立卡贫困户", "低保户", "分散供养特困人员", "优抚对象和革命五老", "贫困残疾人家庭")
_SOURCES = ("国家检查", "市级检查", "四进工作队", "群众举报")


def listing(form_id: str, heads: Heads, rows: Sequence[Cells]) -> Placed:
    """A smaller ledger as a township would fill it in: every column of the form, a row for each entry."""
    form = FORMS[form_id]
    columns = [column_of(field) for field in form.standard_fields]
    sheet = Sheet(form.info.title)
    top = write_notes(sheet, 0, 0, len(columns), heads, title="{unit}" + form.info.title, style="paper")
    first = write_header(sheet, top, 0, columns)
    for row, cells in enumerate(rows, start=first):
        values = (cells.get(column.field) for column in columns)
        write_row(
            sheet, row, 0, ["、".join(value) if isinstance(value, tuple) else value for value in values]
        )
    places = {column.field: place for place, column in enumerate(columns)}
    return Placed(sheet, places, first - 1, tuple(range(first, first + len(rows))))


def smaller_files(place: Place, heads: Heads, houses: Sequence[Cells]) -> Iterator[tuple[str, bytes]]:
    """What a unit sends beside its returns in the last week: name below the county's folder, and bytes."""
    closing_day = list(PERIODS.values())[_LAST_WEEK]
    period = list(PERIODS)[_LAST_WEEK]
    papers = {
        "城关街道": (
            "issue-ledger",
            f"returns/{period}/城关街道问题整改台账",
            issues(place, houses, closing_day),
        ),
        "竹溪乡": (
            "household-ledger",
            f"returns/{period}/竹溪乡困难群众台账",
            households(place, houses, closing_day),
        ),
        "龙潭镇": ("report-audit", f"returns/{period}/龙潭镇鉴定报告抽查", audits(houses, closing_day)),
        "白鹭镇": ("platform-list", "platform/白鹭镇平台清单", platform(houses)),
    }
    if place.name in papers:
        form, name, rows = papers[place.name]
        yield f"{name}.xlsx", as_bytes([listing(form, heads, rows).sheet], "xlsx")


def issues(place: Place, houses: Sequence[Cells], closing_day: date) -> list[Cells]:
    """The online inspection's problems, as many as attachment 2 says, and a few of other inspections."""
    online = record.online_checks(place, _LAST_WEEK)
    shops = [house for house in houses if record.is_commercial(house)]
    found_on = closing_day - timedelta(days=60)
    rows: list[Cells] = [
        {
            "source": "线上巡检",
            "house_id": shops[number]["house_id"],
            "village": shops[number]["village"],
            "description": "平台照片与现状不符",
            "is_confirmed": "是" if number < online["online_confirmed"] else None,
            "confirmed_on": found_on + timedelta(days=9) if number < online["online_confirmed"] else None,
            "due_on": closing_day + timedelta(days=21),
        }
        for number in range(online["online_issues"])
    ]
    rows += [
        {
            "source": source,
            "village": place.villages[number % len(place.villages)],
            "description": "警示标志脱落",
            "is_confirmed": "是",
            "confirmed_on": found_on + timedelta(days=3),
            "due_on": found_on + timedelta(days=40),
            "rectified_on": found_on + timedelta(days=25),
            "reviewer": "顾怀远",
            "reviewed_on": found_on + timedelta(days=30),
            "closed_on": found_on + timedelta(days=33),
        }
        for number, source in enumerate(_SOURCES)
    ]
    return [
        {"issue_no": f"WT{number:04}", "township": place.name, "found_on": found_on, **row}
        for number, row in enumerate(rows, 1)
    ]


def households(place: Place, houses: Sequence[Cells], closing_day: date) -> list[Cells]:
    """Poor households, appraised in time and visited this quarter."""
    rng = Random(place.name)
    listed_on = closing_day - timedelta(days=90)
    return [
        {
            "household_no": f"KN{number:04}",
            "township": place.name,
            "village": house["village"],
            "head_name": house["owner_name"],
            "head_id": people.identity_number(rng),
            "category": _CATEGORIES[number % len(_CATEGORIES)],
            "listed_on": listed_on,
            "house_id": house["house_id"],
            "structure": house["structure"],
            "appraised_on": house["appraised_on"],
            "appraisal_grade": house["grade"],
            "has_plate": "是",
            "visited_on": closing_day - timedelta(days=20),
            "in_dangerous_house": "否",
            "leaks": "否",
        }
        for number, house in enumerate((house for house in houses if "grade" in house), 1)
    ]


def audits(houses: Sequence[Cells], closing_day: date) -> list[Cells]:
    """Appraisal reports looked through; the one that failed was uploaded again."""
    reports = [house for house in houses if "report_no" in house][:12]
    rows: list[Cells] = []
    for number, house in enumerate(reports):
        row = {name: house[name] for name in ("report_no", "township", "village", "house_id", "appraiser")}
        row |= {"audited_on": closing_day - timedelta(days=14), "result": "合格"}
        if number == 0:
            row |= {
                "result": "不合格",
                "defects": ("缺项漏项",),
                "reuploaded_on": closing_day - timedelta(days=3),
            }
        rows.append(row)
    return rows


def platform(houses: Sequence[Cells]) -> list[Cells]:
    """The platform's list of a unit: three houses more than the ledger, two fewer, two that differ."""
    shared = ("house_id", "township", "village", "address", "floors", "structure")
    rows = [{name: house[name] for name in shared} | {"category": "自建房"} for house in houses[2:]]
    rows[0]["floors"] += 1
    rows[1]["structure"] = "窑洞"
    for number in range(3):
        missed = {"house_id": f"YS04990{number:03}", "address": f"{rows[0]['village']}9组{number + 1}号"}
        rows.append(rows[0] | missed)
    return rows
