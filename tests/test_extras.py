"""The optional components: where one is missing, one message says what it is for and what to install."""

import sys

import pytest

from zjf.errors import CannotDoError
from zjf.extras import EXTRAS, optional


@pytest.mark.parametrize("extra", EXTRAS)
def test_what_is_missing_is_named_with_what_installs_it(extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkg_of_the_extra", None)  # as Python sees what is not installed
    with pytest.raises(CannotDoError) as missing:
        optional("pkg_of_the_extra", extra=extra)
    assert EXTRAS[extra].purpose in missing.value.message
    assert missing.value.message.endswith("的组件 pkg_of_the_extra")
    assert f"pip install 'zjf[{extra}]'" in missing.value.cure


def test_what_is_there_is_given() -> None:
    assert optional("json", extra="pdf") is sys.modules["json"]
