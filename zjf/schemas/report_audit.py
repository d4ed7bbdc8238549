"""鉴定报告抽查台账: one row an appraisal report that was looked through (嘉峰 五(二))."""

from typing import Annotated

from zjf.schemas import vocabulary as codes
from zjf.schemas.conditions import CellTest, RequiredWhen, When
from zjf.schemas.form import Row
from zjf.schemas.form_ids import REPORT_AUDITS
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import Heading, RollUpOnly
from zjf.schemas.kinds import Day, Identifier, Sentences, Text, UnitName
from zjf.schemas.shared_headings import HOUSE_ID, REMARKS, TOWNSHIP, VILLAGE

_failed = When(
    "抽查结论为不合格",
    ("result",),
    lambda audits, _: audits.result == codes.AuditResult.FAILED,
    ((CellTest("result", (codes.AuditResult.FAILED.value,)),),),
)


class ReportAudit(
    Row,
    form=FormInfo(
        id=REPORT_AUDITS,
        names=("鉴定抽查", "报告抽查台账"),
        title="鉴定报告抽查台账",
        row_is="一份鉴定报告",
        key=("report_no",),
        known_countywide=True,
        unit_of_count="份",
        source="嘉峰 四(一)、五(二)",
    ),
):
    """One appraisal report, and whether it holds."""

    report_no: Annotated[Identifier, Heading("报告编号", "鉴定报告编号", "鉴定报告号", width=18)]
    township: Annotated[UnitName | None, TOWNSHIP, RollUpOnly] = None
    village: Annotated[Text | None, VILLAGE] = None
    house_id: Annotated[Identifier | None, HOUSE_ID] = None
    appraiser: Annotated[Text, Heading("鉴定机构", "鉴定单位", width=24)]
    audited_on: Annotated[Day, Heading("抽查日期", "抽查时间", "核查日期")]
    result: Annotated[codes.AuditResult, Heading("抽查结论", "抽查结果", "核查结论")]
    defects: Annotated[
        tuple[codes.ReportDefect, ...] | None,
        Heading("问题类型", "存在问题", "不合格原因", width=20),
        RequiredWhen(_failed, code="L305"),
    ] = None
    reuploaded_on: Annotated[Day | None, Heading("重新上传日期", "重新上传时间", "重传日期", width=14)] = None
    remarks: Annotated[Sentences | None, REMARKS] = None
