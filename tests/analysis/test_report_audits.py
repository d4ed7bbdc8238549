"""鉴定报告抽查台账: failed reports, and the houses that are to be appraised anew because of them."""

from tests.sheets import assert_findings
from tests.smaller_ledgers import rows_of
from zjf.analysis.classification import Duty, classify
from zjf.analysis.report_audits import audit_counts, by_institution, unsound
from zjf.notices.notice import Notice

AUDITS = """
    | 报告编号      | 房屋编号 | 村（社区） | 鉴定机构   | 抽查日期   | 抽查结论 | 问题类型                   | 重新上传日期 |
    | 云鉴〔24〕1号 | YS01     | 东村       | 云水鉴定所 | 2024-05-06 | 不合格   | 缺项漏项、以局部代替整体   |              |
    | 云鉴〔24〕2号 | YS02     |            | 云水鉴定所 | 2024-05-06 | 不合格   | 缺项漏项                   | 2024-05-20   |
    | 云鉴〔24〕3号 | YS03     |            | 云水鉴定所 | 2024-05-06 | 合格     |                            |              |
    | 山鉴04        | YS04     |            | 山南检测   | 2024-05-06 | 不合格   | 无技术数据支撑             |              |
    | 山鉴05        | YS05     |            | 山南检测   | 2024-05-06 | 不合格   | 其他                       |              |
"""
HOUSES = """
    | 房屋编号 | 村（社区） | 是否经营性 | 初判结论         | 初判日期   | 鉴定等级 | 鉴定日期   | 鉴定机构   | 鉴定报告编号    | 销号日期   | 销号方式     |
    | YS01     | 东村       | 否         | 存在一定安全隐患 | 2023-05-01 | B        | 2024-03-01 | 云水鉴定所 | 云鉴〔24〕 1号  | 2024-03-05 | 鉴定为A、B级 |
    | YS02     | 西村       | 否         | 存在一定安全隐患 | 2023-05-01 | B        | 2024-03-01 | 云水鉴定所 | 云鉴〔24〕2号   | 2024-03-05 | 鉴定为A、B级 |
    | YS03     | 西村       | 否         | 存在一定安全隐患 | 2023-05-01 | B        | 2024-03-01 | 云水鉴定所 | 云鉴〔24〕3号   |            |              |
    | YS04     | 西村       | 否         | 存在一定安全隐患 | 2023-05-01 | A        | 2024-03-01 | 山南检测   |                 |            |              |
    | YS05     | 西村       | 否         | 存在一定安全隐患 | 2023-05-01 | A        | 2024-05-28 | 云水鉴定所 | 云鉴〔24〕9号   |            |              |
    | YS06     | 西村       | 否         | 存在一定安全隐患 | 2023-05-01 |          |            |            |                 |            |              |
"""


def test_a_failed_report_says_what_is_wrong_with_it() -> None:
    assert_findings(
        """
        | 报告编号 | 鉴定机构 | 抽查日期   | 抽查结论    | 问题类型    |
        | 1        | 山南检测 | 2024-05-06 | 不合格      | [L305]      |
        | 2        | 山南检测 | 2024-05-06 | 合格        |             |
        | 3        | 山南检测 | 2024-05-06 | 基本 [C104] |             |
        | 4        | 山南检测 | 2024-05-06 | 不合格      | 太薄 [C104] |
        """,
        form="report-audit",
    )


def test_a_sound_report_has_no_defects_and_is_not_uploaded_before_it_was_audited() -> None:
    assert_findings(
        """
        | 报告编号 | 鉴定机构 | 抽查日期   | 抽查结论 | 问题类型        | 重新上传日期      |
        | 1        | 山南检测 | 2024-05-06 | 合格     | 缺项漏项 [L305] |                   |
        | 2        | 山南检测 | 2024-05-06 | 不合格   | 缺项漏项        | 2024-05-05 [L307] |
        | 3        | 山南检测 | 2024-05-06 | 不合格   | 缺项漏项        | 2024-05-06        |
        | 4        | 山南检测 | 上周 [C105] | 不合格  | 缺项漏项        | 2024-05-05        |
        | 5        | 山南检测 | 2024-05-06 | 合格     |                 |                   |
        """,
        form="report-audit",
    )


def test_failed_reports_are_counted_by_institution_and_defect() -> None:
    lines = {line.name: line for line in by_institution(rows_of(AUDITS, "report-audit"))}
    ours = lines["云水鉴定所"]
    assert (ours.audited, ours.failed, ours.still_open) == (3, 2, 1)
    assert ours.defects == {"缺项漏项": 2, "以局部代替整体": 1, "无技术数据支撑": 0, "其他": 0}
    assert (lines["山南检测"].audited, lines["山南检测"].still_open) == (2, 2)


def test_a_house_with_a_failed_report_is_appraised_anew_until_it_is_uploaded_again() -> None:
    """YS05 was appraised anew since, under another report."""
    houses = rows_of(HOUSES, "house-ledger")
    assert houses.house_id[unsound(houses, rows_of(AUDITS, "report-audit"))].tolist() == ["YS01", "YS04"]


def test_the_duty_is_to_appraise_anew() -> None:
    houses = rows_of(HOUSES, "house-ledger")
    jiafeng = Notice.load("jiafeng-2024")
    found = classify(houses, jiafeng, {}, unsound=unsound(houses, rows_of(AUDITS, "report-audit")))
    anew = [
        house for house, duty in zip(houses.house_id, found.duty, strict=True) if duty == Duty.REAPPRAISAL
    ]
    assert set(anew) <= {"YS01", "YS04"}
    assert anew


def test_audits_are_counted_in_the_village_they_name_or_their_house_stands_in() -> None:
    counts = audit_counts(rows_of(AUDITS, "report-audit"), rows_of(HOUSES, "house-ledger"))
    assert counts == {
        ("城关街道", "东村"): {"audit_checked": 1, "audit_failed": 1},
        ("城关街道", "西村"): {"audit_checked": 4, "audit_failed": 3},
    }
