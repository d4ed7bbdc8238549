"""Papers about a house, and the register of their kinds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from zjf.documents.papers.blocks import Block
from zjf.documents.papers.case import HouseCase

Houses = pd.DataFrame


@dataclass(frozen=True)
class Paper:
    """One paper.

    Args:
        blocks: Its content, from top to bottom.
        foot: The small line at its foot: the unit, the house, and the period of the ledger.
    """

    title: str
    number: str
    blocks: tuple[Block, ...]
    foot: str


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper about a house.

    Args:
        names: Its other Chinese names.
        clause: The clauses that ask for it.
        reader: The people or offices that it goes to, in Chinese.
        compose: Makes the paper's blocks about a house.
        meant_for: Tells which houses get one if the command names none.
        need: The same in Chinese.
        numbered: The words in front of its numbers (隐患通); empty where papers of the kind are not numbered.
    """

    id: str
    title: str
    names: tuple[str, ...]
    clause: str
    reader: str
    compose: Callable[[HouseCase], Sequence[Block]]
    meant_for: "Callable[[Houses], pd.Series[bool]]"
    need: str
    numbered: str = ""


PAPERS: dict[str, PaperKind] = {}
"""Every kind of paper, by its public name."""


def register(kind: PaperKind) -> PaperKind:
    assert kind.id not in PAPERS, kind.id
    PAPERS[kind.id] = kind
    return kind


def paper_of(kind: PaperKind, case: HouseCase) -> Paper:
    """Returns the paper of a kind about a house."""
    return Paper(
        title=kind.title,
        number=case.number,
        blocks=tuple(kind.compose(case)),
        foot=f"{case.unit}　房屋编号 {case.text('house_id')}　据 {case.period} 台账",
    )
