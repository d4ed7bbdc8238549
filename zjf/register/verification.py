"""Whether a printed table agrees with the ledger now, agreed with it then, or neither.

What was printed is on record (`zjf.register.printed_tables`). Of a table from before there was a register, the
code is looked for among those of the ledger as it stood after each return; that finds it as long as the
roster, the notice and the counting are what they were.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from zjf.county import County
from zjf.documents.seal import Seal
from zjf.documents.wording import Wording, wording_of
from zjf.errors import CannotDoError
from zjf.ledger import PrintedTable
from zjf.ledger.as_of import states
from zjf.period import Period
from zjf.public_json import DocumentName
from zjf.register import printed_tables as register
from zjf.register.differences import FOOT, Comparison, Difference, table_differences
from zjf.register.paper_signature import PaperSignature
from zjf.register.print_context import PrintContext
from zjf.register.printed_tables import Table
from zjf.register.saved_files import open_saved
from zjf.register.verdicts import CodeStanding, Evidence, FileReading, Now, Verdict, verdict_of
from zjf.schemas import FORMS

_ONLY_THE_CODE = "文件（只核对了校验码）"


@dataclass(frozen=True)
class Verification:
    """What is known of a printed table.

    Args:
        seal: Its form, period, unit and code, as it bears them.
        verdict: Whether its figures are the ledger's now, were the ledger's then, or never; or that it was
            printed here and cannot be compared any more.
        differences: Where it differs from the ledger's table of now or, if it was altered, from the table
            as it was made.
        made_after: When the last return came in that it was made from; None where that is not known.
        resent: Whether returns came in since, whatever they changed.
        signatures: The electronic signatures that it bears. One that was broken makes it altered.
        printed: The register's entries of the code; of a table older than the register those that it would
            have.
        legible: Whether its texts when it was made are known.
        unseen: The parts of the file that were not looked at, in words.
        by_hand: The texts that were filled in by hand; the ledger has nothing to compare them with.
    """

    seal: Seal
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    made_after: datetime | None = None
    resent: bool = False
    signatures: tuple[PaperSignature, ...] = ()
    printed: tuple[PrintedTable, ...] = ()
    legible: bool = True
    unseen: tuple[str, ...] = (_ONLY_THE_CODE,)
    by_hand: tuple[str, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether it was changed after it was signed electronically."""
        return not all(signature.intact for signature in self.signatures)

    @property
    def shortcomings(self) -> list[str]:
        """Why it was a draft each time that it was printed; empty where it was final once."""
        return min((table.said["draft"] for table in self.printed), key=len, default=[])

    def as_json(self) -> dict[str, Any]:
        """The document `zjf.verification/1`."""
        return {
            "schema": DocumentName.VERIFICATION.value,
            "verdict": self.verdict.value,
            **vars(self.seal),
            "made_after": self.made_after.isoformat() if self.made_after else None,
            "resent": self.resent,
            "differences": [vars(difference) for difference in self.differences],
            "signatures": [signature.as_json() for signature in self.signatures],
            "not_looked_at": list(self.unseen),
            "filled_in": list(self.by_hand),
        }


Compare = Callable[[Wording], Comparison]
"""Compares a saved file with the texts of a table."""


def _only_the_code(table: Wording) -> Comparison:
    return Comparison(unseen=(_ONLY_THE_CODE,))


def verify(
    path: Path, home: County, progress: Callable[[int, int], None] = lambda done, of: None
) -> Verification:
    """Compares a table that `zjf report` made, and people may have changed, with the ledger.

    Args:
        path: The .xlsx, .pdf, .docx or .html.
        home: The county whose ledger is asked.
        progress: Called with how many pages of a PDF are read, of how many.

    Raises:
        CannotDoError: It cannot be read, bears no code, or the ledger has nothing of its form, period and
            unit.
    """
    saved = open_saved(path, home, progress)
    found = judge(saved.seal, home, saved.compare)
    found = replace(found, signatures=saved.signatures)
    return replace(found, verdict=Verdict.ALTERED) if found.broken else found


def judge(seal: Seal, home: County, compare: Compare = _only_the_code) -> Verification:
    """Compares a table with the ledger by the code that it bears.

    Args:
        seal: The table's form, period, unit and code.
        home: The county whose ledger is asked.
        compare: Compares its file with the texts of a table; where only the code is known, it finds no
            difference.

    Raises:
        CannotDoError: The ledger has nothing of its form, period and unit.
    """
    found = look_up(seal, PrintContext.of_county(home, Period.parse(seal.period)), compare)
    if found is None:
        raise CannotDoError(
            f"台账中没有{seal.unit} {seal.period} 的这种表",
            "请核对是不是本县的表，或用 --county 指明县文件夹。",
        )
    return found


def look_up(seal: Seal, context: PrintContext, compare: Compare = _only_the_code) -> Verification | None:
    """As `judge`, by the tables of its period; None where the ledger has nothing of its form and unit."""
    form, unit = FORMS.get(seal.form), context.unit_named(seal.unit)
    if form is None:
        return None
    now = list(context.variants(form, unit))
    printed = context.ledger.printed(**vars(seal)) or _printed_then(seal, context)
    if printed:
        return _judged(seal, printed, now, context, compare)
    signed = context.ledger.signatures(seal.period, include_former=True)
    if any(
        (signature.unit, signature.form, signature.code) == (seal.unit, seal.form, seal.code)
        for signature in signed
    ):
        return _without_record(seal, CodeStanding.ONLY_SIGNED, now, compare)
    return _without_record(seal, CodeStanding.UNKNOWN, now, compare) if now else None


def _without_record(seal: Seal, code: CodeStanding, now: Sequence[Table], compare: Compare) -> Verification:
    """The verdict where the table's texts are not on record: compared is the ledger's table of now."""
    beside = _from_now(now, compare)
    verdict = verdict_of(Evidence(False, code, FileReading.NOT_KNOWN, Now.OTHER if now else Now.NO_TABLE))
    legible = code is CodeStanding.UNKNOWN
    return replace(Verification(seal, verdict, legible=legible), **vars(beside))


def _printed_then(seal: Seal, context: PrintContext) -> list[PrintedTable]:
    """The table as it was made after one of the returns that came in, the latest first."""
    form, unit = FORMS[seal.form], context.unit_named(seal.unit)
    for then in states(context.ledger, seal.period, [unit] if unit else context.home.roster.names):
        past = context.then(then)
        for table in past.variants(form, unit):
            if table.seal == seal:
                return [register.entry_of(table, past)]
    return []


def _judged(
    seal: Seal,
    printed: Sequence[PrintedTable],
    now: Sequence[Table],
    context: PrintContext,
    compare: Compare,
) -> Verification:
    """The verdict on a table whose code is known; it is altered if it agrees with none that bore the code."""
    found = [_held_against(seal, table, now, context, compare) for table in reversed(printed)]
    best = next(
        (verification for verification in found if verification.verdict is not Verdict.ALTERED), found[0]
    )
    return replace(best, printed=tuple(printed))


def _held_against(
    seal: Seal, printed: PrintedTable, now: Sequence[Table], context: PrintContext, compare: Compare
) -> Verification:
    current = next((table for table in now if table.shows_personal == register.whole(printed)), None)
    grid = register.grid_of(printed, context.ledger, current)
    then = register.legible(printed, grid) if grid is not None else None
    beside = compare(then) if then else _from_now(now, compare)
    evidence = Evidence(
        broken=False,
        code=CodeStanding.ON_RECORD,
        reading=FileReading.NOT_KNOWN
        if then is None
        else FileReading.OTHER
        if beside.differences
        else FileReading.SAME,
        now=_stands(printed, current, context),
    )
    verdict = verdict_of(evidence)
    resent = bool(now) and printed.as_of != context.as_of(context.unit_named(seal.unit))
    found = Verification(seal, verdict, made_after=printed.as_of, resent=resent, legible=then is not None)
    found = replace(found, **vars(beside))
    if verdict is not Verdict.OUTDATED or then is None or current is None:
        return found
    return replace(found, differences=tuple(table_differences(then, wording_of(current))))


def _stands(printed: PrintedTable, current: Table | None, context: PrintContext) -> Now:
    """How the printed table compares with the table as it is now."""
    if current is None:
        return Now.NO_TABLE
    return Now.SAME if register.agrees(printed, current, context.home.roster.current_name) else Now.OTHER


def _from_now(now: Sequence[Table], compare: Compare) -> Comparison:
    """Its differences from the ledger's table of now, but for the foot of the page with its code."""
    if not now:
        return Comparison()
    beside = compare(wording_of(now[0]))
    return replace(
        beside,
        differences=tuple(difference for difference in beside.differences if difference.heading != FOOT),
    )
