"""信息平台导出清单: one row a house as the national platform has it (嘉峰 三(一); 嘉祥 二(三))."""

from typing import Annotated

from annotated_types import Ge, Le

from zjf.schemas import vocabulary as codes
from zjf.schemas.form import Row
from zjf.schemas.form_ids import PLATFORM
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import Heading, RollUpOnly
from zjf.schemas.kinds import Identifier, LongText, Sentences, Text, UnitName, Whole
from zjf.schemas.shared_headings import HOUSE_ID, REMARKS, STRUCTURE, TOWNSHIP, VILLAGE


class PlatformHouse(
    Row,
    form=FormInfo(
        id=PLATFORM,
        names=("平台清单", "平台导出"),
        title="信息平台导出清单",
        row_is="平台上的一栋房屋",
        key=("house_id",),
        known_countywide=True,
        unit_of_count="栋",
        source="嘉峰 三(一)；嘉祥 二(三)",
    ),
):
    """One house on the platform, and the polygon it was drawn as."""

    house_id: Annotated[Identifier, HOUSE_ID]
    polygon_id: Annotated[Identifier | None, Heading("图斑编号", "图斑编码", "图斑号", "图斑", width=18)] = (
        None
    )
    township: Annotated[UnitName | None, TOWNSHIP, RollUpOnly] = None
    village: Annotated[Text | None, VILLAGE] = None
    address: Annotated[LongText | None, Heading("房屋地址", "详细地址", "地址", width=28)] = None
    category: Annotated[
        codes.PlatformCategory | None, Heading("类别", "房屋类别", "图斑类别", "图斑类型", width=12)
    ] = None
    floors: Annotated[
        Whole | None, Heading("地上层数", "层数", "房屋层数", unit="层", width=9), Ge(1), Le(99)
    ] = None
    structure: Annotated[codes.Structure | None, STRUCTURE] = None
    status: Annotated[Text | None, Heading("平台状态", "状态", "数据状态", "归集状态", width=14)] = None
    remarks: Annotated[Sentences | None, REMARKS] = None
