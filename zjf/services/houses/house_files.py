"""The houses of a period with all that is on record about them, for papers, `zjf house` and `zjf find`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import Self

import pandas as pd

from zjf.analysis import classification
from zjf.analysis.photos import PhotoFolder
from zjf.analysis.row_changes import RowChange, row_changes
from zjf.county import County
from zjf.documents.papers.paper import PAPERS
from zjf.errors import CannotDoError, UsageError, refused
from zjf.figures.classified_houses import Classifier
from zjf.figures.reckoning import Reckoning
from zjf.ledger import IssuedPaper, Ledger, Signature
from zjf.ledger.appearances import appearances
from zjf.ledger.of_county import existing_ledger
from zjf.ledger.papers import House, PaperRegister
from zjf.likeness import nearest_words
from zjf.notices.notice import Notice
from zjf.period import Period, in_order
from zjf.rules.listing import listing_reasons
from zjf.rules.registry import Judgement
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.masked_rows import mask_house_id
from zjf.services.houses.open_matters import open_matters

PHOTOS = "照片"
"""The folder of a county's photos."""

_UNIT = FORMS[HOUSES].by_name["township"]
_NEAR = 80
_SEARCHED = ("house_id", "township", "village", "group", "address", "owner_name", "user_name", "owner_phone")


def _contain(houses: pd.DataFrame, words: Collection[str]) -> "pd.Series[bool]":
    """Returns for each house whether its columns that are searched contain every word."""
    searched_text = pd.Series("", index=houses.index)
    for name in _SEARCHED:
        searched_text = searched_text + "\n" + houses[name].fillna("").astype(str)
    matches = pd.Series(True, index=houses.index)
    for word in words:
        matches &= searched_text.str.contains(word, case=False, regex=False)
    return matches


@dataclass(frozen=True, eq=False)
class HouseFiles:
    """The houses of a period.

    Args:
        period: The period whose ledger has them.
    """

    home: County
    notice: Notice
    ledger: Ledger
    period: Period

    @classmethod
    def open(cls, home: County, period: Period | None, forms: Collection[str] = (HOUSES,)) -> Self:
        """Opens the houses of a period, else those of the last period that has any.

        Raises:
            CannotDoError: There is no ledger, or none of those was accepted for the period.
        """
        notice, ledger = Notice.in_force(home), existing_ledger(home)
        accepted = {accepted_period for _, form, accepted_period in ledger.accepted() if form in forms}
        if not accepted or (period and str(period) not in accepted):
            accepted_periods = f"有台账的期次：{'、'.join(sorted(accepted))}。" if accepted else ""
            titles = "、".join(FORMS[form].info.title for form in forms)
            raise CannotDoError(
                f"{f'{period} ' if period else '本县'}还没有接收任何{titles}",
                f"{accepted_periods}请先用 zjf aggregate 接收各单位的报表。",
            )
        latest = in_order(accepted, home.calendar(notice.calendar))[-1]
        return cls(home, notice, ledger, period or latest)

    @cached_property
    def judgement(self) -> Judgement:
        return Judgement.under(self.notice, self.period.closing_day(self._reckoning.calendar))

    @cached_property
    def _reckoning(self) -> Reckoning:
        return Reckoning(self.home, self.notice, self.ledger)

    @cached_property
    def houses(self) -> pd.DataFrame:
        """Every house of the period."""
        return self._rows(HOUSES, self.home.roster.names)

    def _rows(self, form: str, units: Sequence[str]) -> pd.DataFrame:
        """Returns the rows of a form that units have in the period, typed columns, numbered from 0."""
        return self.ledger.frame(form, str(self.period), units).reset_index(drop=True)

    def file_shown(self, name: str) -> str:
        """Returns a file's name, or a part of it, with people masked: files are named after people, too."""
        return self.ledger.people().shown(name)

    def select(
        self,
        numbers: Sequence[str] = (),
        unit: str | None = None,
        duty: str | None = None,
        form: str = HOUSES,
    ) -> pd.DataFrame:
        """Returns houses by their numbers, else all; only those of a unit, or with a duty, if one is given.

        Args:
            numbers: Their numbers, as the ledger has them.
            unit: A unit's official name.
            duty: What has to be done next (管控, 复核/鉴定 …); only houses have such.
            form: The form whose rows are meant, where it is not houses.

        Raises:
            UsageError: There is no such duty, or a number is not in the ledger.
        """
        units = [name for name in self.home.roster.names if unit in (None, name)]
        rows = self._numbered(numbers, units, form) if numbers else self._rows(form, units)
        if duty is not None:
            if duty not in (duties := [member.value for member in classification.Duty]):
                raise UsageError(f"没有「{duty}」这个下一步", f"可用的有：{'、'.join(duties)}。")
            rows = rows[self.classes(rows).duty == duty]
        return rows

    def containing(self, text: str) -> pd.DataFrame:
        """Returns the houses whose number, owner, user, address, place or unit contain every word of a text.

        One unit is looked through after the other, and read whole only if it has such houses: a county's houses take
        much memory.
        """
        words, period = text.split(), str(self.period)
        found = []
        for unit in self.home.roster.names:
            if _contain(self.ledger.columns(HOUSES, period, _SEARCHED, [unit]), words).any():
                rows = self._rows(HOUSES, [unit])
                found.append(rows[_contain(rows, words)])
        return pd.concat(found, ignore_index=True) if found else self._rows(HOUSES, [])

    def _numbered(self, numbers: Sequence[str], units: Sequence[str], form: str) -> pd.DataFrame:
        """Returns the rows of a form that have one of the numbers, of some units; only units that have one are read whole.

        Raises:
            UsageError: A number is not among them.
        """
        column = FORMS[form].by_name[FORMS[form].info.key[0]]
        keys = self.ledger.keys(form, str(self.period), units)
        with_one = {*keys.township[keys[column.name].isin(numbers)]}
        rows = self._rows(form, [unit for unit in units if unit in with_one])
        rows = rows[rows[column.name].isin(numbers)]
        found = set(rows[column.name])
        for number in numbers:
            if number not in found:
                nearest = nearest_words(number, dict.fromkeys(keys[column.name]), _NEAR)
                advice = f"是否为「{mask_house_id(nearest[0])}」？" if nearest else ""
                raise UsageError(
                    f"{self.period} 的台账中没有{column.heading.text}「{mask_house_id(number)}」",
                    f"{advice}可用 zjf find 查找。" if form == HOUSES else advice,
                )
        return rows

    def classes(self, houses: pd.DataFrame) -> pd.DataFrame:
        """Returns the classification of houses (`zjf.analysis.classification.classify`)."""
        return Classifier.of(self._reckoning, self.period).classes(houses)

    def reasons(self, houses: pd.DataFrame) -> list[tuple[str, ...]]:
        """Returns why the initial-hazard rule lists each house."""
        return listing_reasons(houses, self.judgement)

    def problems(self, houses: pd.DataFrame) -> list[list[tuple[str, str]]]:
        """Returns for each house its unmet duties, warnings and due steps, as codes and texts."""
        return open_matters(self._reckoning, self.period, houses, self.judgement)

    def stories(self, houses: pd.DataFrame) -> dict[House, list[RowChange]]:
        """Returns the changes of houses through all periods on record."""
        house_keys = list(zip(houses.township, houses.house_id, strict=True))
        return {
            house: list(row_changes(house_appearances))
            for house, house_appearances in appearances(self.ledger, house_keys).items()
        }

    @cached_property
    def signatures(self) -> dict[str, list[Signature]]:
        """The last signature of each table of each unit (by its present name), of all periods."""
        by_unit: dict[str, list[Signature]] = {}
        for period in self._reckoning.on_record:
            for signature in self.ledger.signatures(str(period)):
                by_unit.setdefault(self.home.roster.current_name(signature.unit), []).append(signature)
        return by_unit

    @cached_property
    def album(self) -> PhotoFolder | None:
        """The county's photos; None where it has no folder of them, or nothing that can look at them.

        Raises:
            CannotDoError: The folder cannot be read.
        """
        folder = self.home.folder / PHOTOS
        if not folder.is_dir() or find_spec("PIL") is None:
            return None
        try:
            return PhotoFolder(folder)
        except OSError as error:
            raise refused(f"照片文件夹“{folder}”打不开", error, "请核对读取权限。") from error

    def papers_of(self, house: House, changes: Sequence[RowChange]) -> list[IssuedPaper]:
        """Returns the papers that were issued about a house, by the units before as well."""
        earlier_units = {str(change.before) for change in changes if change.field == _UNIT.name}
        units = (*sorted(earlier_units - {house[0]}), house[0])
        issued = [paper for unit in units for paper in self._papers.get((unit, house[1]), ())]
        return sorted(issued, key=lambda paper: paper.made_at)

    @cached_property
    def _papers(self) -> dict[House, list[IssuedPaper]]:
        """The papers that were issued, by house. A household may have the number of a house."""
        by_house: dict[House, list[IssuedPaper]] = {}
        about_houses = (
            issued
            for issued in PaperRegister(self.ledger).papers()
            if issued.kind not in PAPERS or PAPERS[issued.kind].form == HOUSES
        )
        for issued in about_houses:
            by_house.setdefault((issued.unit, issued.house_id), []).append(issued)
        return by_house
