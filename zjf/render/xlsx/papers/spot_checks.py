"""What the spot-checks came to: a line a unit, and the houses that were surveyed wrongly."""

from pathlib import Path

import pandas as pd

from zjf.analysis.spot_checks import by_unit
from zjf.documents.form_columns import form_columns
from zjf.documents.layout import Column
from zjf.problems import People
from zjf.render.xlsx.papers.registry import PaperSources, paper
from zjf.render.xlsx.sheets import ListSheet, write_sheets
from zjf.rules.spot_checks import SpotChecks, UnitSpotChecks
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_house_id, mask_rows
from zjf.schemas.vocabulary import SpotFinding

_UNITS = (
    Column("填报单位", width=18),
    Column("经营性自建房", width=14),
    Column("其中未发现安全隐患", width=14),
    Column("应抽查", width=10),
    Column("抽到", width=10),
    Column("抽到已查", width=10),
    Column("抽查比例", width=12),
    Column("查看栋数", width=10),
    Column("无误", width=10),
    Column("合格率", width=12),
    Column("提醒", width=60),
)
_LEFT = (Column("填报单位", width=18), Column("房屋编号", width=24))


@paper("spot-check", "抽查结果")
def _of_the_period(path: Path, about: PaperSources) -> None:
    checks, share = about.rows("spot-check"), about.thresholds.sample_share.value
    units = tuple(by_unit(checks, about.rows("house-ledger"), share, about.drawn))
    found = SpotChecks(units, share, about.thresholds.pass_rate.value, about.county)
    write_spot_checks(path, found, checks, county=about.county, period=about.period, people=about.people)


def write_spot_checks(
    path: Path,
    found: SpotChecks,
    checks: pd.DataFrame,
    *,
    county: str,
    period: str = "",
    people: People | None = None,
) -> None:
    """Writes 抽查结果, 错漏清单 and 抽到未查.

    Args:
        path: The .xlsx to write.
        found: What the checks come to.
        checks: Their rows.
        county: The county's name.
        period: The period as the foot of the page names it.
        people: Whose names are masked in other texts.

    Raises:
        CannotDoError: The file cannot be written.
    """
    form = FORMS["spot-check"]
    wrong = checks[checks.finding != SpotFinding.RIGHT]
    rows = mask_rows(form, wrong[list(form.by_name)].sort_values(["township", "house_id"]), people=people)
    lines = [_line(line, found) for line in (*found.units, found.county)]
    left = [(unit.unit, mask_house_id(house)) for unit in found.units for house in unit.left]
    columns = form_columns("spot-check", form.by_name)
    sheets = [
        ListSheet("抽查结果", _UNITS, lines, f"{county}抽查结果"),
        ListSheet("错漏清单", columns, list(rows.itertuples(index=False)), "抽查发现错排漏排的房屋"),
        ListSheet("抽到未查", _LEFT, left, "抽到还没有查的房屋"),
    ]
    write_sheets(path, f"{county}抽查结果", sheets, footer=period)


def _line(line: UnitSpotChecks, found: SpotChecks) -> tuple[object, ...]:
    return (
        line.unit,
        line.commercial,
        line.clear,
        line.required,
        line.drawn,
        line.checked,
        line.share.display,
        line.findings,
        line.right,
        line.pass_rate.display,
        "\n".join(problem.message for problem in line.problems(found.pass_mark)),
    )
