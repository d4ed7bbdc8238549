"""The platform's list compared with the house ledger, and the county's sweep-tables with the result."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from zjf.analysis.platform_status import ClosureDoubt, LikelySame, closure_doubts, likely_same
from zjf.analysis.reconciliation import FieldDifference, Reconciliation, reconcile
from zjf.analysis.report_audits import audit_counts
from zjf.analysis.sweep_agreement import Disagreement, FiguresByVillage, disagreements, merged
from zjf.counting.sweep import key_figures
from zjf.county import County
from zjf.documents.attachment import Attachment, AttachmentLine, AttachmentNotes
from zjf.figures.partial_returns import PartTaken, parts_taken
from zjf.figures.summary import units_without
from zjf.ledger import Ledger
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.problems import People, shown
from zjf.public_json import DocumentName
from zjf.public_json import reconciliation as reconciliation_json
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, PLATFORM, REPORT_AUDITS, SWEEP
from zjf.schemas.masked_rows import mask_house_id, mask_rows, may_name_people, people_in

SWEEP_TABLE = FORMS[SWEEP]


@dataclass(frozen=True, eq=False)
class PlatformComparison:
    """The platform's list compared with a house ledger; personal data is masked.

    Args:
        reconciliation: The houses that only one of the two has, and the fields in which they differ.
        counted: The sweep-table's figures village by village: 错漏排 from this comparison, “三类重点” from the
            ledger, audits from the audited reports.
        disagreements: The figures of the sweep-tables on record that differ from `counted`.
        doubts: Houses that are closed in one of the two and not in the other.
        with_status: How many of the ledger's houses have a platform status that says whether they are closed.
        without_door: How many houses have no address that could be compared.
        compared: How many houses of the platform's list were compared.
        units_left_out: The units of which the platform's list has no house: theirs were not compared.
        without_ledger: The units that sent no house ledger: their houses on the platform were not compared.
        not_compared: How many houses on the platform these are.
        in_part: The units of whose house ledger only a part was accepted: a house that seems to be missed may
            be in the rest.
        unread: How many rows of the platform's list have errors: they were not compared.
    """

    period: Period
    reconciliation: Reconciliation
    counted: FiguresByVillage
    disagreements: list[Disagreement]
    doubts: list[ClosureDoubt]
    with_status: int
    likely_same: list[LikelySame]
    without_door: int
    compared: int
    units_left_out: tuple[str, ...]
    without_ledger: tuple[str, ...]
    not_compared: int
    in_part: tuple[PartTaken, ...]
    unread: int

    @property
    def remarks(self) -> list[str]:
        """Returns in Chinese what was not compared, and why: nothing may be said of it."""
        remarks = []
        if not self.compared:
            remarks.append("平台清单中没有一栋可以核对的房屋，错排、漏排都不清楚。")
        if self.without_ledger:
            remarks.append(
                f"没有报自建房台账、没有核对的单位：{'、'.join(self.without_ledger)}"
                f"（平台清单中有 {self.not_compared} 栋）。"
            )
        if self.in_part:
            units = "、".join(map(str, self.in_part))
            remarks.append(
                f"自建房台账只接收了一部分的单位：{units}，漏排的可能在没有接收的行中，集中摸排情况表没有比对。"
            )
        if self.units_left_out:
            remarks.append(f"平台清单中没有{'、'.join(self.units_left_out)}的房屋，这些单位没有核对。")
        if self.unread:
            remarks.append(f"平台清单中有 {self.unread} 行有错误、没有核对；台账有、平台没有的可能在其中。")
        return remarks

    def filled_sweep_table(self, home: County) -> Attachment:
        """Returns the county's sweep-table with the counted figures filled in."""
        return Attachment(
            SWEEP_TABLE,
            [AttachmentLine(village, counts) for village, counts in self.counted.items()],
            unit=home.name,
            roll_up=True,
            period=self.period.label,
            notes=AttachmentNotes(office=Notice.in_force(home).office_of(home)),
            remarks=self.remarks,
        )

    def as_json(self) -> reconciliation_json.Reconciliation:
        """Returns the document `zjf.reconciliation/1`."""
        reconciliation = self.reconciliation
        return {
            "schema": DocumentName.RECONCILIATION,
            "period": str(self.period),
            "villages": [
                _with_village(village, counts) for village, counts in reconciliation.villages.items()
            ],
            "missed": reconciliation.missed.house_id.tolist(),
            "unlisted": reconciliation.unlisted.house_id.tolist(),
            "differences": [_difference_as_json(difference) for difference in reconciliation.differences],
            "sweep_table": [_disagreement_as_json(disagreement) for disagreement in self.disagreements],
            "counted": [
                _with_village(village, {name: counts.get(name) for name in SWEEP_TABLE.counts})
                for village, counts in self.counted.items()
            ],
            "closures": [_doubt_as_json(doubt) for doubt in self.doubts],
            "closures_told": self.with_status,
            "likely_same": [_likely_same_as_json(likely) for likely in self.likely_same],
            "addresses_not_compared": self.without_door,
            "houses_compared": self.compared,
            "units_not_compared": list(self.units_left_out),
            "units_without_ledger": list(self.without_ledger),
            "houses_without_ledger": self.not_compared,
            "units_in_part": {part.unit: part.rows for part in self.in_part},
            "rows_not_read": self.unread,
        }


def compare_with_platform(
    platform: pd.DataFrame,
    houses: pd.DataFrame,
    ledger: Ledger,
    home: County,
    period: Period,
    *,
    unread: int = 0,
) -> PlatformComparison:
    """Compares the platform's list with a period's house ledger, and the sweep-tables with the result.

    Args:
        platform: Rows of `platform-list`.
        unread: How many rows of the platform's list have errors and are not among `platform`.
    """
    without_ledger = units_without(HOUSES, home, ledger, str(period))
    is_unknown = platform.township.isin(without_ledger) & ~platform.house_id.isin(set(houses.house_id))
    not_compared, platform = platform[is_unknown], platform[~is_unknown]
    units, floors = home.roster.names, Notice.in_force(home).thresholds.floors.value
    people = people_in(FORMS[HOUSES], houses)
    covered_units = set(platform.township.dropna()) | set(
        houses.township[houses.house_id.isin(set(platform.house_id))]
    )
    compared_houses = houses[houses.township.isin(covered_units)]
    reconciliation = _masked(reconcile(platform, compared_houses), people)
    audited = audit_counts(ledger.frame(REPORT_AUDITS, str(period), units), houses)
    counted = merged(reconciliation.villages, key_figures(houses, floors), audited)
    in_part = parts_taken(ledger.submissions(str(period)), units).get(HOUSES, ())
    partial_units = {part.unit for part in in_part}
    counted_in_full = {place: counts for place, counts in counted.items() if place[0] not in partial_units}
    sweep_tables = ledger.frame(SWEEP, str(period), units)
    doubts, with_status = closure_doubts(platform, houses)
    likely_same_houses, without_door = likely_same(platform, houses)
    return PlatformComparison(
        period=period,
        reconciliation=reconciliation,
        counted=dict(sorted(counted.items())),
        disagreements=list(disagreements(sweep_tables, counted_in_full)),
        doubts=[_masked_doubt(doubt) for doubt in doubts],
        with_status=with_status,
        likely_same=[_masked_likely(likely, people) for likely in likely_same_houses],
        without_door=without_door,
        compared=platform.house_id.nunique(),
        units_left_out=tuple(unit for unit in units if unit in set(houses.township) - covered_units),
        without_ledger=without_ledger,
        not_compared=not_compared.house_id.nunique(),
        in_part=in_part,
        unread=unread,
    )


def _masked(reconciliation: Reconciliation, people: People) -> Reconciliation:
    """Returns it with personal data masked, also names of the ledger's people in the platform's addresses."""
    return replace(
        reconciliation,
        missed=mask_rows(FORMS[PLATFORM], reconciliation.missed, people=people),
        unlisted=mask_rows(FORMS[HOUSES], reconciliation.unlisted),
        differences=tuple(
            _masked_difference(difference, people) for difference in reconciliation.differences
        ),
    )


def _masked_difference(difference: FieldDifference, people: People) -> FieldDifference:
    field = difference.field
    texts = [shown(field, text) for text in (difference.ledger, difference.platform)]
    ledger, platform = map(people.masked_in, texts) if may_name_people(field) else texts
    house_id = mask_house_id(difference.house_id)
    return replace(difference, house_id=house_id, ledger=ledger, platform=platform)


def _masked_doubt(doubt: ClosureDoubt) -> ClosureDoubt:
    status = FORMS[PLATFORM].by_name["status"]
    return replace(doubt, house_id=mask_house_id(doubt.house_id), platform=shown(status, doubt.platform))


def _masked_likely(likely: LikelySame, people: People) -> LikelySame:
    address = FORMS[HOUSES].by_name["address"]
    ids = tuple((mask_house_id(house_id), source) for house_id, source in likely.house_ids)
    return replace(likely, address=people.masked_in(shown(address, likely.address)), house_ids=ids)


def _difference_as_json(difference: FieldDifference) -> reconciliation_json.FieldDifference:
    return {
        **_place(difference.place),
        "house_id": difference.house_id,
        "heading": difference.heading,
        "ledger": difference.ledger,
        "platform": difference.platform,
    }


def _disagreement_as_json(disagreement: Disagreement) -> reconciliation_json.Disagreement:
    return {
        "unit": disagreement.unit,
        "village": disagreement.village,
        "figure": disagreement.figure,
        "said": disagreement.reported,
        "found": disagreement.counted,
    }


def _doubt_as_json(doubt: ClosureDoubt) -> reconciliation_json.ClosureDoubt:
    return {
        **_place(doubt.place),
        "house_id": doubt.house_id,
        "platform": doubt.platform,
        "ledger": doubt.ledger,
    }


def _likely_same_as_json(likely: LikelySame) -> reconciliation_json.LikelySame:
    return {
        **_place(likely.place),
        "address": likely.address,
        "houses": [{"house_id": house_id, "in": source} for house_id, source in likely.house_ids],
        "why": likely.why,
    }


def _with_village(village: tuple[str, str], entries: Mapping[str, object]) -> Any:
    """Returns a village's counts, which their form names, its unit and name (in that order) in front."""
    return {**_place(village), **entries}


def _place(village: tuple[str, str]) -> reconciliation_json.Place:
    unit, name = village
    return {"unit": unit, "village": name}
