"""Facts that follow from a house's cells: suspected, appraised, resolved, closed …

Each fact is one function over the table (a frame of typed columns, blanks as None) and gives a
boolean column. `needs` lists the columns that a fact, and the facts beneath it, are read from.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zjf.schemas.making_columns import are_filled, column_for, figures, same_in_every_row
from zjf.schemas.shared_facts import FactFunction, Houses, shared_fact, sharing_facts
from zjf.schemas.vocabulary import (
    ClosureBasis,
    Commercial,
    Finding,
    Grade,
    InitialJudgement,
    Measure,
    YesNo,
)

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

ENGINEERING = frozenset(
    {
        Measure.REINFORCE.value,
        Measure.PARTIAL_DEMOLITION.value,
        Measure.DEMOLISH.value,
        Measure.REBUILD.value,
        Measure.GEOLOGICAL_WORKS.value,
        Measure.RELOCATE.value,
    }
)
"""整治措施 that are engineering works; the others are management (facts.md#engineering-apart)."""

PERMITS = ("land_permit", "planning_permit", "construction_permit", "business_permit", "safety_certificate")
"""The columns with the permits that a house used for business must have."""

LOOK_ALIKES = frozenset({Measure.ADD_POSTS.value, Measure.ADD_FENCE.value, Measure.RENDER_WALLS.value})
"""整治措施 that imitate works without being any (嘉祥 二(一))."""

_OTHER_MEASURES = frozenset(measure.value for measure in Measure) - LOOK_ALIKES


@dataclass(frozen=True)
class Fact:
    """A fact about a house: its words for clerks, the columns it is read from, and its function."""

    name: str
    says: str
    needs: tuple[str, ...]
    holds: FactFunction


FACTS: dict[str, Fact] = {}


def fact(*needs: str, says: str = "") -> Callable[[FactFunction], FactFunction]:
    """Registers a fact; `needs` names columns or other facts, `says` is its meaning in Chinese."""

    def register(holds: FactFunction) -> FactFunction:
        columns: dict[str, None] = {}
        for need in needs:
            columns |= dict.fromkeys(FACTS[need].needs if need in FACTS else (need,))
        shared_holds = shared_fact(holds.__name__, holds)
        FACTS[holds.__name__] = Fact(holds.__name__, says, tuple(columns), shared_holds)
        return shared_holds

    return register


def any_of(column: "pd.Series[Any]", codes: frozenset[str]) -> "pd.Series[bool]":
    """Whether a column of code tuples (None where blank) names any of the codes."""
    cells = column.to_numpy()
    names_one = cells.astype(bool)
    positions = names_one.nonzero()[0]  # of many houses few name any code at all
    names_one[positions] = [not codes.isdisjoint(named) for named in cells[positions]]
    return column_for(column, names_one, bool)


def names_any(column: "pd.Series[Any]") -> "pd.Series[bool]":
    """Whether a column of code tuples names any code at all: neither blank nor an explicit 无."""
    return column_for(column, column.to_numpy().astype(bool), bool)


def before(earlier: "pd.Series[Any]", later: "pd.Series[Any]") -> "pd.Series[bool]":
    """Whether both dates are present and the first lies before the second."""
    earlier_days, later_days = earlier.to_numpy(), later.to_numpy()
    is_before = are_filled(earlier_days)
    given = is_before.nonzero()[0]  # few in a long table: only beside them the other date is looked for
    both_given = given[are_filled(later_days[given])]
    is_before[:] = False
    is_before[both_given] = earlier_days[both_given] < later_days[both_given]
    return column_for(earlier, is_before, bool)


@fact("is_commercial", says="经营性")
def commercial(houses: Houses) -> "pd.Series[bool]":
    return houses.is_commercial == Commercial.YES


@fact("is_commercial", says="非经营性")
def noncommercial(houses: Houses) -> "pd.Series[bool]":
    return houses.is_commercial == Commercial.NO


@fact("initial_judgement", says="初判存在严重安全隐患")
def severe(houses: Houses) -> "pd.Series[bool]":
    return houses.initial_judgement == InitialJudgement.SEVERE


@fact("initial_judgement", says="初判存在严重或一定安全隐患")
def suspected(houses: Houses) -> "pd.Series[bool]":
    return houses.initial_judgement.isin([InitialJudgement.SEVERE, InitialJudgement.SOME])


@fact("grade", says="已鉴定（有鉴定等级）")
def appraised(houses: Houses) -> "pd.Series[bool]":
    return houses.grade.notna()


@fact("grade", says="鉴定为C级或D级")
def cd(houses: Houses) -> "pd.Series[bool]":
    return houses.grade.isin([Grade.C, Grade.D])


@fact("severe", "grade", says="初判存在严重安全隐患，或鉴定为D级")
def grave(houses: Houses) -> "pd.Series[bool]":
    return severe(houses) | (houses.grade == Grade.D)


@fact("grade", says="鉴定为A级或B级")
def grade_ab(houses: Houses) -> "pd.Series[bool]":
    return houses.grade.isin([Grade.A, Grade.B])


@fact("post_review_result", says="销号后复核有隐患")
def post_review_hazard(houses: Houses) -> "pd.Series[bool]":
    """The closure was overturned: a technician found a hazard after it."""
    return houses.post_review_result == Finding.HAZARD


@fact("measures", says="整治措施中有工程措施")
def works_named(houses: Houses) -> "pd.Series[bool]":
    return any_of(houses.measures, ENGINEERING)


@fact("rectified_on", "post_review_result", "post_review_on", says="整治完成之后，销号后复核仍有隐患")
def rectified_in_vain(houses: Houses) -> "pd.Series[bool]":
    """The works no longer count: a post-review found a hazard since."""
    return post_review_hazard(houses) & before(houses.rectified_on, houses.post_review_on)


@fact(
    "works_named",
    "rectified_in_vain",
    says="工程措施已完成（有工程措施和整治完成日期；销号后复核有隐患的，须在复核之后完成）",
)
def works_done(houses: Houses) -> "pd.Series[bool]":
    """Engineering works are finished, and no post-review found a hazard since."""
    return works_named(houses) & houses.rectified_on.notna() & ~rectified_in_vain(houses)


@fact(
    "grade",
    "post_review_result",
    "review_result",
    "closure_basis",
    says="未鉴定，经技术人员复核无隐患（按管理措施销号的，看销号后复核；销号后复核有隐患的不算）",
)
def cleared(houses: Houses) -> "pd.Series[bool]":
    """A technician found no hazard, without an appraisal."""
    on_review = houses.review_result == Finding.CLEAR
    after_management = (houses.closure_basis == ClosureBasis.MANAGEMENT) & (
        houses.post_review_result == Finding.CLEAR
    )
    return ~appraised(houses) & ~post_review_hazard(houses) & (on_review | after_management)


@fact(
    "works_done",
    "cleared",
    "grade",
    "post_review_hazard",
    says="隐患已消除：工程措施已完成，或复核无隐患，或鉴定为A、B级",
)
def resolved(houses: Houses) -> "pd.Series[bool]":
    """The hazard is gone, by works, review or appraisal."""
    hazard_since = post_review_hazard(houses) & ~works_done(houses)
    return (works_done(houses) | cleared(houses) | grade_ab(houses)) & ~hazard_since


@fact(
    "closure_basis",
    "review_result",
    "grade",
    "works_done",
    "post_review_result",
    says="销号方式有依据（复核无隐患、鉴定为A级或B级、工程措施已完成，或销号后复核无隐患）",
)
def basis_holds(houses: Houses) -> "pd.Series[bool]":
    """The basis that the closure names exists (嘉祥 附件2, 四(一))."""
    basis = houses.closure_basis
    return (
        ((basis == ClosureBasis.REVIEW_CLEAR) & (houses.review_result == Finding.CLEAR))
        | ((basis == ClosureBasis.GRADE_AB) & grade_ab(houses))
        | ((basis == ClosureBasis.WORKS) & works_done(houses))
        | ((basis == ClosureBasis.MANAGEMENT) & (houses.post_review_result == Finding.CLEAR))
    )


@fact(
    "closed_on",
    "basis_holds",
    "cd",
    "works_done",
    "post_review_hazard",
    "reclosed_on",
    says="已销号且站得住（销号方式要有依据；C、D级须完成工程措施；按管理措施销号的，须销号后复核无隐患；复核有隐患的，须整治后再次销号）",
)
def closed(houses: Houses) -> "pd.Series[bool]":
    """The closure counts, whatever was waived when the row was accepted (嘉祥 四(一), 附件2)."""
    first_closure = basis_holds(houses)
    second_closure = houses.reclosed_on.notna() & works_done(houses)
    is_founded = first_closure.where(~post_review_hazard(houses), second_closure)
    return houses.closed_on.notna() & ~(cd(houses) & ~works_done(houses)) & is_founded


@fact("appraised", "cleared", "works_done", says="未鉴定，也未经复核认定无隐患，直接完成工程措施")
def direct_works(houses: Houses) -> "pd.Series[bool]":
    """未鉴定直接工程措施 (③): works without an appraisal and without a clean review."""
    return ~appraised(houses) & ~cleared(houses) & works_done(houses)


@fact("closure_basis", says="前期按管理措施销号")
def by_management(houses: Houses) -> "pd.Series[bool]":
    """Closed by management measures at first: the population of 附件1."""
    return houses.closure_basis == ClosureBasis.MANAGEMENT


@fact("suspected", "cd", "review_result", "post_review_hazard", says="初判有隐患，或鉴定、复核查出隐患")
def hazardous(houses: Houses) -> "pd.Series[bool]":
    """Is, or was, a hazard, whoever found it: a house judged sound too, which an appraisal or a review finds unsafe."""
    found_on_review = (houses.review_result == Finding.HAZARD) | post_review_hazard(houses)
    return suspected(houses) | cd(houses) | found_on_review


@fact("initial_judgement", "hazardous", says="初判未发现安全隐患，其后也没有发现")
def sound(houses: Houses) -> "pd.Series[bool]":
    """Judged free of hazards, and no hazard was found since."""
    return (houses.initial_judgement == InitialJudgement.NONE) & ~hazardous(houses)


@fact("measures", says="整治措施只有增加立柱、增加围挡或刷墙勾缝")
def only_look_alikes(houses: Houses) -> "pd.Series[bool]":
    """Measures are named, and every one of them only looks like works (嘉祥 二(一))."""
    return names_any(houses.measures) & ~any_of(houses.measures, _OTHER_MEASURES)


@fact("alterations", says="有改扩建")
def altered(houses: Houses) -> "pd.Series[bool]":
    return names_any(houses.alterations)


@fact("altered", "alteration_approved", says="改扩建未经批准")
def altered_without_approval(houses: Houses) -> "pd.Series[bool]":
    return altered(houses) & (houses.alteration_approved != YesNo.YES)


@fact("post_review_on", says="已作销号后复核")
def post_reviewed(houses: Houses) -> "pd.Series[bool]":
    return houses.post_review_on.notna()


@fact(says="台账中的全部房屋")
def surveyed(houses: Houses) -> "pd.Series[bool]":
    """Every house in the ledger was surveyed."""
    return same_in_every_row(houses, True)


def facts_of(houses: Houses, names: Iterable[str]) -> "dict[str, NDArray[np.bool_]]":
    """Returns some facts of every house, by name: for each house, in their order, whether it holds."""
    with sharing_facts(houses):
        return {name: FACTS[name].holds(houses).to_numpy(dtype=bool) for name in names}


def tall(houses: Houses, floors: int) -> "pd.Series[bool]":
    """Whether a house has at least that many storeys; False where they are not known."""
    return figures(houses.floors) >= floors
