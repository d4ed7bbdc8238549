"""The tables that a notice wants printed every period, and whether they were printed since the last return."""

from zjf.county import County
from zjf.ledger import Ledger
from zjf.monitoring.board import Board
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.schemas import FORMS
from zjf.schemas.form_ids import PROGRESS, REVIEWS
from zjf.services.styles import styles_there_are

_USUAL = (REVIEWS, PROGRESS)
_OF_HOUSEHOLDS = ("household-books",)


def tables_wanted(notice: Notice) -> tuple[str, ...]:
    """Returns the attachments that a notice names; the usual two where it names none.

    Under a notice about households these are the household books (云霄 二(三)).
    """
    named_forms = dict.fromkeys((*(paper.form for paper in notice.papers), *notice.expects))
    attachments = tuple(form for form in named_forms if form and FORMS[form].info.number)
    return attachments or (_OF_HOUSEHOLDS if notice.counts_households else _USUAL)


def report_command(notice: Notice, period: Period) -> str:
    """Returns the command that prints the tables of a period, as a clerk types it."""
    tables = " ".join(_called(table) for table in tables_wanted(notice))
    papers = styles_there_are(("pdf", "pdf")) or "xlsx"
    printed_on_paper = "" if notice.counts_households else f" --as {papers}"
    return f"zjf report {tables}{printed_on_paper} --period {period}"


def units_to_sign(board: Board, notice: Notice) -> list[str]:
    """Returns the units whose tables are not signed as they now are; none where the notice wants none signed."""
    if not any(FORMS[table].info.signed for table in tables_wanted(notice) if table in FORMS):
        return []
    return [line.unit for line in board.lines if line.to_sign and not line.signed]


def printed_since(home: County, ledger: Ledger, period: Period, units: list[str]) -> bool:
    """Whether each unit has a table that was written after the last return of the period was accepted."""
    accepted = max((submission.received_at for submission in ledger.submissions(str(period))), default=None)
    folder = home.out(period) / "附件"
    if accepted is None or not folder.is_dir():
        return False
    written_units = {
        path.stem.rpartition("_")[2]
        for path in folder.iterdir()
        if path.stat().st_mtime >= accepted.timestamp()
    }
    return written_units.issuperset(units)


def _called(table: str) -> str:
    return FORMS[table].info.short_title if table in FORMS else "困难群众台账"
