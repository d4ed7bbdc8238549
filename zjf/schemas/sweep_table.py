"""集中摸排情况表: one row a village, then 总计 (嘉峰 附件)."""

from typing import Annotated

from zjf.schemas.form import AtMost, Row
from zjf.schemas.form_ids import SWEEP
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import Heading, RollUpOnly
from zjf.schemas.kinds import Count, Text, UnitName
from zjf.schemas.shared_headings import TOWNSHIP_OF_FIGURES
from zjf.schemas.terms import Terms

_SURVEY = ("错漏排专项核查",)
_KEY = ("“三类重点”全面复核",)
_AUDIT = ("安全鉴定专项抽查",)


class VillageSweep(
    Row,
    form=FormInfo(
        id=SWEEP,
        names=("摸排表", "摸排", "摸排情况表"),
        title="经营性自建房问题整改“百日攻坚”行动集中摸排情况表",
        short_title="集中摸排情况表",
        number="附件",
        row_is="一个行政村",
        key=("village",),
        unit_of_count="栋",
        totalled=True,
        source="嘉峰 四(一)，附件",
    ),
):
    """One village's sweep for wrong and missed surveys, key houses and appraisals."""

    identities = (
        AtMost(Terms.of("wl_wrong"), Terms.of("wl_checked"), at="wl_wrong"),
        AtMost(Terms.of("key_hazard"), Terms.of("key_checked"), at="key_hazard"),
        AtMost(Terms.of("key_rectified"), Terms.of("key_hazard"), at="key_rectified"),
        AtMost(Terms.of("audit_failed"), Terms.of("audit_checked"), at="audit_failed"),
    )

    township: Annotated[UnitName | None, TOWNSHIP_OF_FIGURES, RollUpOnly] = None
    village: Annotated[Text, Heading("行政村", "村（社区）", "村", "村社区", "村居", "村名", width=16)]
    wl_checked: Annotated[Count, Heading("共核查房屋", groups=_SURVEY, unit="栋")]
    wl_wrong: Annotated[Count, Heading("错排房屋", groups=_SURVEY, unit="栋")]
    wl_missed: Annotated[Count, Heading("漏排房屋", groups=_SURVEY, unit="栋")]
    key_checked: Annotated[Count, Heading("共核查房屋", groups=_KEY, unit="栋")]
    key_hazard: Annotated[Count, Heading("发现隐患房屋", groups=_KEY, unit="栋")]
    key_rectified: Annotated[Count, Heading("整改完成", groups=_KEY, unit="栋")]
    audit_checked: Annotated[Count, Heading("共核查", groups=_AUDIT, unit="栋")]
    audit_failed: Annotated[Count, Heading("发现安全鉴定不合格", groups=_AUDIT, unit="栋")]
