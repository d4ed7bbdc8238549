"""What a form makes of its model's declaration."""

from datetime import date
from typing import Annotated

import pytest

from tests.sheets import assert_findings
from zjf.schemas import form as forms
from zjf.schemas.form import Row
from zjf.schemas.form_info import FormInfo
from zjf.schemas.headings import Heading
from zjf.schemas.kinds import Kind, Text


def test_every_declared_column_is_a_column_whatever_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "FORMS", {})

    class Shop(Row, form=FormInfo(id="shop-list", title="店铺清单", row_is="一间店铺")):
        former_use: Annotated[Text | None, Heading("原用途")] = None
        identities_seen: Annotated[Text | None, Heading("核验证件")] = None
        model_house: Annotated[Text | None, Heading("样板房")] = None

    assert list(forms.FORMS["shop-list"].by_name) == ["former_use", "identities_seen", "model_house"]


def test_no_two_forms_are_called_alike_where_files_are_named_after_them() -> None:
    called = {form_id.info.short_title for form_id in forms.FORMS.values()}
    assert len(called) == len(forms.FORMS)
    assert not any(set(name) & set('\\/:*?"<>|') for name in called)


def test_every_form_names_the_unit_that_reports() -> None:
    assert {form.unit_field.kind for form in forms.FORMS.values()} == {Kind.UNIT}


def test_a_form_says_itself_what_it_is_called_in_short() -> None:
    short = [
        forms.FORMS[form_id].info.short_title for form_id in ("attachment-2", "sweep-table", "issue-ledger")
    ]
    assert short == ["附件2", "集中摸排情况表", "问题整改台账"]


def test_a_return_may_lack_every_optional_column() -> None:
    checked = assert_findings("""
        | 房屋编号 |
        | YS0001   |
    """)
    assert not checked.problems


def test_optional_columns_are_read_like_any_other() -> None:
    checked = assert_findings("""
        | 房屋编号 | 通知书编号     | 通知书送达日期 | 技术方案 | 验收结论 | 特殊困难 | 整体性缺陷 | 移送部门 | 移送日期         |
        | YS0001   | 云通〔2024〕7号 | 2024-05-06     | 有       | 合格     | 否       | 是         | 应急局   | 2024-06-08 [C106] |
        | YS0002   |                |                | 有无 [C104] | 合格   |          |            |          |                  |
    """)
    first = checked.tables[0].frame.iloc[0]
    assert (first.notice_no, first.technical_plan, first.whole_structure_defect) == (
        "云通〔2024〕7号",
        "有",
        "是",
    )
    assert first.notice_served_on == date(2024, 5, 6)


def test_forms_stand_in_the_order_of_their_names() -> None:
    assert list(forms.FORMS) == sorted(forms.FORMS)
