"""What a form makes of its model's declaration."""

from typing import Annotated

import pytest

from zjf.schemas import form as forms
from zjf.schemas.form import FormInfo, Row
from zjf.schemas.headings import Heading
from zjf.schemas.kinds import Text


def test_every_declared_column_is_a_column_whatever_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "FORMS", {})

    class Shop(Row, form=FormInfo(id="shop-list", title="店铺清单", row_is="一间店铺")):
        former_use: Annotated[Text | None, Heading("原用途")] = None
        identities_seen: Annotated[Text | None, Heading("核验证件")] = None
        model_house: Annotated[Text | None, Heading("样板房")] = None

    assert list(forms.FORMS["shop-list"].by_name) == ["former_use", "identities_seen", "model_house"]
