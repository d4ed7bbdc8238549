"""A household in hardship, as its papers print it (云霄)."""

from dataclasses import dataclass
from typing import ClassVar

from zjf.documents.papers.blocks import Entry
from zjf.documents.papers.case import RowCase
from zjf.schemas.form_ids import HOUSEHOLDS


@dataclass(frozen=True)
class HouseholdCase(RowCase):
    """A household with its row in the ledger."""

    form: ClassVar[str] = HOUSEHOLDS

    @property
    def home(self) -> str:
        """The place where it lives, as far as the ledger knows it."""
        return "".join(filter(None, (self.unit, self.text("village"))))

    @property
    def identity(self) -> tuple[Entry, ...]:
        """The entries that identify the household."""
        names = ("household_no", "category", "head_name", "structure")
        return (*map(self.entry, names), Entry("所在乡镇村", self.home), self.entry("house_id"))
