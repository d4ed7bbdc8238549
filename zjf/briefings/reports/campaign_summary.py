"""攻坚总结报告: the work of the campaign, its results and shortcomings (嘉峰 四(三))."""

from zjf.briefings.reports.report import Report, ReportMaterials, counts, declare_report
from zjf.briefings.reports.report_figures import sentence
from zjf.documents.sections import Paragraph, Section
from zjf.schemas.form_ids import SWEEP

_SWEPT = {
    "wl_checked": ("经营性", "错漏排专项核查共核查"),
    "wl_wrong": ("经营性", "错排"),
    "wl_missed": ("经营性", "漏排"),
    "key_checked": ("经营性", "“三类重点”复核共核查"),
    "key_hazard": ("经营性", "发现隐患"),
    "key_rectified": ("经营性", "整改完成"),
    "audit_checked": ("经营性", "安全鉴定专项抽查共核查"),
    "audit_failed": ("经营性", "发现安全鉴定不合格"),
}


def _compose(materials: ReportMaterials) -> Report:
    swept, progress = counts(materials, SWEEP, _SWEPT), materials.progress("commercial")
    coverage = filter(None, (materials.coverage(),))
    letter = materials.letter(
        f"{materials.who}经营性自建房问题整改“百日攻坚”行动总结报告",
        Section(
            "一、主要工作",
            (*map(Paragraph, coverage), materials.note("主要工作", "组织领导、队伍、宣传、督导")),
        ),
        Section(
            "二、整治成效",
            (
                Paragraph(sentence(swept) + materials.without(SWEEP), lead="（一）安全排查清底"),
                Paragraph(materials.progress_words("commercial"), lead="（二）隐患整治清零"),
                Paragraph(
                    materials.note("问题整改", "历次检查反馈问题的整改、移送问题的处理、制度核查").text,
                    lead="（三）问题整改清仓",
                ),
            ),
        ),
        Section("三、存在不足", (materials.note("存在不足", "存在的不足和原因"),)),
        Section("四、经验做法", (materials.note("典型做法", "经验做法"),)),
        Section("五、下步打算", (materials.note("下步打算", "日常巡查、动态管理的安排"),)),
    )
    return Report(letter, (*materials.coverage_figures, *swept, *progress))


declare_report(
    id="campaign-summary",
    title="经营性自建房问题整改“百日攻坚”行动总结报告",
    names=("攻坚总结报告", "总结报告", "自建房整治书面报告"),
    clause="嘉峰 四(三)",
    compose=_compose,
)
