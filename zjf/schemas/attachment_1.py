"""附件1: 前期采取管理措施销号的自建房复核台账 (嘉祥 四(一), 附件1)."""

from typing import Annotated

from zjf.schemas.form import AtMost, Row, Sum
from zjf.schemas.form_ids import REVIEWS
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import CountOf, Heading, RollUpOnly
from zjf.schemas.kinds import Count, UnitName
from zjf.schemas.shared_headings import TOWNSHIP_OF_FIGURES
from zjf.schemas.terms import Terms

_COMMERCIAL = ("经营性自建房",)
_NONCOMMERCIAL = ("非经营性自建房",)


class ManagementClosureReview(
    Row,
    form=FormInfo(
        id=REVIEWS,
        names=("复核台账", "附表1", "附1", "表1"),
        title="前期采取管理措施销号的自建房复核台账",
        short_title="附件1",
        number="附件1",
        row_is="一个填报单位",
        unit_of_count="栋",
        signed=True,
        source="嘉祥 四(一)，附件1",
    ),
):
    """One reporting unit's houses that were first closed by management measures."""

    identities = (
        Sum("total", Terms.of("commercial_closed", "noncommercial_closed")),
        AtMost(Terms.of("commercial_reviewed"), Terms.of("commercial_closed"), at="commercial_reviewed"),
        AtMost(Terms.of("commercial_hazard"), Terms.of("commercial_reviewed"), at="commercial_hazard"),
        AtMost(Terms.of("commercial_works"), Terms.of("commercial_hazard"), at="commercial_works"),
        AtMost(
            Terms.of("noncommercial_reviewed"), Terms.of("noncommercial_closed"), at="noncommercial_reviewed"
        ),
        AtMost(
            Terms.of("noncommercial_hazard"), Terms.of("noncommercial_reviewed"), at="noncommercial_hazard"
        ),
        AtMost(Terms.of("noncommercial_works"), Terms.of("noncommercial_hazard"), at="noncommercial_works"),
    )

    township: Annotated[UnitName | None, TOWNSHIP_OF_FIGURES, RollUpOnly] = None
    total: Annotated[Count, Heading("总量"), CountOf("by_management")]
    commercial_closed: Annotated[
        Count, Heading("数量", groups=_COMMERCIAL), CountOf("by_management", "commercial")
    ]
    commercial_reviewed: Annotated[
        Count,
        Heading("经专业技术人员现场复核数量", groups=_COMMERCIAL),
        CountOf("by_management", "commercial", "post_reviewed"),
    ]
    commercial_hazard: Annotated[
        Count,
        Heading("存在安全隐患数量", groups=_COMMERCIAL),
        CountOf("by_management", "commercial", "post_review_hazard"),
    ]
    commercial_works: Annotated[
        Count,
        Heading("工程措施整治数量", groups=_COMMERCIAL),
        CountOf("by_management", "commercial", "post_review_hazard", "works_done"),
    ]
    noncommercial_closed: Annotated[
        Count, Heading("数量", groups=_NONCOMMERCIAL), CountOf("by_management", "noncommercial")
    ]
    noncommercial_reviewed: Annotated[
        Count,
        Heading("经专业技术人员现场复核数量", groups=_NONCOMMERCIAL),
        CountOf("by_management", "noncommercial", "post_reviewed"),
    ]
    noncommercial_hazard: Annotated[
        Count,
        Heading("存在安全隐患数量", groups=_NONCOMMERCIAL),
        CountOf("by_management", "noncommercial", "post_review_hazard"),
    ]
    noncommercial_works: Annotated[
        Count,
        Heading("工程措施整治数量", groups=_NONCOMMERCIAL),
        CountOf("by_management", "noncommercial", "post_review_hazard", "works_done"),
    ]
