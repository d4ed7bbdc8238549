"""自建房台账: one row a house (云阳 二(一)2, 融安 二(三)1, 嘉祥 四(二))."""

from decimal import Decimal
from typing import Annotated

from annotated_types import Ge, Gt, Le

from zjf.schemas import vocabulary as codes
from zjf.schemas.conditions import RequiredWhen
from zjf.schemas.form import Row
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import Heading, MayLieAhead, MustHaveColumn, Numbered, OnDemand, Personal
from zjf.schemas.house_conditions import awaits_works, commercial_use, is_filled, multi_storey
from zjf.schemas.kinds import (
    Day,
    Documents,
    Identifier,
    LongText,
    Number,
    Phones,
    Sentences,
    Text,
    UnitName,
    Whole,
    Year,
)
from zjf.schemas.shared_headings import HOUSE_ID, REMARKS, STRUCTURE, TOWNSHIP, VILLAGE

_designed_and_built = RequiredWhen(multi_storey | commercial_use)
_appraised = RequiredWhen(
    is_filled("appraised_on", "appraiser", "appraisal_standard", "grade", "report_no", says="填了鉴定信息"),
    code="L203",
)
_reviewed = RequiredWhen(is_filled("review_result", says="填了复核结论"))
_post_reviewed = RequiredWhen(is_filled("post_review_result", says="填了销号后复核结论"))
_awaits_works = RequiredWhen(awaits_works)


class House(
    Row,
    form=FormInfo(
        id=HOUSES,
        names=("台账", "房屋台账"),
        title="自建房台账",
        row_is="一栋自建房",
        key=("house_id",),
        known_countywide=True,
        unit_of_count="栋",
        source="云阳 二(一)2；融安 二(三)1；嘉祥 四(二)",
    ),
):
    """One self-built house (栋)."""

    house_id: Annotated[Identifier, HOUSE_ID]
    township: Annotated[UnitName | None, TOWNSHIP] = None
    village: Annotated[Text, Heading(VILLAGE.text, *VILLAGE.aliases, "所在村（社区）", "所在村", width=14)]
    group: Annotated[Text | None, Heading("组", "村民小组", "小组", width=8)] = None
    address: Annotated[LongText, Heading("房屋地址", "详细地址", "地址", "房屋详细地址", width=28)]
    owner_name: Annotated[Text, Heading("产权人", "产权人姓名", "户主姓名", "房主", "户主"), Personal]
    owner_id: Annotated[
        Documents | None,
        Heading("产权人证件号码", "身份证号", "身份证号码", "证件号码", "产权人身份证号", width=22),
        Personal,
    ] = None
    owner_phone: Annotated[
        Phones | None, Heading("联系电话", "电话", "手机号", "手机号码", width=14), Personal
    ] = None
    user_name: Annotated[Text | None, Heading("使用人", "使用人姓名"), Personal] = None
    is_commercial: Annotated[
        codes.Commercial, Heading("是否经营性", "是否经营性自建房", "经营性", "是否经营", width=10)
    ]
    business: Annotated[
        tuple[codes.Business, ...] | None,
        Heading("经营业态", "经营类型", "用途", width=14),
        RequiredWhen(commercial_use),
    ] = None
    occupants: Annotated[
        Whole | None, Heading("使用人数", "经营人数", unit="人", width=10), Ge(0), Le(100_000)
    ] = None
    floors: Annotated[Whole, Heading("地上层数", "层数", "房屋层数", unit="层", width=9), Ge(1), Le(99)]
    area_m2: Annotated[
        Number | None,
        Heading("建筑面积（㎡）", "建筑面积", "面积", unit="㎡", width=12),
        Gt(Decimal(0)),
        Le(Decimal(100_000)),
    ] = None
    build_year: Annotated[
        Year | None, Heading("建成年份", "建造年份", "建成时间", unit="年", width=10), Ge(1800)
    ] = None
    structure: Annotated[codes.Structure, STRUCTURE]
    pro_design: Annotated[
        codes.YesNoUnknown | None, Heading("专业设计", "是否专业设计", width=10), _designed_and_built
    ] = None
    pro_build: Annotated[
        codes.YesNoUnknown | None, Heading("专业施工", "是否专业施工", width=10), _designed_and_built
    ] = None
    alterations: Annotated[
        tuple[codes.Alteration, ...] | None, Heading("改扩建情形", "改扩建内容", "改扩建情况", width=18)
    ] = None
    alteration_approved: Annotated[
        codes.YesNo | None,
        Heading("改扩建是否批准", "改扩建审批"),
        RequiredWhen(is_filled("alterations", says="填了改扩建情形")),
    ] = None
    land_permit: Annotated[codes.Permit | None, Heading("用地手续", width=10)] = None
    planning_permit: Annotated[codes.Permit | None, Heading("规划手续", width=10)] = None
    construction_permit: Annotated[codes.Permit | None, Heading("建设手续", "施工许可", width=10)] = None
    business_permit: Annotated[codes.Permit | None, Heading("经营许可", width=10)] = None
    safety_certificate: Annotated[codes.Permit | None, Heading("鉴定合格证明")] = None
    geo_hazard: Annotated[codes.YesNo | None, Heading("地质灾害隐患", "切坡建房")] = None
    key_area: Annotated[tuple[codes.KeyArea, ...] | None, Heading("重点区域", width=14)] = None
    initial_judgement: Annotated[
        codes.InitialJudgement | None,
        Heading("初判结论", "初步判定", "排查结论", "隐患初判", "初判结果", width=18),
        MustHaveColumn,
    ] = None
    judged_on: Annotated[
        Day | None,
        Heading("初判日期", "排查日期"),
        RequiredWhen(is_filled("initial_judgement", says="填了初判结论")),
    ] = None
    review_result: Annotated[
        codes.Finding | None,
        Heading("复核结论", "技术人员复核结论", "复核结果", "技术人员复核结果"),
        MustHaveColumn,
    ] = None
    reviewed_on: Annotated[Day | None, Heading("复核日期"), _reviewed] = None
    reviewer: Annotated[Text | None, Heading("复核人", "复核人员"), _reviewed] = None
    appraised_on: Annotated[Day | None, Heading("鉴定日期"), _appraised] = None
    appraiser: Annotated[Text | None, Heading("鉴定机构", "鉴定单位", width=24), _appraised] = None
    appraisal_standard: Annotated[codes.AppraisalStandard | None, Heading("鉴定标准")] = None
    grade: Annotated[
        codes.Grade | None,
        Heading("鉴定等级", "鉴定结论", "房屋安全等级", width=10),
        MustHaveColumn,
        _appraised,
    ] = None
    report_no: Annotated[
        Text | None, Heading("鉴定报告编号", "鉴定报告号", "报告编号", width=18), Numbered
    ] = None
    controls: Annotated[tuple[codes.Control, ...] | None, Heading("管控措施", "管理措施", width=18)] = None
    control_lifted_on: Annotated[Day | None, Heading("管控解除日期")] = None
    measures: Annotated[tuple[codes.Measure, ...] | None, Heading("整治措施", width=18), MustHaveColumn] = (
        None
    )
    responsible: Annotated[Text | None, Heading("整治责任人"), _awaits_works] = None
    due_on: Annotated[
        Day | None,
        Heading("整治期限", "整治时限", "整治完成期限", "整治完成时限"),
        _awaits_works,
        MayLieAhead,
    ] = None
    rectified_on: Annotated[Day | None, Heading("整治完成日期"), MustHaveColumn] = None
    accepted_on: Annotated[Day | None, Heading("验收日期")] = None
    closed_on: Annotated[
        Day | None,
        Heading("销号日期"),
        MustHaveColumn,
        RequiredWhen(is_filled("closure_basis", says="填了销号方式")),
    ] = None
    closure_basis: Annotated[
        codes.ClosureBasis | None,
        Heading("销号方式", "销号依据", width=16),
        MustHaveColumn,
        RequiredWhen(is_filled("closed_on", says="填了销号日期")),
    ] = None
    post_review_on: Annotated[
        Day | None, Heading("销号后复核日期", width=14), MustHaveColumn, _post_reviewed
    ] = None
    post_review_result: Annotated[
        codes.Finding | None,
        Heading("销号后复核结论", width=14),
        MustHaveColumn,
        RequiredWhen(is_filled("post_review_on", says="填了销号后复核日期")),
    ] = None
    post_reviewer: Annotated[Text | None, Heading("销号后复核人"), _post_reviewed] = None
    reclosed_on: Annotated[Day | None, Heading("再次销号日期", "重新销号日期")] = None
    remarks: Annotated[Sentences | None, REMARKS] = None

    department: Annotated[Text | None, Heading("责任部门", "整治责任部门", width=16), OnDemand] = None
    judged_by: Annotated[Text | None, Heading("初判人"), OnDemand] = None
    informed_on: Annotated[Day | None, Heading("告知日期"), OnDemand] = None
    informed_party: Annotated[Text | None, Heading("告知对象"), Personal, OnDemand] = None
    notice_no: Annotated[
        Text | None, Heading("通知书编号", "隐患通知书编号", width=18), Numbered, OnDemand
    ] = None
    notice_served_on: Annotated[Day | None, Heading("通知书送达日期", width=14), OnDemand] = None
    controlled_on: Annotated[Day | None, Heading("管控日期"), OnDemand] = None
    transferred_to: Annotated[Text | None, Heading("移送部门", width=16), OnDemand] = None
    transferred_on: Annotated[Day | None, Heading("移送日期"), OnDemand] = None
    plan_no: Annotated[Text | None, Heading("方案编号", "整治方案编号", width=18), Numbered, OnDemand] = None
    planned_on: Annotated[Day | None, Heading("方案日期", "整治方案日期"), OnDemand] = None
    technical_plan: Annotated[codes.HasOrNot | None, Heading("技术方案"), OnDemand] = None
    acceptance_parties: Annotated[LongText | None, Heading("验收单位", width=24), OnDemand] = None
    acceptance_result: Annotated[codes.AcceptanceResult | None, Heading("验收结论"), OnDemand] = None
    patrolled_on: Annotated[Day | None, Heading("巡查日期"), OnDemand] = None
    special_hardship: Annotated[codes.YesNo | None, Heading("特殊困难"), OnDemand] = None
    fire_hazard: Annotated[codes.YesNo | None, Heading("消防安全隐患"), OnDemand] = None
    whole_structure_defect: Annotated[codes.YesNo | None, Heading("整体性缺陷"), OnDemand] = None
    report_sent_on: Annotated[Day | None, Heading("鉴定报告报送日期", width=14), OnDemand] = None
