"""The sentences of ranks and goals."""

import re
from datetime import date

from tests.monitoring import plain_recount as plain
from tests.recounts.county import UNITS
from tests.recounts.sentences import Said, is_compared, says, shares
from tests.recounts.told import RATES, percent, whole

Rate = tuple[int, int]


def rated(said: Said) -> tuple[str, dict[str, Rate | None]]:
    """The figure that a paragraph is about, and what it is of the units with any figures."""
    label = re.sub(r"（.）", "", said.lead)
    labels = {shown["label"]: name for name, shown in said.paper.said["county"]["progress"].items()}
    labels |= {
        f"非经营性自建房{name}": rate
        for name, rate in zip(("鉴定率", "整治率", "销号率"), RATES, strict=True)
    }
    if said.recount.scope != "all":
        labels |= {shown["label"]: name for name, shown in said.paper.said["county"]["progress"].items()}
    name = labels[label]
    return name, {unit: said.recount.goal_rate(unit, name) for unit in said.paper.units()}


def fair(rates: dict[str, Rate | None]) -> dict[str, Rate]:
    return {unit: rate for unit, rate in rates.items() if rate and 0 <= rate[0] <= rate[1] and rate[1]}


def shown(rate: Rate) -> str:
    """A rate as it is printed."""
    value = percent(rate)
    if value is None:
        return "—"
    if 0 < rate[0] < rate[1] and value in ("0.00", "100.00"):
        return "< 0.01%" if value == "0.00" else "> 99.99%"
    return f"{value}%"


@says(
    r"(全县|有数据的单位|报表反映了这一情况的单位)(?!的)(.+?自建房|困难群众住房)\D+?(?:（.+?）)?(\d+)[栋户]，\D+?(?:（.+?）)?(\d+)[栋户]，..*?率([<>]? ?[\d.]+%|—)(?:，(.+))?"
)
def rate_of_the_county(said: Said) -> None:
    name, rates = rated(said)
    rate = whole(known for known in rates.values() if known)
    assert rate
    assert (int(said[4]), int(said[3]), said[5]) == (*rate, shown(rate)), name
    everybody = len(rates) == len(UNITS)
    if None in rates.values():
        assert said[1] == "报表反映了这一情况的单位"
    else:
        assert said[1] == ("全县" if everybody else "有数据的单位")
    assert said[2] in said.lead
    _moved(said, name)


def _moved(said: Said, name: str) -> None:
    earlier, words = said.paper.earlier, said[6]
    if not words:
        return
    assert earlier
    assert is_compared(said.paper, name)
    now = {unit: rate for unit in UNITS if (rate := said.recount.goal_rate(unit, name))}
    then = {unit: rate for unit in now if (rate := earlier.goal_rate(unit, name))}
    before, after = percent(whole(then.values())), percent(whole(now[unit] for unit in then))
    assert before is not None
    assert after is not None
    hundredths = round(float(after) * 100) - round(float(before) * 100)
    if said_points := re.fullmatch(r"较上[期月](提高|下降)([\d.]+)个百分点", words):
        points = round(float(said_points[2]) * 100) * (1 if said_points[1] == "提高" else -1)
        assert points == hundredths != 0
    else:
        assert re.fullmatch(r"与上[期月](基本)?持平", words)
        assert hundredths == 0


@says(r"(.+)的(.+?)中，.+的为0[栋户]，不计.+率")
def nothing_to_do(said: Said) -> None:
    _, rates = rated(said)
    rate = whole(known for known in rates.values() if known)
    assert rate
    assert rate[1] <= 0
    assert rate[0] <= 0


@says(r"各单位的报表都没有反映.+，情况不清楚")
def nobody_tells(said: Said) -> None:
    assert not any(rated(said)[1].values())


@says(r"排名靠后的是(.+)")
def behind(said: Said) -> None:
    own = fair(rated(said)[1])
    ranks = plain.ranks(own)
    told = re.findall(r"([^、（]+)（(.+?)）", said[1])
    assert 2 * len(told) <= len(own)
    for unit, display in told:
        assert shown(own[unit]) == display
        assert ranks[unit] > 1
        assert own[unit][0] < own[unit][1]


@says(r"(\d+)个单位(?:并列第(\d+)(?:（(.+?)）)?|(都为0.00%，不分先后))")
def tied(said: Said) -> None:
    """More units than a half share the last rank: none of them is said to be behind."""
    rates = fair(rated(said)[1])
    ranks = plain.ranks(rates)
    last = [unit for unit, rank in ranks.items() if rank == max(ranks.values())]
    assert len(last) == int(said[1]) > len(ranks) // 2
    assert bool(said[4]) == (not any(done for done, _ in rates.values()))
    if said[2]:
        assert int(said[2]) == max(ranks.values())
        assert said[3] == ("" if int(said[2]) == 1 else shown(rates[last[0]]))


@says(r"(.+)超过100%，请核对原数")
def over(said: Said) -> None:
    rates = rated(said)[1]
    told = {unit for unit, _ in re.findall(r"([^、（]+)（(.+?)）", said[1])}
    assert told == {unit for unit, rate in rates.items() if rate and rate[0] > rate[1] > 0}


@says(r"可以排名的只有(.+)（(.+?)），不排名次")
def alone(said: Said) -> None:
    assert fair(rated(said)[1]).keys() == {said[1]}
    assert shown(fair(rated(said)[1])[said[1]]) == said[2]


@says(r"(.+)没有.+的，却报了.+，请核对原数")
def baseless(said: Said) -> None:
    rates = rated(said)[1]
    assert said.units(1) == [unit for unit, rate in rates.items() if rate and rate[0] > 0 >= rate[1]]


@says(r"(.+)无任务，不参加排名")
def idle(said: Said) -> None:
    rates = rated(said)[1]
    assert said.units(1) == [unit for unit, rate in rates.items() if rate and rate[1] <= 0 and rate[0] <= 0]


@says(r"(.+)的报表没有反映这一情况，不参加排名")
def untold(said: Said) -> None:
    assert_named(said[1], [unit for unit, rate in rated(said)[1].items() if rate is None])


def assert_named(text: str, units: list[str]) -> None:
    """Units by name; of more than eight the first three, and how many they are."""
    assert text == ("、".join(units) if len(units) <= 8 else f"{'、'.join(units[:3])}等{len(units)}个单位")


# 目标完成情况


def goal(said: Said) -> tuple[dict[str, object], dict[str, Rate | None]]:
    label = said.lead.removesuffix(f"目标{said.lead.rpartition('目标')[2]}")
    (found,) = (one for one in said.paper.said["goals"] if one["label"] == label)
    return found, {unit: said.recount.goal_rate(unit, found["figure"]) for unit in UNITS}


@says(r"依据.+?，(\d+)年(\d+)月(\d+)日(已到期|前)")
def by_which_day(said: Said) -> None:
    found, _ = goal(said)
    assert found["until"] == f"{int(said[1])}-{int(said[2]):02}-{int(said[3]):02}"
    assert (said[4] == "已到期") == (str(found["until"]) < said.recount.day.isoformat())


@says(r"各单位都没有报有关数据，.+不清楚")
def goal_unknown(said: Said) -> None:
    assert not any(goal(said)[1].values())


@says(
    r"(全县|报了有关数据的单位合计)(.+?)(?:现为(.+?)，)?(已达到|还差(\d+)[栋户个](?:（其中(\d+)户在期限以后才列入名单）)?|无任务|(?:有单位)?分子多于分母，待核对)"
)
def goal_of_the_county(said: Said) -> None:
    found, rates = goal(said)
    known = [rate for rate in rates.values() if rate is not None]
    rate = whole(known)
    assert rate
    assert (said[1] == "全县") == (len(known) == len(UNITS))
    assert said[2] in said.lead
    capped = whole((min(done, max(due, 0)), due) for done, due in known)
    assert capped
    if said[4] == "无任务":
        assert rate[1] <= 0
        assert rate[0] <= 0
    elif "分子多于" in said[4]:
        assert capped != rate
    else:
        assert said[3] == shown(rate)
        lacking = plain.short_by(*capped, int(str(found["target"])))
        assert lacking == int(said[5] or 0)
        assert lacking or capped == rate
        assert int(said[6] or 0) == late_comers(said, found)


def late_comers(said: Said, goal: dict[str, object]) -> int:
    """The households that keep a goal from being reached and were listed only after its day."""
    population, _, step = str(goal["figure"]).partition("/")
    if population != "households":
        return 0
    concerns, done = plain.steps_of(population)[step]
    day = said.recount.closing_day
    return sum(
        (row["listed_on"] or date.min).isoformat() > str(goal["until"])
        for unit in UNITS
        for row in said.recount.past.rows(unit, "household-ledger") or []
        if concerns(row, day) and not done(row, day)
    )


@says(r"(已达到)(\d+)个单位")
def reached(said: Said) -> None:
    found, rates = goal(said)
    done = [
        unit for unit, rate in fair(rates).items() if not plain.short_by(*rate, int(str(found["target"])))
    ]
    assert int(said[2]) == len(done)


@says(r"(无任务|分子多于分母、待核对)：(.+)")
def apart_from_the_goal(said: Said) -> None:
    _, rates = goal(said)
    idle = [unit for unit, rate in rates.items() if rate and rate[1] <= 0 and rate[0] <= 0]
    doubtful = [unit for unit, rate in rates.items() if rate and rate[0] > max(rate[1], 0)]
    assert said.units(2) == (idle if said[1] == "无任务" else doubtful)


@says(r"还差的单位：(.+)")
def short(said: Said) -> None:
    found, rates = goal(said)
    lacking = {unit: plain.short_by(*rate, int(str(found["target"]))) for unit, rate in fair(rates).items()}
    assert shares(said[1]) == {unit: number for unit, number in lacking.items() if number}


@says(r"(.+)没有报有关数据，不清楚")
def goal_untold(said: Said) -> None:
    assert_named(said[1], [unit for unit, rate in goal(said)[1].items() if rate is None])
