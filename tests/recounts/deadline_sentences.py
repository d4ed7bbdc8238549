"""The sentences of what is overdue, falls due or is not put into practice."""

import re
from datetime import date

from tests.recounts.county import HOUSEHOLDS, HOUSES, UNITS, WAIVABLE
from tests.recounts.duties import unmet
from tests.recounts.ranking_sentences import assert_named
from tests.recounts.sentences import Said, says, shares
from zjf.problems import CATALOGUE
from zjf.schemas import FORMS

_LEDGERS = {"自建房台账": HOUSES, "困难群众住房安全台账": HOUSEHOLDS}
_CODES = {problem.title: code for code, problem in CATALOGUE.items()}

# 逾期、临近期限和未落实事项


@says(
    r"(.+?)（((?:经营性自建房|非经营性自建房|全部自建房|困难群众住房).*)），(逾期|14天内到期)(\d+)[栋户](?:（其中(?:已豁免(\d+)[栋户])?，?(?:(\d+)户在期限以后才列入名单)?）)?：(.+)"
)
def due_or_overdue(said: Said) -> None:
    state = "overdue" if said[3] == "逾期" else "due"
    by = re.search(r"(\d+)年(\d+)月(\d+)日前", said[2])
    until = f"{int(by[1])}-{int(by[2]):02}-{int(by[3]):02}" if by else None
    own = [
        entry
        for entry in said.recount.due
        if (entry[0], entry[2]) == (state, said[1]) and until in (None, entry[5].isoformat())
    ]
    assert int(said[4]) == len(own)
    assert shares(said[7]) == {
        unit: number for unit in UNITS if (number := sum(entry[3] == unit for entry in own))
    }
    assert int(said[6] or 0) == sum(
        listed is not None and listed > entry[5]
        for entry in own
        for listed in [listed_on(said, entry[3], entry[4])]
    )
    assert int(said[5] or 0) == sum(waived_when_taken_in(said, entry[3], entry[1], entry[4]) for entry in own)


def listed_on(said: Said, unit: str, number: str) -> date | None:
    """When a household came onto the list; None of a house."""
    households = said.recount.past.rows(unit, HOUSEHOLDS) or []
    days: dict[str, date | None] = {row["household_no"]: row["listed_on"] for row in households}
    return days.get(number)


def waived_when_taken_in(said: Said, unit: str, code: str, number: str) -> bool:
    ledger = said.recount.past.came[unit].get(HOUSES)
    return ledger is not None and number in ledger.waived.get(code, ())


@says(
    r"(.+)没有报(自建房台账|困难群众住房安全台账)，(?:是否逾期不清楚|有无未落实事项不清楚|情况不清楚，以上各数不含)"
)
def ledger_untold(said: Said) -> None:
    if said[1] != "没有单位":
        rows = said.recount.past.rows
        assert_named(said[1], [unit for unit in UNITS if rows(unit, _LEDGERS[said[2]]) is None])


@says(r"((?:\d+个单位报了.+?，?)+)；按通知写明日期的事项逐栋（户）核对，其中未发现逾期")
def nothing_overdue(said: Said) -> None:
    assert not any(entry[0] == "overdue" for entry in said.recount.due)
    for number, ledger in re.findall(r"(\d+)个单位报了(自建房台账|困难群众住房安全台账)", said[1]):
        sent = [unit for unit in UNITS if said.recount.past.rows(unit, _LEDGERS[ledger]) is not None]
        assert int(number) == len(sent) > 0


@says(r"检查发现的问题中，报了问题整改台账的(\d+)个单位有(\d+)个已过整改期限、仍未整改：(.+)")
def overdue_issues(said: Said) -> None:
    counts = said.recount.overdue_issues()
    assert int(said[1]) == len(counts)
    assert int(said[2]) == sum(counts.values()) > 0
    assert shares(said[3]) == {unit: number for unit, number in counts.items() if number}


@says(r"(.+)中，有(\d+)[个户]在本期的(.+)里没有了，没有计入以上各数，去向不清楚：(.+)")
def left_the_list(said: Said) -> None:
    (form,) = (form.id for form in FORMS.values() if form.info.title == said[3])
    counts = {unit: len(gone) for unit, gone in said.recount.vanished()[form].items()}
    assert shares(said[4]) == counts
    assert int(said[2]) == sum(counts.values())


@says(r"(.+)应在(\d+)年(\d+)月(\d+)日前报（.+?）：(.+)")
def papers_due_once(said: Said) -> None:
    """Whoever owes one is named; who sent it late, in the paper of the period in which it was due or came."""
    states = said.recount.papers()[said[1]]
    named = re.findall(r"(迟报|未报)(\d+)个（(.+?)）", said[5])
    units = {label: names.split("、") for label, _, names in named}
    assert [int(number) for _, number, _ in named] == [len(names) for names in units.values()]
    assert units.get("未报", []) == [unit for unit in UNITS if states[unit] == "missing"]
    assert {states[unit] for unit in units.get("迟报", [])} <= {"late"}


@says(r"没有单位报台账，是否有逾期的不清楚")
def no_ledger(said: Said) -> None:
    assert not any(entry[0] == "overdue" for entry in said.recount.due)


@says(r"(全部自建房中，)?([^：]+)的(\d+)栋：(.+)")
def unmet_duties(said: Said) -> None:
    code = _CODES[said[2]]
    breaches = {unit: said.recount.breaches(unit).get(code, 0) for unit in UNITS}
    assert shares(said[4]) == {unit: number for unit, number in breaches.items() if number}
    assert int(said[3]) == sum(breaches.values())


@says(
    r"未落实事项按(?:本期|最后一期)截止日(\d+)年(\d+)月(\d+)日计，逾期按(\d+)年(\d+)月(\d+)日计(；房屋的情况是最后一期报来的，以后做到的没有计入)?"
)
def which_day_counts(said: Said) -> None:
    closing_day, day = (date(*(int(said[place]) for place in range(first, first + 3))) for first in (1, 4))
    assert (closing_day, day) == (said.recount.closing_day, said.recount.day)
    assert day < closing_day or (said[7] and day > closing_day)


@says(r"经核准豁免、没有计入以上的，全部自建房中还有：(.+)")
def waived_duties(said: Said) -> None:
    told = re.findall(r"(.+?)(\d+)栋（([^（）]+)）(?:；|$)", said[1])
    waived = {code: waived_of(said, code) for code in WAIVABLE}
    assert {_CODES[title]: shares(units) for title, _, units in told} == {
        code: units for code, units in waived.items() if units
    }
    assert all(int(number) == sum(waived[_CODES[title]].values()) for title, number, _ in told)


def waived_of(said: Said, code: str) -> dict[str, int]:
    came = {unit: said.recount.past.came.get(unit, {}).get(HOUSES) for unit in UNITS}
    numbers = {unit: len(table.waived.get(code, ())) for unit, table in came.items() if table}
    return {unit: number for unit, number in numbers.items() if number}


@says(r"报了自建房台账的(\d+)个单位，逐栋核对(，除经核准豁免的以外，)?未发现未落实事项（只计\S+要求做到的）")
def nothing_unmet(said: Said) -> None:
    assert bool(said[2]) == any(waived_of(said, code) for code in WAIVABLE)
    assert int(said[1]) == sum(said.recount.past.rows(unit, HOUSES) is not None for unit in UNITS)
    assert not any(said.recount.breaches(unit) for unit in UNITS)


@says(r"(.+)的自建房台账没有填鉴定报告报送日期，有没有“.+”的不清楚")
def reports_not_told(said: Said) -> None:
    """Who leaves the whole column blank, though a report of a grade D or of the whole structure was due."""
    recount = said.recount
    told = {unit: houses for unit in UNITS if (houses := recount.past.rows(unit, HOUSES))}
    assert_named(
        said[1],
        [
            unit
            for unit, houses in told.items()
            if all(house["report_sent_on"] is None for house in houses)
            and any(unmet("R609", house, recount.closing_day, recount.county.notice) for house in houses)
        ],
    )


@says(r"没有单位报自建房台账，有无未落实事项不清楚")
def no_house_ledger(said: Said) -> None:
    assert all(said.recount.past.rows(unit, HOUSES) is None for unit in UNITS)


# 报表中的常见问题，近期时限


@says(r"本[期月]退回的报表中，问题有：(.+)")
def sent_back(said: Said) -> None:
    assert any(said.recount.past.sent_back.values())


@says(r"本[期月]已汇总的报表中，因数据错误退回的为0份")
def nothing_sent_back(said: Said) -> None:
    assert not said.recount.past.sent_back


@says(r"(.+?)：(.+)（(?:云阳|融安|嘉祥|嘉峰|云霄)\d{4} .+）")
def near(said: Said) -> None:
    phases = {phase["name"]: phase for phase in said.recount.says["phases"]}
    assert 0 <= (phases[said[1]]["until"] - said.recount.day).days <= 14


@says(r".+写明日期的任务中，今后14天内到期的为0项")
def nothing_near(said: Said) -> None:
    days = [phase["until"] for phase in said.recount.says["phases"] if "until" in phase]
    assert not any(0 <= (day - said.recount.day).days <= 14 for day in days)


@says(r"已过期限的任务：(.+)")
def past(said: Said) -> None:
    names = re.findall(r"([^、（]+)（\d+年\d+月\d+日）", said[1])
    assert sorted(names) == sorted(
        phase["name"]
        for phase in said.recount.says["phases"]
        if "until" in phase and phase["until"] < said.recount.day
    )


@says(
    r"云水县(?:（没有报自建房台账的(.+?)不清楚）)?已抽查 0 栋，应不少于 (\d+) 栋（经营性自建房 (\d+) 栋，"
    r"其中初判未发现安全隐患 (\d+) 栋；没有抽取记录，自行挑选的房屋不计入抽查比例）"
)
def nothing_was_spot_checked(said: Said) -> None:
    """云阳 附2三(四)2: a tenth of all commercial houses, rounded up, drawn from those judged clear."""
    recount = said.recount
    told = {unit: houses for unit in UNITS if (houses := recount.past.rows(unit, HOUSES)) is not None}
    assert said[1].partition("等 ")[0].split("、") == [unit for unit in UNITS if unit not in told][:5]
    shops = [house for houses in told.values() for house in houses if house["is_commercial"] == "是"]
    clear = sum(house["initial_judgement"] == "未发现安全隐患" for house in shops)
    assert [int(said[group]) for group in (2, 3, 4)] == [min(-(-len(shops) // 10), clear), len(shops), clear]


@says("请从初判未发现安全隐患的经营性自建房中补足抽查")
def what_to_do_then(said: Said) -> None:
    """It claims nothing: the sentence before does."""
