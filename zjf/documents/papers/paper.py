"""The kinds of paper about a house, and the paper of a kind about one house."""

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
        title: Its official title.
        number: Its number, or nothing.
        blocks: What it says, from top to bottom.
        foot: What stands small at its foot: whose house, of which period's ledger.
    """

    title: str
    number: str
    blocks: tuple[Block, ...]
    foot: str


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper about a house.

    Args:
        id: Its public name.
        title: Its official title.
        names: What else clerks call it.
        clause: The clauses that ask for it.
        reader: Whom it goes to.
        compose: Makes the paper's blocks about a house.
        meant_for: The houses that need one, where none are named.
        need: The same in words.
        numbered: What its numbers are called (隐患通知), or nothing where the notices number none.
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
    """Adds a kind of paper."""
    assert kind.id not in PAPERS, kind.id
    PAPERS[kind.id] = kind
    return kind


def paper_of(kind: PaperKind, case: HouseCase) -> Paper:
    """The paper of a kind about a house."""
    return Paper(
        title=kind.title,
        number=case.number,
        blocks=tuple(kind.compose(case)),
        foot=f"{case.unit}　房屋编号 {case.text('house_id')}　据 {case.period} 台账",
    )
