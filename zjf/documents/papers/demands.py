"""The demands that the notices make about a hazard, chosen by the house's row in the ledger."""

from collections.abc import Iterator

from zjf.documents.papers.case import HouseCase
from zjf.schemas.vocabulary import Finding, Grade, InitialJudgement


def demands(case: HouseCase) -> tuple[str, ...]:
    """Returns the demands on owner and user, the most urgent first (云阳 附2三(五)、(六); 嘉峰 五(三))."""
    return tuple(_demands(case))


def _demands(case: HouseCase) -> Iterator[str]:
    is_grave = case.says("initial_judgement", InitialJudgement.SEVERE) or case.says("grade", Grade.D)
    if is_grave:
        yield "立即停止经营、使用，撤离人员，封闭房屋并设置警示标志，整治完成前不得恢复使用"
    elif case.says("grade", Grade.C):
        yield "按鉴定结论落实观察使用、限制用途或暂停使用，整治完成前不得撤销管控措施"
    if case.says("geo_hazard", "是"):
        yield "存在地质灾害隐患，停止使用并采取地质灾害治理或避让搬迁措施"
    if not case.text("grade") and not case.says("review_result", Finding.CLEAR):
        yield "委托有资质的鉴定机构进行房屋安全性鉴定，并报送鉴定报告"
    if is_grave or case.says("grade", Grade.C) or case.says("post_review_result", Finding.HAZARD):
        yield "委托专业机构编制技术文件，制定整治方案，采取工程措施消除隐患，完成后申请验收"
    if due := case.text("due_on"):
        yield f"整治期限：{due}"
