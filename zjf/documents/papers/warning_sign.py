"""警示标志: keeps people out of a dangerous house; whoever passes reads it, so it names no owner (嘉峰 五(三))."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Board, Entry, Signatures
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas.house_facts import grave, resolved
from zjf.schemas.vocabulary import InitialJudgement


def _compose(case: HouseCase) -> Sequence[Block]:
    judgement, grade = case.text("initial_judgement"), case.text("grade")
    if case.says("initial_judgement", InitialJudgement.NONE):
        judgement = ""  # no danger, which the appraisal found
    danger = "，".join(filter(None, (judgement and f"初判{judgement}", grade and f"鉴定为{grade}级")))
    return (
        Board(
            (
                case.entry("address", wide=True),
                Entry("险情", danger, wide=True),
                Entry("要求", "人员撤离，停止使用；未解除管控以前，任何人不得进入、居住、经营", wide=True),
                Entry("管控单位", case.unit, wide=True),
                Entry("责任人", "", wide=True),
                Entry("联系电话", "", wide=True),
            )
        ),
        Signatures((f"设置日期：{BLANK_DAY}", "设置单位（盖章）：")),
    )


declare_paper(
    id="warning-sign",
    title="危险房屋　禁止入内",
    names=("警示标志", "警示牌"),
    clause="嘉峰 五(三)",
    reader="设在房屋入口和围挡上",
    compose=_compose,
    meant_for=lambda houses: grave(houses) & ~resolved(houses),
    need="初判有严重隐患或鉴定为D级、隐患还没有消除的房屋",
)
