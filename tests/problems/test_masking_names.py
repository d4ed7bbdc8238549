"""A person named in one column is masked in the others, whatever stands around the name."""

import pandas as pd
import pytest

from zjf.problems import People
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_rows

HOUSES = FORMS["house-ledger"]
CROWD = [
    f"{family}{given}" for family in "赵钱孙李周吴郑王" for given in ("建国", "秀英", "伟", "小明", "·阿依")
]


@pytest.mark.parametrize("name", CROWD)
def test_a_name_is_masked_wherever_it_stands(name: str) -> None:
    people = People(CROWD)
    for text in (name, f"户主{name}已搬走", f"{name}、{name}", f"({name})"):
        assert name not in people.masked_in(text)
    assert people.masked_in("东村三组 12 号") == "东村三组 12 号"


def test_the_longest_name_is_taken() -> None:
    assert People(["王建", "王建国"]).masked_in("王建国家") == "王**家"


def test_forty_people_leave_no_name_in_an_export() -> None:
    rows = pd.DataFrame(
        {
            "owner_name": CROWD,
            "village": ["王建国村"] * len(CROWD),
            "address": [f"东村，{name}家对面" for name in CROWD[::-1]],
            "remarks": [f"已告知{name}" for name in CROWD],
        },
        dtype=object,
    )
    masked = mask_rows(HOUSES, rows)
    texts = "".join("".join(masked[name]) for name in ("owner_name", "address", "remarks"))
    assert [name for name in CROWD if name in texts] == []
    assert set(masked["village"]) == {"王建国村"}
    assert mask_rows(HOUSES, rows, whole=True) is rows


def test_a_name_typed_into_the_village_is_masked_and_a_village_that_owns_a_house_is_not() -> None:
    rows = pd.DataFrame(
        {"village": ["赵建国", "东村", "西村"], "owner_name": ["赵建国", "东村", "钱伟"]}, dtype=object
    )
    assert [*mask_rows(HOUSES, rows)["village"]] == ["赵**", "东村", "西村"]


@pytest.mark.parametrize("between", ["、", " ", "\n", "，", "/", "； "])
def test_each_name_of_a_cell_with_several_is_masked(between: str) -> None:
    people = People([f"张建国{between}李四{between}"])
    assert people.shown("李四已搬走，张建国在家") == "李*已搬走，张**在家"
