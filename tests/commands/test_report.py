"""`zjf report`: papers to sign; drafts say why they are none, and `--final` refuses them."""

from pathlib import Path

import docx
import openpyxl
import pytest

from zjf.schemas import FORMS

from .office import GREENSTONE, MINE, TOWN, UNITS, UNREVIEWED, WRONG, Office, ledger
from .papers import PAPERS, made, report, take_in, two_houses_a_unit, words
from .prepared import prepared

WAIVER = """
[[waivers]]
code = "C104"
unit = "青石镇"
reason = "历史档案如此"
by = "王某"
until = 2024-12-31
"""


county = prepared(two_houses_a_unit)


def files(office: Office, folder: str) -> set[str]:
    return {path.name for path in (office.out / folder).iterdir()}


def test_every_unit_and_the_county_in_both_styles(county: Office) -> None:
    ran = report(county, *PAPERS, "--as", "xlsx,pdf")
    assert (ran.code, ran.err) == (0, "")
    assert files(county, "附件") == {
        f"{number}_{name}.{style}"
        for number in ("附件1", "附件2")
        for name in (*UNITS, "云水县")
        for style in ("xlsx", "pdf")
    }
    assert ran.out.splitlines()[-1] == "共 16 个文件。"


def test_both_styles_bear_the_same_code(county: Office) -> None:
    report(county, *PAPERS, "--as", "xlsx,pdf")
    (sheet,) = openpyxl.load_workbook(made(county, "附件2_青石镇.xlsx")).worksheets
    footer = sheet.oddFooter.left.text
    assert "2024年第23周（6月3日—6月9日）　校验码 " in footer
    assert "".join(footer.split()) in words(made(county, "附件2_青石镇.pdf"))


def test_a_second_run_gives_the_same_bytes(county: Office) -> None:
    once, twice = county.folder / "一", county.folder / "二"
    for folder in (once, twice):
        report(county, *PAPERS, "house-ledger", "--as", "xlsx,pdf", "-o", folder)
    names = [path.name for path in once.iterdir()]
    assert len(names) == 24
    assert all((once / name).read_bytes() == (twice / name).read_bytes() for name in names)


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs if paragraph.text]


def test_a_letter_goes_with_the_countys_tables(office: Office) -> None:
    settings = office.folder / "zjf.toml"
    superior = '[county]\nsuperior = "云州市住房和城乡建设局"'
    settings.write_text(settings.read_text("utf-8").replace("[county]", superior), "utf-8")
    take_in(office, {GREENSTONE: [{}, WRONG]}, "--partial")
    ran = report(office, *PAPERS, "--cover")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "共 9 个文件。")
    assert paragraphs(made(office, "随文函.docx")) == [
        "关于报送自建房安全专项整治有关报表的函",
        "云州市住房和城乡建设局：",
        "现将云水县2024年第23周（6月3日—6月9日）自建房安全专项整治有关报表2份随函报送，请审阅。",
        "截至2024年6月7日，全县（含部分接收的青石镇）累计排查自建房5栋，其中经营性0栋、非经营性5栋。"
        "非经营性自建房鉴定率—，整治率—，销号率—。",
        "备注：部分接收：青石镇（退回1行）。",
        "签字情况：城关街道、青石镇、石岭矿区管理处尚未签字。",
        "附件：1. 前期采取管理措施销号的自建房复核台账",
        "　　　2. 自建房安全专项整治攻坚行动工作台账",
        "云水县自建房安全专项整治工作领导小组办公室",
        "2024年6月7日",
        "（联系人：　　　　　联系电话：　　　　　　　）",
    ]


def test_a_single_table_that_goes_with_a_letter_has_no_number(county: Office) -> None:
    county.change_settings("[county]", '[county]\nsuperior = "云州市住房和城乡建设局"')
    report(county, PAPERS[1], "--cover")
    assert "附件：自建房安全专项整治攻坚行动工作台账" in paragraphs(made(county, "随文函.docx"))


def test_no_letter_goes_to_nobody_or_with_a_units_tables(county: Office) -> None:
    ran = report(county, *PAPERS, "--cover")
    assert (ran.code, "zjf.toml" in ran.err, "superior" in ran.err) == (3, True, True)
    ran = report(county, *PAPERS, "--cover", "--unit", TOWN)
    assert (ran.code, "--cover 只配全县的表" in ran.err) == (2, True)
    assert not list(county.out.rglob("附件*"))


def test_ledgers_are_printed_without_personal_data_unless_asked_for(county: Office) -> None:
    report(county, "house-ledger", "--unit", TOWN, "--as", "pdf")
    path = made(county, f"{FORMS['house-ledger'].info.title}_{TOWN}.pdf")
    assert "赵1" not in words(path)
    assert "共2行，个人信息已隐去" in words(path)
    report(county, "house-ledger", "--unit", TOWN, "--as", "pdf", "--show-personal")
    assert "赵1" in words(path)


def test_a_full_set_is_final(county: Office) -> None:
    assert report(county, *PAPERS, "--as", "pdf", "--final").code == 0
    assert "草稿" not in words(made(county, "附件2_云水县.pdf"))


def test_a_missing_unit_makes_the_county_s_table_a_draft(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.aggregate()
    ran = report(office, "attachment-2", "--as", "xlsx,pdf")
    assert ran.code == 0
    assert f"未报：{GREENSTONE}、{MINE}" in ran.err
    county, own = words(made(office, "附件2_云水县.pdf")), words(made(office, f"附件2_{TOWN}.pdf"))
    assert "草稿" in county
    assert f"备注：未报：{GREENSTONE}、{MINE}。" in county
    assert "草稿" not in own
    (sheet,) = openpyxl.load_workbook(made(office, "附件2_云水县.xlsx")).worksheets
    assert "草稿" in sheet.oddHeader.right.text


def test_final_refuses_drafts_with_the_reasons_and_writes_nothing(office: Office) -> None:
    take_in(office, {GREENSTONE: [{}, WRONG]}, "--partial")
    ran = report(office, "attachment-2", "--final")
    assert (ran.code, ran.out) == (1, "")
    assert "还不能出正式表" in ran.err
    assert f"部分接收：{GREENSTONE}（退回1行）" in ran.err
    assert not (office.out / "附件").exists()
    assert report(office, "attachment-2", "--unit", TOWN, "--final").code == 0


def test_a_return_sent_back_after_an_accepted_one_makes_a_draft(county: Office) -> None:
    take_in(county, {GREENSTONE: [{}, WRONG]})
    ran = report(county, "attachment-2", "--unit", GREENSTONE, "--final")
    assert ran.code == 1
    assert "后报的表已退回，本表用上次接收的数据" in ran.err


def test_a_waiver_in_force_is_a_footnote_of_a_draft(office: Office) -> None:
    (office.folder / "waivers.toml").write_text(WAIVER, encoding="utf-8")
    take_in(office, {GREENSTONE: [{}, WRONG]})
    report(office, "attachment-2", "--as", "pdf")
    for name in (GREENSTONE, "云水县"):
        text = words(made(office, f"附件2_{name}.pdf"))
        assert f"豁免（{GREENSTONE}）：C104" in text
        assert "历史档案如此" in text
        assert "草稿" in text
    assert "草稿" not in words(made(office, f"附件2_{TOWN}.pdf"))


def test_an_unmet_duty_is_said_on_the_table_and_keeps_none_from_being_signed(office: Office) -> None:
    take_in(office, {GREENSTONE: [{}, UNREVIEWED]})
    assert report(office, "attachment-2", "--as", "pdf", "--final").code == 0
    for name in (GREENSTONE, "云水县"):
        assert "（L208）1栋。" in words(made(office, f"附件2_{name}.pdf"))
    assert "未落实事项" not in words(made(office, f"附件2_{TOWN}.pdf"))


@pytest.mark.parametrize("style", ["odt", "xlsx，odt", ""])
def test_a_style_that_there_is_not(county: Office, style: str) -> None:
    ran = report(county, "attachment-2", "--as", style)
    assert ran.code == 2
    assert "可用的有：xlsx、pdf" in ran.err
