"""自建房结构安全排查报告: the findings of the initial-hazard rule about a house."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Entry, Grid, Head, Listing, Signatures
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.demands import demands
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas.house_facts import suspected


def _compose(case: HouseCase) -> Sequence[Block]:
    rows = ((reason, "") for reason in case.reasons or ("",))
    return (
        Grid((*case.identity, *case.building, *_construction_entries(case))),
        Head("排查发现"),
        Listing.numbered(("应列为隐患的情形", "部位、程度（现场填写）"), rows, (6, 40, 34)),
        Head("排查结论"),
        Grid(
            (
                Entry("初判结论", case.text("initial_judgement")),
                Entry("初判日期", case.text("judged_on")),
                Entry("初判人", case.text("judged_by")),
                Entry("重点房屋", case.classes.get("tags", "")),
                Entry("现场核查结论", "□存在严重安全隐患　□存在一定安全隐患　□未发现安全隐患", wide=True),
                Entry("处置建议", "；".join(demands(case)), wide=True),
                Entry("补充说明", "", wide=True, height=22),
            )
        ),
        Signatures(("排查技术人员签字：", "审核人签字：", f"排查日期：{BLANK_DAY}", "排查单位（盖章）：")),
    )


def _construction_entries(case: HouseCase) -> tuple[Entry, ...]:
    names = ("pro_design", "pro_build", "alteration_approved", "geo_hazard")
    return (case.entry("alterations", wide=True), *(case.entry(name) for name in names))


declare_paper(
    id="survey-report",
    title="自建房结构安全排查报告",
    names=("排查报告",),
    clause="云阳 附2三(四)1",
    reader="住房城乡建设部门存档，抄送乡镇（街道）",
    compose=_compose,
    meant_for=suspected,
    need="初判有隐患的房屋",
)
