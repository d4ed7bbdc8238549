"""The platform's list against the house ledger, with all that the county holds against the two."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from zjf.analysis.platform_status import ClosureDoubt, LikelySame, closure_doubts, likely_same
from zjf.analysis.reconciliation import Difference, Reconciliation, reconcile
from zjf.analysis.report_audits import audit_counts
from zjf.analysis.sweep_agreement import Disagreement, Found, disagreements, together
from zjf.counting.sweep import key_figures
from zjf.county import County
from zjf.ledger import Ledger
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.problems import People, shown
from zjf.public_json import DocumentName
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_house_id, mask_rows, may_name_people, people_in

SWEEP = FORMS["sweep-table"]


@dataclass(frozen=True, eq=False)
class PlatformComparison:
    """What holding the two lists against each other came to; personal data is masked.

    Args:
        period: The period of the house ledger.
        found: What only one of them has, and what they have otherwise.
        counted: The sweep-table's figures village by village: 错漏排 from this comparison, “三类重点” from the
            ledger, audits from the audited reports.
        against: Where the sweep-tables that were sent say otherwise.
        doubts: Houses that the platform and the ledger do not call closed alike.
        told: Of how many of the ledger's houses the platform says whether they are closed.
        same: House numbers that may be one house.
        nowhere: How many houses have no address that could be compared.
        beyond: The units of which the platform's list has no house: theirs were not looked for in it.
    """

    period: Period
    found: Reconciliation
    counted: Found
    against: list[Disagreement]
    doubts: list[ClosureDoubt]
    told: int
    same: list[LikelySame]
    nowhere: int
    beyond: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The document `zjf.reconciliation/1`."""
        found = self.found
        return {
            "schema": DocumentName.RECONCILIATION.value,
            "period": str(self.period),
            "villages": [_at(place, counts) for place, counts in found.villages.items()],
            "missed": found.missed.house_id.tolist(),
            "unlisted": found.unlisted.house_id.tolist(),
            "differences": [
                _at(
                    difference.place,
                    {
                        "house_id": difference.house_id,
                        "heading": difference.heading,
                        "ledger": difference.ledger,
                        "platform": difference.platform,
                    },
                )
                for difference in found.differences
            ],
            "sweep_table": [vars(disagreement) for disagreement in self.against],
            "counted": [
                _at(place, {name: counts.get(name) for name in SWEEP.counts})
                for place, counts in self.counted.items()
            ],
            "closures": [
                _at(
                    doubt.place,
                    {"house_id": doubt.house_id, "platform": doubt.platform, "ledger": doubt.ledger},
                )
                for doubt in self.doubts
            ],
            "closures_told": self.told,
            "likely_same": [
                _at(
                    likely.place,
                    {
                        "address": likely.address,
                        "houses": [
                            {"house_id": house_id, "in": where} for house_id, where in likely.house_ids
                        ],
                        "why": likely.why,
                    },
                )
                for likely in self.same
            ],
            "addresses_not_compared": self.nowhere,
            "units_not_compared": list(self.beyond),
        }


def compare_with_platform(
    platform: pd.DataFrame, houses: pd.DataFrame, ledger: Ledger, home: County, period: Period
) -> PlatformComparison:
    """Holds the platform's list against a period's house ledger, and the sweep-tables against both.

    Args:
        platform: Rows of `platform-list`.
        houses: The county's house ledger of the period.
        ledger: The county's ledger.
        home: The county.
        period: The period.
    """
    units, floors = home.roster.names, Notice.load(home.notice, home.folder).thresholds.floors.value
    people = people_in(FORMS["house-ledger"], houses)
    covered = set(platform.township.dropna()) | set(
        houses.township[houses.house_id.isin(set(platform.house_id))]
    )
    own = houses[houses.township.isin(covered)]
    found = _found_shown(reconcile(platform, own), people)
    audited = audit_counts(ledger.frame("report-audit", str(period), units), houses)
    counted = together(found.villages, key_figures(houses, floors), audited)
    swept = ledger.frame(SWEEP.id, str(period), units)
    doubts, told = closure_doubts(platform, houses)
    same, nowhere = likely_same(platform, houses)
    return PlatformComparison(
        period,
        found,
        dict(sorted(counted.items())),
        list(disagreements(swept, counted)),
        [_doubt_shown(doubt) for doubt in doubts],
        told,
        [_likely_shown(likely, people) for likely in same],
        nowhere,
        tuple(unit for unit in units if unit in set(houses.township) - covered),
    )


def _found_shown(found: Reconciliation, people: People) -> Reconciliation:
    """What was found, masked; `people` are those whom the ledger knows: the platform writes them into addresses."""
    return replace(
        found,
        missed=mask_rows(FORMS["platform-list"], found.missed, people=people),
        unlisted=mask_rows(FORMS["house-ledger"], found.unlisted),
        differences=tuple(_difference_shown(difference, people) for difference in found.differences),
    )


def _difference_shown(difference: Difference, people: People) -> Difference:
    field = difference.field
    said = [shown(field, text) for text in (difference.ledger, difference.platform)]
    ledger, platform = map(people.masked_in, said) if may_name_people(field) else said
    house_id = mask_house_id(difference.house_id)
    return replace(difference, house_id=house_id, ledger=ledger, platform=platform)


def _doubt_shown(doubt: ClosureDoubt) -> ClosureDoubt:
    status = FORMS["platform-list"].by_name["status"]
    return replace(doubt, house_id=mask_house_id(doubt.house_id), platform=shown(status, doubt.platform))


def _likely_shown(likely: LikelySame, people: People) -> LikelySame:
    address = FORMS["house-ledger"].by_name["address"]
    ids = tuple((mask_house_id(house_id), where) for house_id, where in likely.house_ids)
    return replace(likely, address=people.masked_in(shown(address, likely.address)), house_ids=ids)


def _at(place: tuple[str, str], more: Mapping[str, object]) -> dict[str, Any]:
    return {"unit": place[0], "village": place[1], **more}
