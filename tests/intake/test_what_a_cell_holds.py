"""What a cell holds, as a person sees it: ticks, pictures, years, lost letters, percent signs."""

import io

import pytest
import xlsxwriter
import xlwt

from tests.intake.messy import column
from tests.sheets import A_PLAIN_HOUSE, check, found_in, workbook
from zjf.checking.one_return import CheckedReturn

HEADINGS = [*A_PLAIN_HOUSE, "组", "建成年份", "产权人证件号码", "复核人", "管控措施", "备注"]
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff"
    b"\xff?\0\x05\xfe\x02\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82"
)


def house(**changed: str) -> list[str]:
    plain = {name: text.format(number=1) for name, text in A_PLAIN_HOUSE.items()}
    return [(plain | changed).get(name, "") for name in HEADINGS]


def checked_house(**changed: str) -> CheckedReturn:
    return check(workbook([["填报单位：城关街道"], HEADINGS, house(**changed)]))


def cell(heading: str) -> str:
    return f"{chr(ord('A') + HEADINGS.index(heading))}3"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "□是 ☑否",
            "□是 √否",
            "否√",
            "是□ 否☑",
            "是□否☑",
            "□ 是  ☑ 否",
            "□是■否",
            "是（ ） 否（√）",
            "[ ]是 [√]否",
        ),
        *("☐是 ☒否", "是□ 否☒", "o是 R否", "£是 R否", "是£ 否R", "○是 ●否", "是×否√", "□是\n☑否", "是 ☑否"),
        *("⊙否 ○是", "是〔 〕 否〔√〕"),
    ],
)
def test_the_ticked_option_is_read(text: str) -> None:
    checked = checked_house(是否经营性=text)
    assert column(checked, "is_commercial") == ["否"]
    assert found_in(checked) == set()


@pytest.mark.parametrize("sign", ["①", "②", "Ⅲ"])
def test_a_sign_alone_is_quoted_as_it_stands(sign: str) -> None:
    (found,) = checked_house(结构类型=sign).problems
    assert (found.code, found.value) == ("C104", sign)
    assert f"「{sign}」" in found.message


@pytest.mark.parametrize(("word", "code"), [("null", "C101"), ("NaN", "C101"), ("undefined", "C104")])
def test_nothing_is_proposed_for_what_a_program_writes_for_a_blank(word: str, code: str) -> None:
    (found,) = checked_house(是否经营性=word).problems
    assert (found.code, "是否为" in found.message) == (code, False)
    assert f"「{word}」" in found.message


def test_several_options_of_a_list_may_be_ticked() -> None:
    checked = checked_house(管控措施="☑停止使用 □停止经营 ☑封控警示", 结构类型="砖混□ 土木☑")
    assert column(checked, "controls") == [("停止使用", "封控警示")]
    assert column(checked, "structure") == ["土木结构"]


@pytest.mark.parametrize("text", ["是☑否", "☑是 ☑否", "□是 ×否", "☑是□否☑", "□是 ☑不晓得"])
def test_what_is_not_clear_is_not_guessed(text: str) -> None:
    checked = checked_house(是否经营性=text)
    (wrong,) = [problem for problem in checked.problems if problem.code == "C104"]
    assert "是否为" not in wrong.message


def test_no_option_ticked_is_a_blank() -> None:
    assert found_in(checked_house(是否经营性="□是 □否")) == {("C101", cell("是否经营性"))}


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("产权人", "赵?"),
        ("产权人", "？小河"),
        ("产权人", "赵\ufffd河"),
        ("产权人", "锟斤拷"),
        ("产权人", "&#36213;河"),
        ("产权人", "\\u8d75河"),
        ("产权人", "%E8%B5%B5"),
        ("房屋地址", "东村&nbsp;1号"),
        ("房屋地址", "东村<br/>1号"),
        ("产权人", "张三丰".encode().decode("gbk", "replace")),
        ("产权人", "张三".encode().decode("gbk")),
        ("房屋地址", "东门街1号".encode("gbk").decode("latin-1")),
        ("房屋地址", "东门?1号"),
        ("备注", "已于??月整改"),
        ("产权人", "赵\ue863河"),
    ],
)
def test_lost_letters_are_found(heading: str, text: str) -> None:
    assert ("C116", cell(heading)) in found_in(checked_house(**{heading: text}))


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("备注", "是否有租户？"),
        ("备注", "待核实?"),
        ("产权人", "刘婧"),
        ("产权人", "骞渭南"),
        ("房屋地址", "淇水街3-5号"),
    ],
)
def test_whole_texts_are_left_alone(heading: str, text: str) -> None:
    assert found_in(checked_house(**{heading: text})) == set()


@pytest.mark.parametrize(("heading", "code"), [("组", "C117"), ("房屋地址", "C117"), ("房屋编号", "C110")])
@pytest.mark.parametrize("text", ["=2024-03-05", "3月5日"])
def test_a_text_that_became_a_day_is_damage(heading: str, code: str, text: str) -> None:
    assert found_in(checked_house(**{heading: text})) == {(code, cell(heading))}


def test_a_day_alone_may_be_a_remark() -> None:
    assert found_in(checked_house(备注="=2024-03-05")) == set()


@pytest.mark.parametrize("text", ["=1905-06-20", "1905/6/20", "1905-06-20"])
def test_a_year_shown_as_a_day_of_1905_is_the_year_typed(text: str) -> None:
    assert column(checked_house(建成年份=text), "build_year") == [1998]


def test_a_year_in_a_column_of_days_is_no_day() -> None:
    checked = checked_house(整治完成日期="=1905-07-16")
    assert found_in(checked) == {("C105", cell("整治完成日期"))}
    assert "年份" in checked.problems[-1].message


@pytest.mark.parametrize("number", ["990101197001010025", "110101199003077000", "330106196504120017"])
def test_a_wrong_identity_number_is_no_credit_code(number: str) -> None:
    from zjf.intake.values.documents import is_credit_code, is_identity

    if not is_identity(number):
        assert not is_credit_code(number)
        assert ("C107", cell("产权人证件号码")) in found_in(checked_house(产权人证件号码=number))


def with_pictures() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("台账")
        for row, line in enumerate([["填报单位：城关街道"], HEADINGS, house()]):
            sheet.write_row(row, 0, line)
        for heading in ("备注", "复核人", "房屋地址"):
            sheet.embed_image(2, HEADINGS.index(heading), "脸.png", {"image_data": io.BytesIO(PNG)})
    return buffer.getvalue()


def test_a_picture_placed_in_a_cell_is_no_error_value() -> None:
    assert found_in(check(with_pictures())) == {
        ("C118", cell("备注")),
        ("C118", cell("复核人")),
        ("C101", cell("房屋地址")),
    }


@pytest.mark.parametrize("formula", ['=DISPIMG("ID_0123",1)', '=_xlfn.DISPIMG("ID_0123",1)'])
def test_a_picture_of_wps_is_no_text(formula: str) -> None:
    checked = checked_house(备注=formula, 产权人=formula)
    assert found_in(checked) == {("C118", cell("备注")), ("C101", cell("产权人"))}
    assert not any("ID_0123" in str(problem) for problem in checked.problems)


@pytest.mark.parametrize("function", ["DISPIMG", "_xlfn.DISPIMG", "_xlfn.IMAGE", "IMAGE"])
@pytest.mark.parametrize("saved", ["#NAME?", "0", "", "=DISPIMG(1)"])
def test_a_function_that_shows_a_picture_is_known_whatever_was_saved_for_it(
    function: str, saved: str
) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("台账")
        for row, line in enumerate([["填报单位：城关街道"], HEADINGS, house()]):
            sheet.write_row(row, 0, line)
        for heading in ("备注", "复核人", "产权人"):
            sheet.write_formula(2, HEADINGS.index(heading), f'={function}("ID_0123",1)', None, saved)
    checked = check(buffer.getvalue())
    assert found_in(checked) == {
        ("C118", cell("备注")),
        ("C118", cell("复核人")),
        ("C101", cell("产权人")),
    }
    assert not any("ID_0123" in str(problem) for problem in checked.problems)


def test_radicals_are_read_as_the_characters_they_stand_for() -> None:
    checked = check(workbook([["填报单位：⻘⽯镇"], HEADINGS, house(产权人="⻢⼩⻰")]))
    assert (checked.tables[0].unit, column(checked, "owner_name"), found_in(checked)) == (
        "青石镇",
        ["马小龙"],
        set(),
    )


def test_a_character_kept_for_compatibility_is_the_usual_one() -> None:
    checked = check(workbook([["填报单位：城关街道"], HEADINGS, house(产权人="\uf90a\uf9f7\uf934")]))
    assert column(checked, "owner_name") == ["金立老"]


RATE = [
    "乡镇（街道）",
    "初判隐患数量①",
    "经技术人员鉴定复核无隐患数量②",
    "未鉴定直接工程措施数量③",
    "已鉴定数量④",
]


def percent_in_xls(number: float, number_format: str) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    style = xlwt.easyxf(num_format_str=number_format)
    sheet.write(0, 0, number, style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("number_format", "how"),
    [
        ('0.00"%"', ".2f"),
        (r"0.00\%", ".2f"),
        ('0.00"％"', ".2f"),
        ('0"%"', ".0f"),
        ('#,##0.0" %"', ".1f"),
        ('[<100]0.00"%";0"%"', ".2f"),
        ('General"%"', ".15g"),
        ("0.00%", None),
        ("0.00", None),
    ],
)
def test_a_percent_sign_that_only_the_format_writes(number_format: str, how: str | None) -> None:
    from zjf.intake.limits import Limits
    from zjf.intake.workbook import open_sheets

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet().write_number(0, 0, 76.92, book.add_format({"num_format": number_format}))
    for name, data in (("a.xlsx", buffer.getvalue()), ("a.xls", percent_in_xls(76.92, number_format))):
        (sheet,) = open_sheets(name, data, Limits())
        assert sheet.extras.percents.get((0, 0)) == how
