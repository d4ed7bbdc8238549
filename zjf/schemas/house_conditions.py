"""The conditions under which a cell of a house must be filled in."""

from typing import TYPE_CHECKING

from zjf.schemas.conditions import CellTest, When
from zjf.schemas.house_facts import FACTS, cd, commercial, tall, works_done
from zjf.schemas.making_columns import same_in_every_row
from zjf.schemas.shared_facts import Houses
from zjf.schemas.vocabulary import Commercial, Grade

if TYPE_CHECKING:
    import pandas as pd

commercial_use = When(
    "房屋为经营性",
    ("is_commercial",),
    lambda houses, _: commercial(houses),
    ((CellTest("is_commercial", (Commercial.YES.value,)),),),
)
multi_storey = When("地上层数达到{floors}层", ("floors",), tall, ((CellTest("floors", tall=True),),))
awaits_works = When(
    "鉴定为C、D级且未完成工程整治",
    tuple(dict.fromkeys((*FACTS["cd"].needs, *FACTS["works_done"].needs))),
    lambda houses, _: cd(houses) & ~works_done(houses),
    ((CellTest("grade", (Grade.C.value, Grade.D.value)), CellTest("rectified_on", blank=True)),),
)


def is_filled(*fields: str, says: str) -> When:
    """Returns the condition that at least one of the cells is filled (a list that says 无 is not)."""

    def holds(houses: Houses, _: int) -> "pd.Series[bool]":
        filled = same_in_every_row(houses, False)
        for name in fields:
            filled |= houses[name].to_numpy().astype(bool)  # neither None nor an empty list
        return filled

    return When(says, fields, holds, tuple((CellTest(name),) for name in fields))
