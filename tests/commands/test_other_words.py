"""Names and words in other spellings, and what is said where a word is none that is known."""

import pytest

from zjf.commands.root import in_english
from zjf.errors import UsageError
from zjf.naming.kinds import NameOf
from zjf.naming.resolving import CommandCounty, public_name
from zjf.services.explaining.explainable_figures import find_explainable

from .office import PERIOD, Office
from .papers import two_houses_a_unit
from .prepared import prepared

county = prepared(two_houses_a_unit)


@pytest.mark.parametrize(
    "written", ["附件（二）", "附件贰", "表2", "表二", "附表 2", "attachment2", "ATTACHMENT 2"]
)
def test_an_attachment_goes_by_its_number_however_that_is_written(written: str) -> None:
    assert public_name(NameOf.TABLE, written, CommandCounty()) == "attachment-2"


@pytest.mark.parametrize(
    ("kind", "written", "said"),
    [
        (NameOf.TABLE, "附件3", "是否为「附件1」或「附件2」"),
        (NameOf.NOTICE, "嘉祥2023", "最接近的是 jiaxiang-2024"),
        (NameOf.TABLE, "通知书", "它由 zjf paper 通知书 做。"),
        (NameOf.PAPER, "附件2", "它由 zjf report 附件2 做。"),
        (NameOf.TABLE, "合并台账", "它由 zjf friday 做。"),
    ],
)
def test_what_is_not_of_the_kind_is_told_with_what_is_near(kind: NameOf, written: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        public_name(kind, written, CommandCounty())


def test_the_county_goes_by_its_short_name(office: Office) -> None:
    assert public_name(NameOf.UNIT_OR_COUNTY, "云水", CommandCounty(office.folder)) == "云水县"
    with pytest.raises(UsageError, match="要看全县的，请不写 --unit"):
        public_name(NameOf.UNIT, "云水", CommandCounty(office.folder))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("help", "--help"),
        ("帮助 校验", "validate --help"),
        ("校验 -h", "validate --help"),
        ("--帮助", "--help"),
        ("VALIDATE x", "validate x"),
        ("ｆｒｉｄａｙ", "friday"),
        ("规则 列表", "rules list"),
        ("规则 查看 嘉祥", "rules show 嘉祥"),
        ("规则 比较 嘉祥 云阳", "rules diff 嘉祥 云阳"),
        ("汇总 校验", "aggregate 校验"),
    ],
)
def test_a_command_and_its_help_go_by_chinese_names(written: str, meant: str) -> None:
    assert in_english(written.split()) == meant.split()


def test_options_are_known_in_capitals_and_with_the_dashes_of_chinese_text(county: Office) -> None:
    for words in ("--PERIOD", "－－期次", "——期次", "—period"):
        assert county.run("status", words, PERIOD, "--county", county.folder).code == 0, words


@pytest.mark.parametrize("written", ["附件二/销号率", "表2/销号率", "附二/销号率"])
def test_a_figure_of_a_form_is_explained_however_the_form_is_called(written: str) -> None:
    assert find_explainable(public_name(NameOf.TOPIC, written, CommandCounty()), None)


def test_a_command_of_a_group_is_not_taken_for_one_of_the_program(office: Office) -> None:
    assert "是否为 list（列表）" in office.run("rules", "列标").err
    assert "是否为 validate（校验）" in office.run("VALIDAT").err


def test_several_names_may_stand_together(county: Office) -> None:
    ran = county.run(
        "出表", "附件1、附件2", "--单位", "青石，城关", "--期次", PERIOD, "--county", county.folder
    )
    assert ran.code == 0, ran.err
    assert "共 4 个文件" in ran.out


def test_choices_are_known_in_capitals_and_told_in_chinese(office: Office) -> None:
    blank = office.folder / "空白.xlsx"
    assert office.run("template", "台账", "--columns", "ALL", "-o", blank).code == 0
    assert "（也可写 标准、常用、全部、所有）" in office.run("template", "台账", "--columns", "一些").err
