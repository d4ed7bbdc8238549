"""验收评估报告: the progress of a unit or of the county, with 附件1 and 附件2 (嘉祥 四(三)、五(三))."""

from collections.abc import Sequence

from zjf.briefings.reports.report import Report, ReportMaterials, counts, declare_report
from zjf.briefings.reports.report_figures import ReportFigure, sentence
from zjf.counting.rates import Rate
from zjf.documents.sections import Paragraph, Section
from zjf.figures.units import RATES
from zjf.schemas import FORMS
from zjf.schemas.form_ids import PROGRESS, REVIEWS

_SURVEYED = {
    "surveyed": ("全部", "已排查自建房"),
    "commercial": ("经营性", "经营性自建房"),
    "noncommercial": ("非经营性", "非经营性自建房"),
}
_COMMERCIAL = {
    "commercial_suspected": ("经营性", "经营性自建房初判隐患"),
    "commercial_closed": ("经营性", "经营性自建房动态销号"),
}
_NONCOMMERCIAL = {
    "suspected": ("非经营性", "非经营性自建房初判隐患"),
    "cleared": ("非经营性", "经技术人员鉴定复核无隐患"),
    "direct_works": ("非经营性", "未鉴定直接工程措施"),
    "appraised": ("非经营性", "已鉴定"),
    "grade_cd": ("非经营性", "其中C、D级"),
    "cd_works": ("非经营性", "C、D级已采取工程措施整治"),
    "closed": ("非经营性", "已销号"),
}
_REVIEWED = {
    f"{prefix}_{name}": (population, words.format(population))
    for prefix, population in (("commercial", "经营性"), ("noncommercial", "非经营性"))
    for name, words in (
        ("closed", "{}自建房前期采取管理措施销号"),
        ("reviewed", "经技术人员现场复核"),
        ("hazard", "复核存在安全隐患"),
        ("works", "复核后工程措施整治"),
    )
}

_CLOSING = """附件：1. 前期采取管理措施销号的自建房复核台账
　　　　　2. 自建房安全专项整治攻坚行动工作台账

主要负责同志签字：　　　　　　　　　单位（盖章）："""
"""What goes with it, and who answers for it (嘉祥 五(三))."""


def _compose(materials: ReportMaterials) -> Report:
    surveyed, commercial, noncommercial = (
        counts(materials, PROGRESS, labels) for labels in (_SURVEYED, _COMMERCIAL, _NONCOMMERCIAL)
    )
    reviewed, rates, progress = (
        counts(materials, REVIEWS, _REVIEWED),
        _rates(materials),
        materials.progress("all"),
    )
    surveyed_words = sentence(surveyed) + materials.without(PROGRESS)
    letter = materials.letter(
        f"{materials.who}自建房安全专项整治攻坚行动验收评估报告",
        Section("一、排查底数", tuple(map(Paragraph, filter(None, (materials.coverage(), surveyed_words))))),
        Section(
            "二、整治完成情况",
            (
                Paragraph(sentence(commercial), lead="（一）经营性自建房"),
                Paragraph(sentence([*noncommercial, *rates]), lead="（二）非经营性自建房"),
                Paragraph(
                    _reviews_sentence(reviewed) + materials.without(REVIEWS),
                    lead="（三）前期按管理措施销号的复核",
                ),
                Paragraph(materials.progress_words("all"), lead="（四）全部自建房进度"),
            ),
        ),
        Section("三、典型做法和成效", (materials.note("典型做法", "典型做法、工作成效"),)),
        Section("四、存在的不足", (materials.note("存在不足", "存在的不足、没有完成的房屋和原因"),)),
        Section("五、下步打算", (materials.note("下步打算", "下一步的工作安排"),)),
        addressee="" if materials.unit is None else materials.context.office,
        closing=_CLOSING,
    )
    return Report(
        letter,
        (*materials.coverage_figures, *surveyed, *commercial, *noncommercial, *rates, *reviewed, *progress),
    )


def _reviews_sentence(reviewed: Sequence[ReportFigure]) -> str:
    """Returns the reviews of both populations as one sentence: houses closed, and what became of them."""
    sentences = []
    for population in dict.fromkeys(figure.population for figure in reviewed):
        closed_words, *further_words = (
            figure.words for figure in reviewed if figure.population == population
        )
        sentences.append(f"{closed_words}，其中{'，'.join(further_words)}" if further_words else closed_words)
    return f"{'；'.join(sentences)}。" if sentences else sentence(())


def _rates(materials: ReportMaterials) -> list[ReportFigure]:
    rates: dict[str, Rate] = dict(materials.forms[PROGRESS].rates) if PROGRESS in materials.forms else {}
    labels = FORMS[PROGRESS].labels
    return [
        ReportFigure(
            name, "非经营性", f"非经营性自建房{labels[name]}", rates[name].numerator, rates[name].denominator
        )
        for name in RATES
        if name in rates
    ]


EVALUATION = declare_report(
    id="evaluation",
    title="自建房安全专项整治攻坚行动验收评估报告",
    names=("验收评估报告", "评估报告"),
    clause="嘉祥 四(三)、五(三)",
    compose=_compose,
)
