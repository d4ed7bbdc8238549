"""A part of a package is unpacked as the standard library would unpack it, but sooner."""

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjf.intake.formats.xlsx_long_sheet import unpacked

_PART = "xl/worksheets/sheet1.xml"


def packed(content: bytes, how: int, *, extra: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        part = zipfile.ZipInfo(_PART)
        part.compress_type, part.extra = how, extra
        package.writestr(part, content)
    return file.getvalue()


@given(
    content=st.binary(max_size=300) | st.just(b"<row>" * 50_000),
    how=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]),
    extra=st.sampled_from([b"", b"\xfe\xca\x04\x00abcd"]),
)
def test_a_part_is_unpacked_whole(content: bytes, how: int, extra: bytes) -> None:
    data = packed(content, how, extra=extra)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert unpacked(package, data, _PART) == content


@given(at=st.integers(0, 400), bit=st.integers(0, 7))
def test_a_damaged_part_is_refused_where_the_standard_library_refuses_it(at: int, bit: int) -> None:
    data = packed(b"".join(b"<row r='%d'>" % number for number in range(900)), zipfile.ZIP_DEFLATED)
    at += data.index(_PART.encode())
    data = data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        try:
            content = package.read(_PART)
        except (zipfile.BadZipFile, zlib.error, EOFError) as refused:
            with pytest.raises(type(refused)):
                unpacked(package, data, _PART)
        else:
            assert unpacked(package, data, _PART) == content
