"""制度核查清单: a list, filled in by hand, of whether each mechanism exists, is carried out, and works (嘉峰 三(三))."""

from zjf.briefings import prose
from zjf.briefings.reports.report import Report, ReportKind, ReportMaterials, register
from zjf.documents.sections import Letter, Paragraph, Section

_MECHANISMS = (
    "经营性自建房日常巡查",
    "隐患动态排查和新增隐患管理",
    "用作经营的安全鉴定和审批",
    "改建、扩建、装饰装修管理",
    "问题移送和追踪",
    "验收销号",
    "群众举报和奖励",
)
_ASKED = "是否建立：□是 □否　是否落实：□是 □否　是否有效：□是 □否　存在问题：　　　　　　　　　　　　"


def _compose(materials: ReportMaterials) -> Report:
    sections = tuple(
        Section(f"{prose.numeral(number)}、{mechanism}", (Paragraph(_ASKED),))
        for number, mechanism in enumerate(_MECHANISMS, 1)
    )
    letter = Letter(
        title=f"{materials.who}经营性自建房管理制度核查清单",
        subtitle=f"（{materials.context.period.label}）",
        addressee="",
        sections=sections,
        closing="核查人签字：　　　　　　　　负责人签字：　　　　　　　　",
        office=materials.office,
        day="　　　　年　　月　　日",
    )
    return Report(letter, ())


register(
    ReportKind(
        id="mechanism-check",
        title="经营性自建房管理制度核查清单",
        names=("制度核查", "制度核查清单"),
        clause="嘉峰 三(三)",
        compose=_compose,
    )
)
