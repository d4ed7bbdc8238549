"""困难群众住房安全台账: one row a household in hardship, not a house (云霄)."""

from typing import Annotated

from zjf.schemas import vocabulary as codes
from zjf.schemas.form import Row
from zjf.schemas.form_ids import HOUSEHOLDS
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import Heading, Personal
from zjf.schemas.kinds import Day, Documents, Identifier, Sentences, Text, UnitName
from zjf.schemas.shared_headings import HOUSE_ID, REMARKS, STRUCTURE, TOWNSHIP, VILLAGE


class Household(
    Row,
    form=FormInfo(
        id=HOUSEHOLDS,
        names=("困难群众台账", "困难群众住房台账"),
        title="困难群众住房安全台账",
        row_is="一户",
        key=("household_no",),
        known_countywide=True,
        unit_of_count="户",
        source="云霄 二",
    ),
):
    """One household (户), and whether it lives safely."""

    household_no: Annotated[Identifier, Heading("户编号", "户编码", "农户编号", "农户编码", width=16)]
    township: Annotated[UnitName | None, TOWNSHIP] = None
    village: Annotated[Text | None, VILLAGE] = None
    head_name: Annotated[Text, Heading("户主姓名", "户主", "农户姓名"), Personal]
    head_id: Annotated[
        Documents | None, Heading("证件号码", "身份证号", "身份证号码", "户主证件号码", width=22), Personal
    ] = None
    category: Annotated[codes.HouseholdCategory, Heading("类别", "农户类别", "困难类别", "户类别", width=18)]
    listed_on: Annotated[Day | None, Heading("名单提供日期", "名单提供时间", "纳入名单日期", width=14)] = None
    house_id: Annotated[Identifier | None, HOUSE_ID] = None
    structure: Annotated[codes.Structure, STRUCTURE]
    appraised_on: Annotated[Day | None, Heading("鉴定日期", "鉴定时间")] = None
    appraisal_grade: Annotated[
        codes.Grade | None, Heading("鉴定等级", "鉴定结论", "房屋安全等级", width=10)
    ] = None
    improvement: Annotated[Text | None, Heading("改造方式", "改造类型", width=14)] = None
    improved_on: Annotated[Day | None, Heading("改造完成日期", "改造完成时间", "竣工日期", width=14)] = None
    has_plate: Annotated[codes.YesNo | None, Heading("是否挂牌", "挂牌上墙", "是否挂牌上墙", width=10)] = None
    visited_on: Annotated[
        Day | None, Heading("最近回访日期", "最近回访时间", "回访日期", "最近走访日期", width=14)
    ] = None
    in_dangerous_house: Annotated[
        codes.YesNo | None, Heading("仍住危房", "是否仍住危房", "是否住危房", width=10)
    ] = None
    leaks: Annotated[codes.YesNo | None, Heading("漏雨透风", "是否漏雨透风", "漏风漏雨", width=10)] = None
    remarks: Annotated[Sentences | None, REMARKS] = None
