"""验收评估复核表: a leading-group member checks the evaluation of the township in its charge (嘉祥 四(三))."""

from collections.abc import Mapping

from zjf.briefings.reports.evaluation import EVALUATION
from zjf.briefings.reports.report import Report, ReportMaterials, declare_report
from zjf.briefings.reports.report_figures import ReportFigure
from zjf.counting.rates import Rate
from zjf.documents.layout import Column
from zjf.documents.sections import BLANK_DAY, Cell, LetterTable, Paragraph, Section

_TO_TICK = "□是　□否"
_COLUMNS = {
    "number": Column("序号", width=9),
    "item": Column("评估报告中的项目", width=52),
    "counted": Column("台账数", width=16),
    "checked": Column("复核数", width=13),
    "agrees": Column("是否一致", width=18),
}
_CHECKS = (
    "抽看现场　　　栋，隐患没有彻底消除的　　　栋；",
    "抽看档案　　　份，销号依据不齐全的　　　份；",
    "发现的问题：",
    "复核意见：□同意评估结论　□整改后再报　□重新评估",
)


def _compose(materials: ReportMaterials) -> Report:
    figures = EVALUATION.compose(materials).figures
    rows: tuple[Mapping[str, Cell], ...] = tuple(
        {
            "number": number,
            "item": _item(figure),
            "counted": _shown(figure),
            "checked": "",
            "agrees": _TO_TICK,
        }
        for number, figure in enumerate(figures, 1)
    )
    letter = materials.letter(
        f"{materials.who}自建房安全专项整治攻坚行动验收评估复核表",
        Section("一、数据复核", (), LetterTable("figures", "", _COLUMNS, rows)),
        Section("二、现场和档案复核", tuple(map(Paragraph, _CHECKS))),
        subtitle=materials.context.period.label,
        closing="复核人签字：",
        office="复核单位（盖章）：　　　　　　　　",
        day=BLANK_DAY,
    )
    return Report(letter, figures)


def _item(figure: ReportFigure) -> str:
    population = "" if figure.population in figure.label else f"{figure.population}："
    return f"{population}{figure.label}{f'（{figure.counted_in}）' if figure.of is None else ''}"


def _shown(figure: ReportFigure) -> str:
    return str(figure.value) if figure.of is None else Rate(figure.value, figure.of).display


declare_report(
    id="evaluation-review",
    title="自建房安全专项整治攻坚行动验收评估复核表",
    names=("验收评估复核表", "评估复核表"),
    clause="嘉祥 四(三)",
    compose=_compose,
    to_units=lambda materials: [unit_figures.unit for unit_figures in materials.figures],
)
