"""Pieces that were deflated each by itself are one part of a package, which says what they said."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from zjf.render.xlsx.deflated import Deflated, write_deflated


@given(pieces=st.lists(st.lists(st.binary(max_size=300), max_size=3), max_size=5), end=st.binary(max_size=50))
def test_any_pieces_are_read_as_one(pieces: list[list[bytes]], end: bytes) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("before.xml", b"before")
        deflated = [*map(Deflated.of, pieces), Deflated.of([end], last=True)]
        write_deflated(file, package, zipfile.ZipInfo("sheet.xml"), deflated)
        package.writestr("behind.xml", b"behind" * 50)
    with zipfile.ZipFile(file) as package:
        assert package.testzip() is None
        assert package.read("sheet.xml") == b"".join(map(b"".join, pieces)) + end
        assert (package.read("before.xml"), package.read("behind.xml")) == (b"before", b"behind" * 50)
        info = package.getinfo("sheet.xml")
    header = file.getvalue()[info.header_offset :][:18]
    assert int.from_bytes(header[8:10], "little") == zipfile.ZIP_DEFLATED, (
        "who reads without the directory, too"
    )
    assert int.from_bytes(header[14:18], "little") == info.CRC
