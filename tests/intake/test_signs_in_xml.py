"""Signs in a sheet's XML are found where they stand, by whichever of their letters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjf.intake.formats import extras
from zjf.intake.formats.extras import places_of

SIGNS = {b"hidden=": b"h", b'ht="0': b"h", b"<f": b"f", b":f": b"f"}
XML = st.lists(st.sampled_from([*SIGNS, b"h", b"f", b"<", b" ", b'<c r="F1">', b"hid"]), max_size=30)


@given(XML, st.sampled_from(sorted(SIGNS)), st.sampled_from([1, 3, 100]))
def test_found_where_they_stand(pieces: list[bytes], sign: bytes, seldom: int) -> None:
    xml = b"".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extras, "_SELDOM", seldom)
        found = list(places_of(xml, sign, SIGNS[sign]))
    assert found == [match.start() for match in re.finditer(re.escape(sign), xml)]
