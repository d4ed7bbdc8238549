"""Papers about a house, and the register of their kinds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from zjf.documents.declaring import declaring
from zjf.documents.papers.blocks import Block, Board
from zjf.documents.papers.case import HouseCase, RowCase
from zjf.schemas import FORMS
from zjf.schemas.shared_facts import Houses

if TYPE_CHECKING:
    import pandas as pd

CaseT = TypeVar("CaseT", bound=RowCase)


@dataclass(frozen=True)
class Paper:
    """One paper.

    Args:
        foot: The small line at its foot: the unit, the house or household, and the period of the ledger.
    """

    title: str
    number: str
    blocks: tuple[Block, ...]
    foot: str

    @property
    def on_wall(self) -> bool:
        """Whether it is to be read on a wall, in large letters."""
        return any(isinstance(block, Board) for block in self.blocks)


@dataclass(frozen=True)
class PaperKind(Generic[CaseT]):
    """A kind of paper about a row of a ledger: a house, a household.

    Args:
        names: Its other Chinese names.
        reader: The people or offices that it goes to, in Chinese.
        meant_for: Tells which rows get one if the command names none.
        need: The same in Chinese.
        numbered: The words in front of its numbers (隐患通); empty where papers of the kind are not numbered.
    """

    id: str
    title: str
    names: tuple[str, ...]
    clause: str
    reader: str
    compose: Callable[[CaseT], Sequence[Block]]
    meant_for: "Callable[[Houses], pd.Series[bool]]"
    need: str
    numbered: str = ""
    form: str = HouseCase.form

    @property
    def key(self) -> str:
        """The column with the number of the house or household that a paper is about."""
        return FORMS[self.form].info.key[0]


PAPERS: dict[str, PaperKind[Any]] = {}
"""Every kind of paper, by its public name."""


declare_paper = declaring(PAPERS, PaperKind[Any])
"""Declares a kind of paper."""


def paper_of(kind: PaperKind[CaseT], case: CaseT) -> Paper:
    """Returns the paper of a kind about a house or a household."""
    numbered_by = FORMS[kind.form].by_name[kind.key].heading.text
    return Paper(
        title=kind.title,
        number=case.number,
        blocks=tuple(kind.compose(case)),
        foot=f"{case.unit}　{numbered_by} {case.text(kind.key)}　据 {case.period} 台账",
    )
