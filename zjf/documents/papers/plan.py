"""一栋一策: the plan for rectifying one house: measures, responsible people, money, deadline."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Entry, Grid, Head, Signatures
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.demands import demands
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas.house_facts import hazardous, resolved


def _compose(case: HouseCase) -> Sequence[Block]:
    return (
        Grid((*case.identity, *case.building)),
        Head("隐患情况"),
        Grid(
            (
                Entry("查明的隐患", case.hazard, wide=True),
                case.entry("controls", "现有管控措施", wide=True),
                Entry("应做的事", "；".join(demands(case)), wide=True),
            )
        ),
        Head("整治方案"),
        Grid(
            (
                Entry("方案编号", case.text("plan_no") or case.number),
                Entry("方案日期", case.text("planned_on")),
                case.entry("measures", wide=True),
                Entry("整治重点", "", wide=True, height=8),
                Entry("技术路线", _technical_plan(case), wide=True, height=11),
                Entry("施工力量", "", wide=True, height=8),
                Entry("工作经费", "", wide=True, height=8),
                case.entry("responsible"),
                Entry("责任部门", case.text("department") or case.classes.get("departments", "")),
                case.entry("due_on"),
                Entry("特殊困难", case.text("special_hardship")),
                Entry("整治期间的管控", "", wide=True, height=8),
            )
        ),
        Signatures(
            ("产权人（使用人）签字：", "乡镇（街道）负责人签字：", f"日期：{BLANK_DAY}", "单位（盖章）：")
        ),
    )


def _technical_plan(case: HouseCase) -> str:
    documents = case.text("technical_plan")
    return f"技术方案：{documents}" if documents else ""


declare_paper(
    id="plan",
    title="自建房安全隐患整治方案（一栋一策）",
    names=("一栋一策", "整治方案"),
    clause="云阳 二(三)2；融安 二(二)3(4)",
    reader="产权人、乡镇（街道）、责任部门",
    compose=_compose,
    meant_for=lambda houses: hazardous(houses) & ~resolved(houses),
    need="有隐患、还没有消除的房屋",
)
