"""How cells are kept in the database."""

from sqlalchemy import select

from tests.ledger.ledger_samples import UNIT, accepted, houses
from zjf.ledger import Ledger
from zjf.ledger.storage.columns import EXPLICIT_NONE, SEPARATOR, TYPES
from zjf.ledger.storage.tables import VERSIONS, stored_columns
from zjf.schemas import FORMS
from zjf.schemas.kinds import Kind


def test_every_kind_of_cell_has_a_column() -> None:
    assert set(TYPES) == set(Kind)


def test_every_form_has_a_table_with_all_its_columns() -> None:
    for form in FORMS.values():
        columns = {name for field in form.fields for name in field.columns if field is not form.unit_field}
        assert {*columns, "version_id", "unit", "digest"} == set(VERSIONS[form.id].c.keys())
        assert set(stored_columns(form)) == columns


def test_no_code_of_a_list_can_be_taken_for_a_mark() -> None:
    for form in FORMS.values():
        for field in form.fields:
            if field.kind is Kind.CODES and field.codes:
                wordings = {member.value for member in field.codes}
                assert EXPLICIT_NONE not in wordings
                assert not any(SEPARATOR in wording for wording in wordings)


def test_a_person_can_read_what_the_database_holds(ledger: Ledger) -> None:
    ledger.accept([accepted(houses("YS01", controls=("停止使用", "人员撤离"), measures=()))])
    table = VERSIONS["house-ledger"]
    as_text = select(
        table.c.unit, *(table.c[name].cast(table.c.unit.type) for name in ("controls", "measures"))
    )
    with ledger.engine.connect() as connection:
        assert connection.execute(as_text).one() == (UNIT, "停止使用、人员撤离", "无")
