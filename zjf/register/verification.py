"""Whether a printed table agrees with the ledger now, agreed with it then, or neither.

What was printed is on record (`zjf.register.printed_tables`). For a table from before there was a register,
the tables are made again from the ledger as it stood after each return, until one has the code; that works
as long as the roster, the notice and the counting have not changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from zjf.county import County
from zjf.documents.seal import Seal
from zjf.documents.wording import Wording, wording_of
from zjf.errors import CannotDoError
from zjf.ledger import PrintedTable
from zjf.ledger.as_of import states
from zjf.ledger.drawings import drawings_of
from zjf.ledger.registers.log import BEGUN_ANEW, RESTORED
from zjf.ledger.registers.printed import PRESS
from zjf.period import Period
from zjf.public_json import DocumentName, verification
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
        verdict: Whether its figures are the ledger's now, were the ledger's when it was made, or never were;
            or that it was printed here and cannot be compared any more.
        differences: Where it differs from the ledger's table of now or, if it was altered, from the table
            as it was made.
        made_after: When the last return came in that it was made from; None where that is not known.
        resent: Whether returns came in since, whatever they changed.
        signatures: The electronic signatures that it bears; it is altered if one is broken.
        printed: The register's entries of the code; of a table older than the register those that it would
            have.
        legible: Whether its texts when it was made are known.
        unseen: The parts of the file that were not looked at, in words.
        by_hand: The texts that were filled in by hand; the ledger has nothing to compare them with.
        redrawn: Whether its pages have the same words, and it cannot be told how they were drawn.
        replaced: When the ledger last took the place of another, by a backup or anew: what was printed shortly before
            is not on record. None where it never did.
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
    redrawn: bool = False
    replaced: datetime | None = None

    @property
    def broken(self) -> bool:
        """Whether it was changed after it was signed electronically."""
        return not all(signature.intact for signature in self.signatures)

    @property
    def shortcomings(self) -> list[str]:
        """Why it was a draft each time that it was printed; empty where it was final once."""
        return min((table.content["draft"] for table in self.printed), key=len, default=[])

    def as_json(self) -> verification.Verification:
        """Returns the document `zjf.verification/1`."""
        return {
            "schema": DocumentName.VERIFICATION,
            "verdict": self.verdict.value,
            "form": self.seal.form,
            "period": self.seal.period,
            "unit": self.seal.unit,
            "code": self.seal.code,
            "made_after": self.made_after.isoformat() if self.made_after else None,
            "resent": self.resent,
            "differences": [difference.as_json() for difference in self.differences],
            "signatures": [signature.as_json() for signature in self.signatures],
            "not_looked_at": list(self.unseen),
            "filled_in": list(self.by_hand),
        }


Compare = Callable[[Wording], Comparison]
"""Compares a saved file with the texts of a table."""


def _only_the_code(table: Wording) -> Comparison:
    return Comparison(unseen=(_ONLY_THE_CODE,))


def verify(path: Path, home: County) -> Verification:
    """Compares a table that `zjf report` made, and people may have changed, with the ledger.

    One that was changed after it was signed electronically is altered, whatever its figures are.

    Args:
        path: The .xlsx, .pdf or .html.

    Raises:
        CannotDoError: It cannot be read, bears no code, or the ledger has nothing of its form, period and
            unit.
    """
    saved = open_saved(path, home)
    verification = judge(saved.seal, home, saved.compare)
    verification = replace(verification, signatures=saved.signatures)
    return replace(verification, verdict=Verdict.ALTERED) if verification.broken else verification


def judge(seal: Seal, home: County, compare: Compare = _only_the_code) -> Verification:
    """Compares a table with the ledger by the code that it bears.

    Args:
        seal: The table's form, period, unit and code.
        compare: Compares its file with the texts of a table; where only the code is known, it finds no
            difference.

    Raises:
        CannotDoError: The ledger has nothing of its form, period and unit.
    """
    context = PrintContext.of_county(home, Period.parse(seal.period))
    verification = look_up(seal, context, compare)
    if verification is None:
        raise CannotDoError(
            f"台账中没有{seal.unit} {seal.period} 的这种表",
            "请核对是不是本县的表，或用 --county 指明县文件夹。",
        )
    replacements = [event.at for event in context.ledger.events("") if event.what in (RESTORED, BEGUN_ANEW)]
    return replace(verification, replaced=max(replacements, default=None))


def look_up(seal: Seal, context: PrintContext, compare: Compare = _only_the_code) -> Verification | None:
    """Compares a table as `judge` does, with the tables of a period that is already open.

    Returns:
        The verification; None where the ledger has nothing of the table's form and unit.
    """
    form, unit = FORMS.get(seal.form), context.unit_named(seal.unit)
    if form is None:
        return None
    current_tables = list(context.variants(form, unit))
    printed = context.ledger.printed(**vars(seal)) or _entry_from_history(seal, context)
    if printed:
        return _verify_by_entries(seal, printed, current_tables, context, compare)
    signed = context.ledger.signatures(seal.period, include_former=True)
    if any(
        (signature.unit, signature.form, signature.code) == (seal.unit, seal.form, seal.code)
        for signature in signed
    ):
        return _verify_without_entry(seal, CodeStanding.ONLY_SIGNED, current_tables, compare)
    return (
        _verify_without_entry(seal, CodeStanding.UNKNOWN, current_tables, compare) if current_tables else None
    )


def _verify_without_entry(
    seal: Seal, code: CodeStanding, current_tables: Sequence[Table], compare: Compare
) -> Verification:
    """Judges a table whose texts are not on record; its file is compared with the ledger's present table."""
    comparison = _compare_with_ledger(current_tables, compare)
    verdict = verdict_of(Evidence(code, FileReading.NOT_KNOWN, Now.OTHER if current_tables else Now.NO_TABLE))
    legible = code is CodeStanding.UNKNOWN
    return replace(Verification(seal, verdict, legible=legible), **vars(comparison))


def _entry_from_history(seal: Seal, context: PrintContext) -> list[PrintedTable]:
    """Returns the entry that a table would have, from the latest state of the ledger that gives its code."""
    form, unit = FORMS[seal.form], context.unit_named(seal.unit)
    for earlier_ledger in states(context.ledger, seal.period, [unit] if unit else context.home.roster.names):
        earlier_context = context.then(earlier_ledger)
        for table in earlier_context.variants(form, unit):
            if table.seal == seal:
                return [register.entry_of(table, earlier_context)]
    return []


def _verify_by_entries(
    seal: Seal,
    printed: Sequence[PrintedTable],
    current_tables: Sequence[Table],
    context: PrintContext,
    compare: Compare,
) -> Verification:
    """Judges a table by the entries of its code, the latest first; it is altered if it agrees with none."""
    presses = [{PRESS: table.content[PRESS]} for table in printed if PRESS in table.content]
    pressed = presses[-1] if presses else {}  # what was printed as a workbook only has no press
    verifications = [
        _verify_by_entry(
            seal, replace(table, content={**pressed, **table.content}), current_tables, context, compare
        )
        for table in reversed(printed)
    ]
    best = next(
        (verification for verification in verifications if verification.verdict is not Verdict.ALTERED),
        verifications[0],
    )
    return replace(best, printed=tuple(printed))


def _verify_by_entry(
    seal: Seal,
    printed: PrintedTable,
    current_tables: Sequence[Table],
    context: PrintContext,
    compare: Compare,
) -> Verification:
    current = next(
        (table for table in current_tables if table.shows_personal == register.whole(printed)), None
    )
    grid = register.rows_of_printed(printed, context.ledger, current)
    wording = register.legible(printed, grid) if grid is not None else None
    if wording is not None:
        wording = replace(wording, drawings=drawings_of(context.ledger, printed))
    comparison = compare(wording) if wording else _compare_with_ledger(current_tables, compare)
    evidence = Evidence(
        code=CodeStanding.ON_RECORD,
        reading=FileReading.NOT_KNOWN if wording is None else _reading(comparison),
        now=_compare_with_current(printed, current, context),
    )
    verdict = verdict_of(evidence)
    resent = bool(current_tables) and printed.as_of != context.as_of(context.unit_named(seal.unit))
    verification = Verification(
        seal, verdict, made_after=printed.as_of, resent=resent, legible=wording is not None
    )
    verification = replace(verification, **vars(comparison))
    if verdict is not Verdict.OUTDATED or wording is None or current is None:
        return verification
    return replace(verification, differences=tuple(table_differences(wording, wording_of(current))))


def _reading(comparison: Comparison) -> FileReading:
    if comparison.differences:
        return FileReading.OTHER
    return FileReading.REDRAWN if comparison.redrawn else FileReading.SAME


def _compare_with_current(printed: PrintedTable, current: Table | None, context: PrintContext) -> Now:
    if current is None:
        return Now.NO_TABLE
    return Now.SAME if register.agrees(printed, current, context.home.roster.current_name) else Now.OTHER


def _compare_with_ledger(current_tables: Sequence[Table], compare: Compare) -> Comparison:
    """Compares a file with the ledger's present table, but for the foot of its pages, which has the code."""
    if not current_tables:
        return Comparison()
    comparison = compare(wording_of(current_tables[0]))
    return replace(
        comparison,
        differences=tuple(difference for difference in comparison.differences if difference.heading != FOOT),
    )
