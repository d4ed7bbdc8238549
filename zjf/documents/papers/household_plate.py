"""房屋安全状况牌: how safe a household's home is, to hang on its wall; whoever passes reads it (云霄 二(一))."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Board, Entry, Signatures
from zjf.documents.papers.case import HouseholdCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas.household_facts import household_appraised, plated
from zjf.schemas.vocabulary import Grade


def _compose(case: HouseholdCase) -> Sequence[Block]:
    grade = case.text("appraisal_grade")
    appraised = "，".join(filter(None, (grade and f"{grade}级", case.text("appraised_on"))))
    improved = "，".join(filter(None, (case.text("improvement"), case.text("improved_on"))))
    return (
        Board(
            (
                case.entry("head_name", "户主", wide=True),
                Entry("住址", case.home, wide=True),
                case.entry("structure", "房屋结构", wide=True),
                Entry("安全鉴定", appraised, wide=True),
                Entry("危房改造", improved, wide=True),
                Entry("安全状况", _safety(case, improved=bool(improved)), wide=True),
                Entry("责任人", "", wide=True),
                Entry("监督电话", "", wide=True),
            )
        ),
        Signatures((f"挂牌日期：{BLANK_DAY}", "挂牌单位（盖章）：")),
    )


def _safety(case: HouseholdCase, *, improved: bool) -> str:
    """Returns boxes to tick: whether works made a dangerous home safe, the ledger does not know."""
    safe = case.says("appraisal_grade", Grade.A, Grade.B)
    dangerous = case.says("appraisal_grade", Grade.C, Grade.D) and not improved
    return f"{'☑' if safe else '□'}安全　　{'☑' if dangerous else '□'}危房"


declare_paper(
    id="plate",
    title="房屋安全状况牌",
    names=("房屋安全状况牌", "挂牌"),
    clause="云霄 二(一)、二(四)2",
    reader="挂在困难群众住房的墙上",
    compose=_compose,
    meant_for=lambda households: household_appraised(households) & ~plated(households),
    need="已经鉴定、还没有挂牌的困难户",
    form=HouseholdCase.form,
)
