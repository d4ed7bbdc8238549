"""Under which conditions a cell of a house must be filled in."""

import pandas as pd

from zjf.schemas.conditions import Scale, When
from zjf.schemas.house_facts import FACTS, cd, commercial, tall, works_done
from zjf.schemas.shared_facts import Houses

commercial_use = When("房屋为经营性", ("is_commercial",), lambda houses, _: commercial(houses))
multi_storey = When("地上层数达到{floors}层", ("floors",), lambda houses, scale: tall(houses, scale.floors))
awaits_works = When(
    "鉴定为C、D级且未完成工程整治",
    tuple(dict.fromkeys((*FACTS["cd"].needs, *FACTS["works_done"].needs))),
    lambda houses, _: cd(houses) & ~works_done(houses),
)


def is_filled(*fields: str, says: str) -> When:
    """The condition that at least one of the cells is filled (a list that says 无 is not)."""

    def holds(houses: Houses, _: Scale) -> "pd.Series[bool]":
        filled = pd.Series(False, index=houses.index)
        for name in fields:
            filled |= houses[name].map(lambda value: value is not None and value != ())
        return filled

    return When(says, fields, holds)
