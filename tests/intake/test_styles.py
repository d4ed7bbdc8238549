"""However a township sets out its list, each of its houses is counted once, as it is, and nothing else is."""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.messy import column
from tests.intake.typed_files import HEADINGS, TYPES, checked_as, codes_of, house
from tests.sheets import Cells

VILLAGES = ("东村", "西岭村", "石桥社区")
GROUPS = ("一组", "二组", "3组")
LINES = ("{}", "一、{}", "（二）{}：", "{}（{}栋）", "{}共{}栋")
TOTALS = ("小计", "合计", "{}小计", "{}合计", "合 计", "{}总计：", "共计（栋）", "本页小计")
FOOTERS = (
    *("填表人：周文", "主要负责同志签字：", "单位（盖章）：", "2024年6月5日", "城关街道办事处"),
    *("备注：本表一式两份", "第1页", "注", "说明：层数只计地上", "填报单位：城关街道办"),
)
ABOVE = (["自建房台账"], ["附件1"], ["云水县城关街道自建房台账（续）"], [], ["说明：一栋一行"])
LEAST = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@dataclass
class Listed:
    """A list as a township sets it out, and the villages and groups of its houses."""

    rows: Cells = field(default_factory=list)
    villages: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    def add(self, village: str, group: str, **written: str) -> None:
        """Adds a house, written as it may be in its place."""
        self.villages.append(village)
        self.groups.append(group)
        self.rows.append(house(len(self.villages), **{"村（社区）": village, "组": group} | written))


@st.composite
def lists(draw: st.DrawFn) -> Listed:
    listed = Listed(
        rows=[*draw(st.lists(st.sampled_from(ABOVE), max_size=3)), ["填报单位：城关街道"], HEADINGS]
    )
    by_lines, with_totals = draw(st.booleans()), draw(st.booleans())
    line, total = draw(st.sampled_from(LINES)), draw(st.sampled_from(TOTALS))
    for village in draw(st.permutations(VILLAGES)):
        count = draw(st.integers(1, 4))
        if by_lines:
            text = line.format(village, count)
            listed.rows.append(draw(st.sampled_from([[text], ["", text], ["", "", text]])))
        for number in range(count):
            group = draw(st.sampled_from(GROUPS))
            written = {"村（社区）": ""} if by_lines and draw(st.booleans()) else {}
            if number and draw(st.booleans()):
                group = listed.groups[-1]
                if "同上" not in (above := listed.rows[-1]) and "〃" not in above:
                    written["组"] = draw(st.sampled_from(["同上", "〃"]))
            if number and draw(st.integers(0, 4)) == 0:
                listed.rows.append(draw(st.sampled_from([[], HEADINGS])))
            listed.add(village, group, **written)
        if with_totals:
            listed.rows.append(["", total.format(village)])
    listed.rows += [[], *([text] for text in draw(st.lists(st.sampled_from(FOOTERS), max_size=3)))]
    return listed


@LEAST
@given(lists(), st.integers(0, 2), st.sampled_from(TYPES))
def test_every_house_is_counted_once_as_it_is(listed: Listed, left: int, extension: str) -> None:
    checked = checked_as(extension, [[*[""] * left, *row] for row in listed.rows])
    assert codes_of(checked) == []
    assert column(checked, "house_id") == [f"YS{number:04}" for number in range(1, len(listed.villages) + 1)]
    assert column(checked, "village") == listed.villages
    assert column(checked, "group") == listed.groups
    assert len(checked.tables) == 1
