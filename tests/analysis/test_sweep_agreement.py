"""集中摸排情况表 against what reconciling and the report audit found."""

import pandas as pd

from tests.typed_rows import table
from zjf.analysis.sweep_agreement import disagreements, merged
from zjf.schemas import FORMS

SWEPT = FORMS["sweep-table"]


def sweep(*rows: dict[str, object]) -> pd.DataFrame:
    return table(SWEPT, rows)


EAST = {"township": "城关街道", "village": "东村", "wl_checked": 30, "wl_wrong": 2, "wl_missed": 1}
AUDITED = {"audit_checked": 5, "audit_failed": 1}


def said(table: pd.DataFrame, found: dict[tuple[str, str], dict[str, int]]) -> list[str]:
    return [disagreement.description for disagreement in disagreements(table, found)]


def test_a_figure_that_is_not_what_was_found_is_named_with_both() -> None:
    found = {("城关街道", "东村"): {"wl_checked": 30, "wl_wrong": 3, "wl_missed": 1}}
    assert said(sweep(EAST), found) == [
        "城关街道东村：错漏排专项核查／错排房屋，集中摸排情况表填 2，核对结果为 3"
    ]


def test_what_agrees_is_silent() -> None:
    found = {("城关街道", "东村"): {"wl_checked": 30, "wl_wrong": 2, "wl_missed": 1}}
    assert said(sweep(EAST), found) == []


def test_a_village_that_the_table_leaves_out_is_named() -> None:
    found = {("城关街道", "西村"): {"wl_checked": 4, "wl_wrong": 0, "wl_missed": 0}}
    assert said(sweep(EAST), found) == [
        "城关街道西村：错漏排专项核查／共核查房屋，集中摸排情况表没有填这个村，核对结果为 4"
    ]


def test_it_is_unknown_without_a_table_a_figure_or_a_finding() -> None:
    elsewhere = {("青石镇", "东村"): {"wl_checked": 4}}
    blank = sweep(EAST | {"wl_wrong": None})
    assert said(sweep(EAST), elsewhere) == []
    assert said(blank, {("城关街道", "东村"): {"wl_wrong": 9}}) == []
    assert said(sweep(EAST), {}) == []


def test_both_checks_are_held_against_the_table_together() -> None:
    place = ("城关街道", "东村")
    found = merged({place: {"wl_wrong": 2}}, {place: AUDITED, ("城关街道", "西村"): AUDITED})
    assert found[place] == {"wl_wrong": 2} | AUDITED
    table = sweep(EAST | {"audit_checked": 5, "audit_failed": 0})
    assert said(table, {place: found[place]}) == [
        "城关街道东村：安全鉴定专项抽查／发现安全鉴定不合格，集中摸排情况表填 0，核对结果为 1"
    ]
