"""问题整改台账: one row a problem that an inspection found (嘉峰 四(一); 嘉祥 二(三), 四(一))."""

from typing import Annotated

from zjf.schemas import vocabulary as codes
from zjf.schemas.conditions import CellTest, RequiredWhen, When
from zjf.schemas.form import Row
from zjf.schemas.form_ids import ISSUES
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import Heading, MayLieAhead, OnDemand
from zjf.schemas.kinds import Day, Identifier, Sentences, Text, UnitName
from zjf.schemas.shared_headings import HOUSE_ID, REMARKS, TOWNSHIP, VILLAGE

_found_online = When(
    "来源为线上巡检",
    ("source",),
    lambda issues, _: issues.source == codes.IssueSource.ONLINE,
    ((CellTest("source", (codes.IssueSource.ONLINE.value,)),),),
)


class Issue(
    Row,
    form=FormInfo(
        id=ISSUES,
        names=("问题台账", "整改台账"),
        title="问题整改台账",
        row_is="检查发现的一个问题",
        key=("issue_no",),
        source="嘉峰 四(一)；嘉祥 二(三)、四(一)",
    ),
):
    """One problem, from its finding to its closure."""

    issue_no: Annotated[Identifier, Heading("问题编号", "问题编码", "问题序号", width=16)]
    township: Annotated[UnitName | None, TOWNSHIP] = None
    village: Annotated[Text | None, VILLAGE] = None
    house_id: Annotated[Identifier | None, HOUSE_ID, RequiredWhen(_found_online)] = None
    source: Annotated[codes.IssueSource, Heading("来源", "问题来源", "检查来源", width=12)]
    found_on: Annotated[Day, Heading("发现日期", "发现时间", "检查日期")]
    description: Annotated[Sentences, Heading("问题描述", "存在问题", "问题内容", "具体问题", width=32)]
    is_confirmed: Annotated[codes.YesNo | None, Heading("是否确认", "问题确认", "是否属实", width=10)] = None
    confirmed_on: Annotated[Day | None, Heading("确认日期", "确认时间")] = None
    department: Annotated[Text | None, Heading("移送部门", "接收部门", width=16)] = None
    transferred_on: Annotated[Day | None, Heading("移送日期", "移送时间")] = None
    outcome: Annotated[Sentences | None, Heading("处理结果", "处置结果", "办理结果", width=24)] = None
    due_on: Annotated[Day | None, Heading("整改期限", "整改时限"), MayLieAhead] = None
    rectified_on: Annotated[Day | None, Heading("整改完成日期", "整改完成时间", "完成日期")] = None
    reviewer: Annotated[Text | None, Heading("复核人", "复查人")] = None
    reviewed_on: Annotated[Day | None, Heading("复核日期", "复查日期")] = None
    closed_on: Annotated[Day | None, Heading("销号日期", "销号时间")] = None
    remarks: Annotated[Sentences | None, REMARKS] = None

    responsible: Annotated[Text | None, Heading("责任人", "整改责任人"), OnDemand] = None
    has_recurred: Annotated[codes.YesNo | None, Heading("是否反复", "是否出现反复", width=10), OnDemand] = (
        None
    )
    confirmation_result: Annotated[codes.Confirmation | None, Heading("确认结果"), OnDemand] = None
