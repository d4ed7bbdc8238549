"""The workbooks made from the smaller ledgers, opened as a clerk opens them."""

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.analysis.test_report_audits import AUDITS, HOUSES
from tests.rules.test_households import HOUSEHOLDS
from tests.rules.test_issues import LEDGER as ISSUES
from tests.smaller_ledgers import rows_of
from zjf.analysis.spot_checks import by_unit
from zjf.notices.provisions import Thresholds
from zjf.render.xlsx import papers
from zjf.render.xlsx.papers.registry import FORM_PAPERS, PaperSources
from zjf.rules.spot_checks import SpotChecks
from zjf.schemas import FORMS, Form

CHECKS = """
    | 房屋编号 | 村（社区） | 抽查日期   | 原结论         | 抽查结论 | 抽查人 |
    | YS01     | 东村       | 2024-06-05 | 未发现安全隐患 | 错排     | 周工   |
    | YS02     | 西村       | 2024-06-05 | 未发现安全隐患 | 无误     | 周工   |
"""
SENT = {
    "issue-ledger": ISSUES,
    "spot-check": CHECKS,
    "report-audit": AUDITS,
    "household-ledger": HOUSEHOLDS,
    "house-ledger": HOUSES,
}
Lines = list[list[object]]


@pytest.fixture(scope="module")
def sent() -> dict[str, pd.DataFrame]:
    return {form: rows_of(table, form) for form, table in SENT.items()}


def columns_of(form: Form) -> list[str]:
    return [name for field in form.fields for name in field.columns]


def paper(form_id: str, sent: dict[str, pd.DataFrame], folder: Path) -> dict[str, Lines]:
    """The rows of every sheet of the paper, title and header left out, blanks left out."""
    path = folder / f"{FORM_PAPERS[form_id].title}.xlsx"
    drawn = [{"城关街道": frozenset({"YS01", "YS02"})}]

    def spot_checks() -> SpotChecks:
        share, pass_mark = Thresholds().sample_share.value, Thresholds().pass_rate.value
        units = by_unit(sent["spot-check"], sent["house-ledger"], share, drawn)
        return SpotChecks(tuple(units), share, pass_mark, "云水县")

    about = PaperSources(
        sent.__getitem__, date(2024, 6, 7), Thresholds(), "云水县", spot_checks, "2024年第23周"
    )
    FORM_PAPERS[form_id].write(path, about)
    found = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        first = sheet[str(sheet.freeze_panes)].row
        rows = sheet.iter_rows(min_row=first, values_only=True)
        found[sheet.title] = [[cell for cell in row if cell not in (None, "")] for row in rows]
    return found


def test_the_closure_list_shows_every_problem_with_its_stage(
    sent: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    sheets = paper("issue-ledger", sent, tmp_path)
    stages = {line[0]: line[-1] for line in sheets["问题销号清单"]}
    assert stages["已销号"] == "已销号"
    assert stages["已逾期"] == "逾期未整改"
    assert [line[0] for line in sheets["移送问题"]] == ["待销号", "已逾期", "已移送", "部门答复"]
    (late,) = sheets["逾期问题"]
    assert (late[0], late[-1]) == ("已逾期", (date(2024, 6, 7) - date(2024, 5, 1)).days)
    assert ["按来源", "国家检查", 2, 2, "100.00%"] in sheets["整改率"]
    assert ["全部", "合计", 5, 2, "40.00%"] in sheets["整改率"]


def test_spot_checks_show_their_units_and_what_was_wrong(
    sent: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    sheets = paper("spot-check", sent, tmp_path)
    line, county = sheets["抽查结果"]
    assert county[0] == "云水县"
    assert line[0] == "城关街道"
    assert "50.00%" in line
    assert "低于 90%" in str(line[-1])
    assert [line[0] for line in sheets["错漏清单"]] == ["YS01"]


def test_the_audit_names_institutions_reports_and_houses(
    sent: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    sheets = paper("report-audit", sent, tmp_path)
    assert sheets["按机构统计"][0] == ["云水鉴定所", 3, 2, 1, 2, 1, 0, 0]
    assert len(sheets["不合格报告"]) == 4
    assert [line[0] for line in sheets["需重新鉴定的房屋"]] == ["YS01", "YS04"]


def test_households_are_listed_by_what_is_to_be_done_without_their_names(
    sent: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    sheets = paper("household-ledger", sent, tmp_path)
    assert sheets["分类统计"][-1] == ["合计", 5, 3, 3 - 1, 1, 1, 2, 1, 2, 2]
    assert [line[0] for line in sheets["仍住危房"]] == ["H2"]
    assert [line[0] for line in sheets["漏雨透风"]] == ["H2", "H3"]
    assert [line[0] for line in sheets["未挂牌"]] == ["H2", "H3", "H5"]
    assert [line[0] for line in sheets["逾期未鉴定"]] == ["无"]
    assert {line[0] for line in sheets["与自建房台账不一致"]} >= {"H1", "H5"}
    assert not any("赵一" in line for lines in sheets.values() for line in lines)


def test_a_period_without_such_ledgers_still_makes_its_papers(
    sent: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    nothing = {form.id: pd.DataFrame(columns=columns_of(form)) for form in FORMS.values()} | {
        form: rows.iloc[:0] for form, rows in sent.items()
    }
    for form_id in FORM_PAPERS:
        assert paper(form_id, nothing, tmp_path)


def test_a_file_of_the_papers_package_is_all_that_a_paper_needs() -> None:
    files = {path.stem for path in Path(papers.__path__[0]).glob("*.py")} - {"__init__", "registry"}
    assert {about.write.__module__.rpartition(".")[2] for about in FORM_PAPERS.values()} == files
    assert set(FORM_PAPERS) <= set(FORMS)
