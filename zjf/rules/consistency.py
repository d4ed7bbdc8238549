"""Whether a row agrees with itself: cells that others require (L201, L203), dates in order (L202)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zjf.intake.table import Table
from zjf.problems import Problem, Severity, declare_all
from zjf.schemas.conditions import When
from zjf.schemas.house_facts import FACTS, before, by_management, cd, post_review_hazard, rectified_in_vain
from zjf.schemas.making_columns import are_filled, same_in_every_row
from zjf.schemas.shared_facts import columns_of
from zjf.schemas.vocabulary import ClosureBasis

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

declare_all(
    Severity.ERROR,
    (
        "L201",
        "应填未填",
        "别的单元格已经说明这一项必有内容",
        "请补填；如前一项填错请更正前一项。",
        "填了销号方式，没有销号日期",
    ),
    (
        "L202",
        "日期先后颠倒",
        "后一步不可能早于前一步，至少有一个日期填错",
        "请核对这几个日期。",
        "整治完成 2024-05-01，验收 2024-04-20",
        "嘉峰 三(二)",
    ),
    (
        "L203",
        "鉴定信息不全",
        "没有日期、机构或等级的鉴定无法核对",
        "请按鉴定报告补填；尚未鉴定的请清空各鉴定栏。",
        "有鉴定机构和报告编号，没有鉴定等级",
        "云阳 附2三(五)",
    ),
)


def check_required(table: Table, floors: int) -> Iterator[Problem]:
    """Yields L201 and L203: blank cells that another cell of the row requires. Marks them as unknown.

    A blank cell is unknown, too, where the cell that would require it cannot be read: a post-review with an
    unreadable result may have been made on a day that is not filled in.
    """
    unknown_positions: dict[str, list[int]] = {}
    required: dict[When, NDArray[np.bool_]] = {}
    rows = columns_of(table.frame)
    for field in table.form.fields:
        duty = field.required_when
        if duty is None or table.frame.empty:
            continue
        if duty.when not in required:
            holds = duty.when.holds(rows, floors).to_numpy(dtype=bool)
            required[duty.when] = holds & table.is_known(duty.when.needs)
        can_be_read = table.is_known(name for name in duty.when.needs if name in table.columns)
        blank = _blank_among(rows[field.name], required[duty.when] | ~can_be_read)
        is_known = table.is_known([field.name])
        positions = blank[(required[duty.when] & is_known)[blank]].tolist()
        for position in positions:
            no_column = "（表中缺这一列）" if field.name not in table.columns else ""
            message = f"{field.heading.text}未填写{no_column}：{duty.when.words(floors)}时必填"
            yield table.at_cells(duty.code, message, field, position, also=duty.when.needs)
        unknown_positions[field.name] = positions + blank[~can_be_read[blank]].tolist()
    for name, positions in unknown_positions.items():
        table.mark_unknown(name, positions)


def _blank_among(cells: "pd.Series[Any]", asked: "NDArray[np.bool_]") -> "NDArray[np.intp]":
    """Returns the positions of the blank cells among those asked about: in a long table they are few."""
    positions = asked.nonzero()[0]
    return positions[~are_filled(cells.to_numpy()[positions])] if len(positions) else positions


@dataclass(frozen=True)
class Order:
    """Two dates of which the first may not be later, on the rows where `when` holds; it reads `needs`."""

    earlier: str
    later: str
    when: Callable[["pd.DataFrame"], "pd.Series[bool]"]
    needs: tuple[str, ...] = ()


def _always(houses: "pd.DataFrame") -> "pd.Series[bool]":
    return same_in_every_row(houses, True)


def _by_appraisal(houses: "pd.DataFrame") -> "pd.Series[bool]":
    # Where a post-review overturned the closure, the appraisal on record may be the new one.
    return (houses.closure_basis == ClosureBasis.GRADE_AB) & ~post_review_hazard(houses)


def _appraised_for_works(houses: "pd.DataFrame") -> "pd.Series[bool]":
    # Works that a post-review rejected came before the appraisal that asks for new ones.
    return cd(houses) & ~rectified_in_vain(houses)


def _accepted_to_close(houses: "pd.DataFrame") -> "pd.Series[bool]":
    # A house closed for its fence may be put right, and accepted, after that.
    return ~post_review_hazard(houses) & ~by_management(houses)


_OVERTURNED = FACTS["post_review_hazard"].needs
_BASIS = ("closure_basis",)
ORDERS = (
    Order("judged_on", "reviewed_on", _always),
    Order("judged_on", "rectified_on", _always),
    Order(
        "appraised_on",
        "rectified_on",
        _appraised_for_works,
        (*FACTS["cd"].needs, *FACTS["rectified_in_vain"].needs),
    ),
    Order("rectified_on", "accepted_on", _always),
    Order(
        "reviewed_on", "closed_on", lambda houses: houses.closure_basis == ClosureBasis.REVIEW_CLEAR, _BASIS
    ),
    Order("appraised_on", "closed_on", _by_appraisal, (*_BASIS, *_OVERTURNED)),
    Order("closed_on", "post_review_on", _always),
    Order("post_review_on", "reclosed_on", _always),
    Order("accepted_on", "reclosed_on", post_review_hazard, _OVERTURNED),
    Order("accepted_on", "closed_on", _accepted_to_close, (*_BASIS, *_OVERTURNED)),
)
"""Every pair of dates whose order L202 checks (嘉峰 三)."""


def check_orders(table: Table) -> Iterator[Problem]:
    """Yields L202 for two dates out of order, at the one that has to be later."""
    by_name, rows = table.form.by_name, columns_of(table.frame)
    for order in ORDERS:
        out_of_order = before(rows[order.later], rows[order.earlier]).to_numpy(dtype=bool)
        if not out_of_order.any():  # nearly always: whom the order is asked of does not matter then
            continue
        out_of_order = out_of_order & order.when(rows).to_numpy(dtype=bool)
        is_known = table.is_known((order.earlier, order.later, *order.needs))
        for position in (out_of_order & is_known).nonzero()[0].tolist():
            later, earlier = by_name[order.later], by_name[order.earlier]
            later_value = table.frame[order.later].iat[position]
            earlier_value = table.frame[order.earlier].iat[position]
            message = f"{later.heading.text} {later_value} 早于{earlier.heading.text} {earlier_value}"
            yield table.at_cells(
                "L202", message, later, position, also=(order.earlier,), value=str(later_value)
            )
