"""No honest file is called false: saved again by other programs, set otherwise, printed otherwise."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zjf.register.verdicts import Verdict

from .honest_books import BOOKS
from .honest_papers import PAPERS
from .offices import EARLIER, PERIOD, PrintedCounty, saved_paper, typed_into

COUNTY = "附件2_云水县"
NAMES = [
    *(f"附件{number}_{whose}" for number in (1, 2) for whose in ("云水县", "城关街道", "青石镇")),
    "自建房台账_云水县",
    "自建房台账_青石镇",
]
OFFICE = shutil.which("soffice")


@pytest.mark.parametrize("change", BOOKS, ids=lambda change: change.__name__)
def test_a_workbook_set_otherwise(
    county: PrintedCounty, tmp_path: Path, change: Callable[[Any], None]
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(typed_into(county.file(f"{COUNTY}.xlsx"), change))
    found = county.judged(path)
    assert (found.verdict, found.differences) == (Verdict.CURRENT, ())


@pytest.mark.parametrize("change", PAPERS, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", [COUNTY, "自建房台账_青石镇"])
def test_a_paper_saved_otherwise(
    county: PrintedCounty, tmp_path: Path, name: str, change: Callable[[Any], None]
) -> None:
    path = tmp_path / "表.pdf"
    path.write_bytes(saved_paper(county.file(f"{name}.pdf"), change))
    found = county.judged(path)
    unseen = {"paper_with_bookmarks": ("书签",), "paper_with_labels_of_pages": ("页的名称",)}
    assert (found.verdict, found.differences, found.unseen) == (
        *(Verdict.CURRENT, ()),
        unseen.get(change.__name__, ()),
    )


@pytest.fixture(scope="module")
def saved_by_libreoffice(
    county: PrintedCounty, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Path]:
    """The county's workbooks, opened in LibreOffice and saved again."""
    if OFFICE is None:
        pytest.skip("没有安装 LibreOffice")
    folder, saved = tmp_path_factory.mktemp("LibreOffice"), {}
    for period in (EARLIER, PERIOD):
        target = folder / period
        names = [name for name in NAMES if list((county.folder / "out" / period).rglob(f"{name}.xlsx"))]
        files = [str(next((county.folder / "out" / period).rglob(f"{name}.xlsx"))) for name in names]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        saved |= {(period, name): target / f"{name}.xlsx" for name in names}
    return saved


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("period", [EARLIER, PERIOD])
def test_a_workbook_saved_by_libreoffice(
    county: PrintedCounty, saved_by_libreoffice: dict[tuple[str, str], Path], period: str, name: str
) -> None:
    if (period, name) not in saved_by_libreoffice:
        assert period == EARLIER  # only one unit had reported
        return
    found = county.judged(saved_by_libreoffice[period, name])
    assert (found.verdict, found.differences) == (Verdict.CURRENT, ())
