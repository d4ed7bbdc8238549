"""Identity numbers, credit codes and telephones. All are made up: no place has the area code 990101."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from tests.intake.messy import assert_cells
from zjf.intake.values.documents import identities_among, is_credit_code, is_identity


def identity(body: str) -> str:
    return body + ric.calc_check_digit(body + "0")


def credit(body: str) -> str:
    return body + uscc.calc_check_digit(body)


PERSON = identity("99010119650412001")
OTHER = identity("99010119700101002")
WRONG = PERSON[:-1] + ("1" if PERSON[-1] != "1" else "2")
UNBORN = identity("99010120990101001")
NO_SUCH_DAY = identity("99010119650230001")
FIRM = credit("91990101MA0000001")
WRONG_FIRM = FIRM[:-1] + ("A" if FIRM[-1] != "A" else "B")
OLD = "990101650412001"


def test_identity_numbers_and_credit_codes() -> None:
    assert_cells(f"""
        | 产权人证件号码                | 读作              |
        | {PERSON}                      | {PERSON}          |
        | {PERSON.lower()}              | {PERSON}          |
        | {PERSON[:6]} {PERSON[6:14]} {PERSON[14:]} [C111] | {PERSON} |
        | 身份证号：{PERSON} [C111]     | {PERSON}          |
        | {PERSON}、{OTHER}             | {PERSON}、{OTHER} |
        | {PERSON}，{OTHER} [C111]      | {PERSON}、{OTHER} |
        | {PERSON}\\n{OTHER} [C111]     | {PERSON}、{OTHER} |
        | {PERSON} {OTHER} [C111]       | {PERSON}、{OTHER} |
        | {OLD}                         | {OLD}             |
        | ={OLD}                        | {OLD}             |
        | {FIRM}                        | {FIRM}            |
        | {FIRM.lower()} [C111]         | {FIRM}            |
        | 无                            |                   |
        |                               |                   |
    """)


def test_what_is_wrong_with_a_number_is_said() -> None:
    checked = assert_cells(f"""
        | 产权人证件号码               | 读作 |
        | {WRONG} [C107]               |      |
        | {UNBORN} [C107]              |      |
        | {NO_SUCH_DAY} [C107]         |      |
        | {PERSON[:-1]} [C107]         |      |
        | {PERSON}1 [C107]             |      |
        | {WRONG_FIRM} [C107]          |      |
        | 990101651332001 [C107]       |      |
        | 12345 [C107]                 |      |
        | {PERSON}、{WRONG} [C107]     |      |
    """)
    said = {problem.cell: problem.message for problem in checked.problems}
    assert "校验码不符" in said["A2"]
    assert "出生日期不存在" in said["A3"]
    assert "有 17 位，应为 18 位" in said["A5"]
    assert "统一社会信用代码校验不符" in said["A7"]


def test_an_identity_number_stored_as_a_number_is_never_a_bad_check_digit() -> None:
    """Its last digits are lost, and what is left may pass the check by chance (facts.md#long-numbers)."""
    days = (f"1965{month:02}{day:02}" for month in range(1, 13) for day in range(1, 29))
    lucky = next(number for day in days if ric.calc_check_digit(number := f"990101{day}1000") == "0")
    assert_cells(f"""
        | 产权人证件号码             | 读作 |
        | ={PERSON[:-1]}0 [C110]     |      |
        | ={lucky} [C110]            |      |
        | 9.90101E+17 [C110]         |      |
        | 9.90101196504120e+17 [C110] |     |
    """)


def test_other_documents_are_pointed_out_and_kept() -> None:
    assert_cells("""
        | 产权人证件号码      | 读作            |
        | E12345678 [C115]    | E12345678       |
        | H10000001 [C115]    | H10000001       |
        | 军字第1234号 [C115] | 军字第1234号    |
        | 不详 [C115]         | 不详            |
    """)


def test_telephones() -> None:
    assert_cells("""
        | 联系电话                   | 读作                    |
        | 13500001234                | 13500001234             |
        | =13500001234               | 13500001234             |
        | １３５００００１２３４ [C111] | 13500001234          |
        | 135 0000 1234              | 135 0000 1234           |
        | 135-0000-1234              | 135-0000-1234           |
        | +8613500001234             | +8613500001234          |
        | 0571-88880000              | 0571-88880000           |
        | (0571)88880000             | (0571)88880000          |
        | 88880000                   | 88880000                |
        | 4000000000                 | 4000000000              |
        | 13500001234、0571-88880000 | 13500001234、0571-88880000 |
        | 13500001234 13500001235 [C111] | 13500001234、13500001235 |
        | 13500001234.0 [C111]       | 13500001234             |
        | 无                         |                         |
        | 1350000123 [C108]          | 1350000123              |
        | 23500001234 [C108]         | 23500001234             |
        | 见村委会 [C108]            | 见村委会                |
    """)


@given(
    st.lists(
        st.one_of(
            st.integers(0, 10**17 - 1).map(lambda number: f"{number:017}"),
            st.dates(date(1840, 1, 1), date(2030, 12, 31)).map(lambda day: f"990101{day:%Y%m%d}123"),
        ).flatmap(lambda first: st.sampled_from("0123456789Xx:①").map(lambda last: first + last))
        | st.sampled_from(["", "无", 990101199001011234.0, "99010119900101123", "护照E12345678"]),
        max_size=30,
    )
)
def test_many_numbers_are_told_as_one_is(values: list[str | float]) -> None:
    assert identities_among(values) == [isinstance(value, str) and is_identity(value) for value in values]


def test_right_numbers_are_told_among_wrong_ones() -> None:
    right = [f"9901011990{month:02}01123" for month in range(1, 13)]
    right = [number + ric.calc_check_digit(f"{number}0") for number in right]
    assert identities_among([*right, "无", right[0][:-1]]) == [True] * len(right) + [False, False]


def test_of_digits_alone_few_are_a_credit_code() -> None:
    numbers = [credit(f"91990101{organisation}") for organisation in range(800_000_000, 800_000_300)]
    digits = [number for number in numbers if number.isdigit()]
    assert 0 < sum(map(is_credit_code, digits)) < len(digits) / 5
