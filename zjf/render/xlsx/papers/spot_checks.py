"""The results of spot-checks: a line for each unit, and the houses that were surveyed wrongly."""

from pathlib import Path

import pandas as pd

from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet, form_columns
from zjf.problems import People
from zjf.render.xlsx.papers.registry import PaperSources, paper
from zjf.render.xlsx.sheets import write_sheets
from zjf.rules.spot_checks import SpotChecks, UnitSpotChecks
from zjf.schemas import FORMS
from zjf.schemas.form_ids import SPOT_CHECKS
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
_NOT_CHECKED = (Column("填报单位", width=18), Column("房屋编号", width=24))


@paper(SPOT_CHECKS, "抽查结果")
def _write_period(path: Path, sources: PaperSources) -> None:
    write_spot_checks(
        path,
        sources.spot_checks(),
        sources.rows(SPOT_CHECKS),
        period=sources.period,
        people=sources.people,
        remarks=sources.remarks,
    )


def write_spot_checks(
    path: Path,
    results: SpotChecks,
    checks: pd.DataFrame,
    *,
    period: str = "",
    people: People | None = None,
    remarks: tuple[str, ...] = (),
) -> None:
    """Writes 抽查结果, 错漏清单 and 抽到未查.

    Args:
        period: The period as it is printed at the foot of the page.
        people: The people whose names are masked in other texts.
        remarks: Notes below each list: which units it does not count.

    Raises:
        CannotDoError: The file cannot be written.
    """
    form, county = FORMS[SPOT_CHECKS], results.name
    wrong = checks[checks.finding != SpotFinding.RIGHT]
    rows = mask_rows(form, wrong[list(form.by_name)].sort_values(["township", "house_id"]), people=people)
    lines = [_line(line, results) for line in (*results.units, results.county)]
    not_checked = [(unit.unit, mask_house_id(house)) for unit in results.units for house in unit.left]
    columns = form_columns(SPOT_CHECKS, form.by_name)
    sheets = [
        ListSheet("抽查结果", _UNITS, lines, f"{county}抽查结果"),
        ListSheet("错漏清单", columns, list(rows.itertuples(index=False)), "抽查发现错排漏排的房屋"),
        ListSheet("抽到未查", _NOT_CHECKED, not_checked, "抽到还没有查的房屋"),
    ]
    write_sheets(path, f"{county}抽查结果", sheets, footer=period, remarks=remarks)


def _line(line: UnitSpotChecks, results: SpotChecks) -> tuple[object, ...]:
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
        "\n".join(
            filter(None, (line.remark, *(found.message for found in line.problems(results.pass_mark))))
        ),
    )
