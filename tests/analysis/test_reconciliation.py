"""信息平台导出清单 against 自建房台账: what was missed, what is wrong, village by village."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.smaller_ledgers import rows_of
from zjf.analysis.reconciliation import plain_address, reconcile

HOUSES = rows_of(
    """
    | 房屋编号 | 村（社区） | 房屋地址 | 是否经营性 | 经营业态 | 专业设计 | 专业施工 | 地上层数 | 结构类型 |
    | YS01     | 东村       | 东村1号  | 是         | 超市     | 是       | 是       | 2        | 砖混结构 |
    | YS02     | 东村       | 东村2号  | 是         | 超市     | 是       | 是       | 2        | 砖木结构 |
    | YS03     | 东村       | 东村3号  | 是         | 超市     | 是       | 是       | 2        | 砖混结构 |
    | YS04     | 西村       | 西村4号  | 否         |          |          |          | 2        | 砖混结构 |
    | YS05     | 西村       | 西村5号  | 是         | 超市     | 是       | 是       | 2        | 砖混结构 |
    """,
    "house-ledger",
)
PLATFORM = rows_of(
    """
    | 房屋编号 | 图斑编号 | 村（社区） | 房屋地址               | 类别     | 地上层数 | 结构类型 |
    | YS01     | T1       | 东村       | 云水县城关街道东村1 号 | 自建房   | 2        | 砖混     |
    | YS02     | T2       | 东村       | 东村12号               |          | 4        | 砖混     |
    | YS03     | T3       | 东村       |                        | 自建房   |          |          |
    | YS04     | T4       | 西村       | 西村4号                | 非自建房 | 2        | 砖混     |
    | YS90     | T5       | 南村       | 南村90号               | 自建房   | 2        | 砖混     |
    | YS91     | T6       | 南村       | 南村91号               |          | 2        | 砖混     |
    | YS92     | T7       | 南村       | 南村92号               | 不需排查 | 2        | 砖混     |
    """,
    "platform-list",
)


def test_what_only_the_platform_has_was_missed_where_it_is_a_self_built_house() -> None:
    assert reconcile(PLATFORM, HOUSES).missed.house_id.tolist() == ["YS90", "YS91"]


def test_what_only_the_ledger_has_is_named() -> None:
    assert reconcile(PLATFORM, HOUSES).unlisted.house_id.tolist() == ["YS05"]


def test_fields_that_differ_are_named_with_both_sides() -> None:
    found = {
        (difference.house_id, difference.heading): (difference.ledger, difference.platform)
        for difference in reconcile(PLATFORM, HOUSES).differences
    }
    assert found == {
        ("YS02", "地上层数"): ("2", "4"),
        ("YS02", "结构类型"): ("砖木结构", "砖混结构"),
        ("YS02", "房屋地址"): ("东村2号", "东村12号"),
        ("YS04", "类别"): ("自建房", "非自建房"),
    }


def test_the_sweep_tables_columns_count_commercial_houses_by_village() -> None:
    """YS04 is lived in, so it is no matter of the sweep-table; YS05 is not on the platform."""
    assert reconcile(PLATFORM, HOUSES).villages == {
        ("城关街道", "东村"): {"wl_checked": 3, "wl_wrong": 1, "wl_missed": 0},
        ("城关街道", "南村"): {"wl_checked": 0, "wl_wrong": 0, "wl_missed": 2},
    }


def test_a_list_held_against_itself_shows_nothing() -> None:
    same = reconcile(PLATFORM, HOUSES[HOUSES.house_id.isin(["YS01", "YS03"])])
    assert not same.differences
    assert same.unlisted.empty


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东村1号", "云水县城关街道东村１号"),
        ("东村 1-2号", "东村1、2号"),
        ("城关街道东村3组12号", "3组12号"),
        ("老街A栋", "东村老街a栋"),
    ],
)
def test_two_spellings_of_one_address(one: str, other: str) -> None:
    assert plain_address(one, "城关街道", "东村") == plain_address(other, "城关街道", "东村")


@given(st.text(max_size=12), st.text(max_size=4))
def test_a_plain_address_stays_as_it_is(address: str, place: str) -> None:
    plain = plain_address(address)
    assert plain_address(plain) == plain
    assert plain_address(f" {address}。", place, "") == plain_address(address, place, "")
