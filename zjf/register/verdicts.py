"""The decision table: from the evidence about a printed table to the verdict on it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The verdict on a printed table."""

    CURRENT = "current"
    OUTDATED = "outdated"
    ALTERED = "altered"
    UNCOMPARED = "uncompared"


class CodeStanding(StrEnum):
    """What the ledger knows of a table's code."""

    ON_RECORD = "出过"
    ONLY_SIGNED = "只登记过签字"
    UNKNOWN = "没有出过"


class FileReading(StrEnum):
    """How the file compares with the table as it was made."""

    SAME = "相同"
    OTHER = "不同"
    REDRAWN = "文字相同，样子不能比对"
    NOT_KNOWN = "当时的数字已不能还原"


class Now(StrEnum):
    """How the table as it was made compares with the table of the ledger now."""

    SAME = "相同"
    OTHER = "不同"
    NO_TABLE = "没有这种表"


@dataclass(frozen=True)
class Evidence:
    """The evidence about a table.

    Args:
        code: What the ledger knows of its code.
        reading: How the file compares with the table as it was made.
        now: How the table as it was made compares with the ledger now.
    """

    code: CodeStanding
    reading: FileReading
    now: Now


@dataclass(frozen=True)
class Case:
    """A row of the decision table; None in a column: any value."""

    code: CodeStanding | None
    reading: FileReading | None
    now: Now | None
    verdict: Verdict
    words: str

    def holds(self, evidence: Evidence) -> bool:
        """Whether the evidence meets all conditions of the row."""
        conditions = (self.code, self.reading, self.now)
        facts = (evidence.code, evidence.reading, evidence.now)
        return all(
            condition is None or condition == fact for condition, fact in zip(conditions, facts, strict=True)
        )


CASES = (
    Case(CodeStanding.UNKNOWN, None, None, Verdict.ALTERED, "校验码不是本县台账出过的"),
    Case(CodeStanding.ONLY_SIGNED, None, None, Verdict.UNCOMPARED, "出过，不能比对"),
    Case(CodeStanding.ON_RECORD, FileReading.NOT_KNOWN, None, Verdict.UNCOMPARED, "出过，不能比对"),
    Case(CodeStanding.ON_RECORD, FileReading.OTHER, None, Verdict.ALTERED, "被改动过，逐处说明"),
    Case(CodeStanding.ON_RECORD, FileReading.REDRAWN, None, Verdict.UNCOMPARED, "字形、样式和线条不能比对"),
    Case(
        CodeStanding.ON_RECORD,
        FileReading.SAME,
        Now.NO_TABLE,
        Verdict.UNCOMPARED,
        "是当时的数字，现在没有可比的表",
    ),
    Case(CodeStanding.ON_RECORD, FileReading.SAME, Now.OTHER, Verdict.OUTDATED, "是当时的数字，其后有变"),
    Case(CodeStanding.ON_RECORD, FileReading.SAME, Now.SAME, Verdict.CURRENT, "与台账现在的数字一致"),
)
"""Read from the top; the first that holds decides. `docs/guides/signing.md` shows the same table."""


def verdict_of(evidence: Evidence) -> Verdict:
    """Returns the case that decides on a table."""
    return next(case.verdict for case in CASES if case.holds(evidence))
