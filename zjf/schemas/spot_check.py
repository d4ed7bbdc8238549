"""抽查台账: one row a house that was checked again (云阳 附2三(四)2)."""

from typing import Annotated

from zjf.schemas import vocabulary as codes
from zjf.schemas.form import Row
from zjf.schemas.form_ids import SPOT_CHECKS
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import Heading, RollUpOnly
from zjf.schemas.kinds import Day, Identifier, Sentences, Text, UnitName
from zjf.schemas.shared_headings import HOUSE_ID, REMARKS, TOWNSHIP, VILLAGE


class SpotCheck(
    Row,
    form=FormInfo(
        id=SPOT_CHECKS,
        names=("抽查表",),
        title="抽查台账",
        row_is="再次查看的一栋房屋",
        key=("house_id", "checked_on"),
        known_countywide=True,
        unit_of_count="栋",
        source="云阳 附2三(四)2",
    ),
):
    """One house checked again, and whether the survey stood."""

    house_id: Annotated[Identifier, HOUSE_ID]
    township: Annotated[UnitName | None, TOWNSHIP, RollUpOnly] = None
    village: Annotated[Text | None, VILLAGE] = None
    checked_on: Annotated[Day, Heading("抽查日期", "抽查时间", "核查日期")]
    original: Annotated[codes.InitialJudgement, Heading("原结论", "原初判结论", "原排查结论", width=18)]
    finding: Annotated[codes.SpotFinding, Heading("抽查结论", "抽查结果", "核查结论", width=12)]
    checker: Annotated[Text, Heading("抽查人", "抽查人员", "核查人")]
    remarks: Annotated[Sentences | None, REMARKS] = None
