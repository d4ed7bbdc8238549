"""`zjf explain`: what a code means and how to correct it; what a figure counts, and its numbers."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import zjf
from zjf.figures.provenance import figures, find_figures
from zjf.notices.vocabulary import GOAL_FIGURES
from zjf.problems import CATALOGUE, ProblemCode
from zjf.rules.registry import RULES
from zjf.schemas.house_facts import FACTS
from zjf.services.explaining.explainable_figures import find_explainable

from .office import PERIOD, Office, attachment, ledger

FACT_1 = {
    "surveyed": 400,
    "commercial": 100,
    "commercial_suspected": 12,
    "commercial_closed": 8,
    "noncommercial": 300,
    "suspected": 100,
    "cleared": 20,
    "direct_works": 10,
    "appraised": 63,
    "grade_cd": 30,
    "cd_works": 24,
    "closed": 87,
}
"""facts.md#formulas: ①=100 ②=20 ③=10 ④=63 ⑤=30 ⑥=24, and at most 87 closed."""
HAZARDOUS = {"是否经营性": "否", "初判结论": "存在一定安全隐患", "初判日期": "2024-03-01"}
APPRAISED = {**HAZARDOUS, "鉴定日期": "2024-04-01", "鉴定机构": "江岳鉴定所", "鉴定等级": "B"}
CLEARED = {**HAZARDOUS, "复核结论": "无隐患", "复核日期": "2024-04-01", "复核人": "程立群"}
FAILED_AUDIT = [
    ["报告编号", "鉴定机构", "抽查日期", "抽查结论", "问题类型"],
    ["江鉴001", "江岳鉴定所", "2024-05-20", "不合格", "缺项漏项"],
]
_CODE = re.compile(r"[FCLADTR]\d{3}")


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_every_code_says_what_why_and_what_to_do(entry: ProblemCode, office: Office) -> None:
    parts = (entry.code, entry.title, entry.why, entry.remedy, entry.example)
    assert all(parts)
    shown = plain(office.run("explain", entry.code).out)
    assert all(plain(part) in shown for part in parts)


def test_every_code_that_is_explained_can_be_found_and_no_other() -> None:
    assert set(codes_emitted()) | set(RULES) == set(CATALOGUE)


def test_a_breach_names_the_notices_that_demand_the_duty(office: Office) -> None:
    shown = plain(office.run("explain", "L208").out)
    assert "未落实" in shown
    assert "嘉祥2024（四(一)）要求做到" in shown
    assert "销号方式、销号后复核日期" in shown


def test_a_code_may_be_written_small(office: Office) -> None:
    assert office.run("explain", "c104").out == office.run("explain", "C104").out


@pytest.mark.parametrize(
    "topic", ["鉴定率", "appraisal_rate", "attachment-2/appraisal_rate", "附件2/鉴定率", "鉴定率（④/①-②-③）"]
)
def test_a_rate_is_explained_by_any_of_its_names(topic: str, office: Office) -> None:
    shown = office.run("explain", topic).out
    assert "④÷（①－②－③）" in shown
    assert "嘉祥 四(二)，附件2" in shown


def test_a_count_says_what_a_house_must_be(office: Office) -> None:
    shown = plain(office.run("explain", "⑤").out)
    assert "非经营性；初判存在严重或一定安全隐患；鉴定为C级或D级" in shown
    assert "⑤≤④（A302）" in shown


def test_a_name_that_several_figures_have_explains_each(office: Office) -> None:
    shown = office.run("explain", "初判隐患数量").out
    assert "attachment-2/commercial_suspected" in shown
    assert "attachment-2/suspected" in shown


def test_every_figure_is_found_by_its_own_name() -> None:
    assert all(figure in find_figures(figure.name) for figure in figures())


def test_a_figure_goes_by_what_the_weekly_calls_it() -> None:
    for name, label in GOAL_FIGURES.items():
        for called in (name, label, label.replace("自建房", ""), label.partition("（")[0]):
            assert find_explainable(called, None), called


def test_every_fact_that_is_counted_has_words() -> None:
    counted = {fact for figure in figures() if figure.field.counted for fact in figure.field.counted.facts}
    assert all(FACTS[fact].says for fact in counted)


def test_a_reported_rate_shows_its_numbers(office: Office) -> None:
    office.receive("附件2.xlsx", attachment("attachment-2", {"石岭矿区管理处": FACT_1}))
    office.aggregate()
    asked = ("--county", office.folder, "--period", PERIOD)
    assert "63÷（100－20－10）＝63÷70＝90.00%" in office.run("explain", "鉴定率", *asked).out
    assert "（24＋10）÷（30＋10）＝34÷40＝85.00%" in office.run("explain", "整治率", *asked).out
    shown = office.run("explain", "⑦", *asked, "--unit", "石岭矿区管理处").out
    assert "石岭矿区管理处　87" in shown
    assert "单位自报" in shown


def test_a_counted_rate_names_the_houses_that_hold_it_back(office: Office) -> None:
    houses = ledger("城关街道", APPRAISED, CLEARED, HAZARDOUS, {})
    office.receive("城关街道.xlsx", houses)
    office.aggregate()
    asked = ("--county", office.folder, "--period", PERIOD, "--unit", "城关街道办")
    shown = office.run("explain", "鉴定率", *asked).out
    assert "1÷（3－1－0）＝1÷2＝50.00%" in shown
    assert "在分母、不在分子的房屋 1 栋：YS0003" in shown


def test_an_appraisal_whose_report_failed_is_told(office: Office) -> None:
    settings = office.folder / "zjf.toml"
    settings.write_text(settings.read_text("utf-8").replace("jiaxiang-2024", "jiafeng-2024"), "utf-8")
    reports = [{**APPRAISED, "鉴定报告编号": "江鉴001"}, {**APPRAISED, "鉴定报告编号": "江鉴002"}]
    office.receive("台账.xlsx", ledger("城关街道", *reports))
    office.receive("抽查.xlsx", [["填报单位：城关街道"], *FAILED_AUDIT])
    office.aggregate()
    asked = ("--county", office.folder, "--period", PERIOD, "--unit", "城关街道")
    shown = office.run("explain", "鉴定率", *asked).out
    assert "2÷（2－0－0）＝2÷2＝100.00%" in shown
    assert "在分母、不在分子的房屋" not in shown
    assert "需重新鉴定的房屋 1 栋：YS0001" in shown


def test_an_unknown_name_is_wrong_usage_and_names_the_nearest(office: Office) -> None:
    ran = office.run("explain", "整治律")
    assert (ran.code, ran.out) == (2, "")
    assert "整治率（attachment-2/rectification_rate）" in ran.err
    assert "C104 不在可选项中" in office.run("explain", "C1O4").err


def test_a_unit_without_a_period_is_wrong_usage(office: Office) -> None:
    assert office.run("explain", "⑦", "--unit", "青石镇").code == 2


def test_a_period_without_returns_cannot_be_shown(office: Office) -> None:
    ran = office.run("explain", "⑦", "--county", office.folder, "--period", PERIOD)
    assert ran.code == 3
    assert "zjf aggregate" in ran.err


def codes_emitted() -> Iterator[str]:
    """The codes that the source names outside the declarations of the catalogue."""
    for path in Path(zjf.__file__).parent.rglob("*.py"):
        yield from _codes_in(ast.parse(path.read_text("utf-8")))


def _codes_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _called(node) in {"_catalogue", "ProblemCode", "rule"}:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _codes_in(child)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def plain(text: str) -> str:
    """Text without the spaces and line breaks that a screen puts in."""
    return "".join(text.split())
