"""Returns on record of units that the roster does not know: they count nowhere, and the clerk is told (F008)."""

from collections.abc import Iterator

from zjf.county import County
from zjf.figures.summary import strangers
from zjf.ledger import Ledger
from zjf.period import Period
from zjf.problems import Problem, problem

_CURE = (
    "改过名或并入别的单位的，请在 zjf.toml 中把它写进现在那个单位的 aliases；"
    "确是本县填报单位的，请补进名单；登记错了的，不用管它。"
)


def outside_the_roster(home: County, ledger: Ledger, period: Period) -> Iterator[Problem]:
    """Yields F008 of each unit on record that the roster does not know. A problem's `value` is the unit."""
    for unit, rows in strangers(home, ledger, str(period)).items():
        what = f"台账中有「{unit}」{period} 的报表（{rows} 行），这个单位不在本县名单中，没有计入任何数字"
        yield problem("F008", what, _CURE, value=unit)
