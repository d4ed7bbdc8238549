"""What a hint asks (是否为…？) leads nobody to the opposite of what was written."""

import pytest

from tests.intake.messy import assert_cells, column
from tests.intake.typed_files import HEADINGS, checked_as, codes_of, house, ledger
from tests.sheets import A_PLAIN_HOUSE, check, workbook
from zjf.intake.values.proposals import probably_meant
from zjf.intake.values.simplified import SIMPLIFIED
from zjf.schemas import FORMS
from zjf.schemas.vocabulary import (
    AcceptanceResult,
    Alteration,
    Business,
    ClosureBasis,
    CodeList,
    Commercial,
    Control,
    Finding,
    Grade,
    InitialJudgement,
    IssueSource,
    Measure,
    Permit,
    PlatformCategory,
    Structure,
)

JUDGED = {"初判日期": "2024-03-05"}


@pytest.mark.parametrize(
    ("codes", "text", "meant"),
    [
        (InitialJudgement, "初判无隐患", "未发现安全隐患"),
        (InitialJudgement, "暂无隐患", "未发现安全隐患"),
        (InitialJudgement, "存在一定安全隐口", None),
        (Finding, "确有隐患", "有隐患"),
        (Structure, "钢筋昆凝土", "钢筋混凝土结构"),
        (InitialJudgement, "安全", "未发现安全隐患"),
        (InitialJudgement, "不安全", None),
        (InitialJudgement, "未判", None),
        (InitialJudgement, "未发现严重安全隐患", None),
        (InitialJudgement, "严重", "存在严重安全隐患"),
        (InitialJudgement, "一般隐患", "存在一定安全隐患"),
        (InitialJudgement, "有隐患", None),
        (InitialJudgement, "存在安全隐患", None),
        (Finding, "有隐患（轻微）", "有隐患"),
        (Finding, "安全", "无隐患"),
        (Finding, "隐患已消除", None),
        (Finding, "未复核", None),
        (ClosureBasis, "鉴定B级", "鉴定为A、B级"),
        (IssueSource, "省住建厅督查", None),
        (IssueSource, "市督查", "市级检查"),
        (IssueSource, "国家住建部督查", "国家检查"),
        (ClosureBasis, "鉴定为C、D级", None),
        (ClosureBasis, "已销号", None),
        (Control, "停止使用(已解除)", None),
        (Control, "已停止使用", "停止使用"),
        (Control, "拟停止使用", None),
        (Control, "建议停止使用", None),
        (Control, "正在撤离人员", None),
        (Control, "停止使用中", None),
        (ClosureBasis, "计划采取工程措施", None),
        (Commercial, "未经营", "否"),
        (Commercial, "经营性自建房", "是"),
        (Measure, "工程措施", None),
        (Measure, "已拆除", "整体拆除"),
        (Measure, "拟拆除重建", "拆除重建"),
        (Measure, "和局部拆除", "局部拆除"),
        (Measure, "全部拆除", "整体拆除"),
        (Control, "处理使用", None),
        (Control, "限制使用", "限制用途"),
        (Structure, "砌体结构", None),
        (Structure, "框架混凝结构", "钢筋混凝土结构"),
        (Structure, "砖昆", "砖混结构"),
        (Structure, "彩钢", "钢结构"),
        (Grade, "三级", None),
        (Grade, "C级(局部危房)", "C"),
        (Business, "理发店", None),
        (Business, "药店", None),
        (Business, "仓库", "仓储物流"),
        (Alteration, "拆墙", None),
        (Permit, "不齐", None),
        (Structure, "磚混", "砖混结构"),
        (Structure, "鋼筋混凝土結構", "钢筋混凝土结构"),
        (Structure, "鉄骨造", None),
        (InitialJudgement, "未發現安全隱患", "未发现安全隐患"),
        (InitialJudgement, "無隱患", "未发现安全隐患"),
        (InitialJudgement, "無嚴重隱患", None),
        (Business, "農家樂", "农家乐"),
        (Control, "停止營業", "停止经营"),
    ],
)
def test_what_was_meant_is_asked_and_never_the_opposite(codes: type, text: str, meant: str | None) -> None:
    assert probably_meant(codes, text) == meant


@pytest.mark.parametrize("codes", [InitialJudgement, Finding, Commercial, AcceptanceResult, PlatformCategory])
def test_a_letter_that_cannot_be_read_turns_nothing_into_its_opposite(codes: type[CodeList]) -> None:
    for wording, code in codes.by_wording().items():
        if len(wording) > 2:
            garbled = (f"{wording[:place]}口{wording[place + 1 :]}" for place in range(len(wording)))
            assert {probably_meant(codes, text) for text in garbled} <= {code, None}


def test_no_hazard_in_other_words() -> None:
    assert_cells(
        """
        | 初判结论                | 读作             |
        | 没有隐患 [C111]         | 未发现安全隐患   |
        | 未见安全隐患 [C111]     | 未发现安全隐患   |
        | 有严重安全隐患 [C111]   | 存在严重安全隐患 |
        | 有一定隐患 [C111]       | 存在一定安全隐患 |
        | 有隐患 [C104]           |                  |
        """,
        beside=JUDGED | {"管控措施": "停止使用"},
    )


@pytest.mark.parametrize(
    ("heading", "lacks"),
    [
        ("占地面积", "建筑面积（㎡）"),
        ("地下层数", "地上层数"),
        ("计划整治完成日期", "整治完成日期"),
        ("拟销号日期", "销号日期"),
        ("拟采取管控措施", "管控措施"),
        ("上次初判结论", "初判结论"),
        ("使用人身份证号", "产权人证件号码"),
    ],
)
def test_a_heading_that_means_another_thing_is_not_proposed(heading: str, lacks: str) -> None:
    """Who renames the column would report a plan, another time or another person."""
    lacking = {name: text for name, text in A_PLAIN_HOUSE.items() if name != lacks}
    row = [text.format(number=1) for text in lacking.values()]
    checked = check(workbook([["填报单位：城关街道"], [*lacking, heading], [*row, ""]]))
    (hint,) = (problem.hint for problem in checked.problems if problem.code == "F006")
    assert f"「{lacks}」" not in hint
    assert "使用人" not in hint


def test_a_number_that_nobody_has_given_yet_is_none() -> None:
    assert_cells("""
        | 房屋编号      | 读作  |
        | 待定 [C101]   |       |
        | 未编号 [C101] |       |
        | 不详 [C101]   |       |
        | 待-01         | 待-01 |
    """)


@pytest.mark.parametrize("extension", ["xlsx", "gb.csv"])
def test_a_row_of_units_and_the_number_of_a_page_are_no_houses(extension: str) -> None:
    units = {"地上层数": "（层）", "建成年份": "年", "是否经营性": "是/否"}
    page = {"房屋地址": "- 1 -"}
    under, between = ([words.get(name, "") for name in HEADINGS] for words in (units, page))
    checked = checked_as(extension, ledger([under, house(1), between, house(2)]))
    assert (column(checked, "house_id"), codes_of(checked)) == (["YS0001", "YS0002"], [])


def test_a_short_heading_is_not_matched_by_one_letter() -> None:
    checked = checked_as(
        "xlsx", [[*row, text] for row, text in zip(ledger([house(1)]), ("", "", "备用", "x"), strict=True)]
    )
    (hint,) = (problem.hint for problem in checked.problems if problem.code == "F006")
    assert "是否为" not in hint


CODE_LISTS = sorted(
    {field.codes for form in FORMS.values() for field in form.fields if field.codes},
    key=lambda codes: codes.__name__,
)


@pytest.mark.parametrize("codes", CODE_LISTS, ids=lambda codes: codes.__name__)
def test_every_code_is_known_in_traditional_characters(codes: type[CodeList]) -> None:
    """磚混結構 asks for 砖混结构: whichever of the ways to write a character was taken."""
    pairs = [(simple, other) for other, simple in SIMPLIFIED.items()]
    for code in codes:
        for script in (dict(pairs), dict(reversed(pairs))):
            written = code.value.translate(str.maketrans(script))
            assert written == code.value or probably_meant(codes, written) == code.value, written
