"""Papers that close a house, keep people out of it, agree on it, and open it again; whom its appraisal is sent to."""

import json
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from pypdf import PageObject, PdfReader

from tests.sheets import parse

from .office import GREENSTONE, PERIOD, TOWN, UNITS, Office, Ran
from .papers import take_in, words
from .prepared import prepared
from .test_paper import HAZARD, text_of

A_LINE = 12
"""Points that a line of a table takes at least."""
SHOP = {"是否经营性": "是", "经营业态": "超市", "专业设计": "是", "专业施工": "是"}
GRAVE_SHOP = {**HAZARD, **SHOP, "管控措施": "观察使用"}
UNPERMITTED = {**SHOP, "经营许可": "无", "改扩建情形": "无"}
STOPPED_SHOP = {**HAZARD, **SHOP, "管控措施": "停止经营"}
MENDED_SHOP = {**STOPPED_SHOP, "整治措施": "维修加固", "整治完成日期": "2024-05-20"}
REOPENED_SHOP = {**MENDED_SHOP, "管控解除日期": "2024-05-28"}
DEMOLISHED_SHOP = {**GRAVE_SHOP, "整治措施": "拆除", "整治完成日期": "2024-05-20", "经营许可": "无"}
HARD_CASE = {**HAZARD, "特殊困难": "是", "鉴定机构": "欧阳春华"}
NOBODY_SAID = {**HAZARD, "特殊困难": ""}
HOUSES = [
    GRAVE_SHOP,
    UNPERMITTED,
    STOPPED_SHOP,
    MENDED_SHOP,
    REOPENED_SHOP,
    HARD_CASE,
    NOBODY_SAID,
    SHOP,
    DEMOLISHED_SHOP,
]


def of_every_kind(office: Office) -> Office:
    take_in(office, {TOWN: HOUSES})
    return office


county = prepared(of_every_kind)


def paper(office: Office, *arguments: str) -> Ran:
    return office.run("paper", *arguments, "--period", PERIOD, "--county", office.folder)


def made_for(office: Office) -> list[str]:
    return [path.stem[-6:] for path in sorted((office.out / "papers").glob("*.docx"))]


@pytest.mark.parametrize(
    ("kind", "houses"),
    [
        ("停业通知书", ["YS0001", "YS0002"]),
        ("恢复经营", ["YS0004"]),
        ("一事一议", ["YS0006"]),
        ("警示标志", ["YS0001", "YS0003", "YS0006", "YS0007"]),
    ],
)
def test_only_those_get_one_that_the_notice_means(county: Office, kind: str, houses: list[str]) -> None:
    ran = paper(county, kind)
    assert ran.code == 0, ran.err
    assert made_for(county) == houses


def test_a_house_judged_sound_that_an_appraisal_finds_unsafe_is_a_hazard(office: Office) -> None:
    """L213 asks for the judgement to be raised; where the county waived that, the house is unsafe all the same."""
    waiver = (
        '[[waivers]]\ncode = "L213"\nhouse = "YS0001"\nreason = "待重判"\nby = "王主任"\nuntil = 2024-12-31\n'
    )
    (office.folder / "waivers.toml").write_text(waiver, "utf-8")
    take_in(office, {TOWN: [{**HARD_CASE, "初判结论": "未发现安全隐患"}, SHOP]})
    for kind in ("一事一议", "隐患通知书", "一栋一策", "移送单"):
        paper(office, kind)
        assert made_for(office) == ["YS0001"], kind
        for path in (office.out / "papers").glob("*.docx"):
            path.unlink()


def test_works_that_did_not_pass_are_accepted_anew_and_none_is_closed_before(office: Office) -> None:
    """嘉峰 五(五): works that are not accepted close no house."""
    failed, passed = (
        {**MENDED_SHOP, "验收日期": "2024-05-25", "验收结论": result} for result in ("不合格", "合格")
    )
    take_in(office, {TOWN: [failed, passed, MENDED_SHOP]})
    for kind, houses in (("验收表", ["YS0001", "YS0003"]), ("销号审批表", ["YS0002"])):
        paper(office, kind, "-o", office.out / kind)
        assert [path.stem[-6:] for path in sorted((office.out / kind).glob("*.docx"))] == houses


def test_the_order_says_why_and_is_numbered_signed_and_received(county: Office) -> None:
    """云阳 附2三(六)1: townships stop what is dangerous, the departments what is not permitted."""
    paper(county, "停业通知书", "--house", "YS0001", "--house", "YS0002")
    dangerous, unpermitted = map(text_of, sorted((county.out / "papers").glob("*.docx")))
    assert "1. 房屋安全：" in dangerous
    assert "鉴定：D级" in dangerous
    assert "1. 没有经营许可。" in unpermitted
    assert "房屋安全：" not in unpermitted
    assert "改扩建" not in unpermitted
    assert f"\n{TOWN}\n　　　　年" in dangerous
    assert "\n县商务委、县住房城乡建委\n　　　　年" in unpermitted
    for said in (dangerous, unpermitted):
        assert "云水停业通〔" in said
        assert "送达回证" in said


def test_a_sign_on_a_wall_names_no_owner_and_no_page(county: Office) -> None:
    ran = paper(county, "警示标志", "--house", "YS0001", "--as", "docx,pdf")
    assert "请勿外传" not in ran.out
    (path,) = (county.out / "papers").glob("*.docx")
    document = docx.Document(str(path))
    for said in (text_of(path), words(path.with_suffix(".pdf"))):
        assert "鉴定为D级" in said
        assert HAZARD["产权人"] not in said
        assert HAZARD["联系电话"] not in said
        assert "第1" not in said
    assert not document.element.body.findall(f".//{qn('w:footerReference')}")


def heights(page: PageObject) -> list[tuple[str, float]]:
    """The texts of a page, each with how high it stands, in points."""
    found: list[tuple[str, float]] = []

    def see(text: str, page_to: list[float], text_to: list[float], *_: object) -> None:
        if text.strip():
            found.append((text.strip(), text_to[5] * page_to[3] + page_to[5]))

    page.extract_text(visitor_text=see)
    return found


def test_a_long_text_makes_its_row_higher_and_covers_no_other(office: Office) -> None:
    """What the department is asked to do takes four lines; three are left for it."""
    not_appraised = dict.fromkeys(("鉴定日期", "鉴定机构", "鉴定标准", "鉴定等级"), "")
    take_in(office, {TOWN: [{**HAZARD, **SHOP, **not_appraised, "整治期限": "2024-08-17"}]})
    assert paper(office, "移送单", "--one-file", "--as", "pdf").code == 0
    (page,) = PdfReader(office.out / "papers" / "移送单.pdf").pages
    ((above, below),) = (
        (last_line, line) for (_, last_line), (text, line) in pairwise(heights(page)) if text == "移送日期"
    )
    assert above - below > A_LINE


def test_short_columns_of_a_list_are_centred_in_word_too(county: Office) -> None:
    paper(county, "验收表", "--house", "YS0004")
    (path,) = (county.out / "papers").glob("*.docx")
    listing = next(table for table in docx.Document(str(path)).tables if table.cell(0, 0).text == "序号")
    row = {cell.text: cell.paragraphs[0].style.name for cell in listing.rows[1].cells}
    hazard = next(text for text in row if "初步判定" in text)
    assert (row["1"], row[hazard]) == ("文书格文（居中）", "文书格文")


def test_the_results_go_to_the_unit_and_to_the_department_in_charge(county: Office) -> None:
    assert paper(county, "抄送函").code == 0
    graded = {f"YS{number:04}" for number, house in enumerate(HOUSES, 1) if "鉴定等级" in house}
    by_addressee = {
        path.stem.removeprefix("鉴定结果抄送_"): path for path in (county.out / "报告").glob("*.docx")
    }
    assert TOWN in by_addressee
    assert GREENSTONE not in by_addressee  # none of its houses was appraised
    departments = by_addressee.keys() - set(UNITS)
    assert departments
    for addressee in (TOWN, *departments):
        assert numbers_in_list(by_addressee[addressee]) <= graded
    assert numbers_in_list(by_addressee[TOWN]) == graded
    assert HARD_CASE["鉴定机构"] not in text_of(by_addressee[TOWN])  # an owner's name in another column
    figures = json.loads(by_addressee[TOWN].with_suffix(".json").read_text("utf-8"))["figures"]
    assert {figure["name"]: figure["value"] for figure in figures}["appraised"] == len(graded)


def numbers_in_list(path: Path) -> set[str]:
    (table,) = docx.Document(str(path)).tables
    return {row.cells[1].text for row in table.rows[1:]}


AUDIT = """
    | 抽查日期   | 房屋编号 | 鉴定机构     | 鉴定报告编号 | 抽查结论 | 问题类型 |
    | 2024-05-20 | YS0001   | 云水鉴定公司 | 鉴1          | 不合格   | 缺项漏项 |
    | 2024-05-21 | YS0003   | 云水鉴定公司 | 鉴3          | 合格     |          |
"""


@pytest.mark.parametrize("audited", [True, False])
def test_who_appraised_is_listed_with_what_audits_found(county: Office, *, audited: bool) -> None:
    if audited:
        county.receive("抽查.xlsx", [[f"填报单位：{TOWN}"], *parse(AUDIT)[0]])
        county.aggregate()
    ran = county.run("report", "鉴定机构名录", "--period", PERIOD, "--county", county.folder)
    assert ran.code == 0, ran.err
    (path,) = county.out.rglob("鉴定机构名录_*.xlsx")
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    heads = next(row for row in rows if row[0] == "序号")
    by_name = {row[1]: dict(zip(heads, row, strict=True)) for row in rows[rows.index(heads) + 1 :]}
    assert HARD_CASE["鉴定机构"] not in by_name  # an owner's name is masked
    line = by_name[HAZARD["鉴定机构"]]
    graded = sum(house.get("鉴定机构") == HAZARD["鉴定机构"] for house in HOUSES)
    assert (line["鉴定房屋（栋）"], line["D级（栋）"]) == (graded, graded)
    assert (line["抽查报告（份）"], line["不合格（份）"]) == ((2, 1) if audited else ("未报", "未报"))
    assert line["是否列入名录"] is None
