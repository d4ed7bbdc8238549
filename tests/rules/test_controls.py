"""管控: a hazard is held in check until it is gone (L205, L206, L210, L211, L218, L219)."""

from datetime import date

import pytest

from tests.rules.houses import assert_houses
from tests.sheets import CLOSING_DAY
from zjf.notices.notice import Notice
from zjf.rules.registry import Judgement

SOME = "存在一定安全隐患"


def test_a_dangerous_house_is_controlled_until_works_are_done() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论         | 鉴定等级 | 管控措施 | 整治措施 | 整治完成日期 |
        | 丙级     | 存在一定安全隐患 | C        | [L205]   |          |              |
        | 丁级     | 存在严重安全隐患 | D        | [L205]   |          |              |
        | 写着无   | 存在一定安全隐患 | C        | 无 [L205] |         |              |
        | 在建     | 存在一定安全隐患 | C        | [L205]   | 维修加固 |              |
        | 围着     | 存在一定安全隐患 | C        | [L205]   | 增加围挡 | 2024-03-01   |
        | 管着     | 存在一定安全隐患 | C        | 观察使用 |          |              |
        | 修好了   | 存在一定安全隐患 | C        |          | 维修加固 | 2024-03-01   |
        | 乙级     | 存在一定安全隐患 | B        |          |          |              |
    """)


def test_works_that_a_post_review_found_wanting_leave_the_house_uncontrolled() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论         | 鉴定等级 | 管控措施 | 整治措施 | 整治完成日期 | 验收日期   | 销号方式 | 销号日期   | 销号后复核结论 | 销号后复核日期 |
        | 又有隐患 | 存在一定安全隐患 | C        | [L205]   | 局部拆除 | 2023-07-01   | 2023-07-09 | 工程措施 | 2023-07-10 | 有隐患         | 2024-04-02     |
        | 确已消除 | 存在一定安全隐患 | C        |          | 局部拆除 | 2023-07-01   | 2023-07-09 | 工程措施 | 2023-07-10 | 无隐患         | 2024-04-02     |
    """)


def test_whether_a_dangerous_house_is_controlled_is_unknown_where_a_cell_is() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论         | 鉴定等级  | 管控措施    | 整治措施    | 整治完成日期    |
        | 等级乱   | 存在一定安全隐患 | 4 [C104]  |             |             |                 |
        | 管控乱   | 存在一定安全隐患 | D         | 看着 [C104] |             |                 |
        | 措施乱   | 存在一定安全隐患 | D         |             | 修了 [C104] | 2024-03-01      |
        | 日期乱   | 存在一定安全隐患 | D         |             | 维修加固    | 去年冬天 [C105] |
    """)


def test_a_business_in_a_grade_d_house_is_stopped() -> None:
    assert_houses("""
        | 房屋编号 | 是否经营性 | 初判结论         | 鉴定等级 | 管控措施           | 整治措施 | 整治完成日期 |
        | 只封控   | 是         | 存在严重安全隐患 | D        | 封控警示 [L206]    |          |              |
        | 停业     | 是         | 存在严重安全隐患 | D        | 停止经营、人员撤离 |          |              |
        | 停用     | 是         | 存在严重安全隐患 | D        | 停止使用           |          |              |
        | 没管     | 是         | 存在严重安全隐患 | D        | [L205]             |          |              |
        | 丙级     | 是         | 存在一定安全隐患 | C        | 限制用途           |          |              |
        | 住宅     | 否         | 存在严重安全隐患 | D        | 人员撤离           |          |              |
        | 重建了   | 是         | 存在严重安全隐患 | D        | 封控警示           | 拆除重建 | 2024-03-01   |
        | 是否乱   | 可能 [C104] | 存在严重安全隐患 | D       | 封控警示           |          |              |
    """)


def test_a_severe_hazard_is_controlled_before_it_is_appraised() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论              | 复核结论 | 鉴定等级 | 管控措施    | 整治措施 | 整治完成日期 |
        | 没管     | 存在严重安全隐患      |          |          | [L211]      |          |              |
        | 复核有   | 存在严重安全隐患      | 有隐患   |          | [L211]      |          |              |
        | 丁级     | 存在严重安全隐患      |          | D        | [L205]      |          |              |
        | 管着     | 存在严重安全隐患      |          |          | 停止使用    |          |              |
        | 一定     | 存在一定安全隐患      |          |          |             |          |              |
        | 复核无   | 存在严重安全隐患      | 无隐患   |          |             |          |              |
        | 乙级     | 存在严重安全隐患      |          | B        |             |          |              |
        | 拆了     | 存在严重安全隐患      |          |          |             | 整体拆除 | 2024-03-01   |
        | 初判乱   | 很危险 [C104]         |          |          |             |          |              |
        | 管控乱   | 存在严重安全隐患      |          |          | 看着 [C104] |          |              |
    """)


def test_controls_stay_until_the_works_are_done() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论         | 鉴定等级 | 管控措施 | 管控解除日期      | 整治措施 | 整治完成日期 |
        | 还没修   | 存在一定安全隐患 | C        | 停止使用 [L205] | 2024-04-10 [L210] |          |              |
        | 早一天   | 存在一定安全隐患 | C        | 停止使用 | 2024-05-19 [L210] | 维修加固 | 2024-05-20   |
        | 同一天   | 存在一定安全隐患 | C        | 停止使用 | 2024-05-20        | 维修加固 | 2024-05-20   |
        | 没解除   | 存在一定安全隐患 | C        | 停止使用 |                   | 维修加固 | 2024-05-20   |
        | 未鉴定   | 存在严重安全隐患 |          | 停止使用 [L211] | 2024-05-01 [L210] |          |              |
        | 做样子   | 存在严重安全隐患 |          | 停止使用 [L211] | 2024-05-21 [L210] | 增加立柱 | 2024-05-20   |
        | 日期乱   | 存在一定安全隐患 | C        | 停止使用 | 五月 [C105]       |          |              |
        | 完成乱   | 存在一定安全隐患 | C        | 停止使用 | 2024-05-19        | 维修加固 | 五月 [C105]  |
    """)


def test_controls_may_go_once_a_technician_or_an_appraisal_clears_the_house() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论         | 复核结论 | 复核日期   | 鉴定等级 | 鉴定日期   | 管控措施 | 管控解除日期      |
        | 复核后   | 存在严重安全隐患 | 无隐患   | 2024-03-04 |          |            | 停止使用 | 2024-03-04        |
        | 复核前   | 存在严重安全隐患 | 无隐患   | 2024-03-04 |          |            | 停止使用 | 2024-03-03 [L210] |
        | 鉴定后   | 存在严重安全隐患 |          |            | B        | 2024-03-04 | 停止使用 | 2024-03-05        |
        | 鉴定前   | 存在严重安全隐患 |          |            | B        | 2024-03-04 | 停止使用 | 2024-03-01 [L210] |
        | 鉴定缺日 | 存在严重安全隐患 |          |            | B        | [L203]     | 停止使用 | 2024-03-01        |
    """)


def test_a_closure_on_management_measures_ends_no_control() -> None:
    """What was found at the post-review had been there all along; of earlier works the cells tell no more."""
    assert_houses("""
        | 房屋编号 | 初判结论         | 管控措施 | 管控解除日期      | 销号日期   | 销号方式 | 销号后复核日期 | 销号后复核结论 | 整治措施 | 整治完成日期 |
        | 凭管理   | 存在严重安全隐患 | 停止使用 | 2024-03-10 [L210] | 2024-03-10 | 管理措施 | 2024-04-02     | 有隐患         | 维修加固 | 2024-05-06   |
        | 修好后   | 存在严重安全隐患 | 停止使用 | 2024-05-06        | 2024-03-10 | 管理措施 | 2024-04-02     | 有隐患         | 维修加固 | 2024-05-06   |
        | 修过的   | 存在严重安全隐患 | 停止使用 | 2024-03-10        | 2024-03-10 | 工程措施 | 2024-04-02     | 有隐患         | 维修加固 | 2024-05-06   |
        | 复核乱   | 存在严重安全隐患 | 停止使用 | 2024-03-10        | 2024-03-10 | 管理措施 | 四月 [C105]    | 有隐患         | 维修加固 | 2024-05-06   |
    """)


def test_a_control_counts_until_the_day_it_is_lifted_and_not_from_then_on() -> None:
    street = """
        | 房屋编号 | 是否经营性 | 初判结论         | 鉴定等级 | 管控措施{dangerous} | 管控解除日期{early} |
        | 丙级     | 否         | 存在一定安全隐患 | C        | 观察使用{L205}      | 2024-05-20{L210}    |
        | 丁级店   | 是         | 存在严重安全隐患 | D        | 停止经营{L205}      | 2024-05-20{L210}    |
        | 严重     | 否         | 存在严重安全隐患 |          | 停止使用{L211}      | 2024-05-20{L210}    |
    """
    silent = dict.fromkeys(("L205", "L211"), "") | {"dangerous": "", "early": "", "L210": " [C106][L210]"}
    on_the_day = {code: f" [{code}]" for code in ("L205", "L210", "L211")} | {"dangerous": "", "early": ""}
    assert_houses(street.format(**on_the_day), closing_day=date(2024, 5, 20))
    silent["L210"] = " [C106]"
    assert_houses(street.format(**silent), closing_day=date(2024, 5, 19))


def test_a_house_of_grade_c_is_watched_limited_or_stopped() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论         | 鉴定等级 | 管控措施           | 整治措施 | 整治完成日期 |
        | 只围着   | 存在一定安全隐患 | C        | 封控警示 [L218]    |          |              |
        | 别的     | 存在一定安全隐患 | C        | 其他 [L218]        |          |              |
        | 观察     | 存在一定安全隐患 | C        | 观察使用           |          |              |
        | 限制     | 存在一定安全隐患 | C        | 封控警示、限制用途 |          |              |
        | 撤离     | 存在一定安全隐患 | C        | 人员撤离           |          |              |
        | 修好了   | 存在一定安全隐患 | C        | 封控警示           | 维修加固 | 2024-03-01   |
        | 没管     | 存在一定安全隐患 | C        | [L205]             |          |              |
        | 丁级     | 存在一定安全隐患 | D        | 封控警示           |          |              |
        | 等级乱   | 存在一定安全隐患 | 4 [C104] | 封控警示           |          |              |
        | 管控乱   | 存在一定安全隐患 | C        | 看着 [C104]        |          |              |
    """)


def test_under_jiafeng_a_severe_hazard_is_cleared_and_fenced_off() -> None:
    street = """
        | 房屋编号 | 初判结论         | 鉴定等级 | 管控措施{jiafeng}      |
        | 只停业   | 存在严重安全隐患 |          | 停止经营{L218}         |
        | 没围     | 存在严重安全隐患 |          | 人员撤离{L218}         |
        | 没清     | 存在严重安全隐患 | D        | 封控警示{L218}         |
        | 清了围了 | 存在严重安全隐患 |          | 停止使用、封控警示     |
        | 一定     | 存在一定安全隐患 |          | 封控警示               |
        | 没管     | 存在严重安全隐患 |          | [L211]                 |
        | 管控乱   | 存在严重安全隐患 |          | 看着 [C104]            |
    """
    jiafeng, yunyang = (
        Judgement.under(Notice.load(notice), CLOSING_DAY) for notice in ("jiafeng-2024", "yunyang-2022")
    )
    assert_houses(street.format(jiafeng="", L218=" [L218]"), judgement=jiafeng)
    assert_houses(street.format(jiafeng="", L218=""), judgement=yunyang)


def test_below_a_slope_nobody_stays_until_it_is_secured_or_left() -> None:
    assert_houses("""
        | 房屋编号 | 地质灾害隐患 | 初判结论         | 复核结论 | 管控措施    | 整治措施     | 整治完成日期 |
        | 照住     | 是 [L219]    | 存在一定安全隐患 |          |             |              |              |
        | 只围     | 是 [L219]    | 存在一定安全隐患 |          | 封控警示    |              |              |
        | 在治     | 是 [L219]    | 存在一定安全隐患 |          |             | 地质灾害治理 |              |
        | 只加固   | 是           | 存在一定安全隐患 |          |             | 维修加固     | 2024-03-01   |
        | 治好     | 是           | 存在一定安全隐患 |          |             | 地质灾害治理 | 2024-03-01   |
        | 搬了     | 是           | 存在一定安全隐患 |          |             | 避让搬迁     | 2024-03-01   |
        | 撤离     | 是           | 存在一定安全隐患 |          | 人员撤离    |              |              |
        | 停业     | 是           | 存在一定安全隐患 |          | 停止经营    |              |              |
        | 复核无   | 是           | 存在一定安全隐患 | 无隐患   |             |              |              |
        | 不在坡下 | 否           | 存在一定安全隐患 |          |             |              |              |
        | 说不清   | 可能 [C104]  | 存在一定安全隐患 |          |             |              |              |
        | 管控乱   | 是           | 存在一定安全隐患 |          | 看着 [C104] |              |              |
    """)


@pytest.mark.parametrize("notice", ["yunyang-2022", "rongan-2022", "jiafeng-2024"])
def test_controls_lifted_too_early_are_a_breach_where_the_notice_says_so(notice: str) -> None:
    checked = assert_houses(
        """
        | 房屋编号 | 初判结论         | 鉴定等级 | 管控措施 | 管控解除日期      | 整治措施 | 整治完成日期 |
        | 早一天   | 存在一定安全隐患 | C        | 停止使用 | 2024-05-19 [L210] | 维修加固 | 2024-05-20   |
    """,
        judgement=Judgement.under(Notice.load(notice), CLOSING_DAY),
    )
    (lifted,) = checked.problems
    assert lifted.severity.value == "breach"
