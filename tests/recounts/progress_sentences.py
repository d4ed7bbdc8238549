"""The sentences of what was done: counts, rates, villages, households and what changed since."""

import re

from tests.recounts.board import Recount
from tests.recounts.county import HOUSEHOLDS, HOUSES, PROGRESS, REVIEWS, STRANGER, SWEEP, UNITS
from tests.recounts.sentences import Said, count, figure, is_compared, moved, says, shares, whose

# 总体进展


@says(r"截至.+?，(全县.*?)累计排查自建房.+，其中经营性.+、非经营性.+")
def surveyed(said: Said) -> None:
    whose(said[1], said.paper, said.recount.counts)
    assert said.amounts() == [
        count(said.paper, PROGRESS, name) for name in ("surveyed", "commercial", "noncommercial")
    ]


@says(r"(经营性|非经营性)自建房中，初判隐患.+")
def suspected(said: Said) -> None:
    names = (
        ("commercial_suspected", "commercial_closed")
        if said[1] == "经营性"
        else ("suspected", "cleared", "appraised", "grade_cd", "closed")
    )
    assert said.amounts() == [count(said.paper, PROGRESS, name) for name in names]


@says(r"截至.+?，(?:全县|报了自建房台账的(\d+)个单位的)经营性自建房共排查.+，其中已初判.+")
def commercial_judged(said: Said) -> None:
    sent = sum(said.recount.past.rows(unit, HOUSES) is not None for unit in UNITS)
    assert int(said[1] or len(UNITS)) == sent
    assert said.amounts() == [figure(said.paper, "commercial/judged", side) for side in (1, 0)]


@says(r"在经营性自建房中，初判有隐患的已有结论.+，隐患已消除.+；应管控.+，在管控中.+")
def commercial_handled(said: Said) -> None:
    assert said.amounts() == [
        figure(said.paper, "commercial/verdict", 0),
        figure(said.paper, "commercial/resolved", 0),
        figure(said.paper, "commercial/controlled", 1),
        figure(said.paper, "commercial/controlled", 0),
    ]


@says(r"(全县.*?)经营性自建房初判有隐患.+，已销号.+")
def commercial_closed(said: Said) -> None:
    whose(said[1], said.paper, lambda unit: said.recount.rate(unit, "commercial/closed"))
    assert said.amounts() == [figure(said.paper, "commercial/closed", side) for side in (1, 0)]


@says(r"(.+)只报了附件2，没有报自建房台账，其经营性自建房的初判进度、结论、管控情况不清楚")
def attachment_only(said: Said) -> None:
    past = said.recount.past
    assert said.units(1) == [
        unit for unit in UNITS if past.rows(unit, HOUSES) is None and past.rows(unit, PROGRESS) is not None
    ]


@says(r"(全县.*?)前期按管理措施销号的经营性自建房.+")
def looked_at_again(said: Said) -> None:
    whose(said[1], said.paper, said.recount.reviews)
    names = [f"commercial_{name}" for name in ("closed", "reviewed", "hazard", "works")]
    counts = [count(said.paper, REVIEWS, name) for name in names]
    assert said.amounts() == [(counts[0][0], None), *counts[1:]]


@says(r"(\d+)个单位报了集中摸排情况表(?:（其中(\d+)个为零报）)?(?:，共(\d+)个村)?")
def swept_villages(said: Said) -> None:
    tables = [rows for unit in UNITS if (rows := said.recount.past.rows(unit, SWEEP)) is not None]
    assert int(said[1]) == len(tables)
    assert int(said[2] or 0) == sum(not rows for rows in tables)
    assert int(said[3] or 0) == sum(map(len, tables))


@says(r"经营性自建房错漏排专项核查.+；“三类重点”经营性自建房全面复核.+；经营性自建房安全鉴定专项抽查.+")
def swept(said: Said) -> None:
    names = (
        "wl_checked",
        "wl_wrong",
        "wl_missed",
        "key_checked",
        "key_hazard",
        "key_rectified",
        "audit_checked",
        "audit_failed",
    )

    def of(recount: Recount, name: str) -> dict[str, int]:
        rows = (row for unit in UNITS for row in recount.past.rows(unit, SWEEP) or [])
        return {row["township"] + row["village"]: row[name] for row in rows}

    earlier = said.paper.earlier
    assert said.amounts() == [
        moved(of(said.recount, name), of(earlier, name) if earlier else None) for name in names
    ]


@says(r"(.+)上[期月]未报，不作比较")
def new_villages(said: Said) -> None:
    earlier = said.paper.earlier
    assert earlier
    before = {(unit, row["village"]) for unit in UNITS for row in earlier.past.rows(unit, SWEEP) or []}
    assert said.units(1) == [
        f"{unit}{row['village']}"
        for unit in UNITS
        for row in said.recount.past.rows(unit, SWEEP) or []
        if (unit, row["village"]) not in before
    ]


@says(r"没有单位报困难群众住房安全台账，各户住房安全情况不清楚")
def no_household_ledger(said: Said) -> None:
    assert all(said.recount.past.rows(unit, HOUSEHOLDS) is None for unit in UNITS)


@says(r"截至.+?，(?:全县|报了台账的(\d+)个单位)有困难群众住房.+")
def poor_households(said: Said) -> None:
    sent = [unit for unit in UNITS if said.recount.past.rows(unit, HOUSEHOLDS) is not None]
    assert int(said[1] or len(UNITS)) == len(sent)
    left = {
        unit: due - done
        for unit in sent
        if (rate := said.recount.rate(unit, "households/resolved"))
        for done, due in [rate]
    }
    listed = re.search(r"未改造(\d+)户(?:（((?!较|与).+?)）)?", said.match[0])
    assert listed
    assert int(listed[1]) == sum(left.values())
    assert shares(listed[2] or "") == {unit: number for unit, number in left.items() if number}
    rest = Said(said.paper, "", re.match(".*", said.match[0].replace(listed[0], "")))  # type: ignore[arg-type]
    asked = (
        ("appraised", 1),
        ("appraised", 0),
        ("resolved", 1),
        ("resolved", 0),
        ("plated", 0),
        ("visited", 1),
        ("visited", 0),
    )
    assert rest.amounts() == [figure(said.paper, f"households/{step}", side) for step, side in asked]


@says(
    r"困难群众住房台账中，填写仍住老旧危房的(.+?)，漏雨透风的(.+?)；(?:没有填写是否.+?的(\d.+?)，不清楚|各户这两项都填写了)"
)
def how_households_live(said: Said) -> None:
    holds = (
        lambda row: row["in_dangerous_house"] == "是",
        lambda row: row["leaks"] == "是",
        lambda row: None in (row["in_dangerous_house"], row["leaks"]),
    )
    for told, holds_of in zip(said.match.groups(), holds, strict=True):
        total, _, listed = (told or "0户").partition("户")
        counts = {
            unit: sum(map(holds_of, rows))
            for unit in UNITS
            if (rows := said.recount.past.rows(unit, HOUSEHOLDS)) is not None
        }
        assert int(total) == sum(counts.values())
        assert shares(listed.strip("（）")) == {unit: number for unit, number in counts.items() if number}


@says(r"台账中没有可比的上[期月]数据，不作比较")
def nothing_to_compare(said: Said) -> None:
    assert said.paper.earlier is None


@says(r"与上[期月]比较的，上[期月]指.+")
def compared_with(said: Said) -> None:
    assert said.paper.earlier is not None


@says(r"比较只计两期都有数据的(\d+)个单位，不含(.+)")
def compared(said: Said) -> None:
    earlier = said.paper.earlier
    assert earlier
    now, then = set(said.paper.units()), set(said.paper.units(earlier))
    assert int(said[1]) == len(now & then)
    assert set(said.units(2)) - {STRANGER} == now ^ then


@says(r"(.+)两期报的表不同，只比较两期都报了的数")
def compared_in_part(said: Said) -> None:
    earlier = said.paper.earlier
    assert earlier
    for unit in said.units(1):
        assert unit in said.paper.units()
        assert unit in said.paper.units(earlier)
        forms = [
            {form for form in recount.past.came[unit] if form != SWEEP and form != "issue-ledger"}
            for recount in (said.recount, earlier)
        ]
        assert forms[0] != forms[1]


@says(r"(全县.*?)非经营性自建房中，C、D级房屋采取工程措施整治.+，未经鉴定直接采取工程措施.+")
def engineering(said: Said) -> None:
    whose(said[1], said.paper, said.recount.counts)
    assert said.amounts() == [count(said.paper, PROGRESS, name) for name in ("cd_works", "direct_works")]


@says(r"(全县.*?)前期以管理措施销号的全部自建房.+，其中经营性.+、非经营性.+；全部自建房中.+")
def management(said: Said) -> None:
    whose(said[1], said.paper, said.recount.reviews)
    parts = [
        (count(said.paper, REVIEWS, f"{kind}_closed")[0], None) for kind in ("commercial", "noncommercial")
    ]
    rest = [
        count(said.paper, REVIEWS, f"commercial_{name}", f"noncommercial_{name}")
        for name in ("reviewed", "hazard", "works")
    ]
    assert said.amounts() == [count(said.paper, REVIEWS, "total"), *parts, *rest]


@says(r"(全县.*?)报来的数据中，以管理措施销号的全部自建房为0栋")
def none_by_management(said: Said) -> None:
    whose(said[1], said.paper, said.recount.reviews)
    assert count(said.paper, REVIEWS, "total")[0] == 0


@says(r"各单位的报表都没有反映以管理措施销号的自建房，数量和复核情况不清楚")
def nobody_tells_of_management(said: Said) -> None:
    assert not any(map(said.recount.reviews, UNITS))


@says(r"管理措施与工程措施分开统计，不计入整治率")
def apart(said: Said) -> None:
    assert said.recount.scope == "all"


@says(r"回访按季度计，上[期月]不在同一季度，不作比较")
def visits_begin_anew(said: Said) -> None:
    assert said.recount.scope == "households"
    assert not is_compared(said.paper, "households/visited")
