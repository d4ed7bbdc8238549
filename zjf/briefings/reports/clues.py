"""问题线索情况: what was found, dealt with at once, and handed over, both ways (云霄 四(二))."""

from zjf.briefings import prose
from zjf.briefings.reports.report import Figure, Report, ReportKind, ReportMaterials, register
from zjf.documents.sections import Letter, Paragraph, Section

_POPULATION = "问题线索"


def _says(about: ReportMaterials) -> Report:
    desk = about.desk
    units = [about.unit] if about.unit else desk.home.roster.names
    issues = desk.ledger.frame("issue-ledger", str(desk.period), units)
    handed_over = issues.department.notna() | issues.transferred_on.notna()
    rectified = issues.rectified_on.notna() | issues.closed_on.notna()
    figures = tuple(
        Figure(name, _POPULATION, label, int(count))
        for name, label, count in (
            ("clues", "发现问题线索", len(issues)),
            ("handed_over", "移送其他部门", handed_over.sum()),
            ("answered", "移送后有处理结果", (handed_over & issues.outcome.notna()).sum()),
            ("rectified", "已整改或销号", rectified.sum()),
            ("open", "尚未整改", (~rectified).sum()),
        )
    )
    said = "，".join(f"{figure.label}{figure.value}件" for figure in figures)
    by_source = issues.source.value_counts(sort=False)
    sources = prose.shares({str(source): int(count) for source, count in by_source.items()}, "件")
    told = Paragraph(
        f"据{desk.period.label}问题整改台账，{said}。"
        if len(issues)
        else f"{desk.period.label}没有收到问题整改台账，线索数不详。"
    )
    letter = Letter(
        title=f"{about.who}贫困人口住房安全专项整治问题线索情况",
        subtitle=f"（{desk.period.label}）",
        addressee="",
        sections=(
            Section("一、问题线索", (told, *([Paragraph(f"按来源：{sources}。")] if sources else []))),
            Section(
                "二、双向移送情况",
                (about.note("双向移送", "收到其他部门移送的线索、移送纪检监察机关的线索"),),
            ),
            Section("三、突出问题和处理", (about.note("突出问题", "突出问题及处理情况"),)),
        ),
        closing="",
        office=about.office,
        day=prose.day(about.day),
    )
    return Report(letter, figures)


register(
    ReportKind(
        id="clues",
        title="问题线索情况",
        names=("问题线索", "线索报告"),
        clause="云霄 四(二)",
        says=_says,
    )
)
