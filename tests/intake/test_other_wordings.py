"""Each kind of what is no house, in other words, other places and other types of file."""

import pytest

from tests.intake.messy import column
from tests.intake.typed_files import HEADINGS, WORKBOOKS, checked_as, codes_of, counted, house, ledger
from tests.sheets import Cells

EXAMPLES = [
    *(
        ("序号", text)
        for text in (
            "如",
            "样",
            "样板",
            "样张",
            "示范",
            "/样例/",
            "举例说明",
            "示例1（请删除）",
            "EXAMPLE",
            "例 1",
        )
    ),
    *(
        ("房屋编号", text)
        for text in ("如：YS00001", "请填写编号", "示例编号", "（示例）YS00001", "样例-01", "XXXXXX", "×××")
    ),
    *(("产权人", text) for text in ("例：张三", "如：张三", "张三（样例）", "示例户主", "范例")),
    *(
        ("备注", text)
        for text in ("仅供参考，示例", "此行仅为填写范例", "以上为填写示例", "样例，上报前删除")
    ),
    ("房屋地址", "示例地址"),
    ("村（社区）", "示例村"),
    ("村（社区）", "如：东门村"),
]


@pytest.mark.parametrize(("heading", "text"), EXAMPLES)
@pytest.mark.parametrize(("extension", "place"), [("xlsx", 0), ("xls", 2), ("ods", 1), ("gb.csv", 0)])
def test_an_example_is_named_and_not_counted(heading: str, text: str, extension: str, place: int) -> None:
    rows = [house(number) for number in range(1, 4)]
    rows[place][HEADINGS.index(heading)] = text
    checked = checked_as(extension, ledger(rows))
    assert (counted(checked), codes_of(checked)) == ([2], ["F014"])


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("备注", "如：墙体开裂"),
        ("备注", "按示例整改，示例见附件"),
        ("备注", "依据条例第三条"),
        ("产权人", "如大山"),
        ("房屋地址", "如意街1号"),
        ("村（社区）", "样坡村"),
        ("组", "例山组"),
    ],
)
def test_a_house_with_such_words_is_counted(heading: str, text: str) -> None:
    checked = checked_as("xlsx", ledger([house(1), house(2, **{heading: text})]))
    assert (counted(checked), codes_of(checked)) == ([2], [])


EXPLANATIONS = {
    "fields of a form": ["字段1", "字段2", "字段3", "字段4", "字段5", "字段6", "字段7", "字段8"],
    "places of a program": [
        "${no}",
        "${houseId}",
        "${cun}",
        "${addr}",
        "${owner}",
        "${jy}",
        "${cs}",
        "${jg}",
    ],
    "places in braces": ["{.xh}", "{.bh}", "{.cun}", "{.dz}", "{.cqr}", "{.jy}", "{.cs}", "{.jg}"],
    "types of a database": [
        "int",
        "varchar(40)",
        "varchar",
        "varchar",
        "varchar",
        "char(1)",
        "int",
        "varchar",
    ],
    "demands": ["填表要求", "不得重复", "全称", "详细地址", "真实姓名", "是/否", "数字", "见字典"],
    "stars": ["*", "*", "*", "*", "*", "*", "*", "*"],
    "yes and no": ["是", "是", "是", "是", "是", "是", "否", "是"],
    "kinds": ["整型", "字符", "字符", "字符", "字符", "枚举", "整型", "枚举"],
}


@pytest.mark.parametrize("row", EXPLANATIONS.values(), ids=EXPLANATIONS)
@pytest.mark.parametrize(("extension", "place"), [("xlsx", 0), ("xls", 2), ("ods", 0), ("csv", 0)])
def test_a_row_that_explains_the_columns(row: list[str], extension: str, place: int) -> None:
    rows = [house(number) for number in range(1, 4)]
    rows.insert(place, [*row, *[""] * (len(HEADINGS) - len(row))])
    checked = checked_as(extension, ledger(rows))
    assert (counted(checked), codes_of(checked)) == ([3], ["F014"])


BESIDE = {
    "numbers without a number": [
        ["房屋编号", "是否经营性", "结构类型", "鉴定等级"],
        ["", "是", "砖混结构", "A"],
    ],
    "short words": [
        ["是否经营性", "结构类型", "鉴定等级"],
        ["经营性", "砖混", "A级"],
        ["非经营性", "框架", "B级"],
    ],
    "units": [
        ["乡镇（街道）", "是否经营性", "结构类型"],
        ["城关街道", "是", "砖混结构"],
        ["青石镇", "否", ""],
    ],
    "by lines": [["结构类型", "砖混结构", "砖木结构", "土木结构"], ["鉴定等级", "A", "B", "C", "D"]],
    "pivot of WPS": [["村（社区）", "计数项:产权人"], ["东村", "4"], ["(空白)", ""], ["总计", "4"]],
    "pivot with filters": [
        ["是否经营性", "(全部)"],
        [],
        ["求和项:地上层数", "列标签"],
        ["行标签", "砖混结构"],
    ],
    "sums": [["各村汇总"], ["村", "总数", "经营性"], ["东村", "4", "0"], ["合计", "4", "0"]],
}


@pytest.mark.parametrize("cells", BESIDE.values(), ids=BESIDE)
@pytest.mark.parametrize(
    ("extension", "hidden"), [(extension, extension != "xls") for extension in WORKBOOKS]
)
def test_a_sheet_beside_the_ledger_is_named_once(cells: Cells, extension: str, hidden: bool) -> None:
    checked = checked_as(extension, ledger([house(1), house(2)]), cells, hidden=hidden)
    said = [(problem.code, problem.sheet) for problem in checked.problems if problem.code != "C111"]
    assert (counted(checked), len(said)) == ([2], 1)
    assert said[0] in [("F015", "辅助1"), ("F016", "辅助1")]


LOST = [
    *(("产权人", text) for text in ("张?", "??", "张\ufffd", "锟斤拷", "ÕÅÈý", "寮犱笁", "å¼\xa0ä¸‰")),
    *(("房屋地址", text) for text in ("东门街?号", "¶«ÃÅ½Ö1ºÅ", "涓滈棬琛�1鍙�")),
    *(("备注", text) for text in ("鎴夸富澶栧嚭", "·¿Ö÷Íâ³ö", "ä½ å¥½", "屯屯屯", "已于??月整改")),
    ("房屋编号", "云?0001"),
    ("房屋编号", "YS？0001"),
    ("复核人", "李?"),
    ("组", "?组"),
]


@pytest.mark.parametrize(("heading", "text"), LOST)
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv"])
def test_lost_letters_are_found_in_every_file(heading: str, text: str, extension: str) -> None:
    checked = checked_as(extension, ledger([house(1), house(2, **{heading: text})]))
    assert codes_of(checked) == ["C116"]


@pytest.mark.parametrize("text", ["陈锘", "买买提·艾力", "Müller", "钱锟", "李珺", "张□□"])
def test_a_rare_name_is_no_loss(text: str) -> None:
    assert codes_of(checked_as("xlsx", ledger([house(1, 产权人=text)]))) == []


TICKED = {
    "是 ☐ 否 ☑": "否",
    "☐是 ✅否": "否",
    "【√】是【 】否": "是",
    "✗是 ✓否": "否",
    "口是 √否": "否",
    "●是 ○否": "是",
    "□经营性☑非经营性": "否",
    "√否 是": "否",
}


@pytest.mark.parametrize(("text", "expected"), TICKED.items())
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv"])
def test_the_ticked_option_is_read_in_every_file(text: str, expected: str, extension: str) -> None:
    checked = checked_as(extension, ledger([house(1, 是否经营性=text)]))
    assert column(checked, "is_commercial") == [expected]
    assert set(codes_of(checked)) <= {"L201"}  # a commercial house lacks its business


@pytest.mark.parametrize("text", ["是 否V", "是V 否", "A是 B否", "是@ 否", "☑是 ☑否", "是❌ 否❌"])
def test_nothing_is_proposed_where_it_is_not_clear(text: str) -> None:
    checked = checked_as("xlsx", ledger([house(1, 是否经营性=text)]))
    (wrong,) = [problem for problem in checked.problems if problem.field == "is_commercial"]
    assert (wrong.code, "是否为" in wrong.message) == ("C104", False)


DAYS_INSTEAD = [
    *((heading, "C117") for heading in ("组", "房屋地址", "产权人", "村（社区）", "复核人")),
    ("房屋编号", "C110"),
]


@pytest.mark.parametrize(("heading", "code"), DAYS_INSTEAD)
@pytest.mark.parametrize(
    ("text", "extension"),
    [("3月5日", "xls"), ("2024年3月", "gb.csv"), ("Mar-05", "csv"), ("5-Mar", "ods"), ("2024/3/5", "csv")],
)
def test_a_day_where_something_else_was_typed(heading: str, code: str, text: str, extension: str) -> None:
    assert codes_of(checked_as(extension, ledger([house(1), house(2, **{heading: text})]))) == [code]


@pytest.mark.parametrize("text", ["3-5", "12-8栋", "2024-5号", "三月", "5月花园", "2023-YS-05"])
def test_what_only_looks_like_a_day_is_left_alone(text: str) -> None:
    assert codes_of(checked_as("csv", ledger([house(1, 组=text, 房屋地址=text)]))) == []


@pytest.mark.parametrize(
    ("text", "year"), [("1905/6/20", 1998), ("1905年7月11日", 2019), ("1905-6-25 00:00:00", 2003)]
)
@pytest.mark.parametrize("extension", ["xls", "ods", "gb.csv"])
def test_a_year_in_a_cell_of_days_is_the_year_typed(text: str, year: int, extension: str) -> None:
    checked = checked_as(extension, ledger([house(1, 建成年份=text)]))
    assert (column(checked, "build_year"), codes_of(checked)) == ([year], [])


@pytest.mark.parametrize("text", ["1905", "1905/6", "1905年6月", "1905年"])
@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_where_the_year_typed_is_gone_1905_is_asked_about(text: str, extension: str) -> None:
    checked = checked_as(extension, ledger([house(1, 建成年份=text)]))
    assert (column(checked, "build_year"), codes_of(checked)) == ([1905], ["C119"])


SWEEP = [
    "村",
    "共核查房屋",
    "错排房屋",
    "漏排房屋",
    "共核查房屋",
    "发现隐患房屋",
    "整改完成",
    "共核查",
    "发现安全鉴定不合格",
]
GROUPS = ["", "错漏排专项核查", "", "", "“三类重点”全面复核", "", "", "安全鉴定专项抽查", ""]
VILLAGES = "甲乙丙丁戊己庚辛壬"


def side_by_side(parts: int, gap: int, lacking: int = 0) -> Cells:
    """A list of villages printed in parts beside each other; the last part may be shorter."""

    def joined(blocks: list[list[str]]) -> list[str]:
        return [text for place, block in enumerate(blocks) for text in ([""] * gap * bool(place) + block)]

    long = 3
    rows = [
        joined(
            [
                [f"{VILLAGES[part * long + row]}村", "12", "1", "0", "5", "2", "1", "3", "0"]
                if part < parts - 1 or row < long - lacking
                else [""] * len(SWEEP)
                for part in range(parts)
            ]
        )
        for row in range(long)
    ]
    count = parts * long - lacking
    total = ["总计（栋）", *(str(count * number) for number in (12, 1, 0, 5, 2, 1, 3, 0))]
    return [["填报单位：城关街道"], joined([GROUPS] * parts), joined([SWEEP] * parts), *rows, total]


@pytest.mark.parametrize(("parts", "gap", "lacking"), [(2, 0, 0), (2, 2, 1), (3, 1, 0), (3, 1, 2)])
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv"])
def test_lists_printed_side_by_side_are_said_once(parts: int, gap: int, lacking: int, extension: str) -> None:
    checked = checked_as(extension, side_by_side(parts, gap, lacking))
    assert codes_of(checked) == ["F018"]
    assert sum(counted(checked)) == 3 * parts - lacking
    assert checked.problems[0].cell == f"{'ABCDEFGHIJKLMNOP'[len(SWEEP) + gap]}3"


@pytest.mark.parametrize(
    "nothing", ["(跳过)", "（空）", "NULL", "(null)", "\\N", "NaN", "NaT", "<NA>", "None"]
)
def test_what_a_program_writes_for_a_blank_is_one(nothing: str) -> None:
    fields = {
        "复核日期": "reviewed_on",
        "鉴定等级": "grade",
        "管控措施": "controls",
        "复核人": "reviewer",
        "备注": "remarks",
    }
    headings = list(dict.fromkeys([*HEADINGS, *fields]))
    rows = [[*house(number), *[""] * (len(headings) - len(HEADINGS))] for number in (1, 2)]
    for heading in fields:
        rows[1][headings.index(heading)] = nothing
    checked = checked_as("xlsx", ledger(rows, headings))
    assert codes_of(checked) == []
    (table,) = checked.tables
    assert {*map(str, table.frame[list(fields.values())].loc[1])} == {"None", "()"}


def test_an_example_is_one_where_the_heading_of_row_numbers_stands_beside_the_groups() -> None:
    groups = ["序号", "基本情况", *[""] * (len(HEADINGS) - 2)]
    rows = [["", *HEADINGS[1:]], ["示例", *house(1)[1:]], house(2), house(3)]
    assert counted(checked_as("csv", ledger(rows, groups))) == [2]
