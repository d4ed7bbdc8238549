"""What a county may change of a notice, and what is said where that cannot be used."""

from pathlib import Path

import pytest

from tests.notices.own_notices import own_notice
from zjf.errors import CannotDoError
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice


def test_a_county_may_change_a_notice_under_its_own_name(county: Path) -> None:
    changed = own_notice(
        county,
        """
        inherits = "yunyang-2022"
        [switches]
        design_clause_covers_both = { on = false }
        """,
        name="yunyang-2022",
    )
    assert not changed.switches.design_clause_covers_both.on
    assert changed.demands == Notice.load("yunyang-2022").demands


def test_a_countys_own_notice_is_listed(county: Path) -> None:
    own_notice(county, 'inherits = "jiaxiang-2024"')
    assert known_notices(county) == tuple(sorted([*known_notices(), "yunshui-2024"]))


PHASE = 'inherits = "jiaxiang-2024"\n[[phases]]\nname = "一"\ndue = "二"\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('inherits = "jiaxiang-2023"', "最接近的是 jiaxiang-2024"),
        ('inherits = "yunshui-2024"', "继承了它自己"),
        ('inherits = "jiaxiang-2024"\ndemand = {}', "最接近的是 demands"),
        ('inherits = "jiaxiang-2024"\n[thresholds]\nfloor = { value = 3 }', "最接近的是 floors"),
        ('inherits = "jiaxiang-2024"\n[demands]\nC104 = "一"', "demands 的 C104"),
        (
            'inherits = "jiaxiang-2024"\n[demands]\nL999 = "一"',
            "demands 的 L999 ：不是通知能够要求的事项，可用的有 L204",
        ),
        ('inherits = "jiaxiang-2024"\n[demands]\nL201 = "一"', "L201 ：不是通知能够要求的事项"),
        ('inherits = "jiaxiang-2024"\ndrops = ["L212"]', "drops 第 1 项：不是通知能够要求的事项"),
        ('inherits = "jiaxiang-2024"\nexpects = ["house_ledger"]', "没有 house_ledger 这种表，可用的有"),
        (
            'inherits = "jiaxiang-2024"\n[[papers]]\nname = "台账"\nform = "house_ledger"',
            "papers 第 1 项的 form ：没有 house_ledger 这种表",
        ),
        ('inherits = "jiaxiang-2024"\n[[phases]]\nname = "一"\ndue = "二"\nuntill = 2024-01-01', "until"),
        (PHASE + "from = 2024-05-01\nuntil = 2024-04-30", "from（2024-05-01）晚于 until（2024-04-30）"),
        (
            PHASE + 'until = 2024-04-30\npopulation = "all"\nstep = "judge"',
            "没有 judge 这一步，最接近的是 judged",
        ),
        (
            PHASE + 'until = 2024-04-30\npopulation = "comercial"\nstep = "judged"',
            "没有 comercial 这一类对象，最接近的是 commercial",
        ),
        (
            PHASE + 'until = 2024-04-30\npopulation = "all"\nstep = "plated"',
            "全部自建房没有 plated 这一步，可用的有 judged",
        ),
        (PHASE + 'population = "all"\nstep = "judged"', "有 step 的阶段要写 until"),
        (PHASE + 'until = 2024-04-30\nstep = "judged"', "要一起写"),
        (
            'inherits = "jiaxiang-2024"\n[[goals]]\nfigure = "commercial/close"\ntarget = 100',
            "没有 commercial/close 这个指标，最接近的是 commercial/closed",
        ),
        (
            'inherits = "jiafeng-2024"\n[[cadences]]\nkind = "return"\nname = "周报"\nevery = "week"\n'
            "from = 2024-05-01\nuntil = 2024-04-01",
            "晚于 until",
        ),
        (
            'inherits = "jiaxiang-2024"\n[[papers]]\nname = "报告"\ndue = 2024-06-05\nperiod = "week"',
            "只能写一个",
        ),
    ],
)
def test_a_notice_that_cannot_be_used_says_what_is_wrong(county: Path, content: str, message: str) -> None:
    with pytest.raises(CannotDoError) as caught:
        own_notice(county, content)
    assert message in str(caught.value)
