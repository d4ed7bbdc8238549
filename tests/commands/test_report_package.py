"""成套材料 (嘉祥 五(三)): letter, report and tables as one folder and one PDF; status tells how each stands."""

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest

from zjf.documents.sections import BLANK_NAME

from .conftest import OfficeAfter
from .office import PERIOD, TOWN, UNITS, Office, ledger

JUDGED = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-05"}
NAMES = [
    "1_报送函.docx",
    "2_验收评估报告.docx",
    "2_验收评估报告.json",
    "3_附件1.pdf",
    "3_附件1.xlsx",
    "4_附件2.pdf",
    "4_附件2.xlsx",
    "成套材料.pdf",
]


def bind(office: Office, *arguments: str) -> Path:
    """Makes packages; the folder in which they lie."""
    ran = office.run("report", "package", "--period", PERIOD, "--county", office.folder, *arguments)
    assert ran.code == 0, ran.err
    return office.out / "成套材料"


def make_one(office: Office) -> None:
    """城关街道 reported two houses, and its package was made."""
    office.receive("台账.xlsx", ledger(TOWN, JUDGED, {}))
    office.aggregate()
    bind(office, "--unit", TOWN)


@pytest.fixture
def county(office: Office, office_after: OfficeAfter) -> Office:
    return office_after(office, make_one)


def standing(office: Office) -> dict[str, dict[str, Any]]:
    said = office.run("status", "--period", PERIOD, "--county", office.folder, "--format", "json").json
    return {line["who"]: line for line in said["packages"]}


def test_all_of_it_lies_in_one_folder_and_in_one_paper(county: Office) -> None:
    folder = county.out / "成套材料" / TOWN
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    pages = [page.extract_text() for page in pypdf.PdfReader(folder / "成套材料.pdf").pages]
    assert all(pages)  # none is blank
    said = "".join("".join(pages).split())
    order = [
        said.rindex(title)
        for title in ("关于报送城关街道", "典型做法和成效", "经专业技术人员现场复核", "已排查自建房总量")
    ]
    assert order == sorted(order)


def test_the_letter_is_to_the_county_and_names_what_is_bound(county: Office) -> None:
    letter = docx.Document(str(county.out / "成套材料" / TOWN / NAMES[0]))
    said = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "云水县自建房安全专项整治工作领导小组办公室：" in said
    assert "3. 城关街道自建房安全专项整治攻坚行动工作台账" in said
    assert "主要负责同志签字：" in said


def test_the_county_has_one_of_its_own_with_a_blank_for_whom_it_does_not_know(county: Office) -> None:
    folder = bind(county)
    assert sorted(path.name for path in folder.iterdir()) == sorted([TOWN, "云水县"])
    letter = docx.Document(str(folder / "云水县" / NAMES[0]))
    assert f"{BLANK_NAME}：" in [paragraph.text for paragraph in letter.paragraphs]


def test_status_tells_what_is_made_and_what_is_not(county: Office) -> None:
    assert {who: line["state"] for who, line in standing(county).items()} == {
        TOWN: "unsigned",
        "云水县": "not-made",
    }
    shown = county.run("status", "--period", PERIOD, "--county", county.folder).out
    assert "未做 1（云水县）；已做，未签全 1（城关街道）" in "".join(shown.splitlines())


def test_a_later_week_says_that_it_was_made_for_an_earlier_one(county: Office) -> None:
    county.run("aggregate", "--period", "2024-W24", "--county", county.folder, str(county.inbox))
    shown = county.run("status", "--period", "2024-W24", "--county", county.folder).out
    assert f"未做的中 {PERIOD} 做过的：城关街道。" in "".join(shown.splitlines())
    before = county.run("status", "--period", "2024-W24", "--county", county.folder, "--format", "json").json
    assert {line["who"]: line["made_before"] for line in before["packages"]} == {TOWN: PERIOD, "云水县": None}


def sign(office: Office, form: str) -> None:
    words = ("--form", form, "--unit", TOWN, "--by", "王某", "--on", "2024-06-05", "--period", PERIOD)
    ran = office.run("sign", *words, "--county", office.folder)
    assert ran.code == 0, ran.err


def test_a_package_whose_tables_are_signed_is_ready(county: Office) -> None:
    sign(county, "attachment-1")
    assert standing(county)[TOWN]["state"] == "unsigned"
    sign(county, "attachment-2")
    assert (standing(county)[TOWN]["state"], standing(county)[TOWN]["signing"]) == ("ready", "已签")


def test_figures_that_changed_since_are_told_until_it_is_made_again(county: Office) -> None:
    county.receive("台账.xlsx", ledger(TOWN, JUDGED, JUDGED))
    county.aggregate()
    assert standing(county)[TOWN]["state"] == "changed"
    bind(county, "--unit", TOWN)
    assert standing(county)[TOWN]["state"] == "unsigned"


def test_the_same_figures_sent_again_change_nothing(county: Office) -> None:
    county.receive("台账.xlsx", ledger(TOWN, JUDGED | {"备注": "已核"}, {}))
    county.aggregate()
    assert standing(county)[TOWN]["state"] == "unsigned"


def test_a_unit_without_figures_and_a_notice_without_packages_are_refused(county: Office) -> None:
    wanted = ("report", "package", "--period", PERIOD, "--county", county.folder)
    refused = county.run(*wanted, "--unit", UNITS[1])
    assert (refused.code, "请先运行 zjf aggregate" in refused.err) == (3, True)
    county.change_settings("jiaxiang-2024", "yunyang-2022")
    refused = county.run(*wanted)
    assert (refused.code, "没有要求成套报送" in refused.err) == (3, True)


def test_who_cannot_make_it_for_want_of_returns_is_named(county: Office) -> None:
    board = county.run("status", "--period", PERIOD, "--county", county.folder, "--format", "json").json
    assert board["packages_lacking"] == list(UNITS[1:])
    said = "".join(county.run("status", "--period", PERIOD, "--county", county.folder).out.split())
    assert f"缺报表、做不了2（{'、'.join(UNITS[1:])}）" in said


def test_a_report_is_also_had_as_pdf(county: Office) -> None:
    ran = county.run(
        "paper", "验收评估报告", "--period", PERIOD, "--as", "docx,pdf", "--county", county.folder
    )
    assert ran.code == 0, ran.err
    said = pypdf.PdfReader(county.out / "报告" / "验收评估报告_云水县.pdf").pages[0].extract_text()
    assert "已排查自建房2栋" in "".join(said.split())


def test_letter_and_report_bear_no_day_that_has_not_come(
    county: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """嘉祥 wants it by 06-05, before the week closes; the signed tables keep the day that they are verified by."""
    monkeypatch.setattr("zjf.register.print_context.office_today", lambda: date(2024, 6, 5))
    folder = bind(county, "--unit", TOWN) / TOWN
    for name in NAMES[:2]:
        said = "\n".join(paragraph.text for paragraph in docx.Document(str(folder / name)).paragraphs)
        assert "截至2024年6月5日" in said
        assert "2024年6月7日" not in said


def test_a_period_of_which_nothing_was_received_has_no_package(county: Office) -> None:
    ran = county.run("report", "package", "--period", "2024-W24", "--county", county.folder)
    assert (ran.code, ran.out) == (3, "")
    assert "2024-W24 的台账中，各单位和全县都没有附件1、附件2的数。请先运行 zjf aggregate" in ran.err
