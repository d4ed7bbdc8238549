"""A folder of photos compared with a period's houses."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zjf.analysis.photos import IN_NO_LEDGER, PhotoFinding, PhotoFolder
from zjf.errors import refused
from zjf.figures.summary import units_without
from zjf.period import Period
from zjf.public_json import DocumentName, papers
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.house_facts import suspected
from zjf.services.houses.house_files import HouseFiles

_PERHAPS_OF_OTHERS = "（有单位没有报台账，也可能是它们的房屋）"


@dataclass(frozen=True)
class PhotoCheck:
    """What is wrong with the photos of a period's houses; personal data is masked.

    Args:
        period: The period whose ledger names the houses.
        population: Which houses are to have photos, in words.
        houses: How many houses these are.
        photos: How many photos there are.
        without_ledger: The units asked for that sent no house ledger: nothing is known of their houses.
    """

    period: Period
    population: str
    houses: int
    photos: int
    findings: tuple[papers.PhotoFinding, ...]
    without_ledger: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.period} 台账中{self.population} {self.houses} 栋，照片 {self.photos} 张"

    def as_json(self) -> papers.Photos:
        """Returns the document `zjf.photos/1`."""
        return {
            "schema": DocumentName.PHOTOS,
            "period": str(self.period),
            "houses": self.houses,
            "photos": self.photos,
            "findings": list(self.findings),
            "without_ledger": list(self.without_ledger),
        }


def check_photos(folder: Path, files: HouseFiles, unit: str | None = None, *, every: bool) -> PhotoCheck:
    """Looks for photos that are missing, unreadable, used twice, older than the works, or of no house.

    Args:
        unit: Only this unit's; photos of other units' houses are passed over.
        every: Whether every house is to have photos; else only those suspected of a hazard.

    Raises:
        CannotDoError: The folder cannot be read.
    """
    with files.ledger.one_state():  # returns may come in meanwhile
        silent = units_without(HOUSES, files.home, files.ledger, str(files.period))
        houses = files.houses if unit is None else files.houses[files.houses.township == unit]
    houses_to_check = houses if every else houses[suspected(houses).to_numpy(dtype=bool)]
    try:
        album = PhotoFolder(folder.resolve(strict=True))
    except OSError as error:
        raise refused(f"照片文件夹“{folder}”打不开", error, "请核对路径。") from error
    by_id = {
        row["house_id"]: {str(name): cell for name, cell in row.items()}
        for row in files.houses.to_dict("records")
    }
    findings = [
        finding
        for finding in album.findings(by_id, houses_to_check.house_id)
        if unit is None or by_id.get(finding.house_id, {}).get("township", unit) == unit
    ]
    return PhotoCheck(
        files.period,
        f"{'全部' if every else '初判有隐患的'}房屋",
        len(houses_to_check),
        album.count,
        tuple(_shown(finding, by_id, files, ledgers_missing=bool(silent)) for finding in findings),
        tuple(silent_unit for silent_unit in silent if unit in (None, silent_unit)),
    )


def _shown(
    finding: PhotoFinding,
    houses: Mapping[str, Mapping[str, Any]],
    files: HouseFiles,
    *,
    ledgers_missing: bool,
) -> papers.PhotoFinding:
    is_strange = finding.state == IN_NO_LEDGER and ledgers_missing
    return {
        "unit": houses.get(finding.house_id, {}).get("township", ""),
        "house_id": files.file_shown(finding.house_id),
        "view": files.file_shown(finding.view),
        "what": finding.state,
        "detail": files.file_shown(finding.detail) + (_PERHAPS_OF_OTHERS if is_strange else ""),
    }
