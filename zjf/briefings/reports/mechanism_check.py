"""制度核查清单: a list, filled in by hand, of whether each mechanism exists, is carried out, and works (嘉峰 三(三))."""

from collections.abc import Mapping

from zjf.briefings.reports.report import Report, ReportMaterials, declare_report
from zjf.documents.layout import Column
from zjf.documents.sections import BLANK_DAY, Cell, LetterTable, Section

_MECHANISMS = (
    "经营性自建房日常巡查",
    "隐患动态排查和新增隐患管理",
    "用作经营的安全鉴定和审批",
    "改建、扩建、装饰装修管理",
    "问题移送和追踪",
    "验收销号",
    "群众举报和奖励",
)
_TO_TICK = "□是\n□否"
_COLUMNS = {
    "number": Column("序号", width=9),
    "mechanism": Column("制度", width=28),
    "exists": Column("是否建立", width=15),
    "carried_out": Column("是否落实", width=15),
    "works": Column("是否有效", width=15),
    "shortcomings": Column("存在问题", width=25),
}


def _compose(materials: ReportMaterials) -> Report:
    rows: tuple[Mapping[str, Cell], ...] = tuple(
        {
            "number": number,
            "mechanism": mechanism,
            "exists": _TO_TICK,
            "carried_out": _TO_TICK,
            "works": _TO_TICK,
            "shortcomings": "",
        }
        for number, mechanism in enumerate(_MECHANISMS, 1)
    )
    letter = materials.letter(
        f"{materials.who}经营性自建房管理制度核查清单",
        Section("逐项核查，在“□”内打“√”", (), LetterTable("mechanisms", "", _COLUMNS, rows)),
        subtitle=materials.context.period.label,
        closing="核查人签字：　　　　　　　　负责人签字：　　　　　　　　",
        day=BLANK_DAY,
    )
    return Report(letter, ())


declare_report(
    id="mechanism-check",
    title="经营性自建房管理制度核查清单",
    names=("制度核查", "制度核查清单"),
    clause="嘉峰 三(三)",
    compose=_compose,
)
