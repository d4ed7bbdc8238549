"""附件2: 自建房安全专项整治攻坚行动工作台账 (嘉祥 四(二), 附件2)."""

from typing import Annotated

from zjf.schemas.form import AtMost, Row, Sum
from zjf.schemas.form_ids import PROGRESS
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import CountOf, Heading, PairOf, RateOf, RollUpOnly
from zjf.schemas.kinds import Count, Pair, Rate, UnitName
from zjf.schemas.shared_headings import TOWNSHIP_OF_FIGURES
from zjf.schemas.terms import Terms

_COMMERCIAL = "经营性自建房"
_NONCOMMERCIAL = "非经营性自建房"


class RectificationProgress(
    Row,
    form=FormInfo(
        id=PROGRESS,
        names=("工作台账", "附表2", "附2", "表2"),
        title="自建房安全专项整治攻坚行动工作台账",
        short_title="附件2",
        number="附件2",
        row_is="一个填报单位",
        unit_of_count="栋",
        signed=True,
        source="嘉祥 四(二)，附件2",
    ),
):
    """One reporting unit's progress, from survey to closure."""

    identities = (
        Sum("surveyed", Terms.of("commercial", "noncommercial")),
        AtMost(Terms.of("commercial_suspected"), Terms.of("commercial"), at="commercial_suspected"),
        AtMost(Terms.of("commercial_closed"), Terms.of("commercial_suspected"), at="commercial_closed"),
        AtMost(Terms.of("online_confirmed"), Terms.of("online_issues"), at="online"),
        AtMost(Terms.of("suspected"), Terms.of("noncommercial"), at="suspected"),
        AtMost(Terms.of("cleared", "direct_works", "appraised"), Terms.of("suspected"), at="suspected"),
        AtMost(Terms.of("grade_cd"), Terms.of("appraised"), at="grade_cd"),
        AtMost(Terms.of("cd_works"), Terms.of("grade_cd"), at="cd_works"),
        AtMost(Terms.of("closed"), Terms.of("suspected"), at="closed"),
        AtMost(
            Terms.of("closed"),
            Terms.of("cleared", "direct_works", "appraised").less("grade_cd").plus("cd_works"),
            at="closed",
            code="A305",
        ),
    )

    township: Annotated[UnitName | None, TOWNSHIP_OF_FIGURES, RollUpOnly] = None
    surveyed: Annotated[Count, Heading("已排查自建房总量"), CountOf("surveyed")]
    commercial: Annotated[
        Count, Heading("已排查经营性自建房数量", groups=(_COMMERCIAL,)), CountOf("commercial")
    ]
    commercial_suspected: Annotated[
        Count, Heading("初判隐患数量", groups=(_COMMERCIAL, "整治销号")), CountOf("commercial", "suspected")
    ]
    commercial_closed: Annotated[
        Count,
        Heading("动态销号数量", groups=(_COMMERCIAL, "整治销号")),
        CountOf("commercial", "suspected", "closed"),
    ]
    online: Annotated[
        Pair | None,
        Heading("问题确认/问题", groups=(_COMMERCIAL, "线上检查")),
        PairOf("online_confirmed", "online_issues", says=("问题确认数", "问题数")),
    ] = None
    confirmation_rate: Annotated[
        Rate | None,
        Heading("问题确认率", groups=(_COMMERCIAL, "线上检查")),
        RateOf(Terms.of("online_confirmed"), Terms.of("online_issues")),
    ] = None
    noncommercial: Annotated[
        Count, Heading("已排查非经营性自建房数量", groups=(_NONCOMMERCIAL,)), CountOf("noncommercial")
    ]
    suspected: Annotated[
        Count, Heading("初判隐患数量①", groups=(_NONCOMMERCIAL,)), CountOf("noncommercial", "suspected")
    ]
    cleared: Annotated[
        Count,
        Heading("经技术人员鉴定复核无隐患数量②", groups=(_NONCOMMERCIAL,)),
        CountOf("noncommercial", "suspected", "cleared"),
    ]
    direct_works: Annotated[
        Count,
        Heading("未鉴定直接工程措施数量③", groups=(_NONCOMMERCIAL,)),
        CountOf("noncommercial", "suspected", "direct_works"),
    ]
    appraised: Annotated[
        Count,
        Heading("已鉴定数量④", groups=(_NONCOMMERCIAL, "安全鉴定")),
        CountOf("noncommercial", "suspected", "appraised"),
    ]
    grade_cd: Annotated[
        Count,
        Heading("C、D级房屋数量⑤", groups=(_NONCOMMERCIAL, "安全鉴定")),
        CountOf("noncommercial", "suspected", "cd"),
    ]
    appraisal_rate: Annotated[
        Rate | None,
        Heading("鉴定率（④/①-②-③）", groups=(_NONCOMMERCIAL, "安全鉴定")),
        RateOf(Terms.of("appraised"), Terms.of("suspected").less("cleared", "direct_works")),
    ] = None
    cd_works: Annotated[
        Count,
        Heading("鉴定为C、D级房屋采取工程措施整治数量⑥", groups=(_NONCOMMERCIAL, "整治措施"), width=16),
        CountOf("noncommercial", "suspected", "cd", "works_done"),
    ]
    rectification_rate: Annotated[
        Rate | None,
        Heading("整治率（⑥+③/⑤+③）", groups=(_NONCOMMERCIAL, "整治措施")),
        RateOf(Terms.of("cd_works", "direct_works"), Terms.of("grade_cd", "direct_works")),
    ] = None
    closed: Annotated[
        Count,
        Heading(
            "已销号数量（含经技术人员复核无隐患、鉴定为A、B级、工程措施销号）⑦",
            groups=(_NONCOMMERCIAL, "整治销号"),
            width=18,
        ),
        CountOf("noncommercial", "suspected", "closed"),
    ]
    closure_rate: Annotated[
        Rate | None,
        Heading("销号率（⑦/①）", groups=(_NONCOMMERCIAL, "整治销号")),
        RateOf(Terms.of("closed"), Terms.of("suspected")),
    ] = None
