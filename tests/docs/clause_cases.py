"""Rows on which each code that holds a clause fires, and what is changed so that it is silent."""

from importlib import import_module
from pathlib import Path

Cells = dict[str, str]
SHOP = {"是否经营性": "是"}
SEVERE = {"初判结论": "存在严重安全隐患", "初判日期": "2024-03-01"}
GRADE_C = {**SEVERE, "鉴定等级": "C"}
GRADE_D = {**SEVERE, "鉴定等级": "D"}
WORKS = {"整治措施": "维修加固", "整治完成日期": "2024-05-02"}
FOUND_AGAIN = {"销号方式": "管理措施", "销号日期": "2024-04-20", "销号后复核结论": "有隐患"}
ISSUE = {"问题编号": "W1", "来源": "自查", "发现日期": "2024-04-02", "问题描述": "裂缝", "村（社区）": "东村"}
HOUSEHOLD = {
    "户编号": "H1",
    "户主姓名": "赵一",
    "类别": "低保户",
    "结构类型": "土坯结构",
    "村（社区）": "东村",
}
AUDIT = {"报告编号": "鉴1", "鉴定机构": "某所", "抽查日期": "2024-05-02"}

_LISTED_HERE: dict[str, tuple[Cells, Cells]] = {
    "L202": ({**SEVERE, "复核结论": "有隐患", "复核日期": "2024-02-01"}, {"复核日期": "2024-03-05"}),
    "L203": (
        {"鉴定等级": "B", "鉴定日期": "", "鉴定机构": ""},
        {"鉴定日期": "2024-03-05", "鉴定机构": "某所"},
    ),
    "L204": ({"地上层数": "3", "专业设计": "否", "初判结论": "未发现安全隐患"}, {"专业设计": "是"}),
    "L205": (GRADE_C, {"管控措施": "观察使用"}),
    "L206": ({**GRADE_D, **SHOP, "管控措施": "封控警示"}, {"管控措施": "停止经营"}),
    "L207": ({**SEVERE, "销号方式": "复核无隐患"}, {"复核结论": "无隐患", "复核日期": "2024-04-02"}),
    "L208": ({"销号方式": "管理措施"}, {"销号后复核结论": "无隐患"}),
    "L209": ({**SEVERE, **WORKS, "销号方式": "工程措施"}, {"验收日期": "2024-05-10"}),
    "L210": ({**GRADE_C, "管控措施": "停止使用", "管控解除日期": "2024-05-01"}, {"管控解除日期": ""}),
    "L211": (SEVERE, {"管控措施": "停止使用"}),
    "L212": ({**GRADE_C, "管控措施": "停止使用", "整治期限": "2024-05-01"}, {"整治期限": "2024-12-01"}),
    "L213": ({"初判结论": "未发现安全隐患", "复核结论": "有隐患"}, {"复核结论": "无隐患"}),
    "L214": ({**SHOP, "改扩建情形": "加层", "改扩建是否批准": "否"}, {"管控措施": "停止经营"}),
    "L215": (
        {**SEVERE, **FOUND_AGAIN, "再次销号日期": "2024-06-01", "验收日期": "2024-05-30"},
        {"整治措施": "维修加固", "整治完成日期": "2024-05-28"},
    ),
    "L216": ({**SEVERE, "销号方式": "工程措施", "整治措施": "刷墙勾缝"}, {"整治措施": "维修加固"}),
    "L218": ({**GRADE_C, "管控措施": "封控警示"}, {"管控措施": "限制用途"}),
    "L219": ({"地质灾害隐患": "是"}, {"管控措施": "人员撤离"}),
    "L220": (SHOP, {"初判结论": "未发现安全隐患"}),
    "R609": ({**GRADE_D, "鉴定报告报送日期": "2023-05-10"}, {"鉴定报告报送日期": "2023-04-11"}),
    "L301": ({**ISSUE, "销号日期": "2024-05-20"}, {"整改完成日期": "2024-05-10"}),
    "L302": ({**ISSUE, "整改完成日期": "2024-03-01"}, {"整改完成日期": "2024-05-01"}),
    "L303": ({**ISSUE, "移送部门": "教育局", "移送日期": ""}, {"移送日期": "2024-05-01"}),
    "R608": ({**ISSUE, "整改期限": "2024-05-01"}, {"整改完成日期": "2024-05-01"}),
    "L305": ({**AUDIT, "抽查结论": "合格", "问题类型": "缺项漏项"}, {"问题类型": ""}),
    "L307": ({**AUDIT, "抽查结论": "合格", "重新上传日期": "2024-05-01"}, {"重新上传日期": "2024-05-03"}),
    "R604": ({**HOUSEHOLD, "名单提供日期": "2024-04-01"}, {"鉴定日期": "2024-04-20"}),
    "R605": ({**HOUSEHOLD, "最近回访日期": "2023-06-01"}, {"最近回访日期": "2024-05-01"}),
}


def _beside_their_rules() -> dict[str, tuple[Cells, Cells]]:
    """The cases that stand in the test of the rule itself, as `CLAUSE_CASES`."""
    cases: dict[str, tuple[Cells, Cells]] = {}
    for path in sorted((Path(__file__).parents[1] / "rules").glob("test_*.py")):
        cases |= getattr(import_module(f"tests.rules.{path.stem}"), "CLAUSE_CASES", {})
    return cases


CASES = _LISTED_HERE | _beside_their_rules()
"""By code: cells of a row on which it fires; what is changed so that it is silent. A new rule's stand in its test."""

ELSEWHERE: dict[str, tuple[str, str, str, str]] = {
    "A307": (
        "tests.commands.test_agreement",
        "test_a_figure_that_is_not_the_count_of_the_houses_is_named_with_it",
        "test_figures_that_agree_are_silent_and_houses_tell_nothing_of_online_checks",
        "test_what_the_houses_come_to_is_unknown",
    ),
    "A309": (
        "tests.commands.test_sweep_table",
        "test_a_figure_that_the_houses_do_not_come_to_is_named_with_it",
        "test_figures_that_agree_are_silent_and_so_is_what_houses_do_not_tell",
        "test_it_is_unknown_without_a_ledger_or_with_rows_sent_back",
    ),
    **dict.fromkeys(
        ("L304", "L306"),
        (
            "tests.commands.test_mentioned_houses",
            "test_a_house_that_is_not_in_the_units_ledger_is_named",
            "test_what_was_accepted_before_is_the_ledger_of_a_unit_that_sends_only_its_problems",
            "test_without_the_units_ledger_nothing_is_known",
        ),
    ),
    "T508": (
        "tests.rules.test_vanished_entries",
        "test_no_household_leaves_the_list_unnoticed",
        "test_only_problems_that_are_open_are_missed",
        "test_where_a_number_cannot_be_read_nobody_knows_what_is_missing",
    ),
    "T509": (
        "tests.rules.test_household_grades",
        "test_a_grade_that_became_better_by_itself_is_asked_about",
        "test_works_or_a_new_appraisal_make_it_better",
        "test_what_cannot_be_read_is_not_known_to_be_better",
    ),
    "T510": (
        "tests.rules.test_refuted_problems",
        "test_a_confirmed_problem_that_is_no_more_confirmed_is_asked_about",
        "test_what_was_never_confirmed_may_be_refuted",
        "test_what_cannot_be_read_is_not_known_to_be_refuted",
    ),
    "R606": (
        "tests.rules.test_spot_checks",
        "test_ten_of_a_hundred_are_enough_and_nine_are_not",
        "test_all_are_enough_where_few_are_judged_clear",
        "test_without_a_house_ledger_it_is_unknown_how_many_are_enough",
    ),
    "R607": (
        "tests.rules.test_spot_checks",
        "test_the_county_surveys_again_when_its_sum_falls_short",
        "test_exactly_nine_in_ten_pass",
        "test_without_checks_there_is_no_rate_to_fall_short",
    ),
    "R610": (
        "tests.rules.test_spot_checks",
        "test_a_house_of_no_ledger_or_of_another_judgement_is_named",
        "test_a_judgement_raised_after_the_check_found_fault_is_no_contradiction",
        "test_without_a_house_ledger_it_is_unknown_how_many_are_enough",
    ),
}
"""Codes that no single row tells: the module, and its tests that fire, stay silent and stay unknown."""
