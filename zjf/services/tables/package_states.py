"""The state of each package that a notice asks for: not made, made but figures changed since, not signed, ready."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b

import zjf.briefings.reports  # noqa: F401  # registers every kind of report
from zjf.briefings.reports.report import REPORTS, Report, ReportKind, ReportMaterials
from zjf.documents.attachment import Attachment
from zjf.figures.reckoning import Reckoning
from zjf.ledger.packages import MadePackage, last_packages
from zjf.notices.notice import Notice
from zjf.notices.provisions import RequiredPackage
from zjf.period import Period, office_moment
from zjf.public_json import status
from zjf.register.print_context import PrintContext
from zjf.register.sign_off import SignOff, sign_offs, state_of
from zjf.schemas import FORMS


class PackageState(StrEnum):
    """The state of a package."""

    NOT_MADE = "not-made"
    CHANGED = "changed"
    UNSIGNED = "unsigned"
    READY = "ready"

    @property
    def label(self) -> str:
        return {
            "not-made": "未做",
            "changed": "做后数据有变",
            "unsigned": "已做，未签全",
            "ready": "已做，已签",
        }[self.value]


@dataclass(frozen=True)
class PackageLine:
    """The package of a unit, or of the county, for a period.

    Args:
        made_at: When it was made last; None where it was not.
        signing: Whether its tables are signed: 已签, 未签 …
        made_before: Where it was not made for this period: the last one before for which it was.
    """

    who: str
    state: PackageState
    made_at: datetime | None
    signing: str
    made_before: Period | None = None

    def as_json(self) -> status.PackageLine:
        return {
            "who": self.who,
            "state": self.state.value,
            "made_at": office_moment(self.made_at) if self.made_at else None,
            "signing": self.signing,
            "made_before": str(self.made_before) if self.made_before else None,
        }


@dataclass(frozen=True)
class Parts:
    """The parts of a package."""

    kind: ReportKind
    materials: ReportMaterials
    tables: tuple[Attachment, ...]

    @classmethod
    def of(cls, context: PrintContext, package: RequiredPackage, unit: str | None) -> "Parts | None":
        """Returns the parts of a unit's package; None where nothing was reported for one of the tables."""
        tables = [context.attachment(FORMS[form], unit) for form in package.forms]
        reported = tuple(table for table in tables if table)
        if len(reported) < len(tables):
            return None
        return cls(REPORTS[package.report], ReportMaterials.of(context, unit), reported)

    @cached_property
    def report(self) -> Report:
        """The report."""
        return self.kind.compose(self.materials)

    @property
    def digest(self) -> str:
        """A digest of every figure of the report and of the tables."""
        content = [
            [figure.as_json() for figure in self.report.figures],
            *([list(row) for row in table.grid] for table in self.tables),
        ]
        return blake2b(json.dumps(content, ensure_ascii=False).encode(), digest_size=16).hexdigest()


def how_made(paper: str, notice: Notice) -> str:
    """Returns in words what makes a paper without a form: the package, a report of its own, or nothing here."""
    package = notice.package
    if package and paper in (plain_name(package), *REPORTS[package.report].names):
        return "用 zjf report 成套材料 做，做没做看“成套材料”一行"
    if any(paper in kind.names for kind in REPORTS.values()):
        return f"用 zjf paper {paper} 做"
    return "工具里没有它的表"


def plain_name(package: RequiredPackage) -> str:
    """Returns what clerks call a package, without what stands in brackets behind it."""
    return package.name.partition("（")[0]


def package_lines(reckoning: Reckoning, period: Period) -> list[PackageLine]:
    """Returns the packages of a period; none where the notice asks for none, or no unit has figures."""
    package, context = reckoning.notice.package, PrintContext(reckoning, period)
    if package is None:
        return []
    made_packages = last_packages(reckoning.ledger, period)
    signed_by_unit = sign_offs(reckoning, period)
    lines = []
    for unit in [*context.home.roster.names, None]:
        who = unit or context.home.name
        if parts := Parts.of(context, package, unit):
            lines.append(_line(package, parts, made_packages.get(who), signed_by_unit.get(who, ())))
    return lines


def lacking_packages(lines: Sequence[PackageLine], units: Sequence[str]) -> list[str]:
    """Returns the units whose package cannot be made for want of returns; none where no package is wanted."""
    units_with_package = {line.who for line in lines}
    return [unit for unit in units if unit not in units_with_package] if lines else []


def _line(
    package: RequiredPackage, parts: Parts, last_made: MadePackage | None, signed: Sequence[SignOff]
) -> PackageLine:
    made_package = last_made if last_made and last_made.period == parts.materials.context.period else None
    to_sign = [form for form in package.forms if FORMS[form].info.signed]
    package_sign_offs = [sign_off for sign_off in signed if sign_off.signature.form in to_sign]
    is_fully_signed = {
        sign_off.signature.form for sign_off in package_sign_offs if sign_off.changed is False
    } >= set(to_sign)
    if made_package is None:
        state = PackageState.NOT_MADE
    elif made_package.figures != parts.digest:
        state = PackageState.CHANGED
    else:
        state = PackageState.READY if is_fully_signed else PackageState.UNSIGNED
    return PackageLine(
        parts.materials.who,
        state,
        made_package.at if made_package else None,
        state_of(package_sign_offs, to_sign),
        made_before=last_made.period if last_made and not made_package else None,
    )
