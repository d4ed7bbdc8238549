"""Settings files: what is wrong is said with its place, and the nearest key."""

import codecs
from decimal import Decimal
from pathlib import Path

import pytest

from zjf.errors import CannotDoError
from zjf.settings_files import Settings, load


class Unit(Settings):
    name: str
    aliases: tuple[str, ...] = ()


class Office(Settings):
    office: str
    share: Decimal = Decimal(0)
    units: tuple[Unit, ...] = ()


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "办公室.toml"


def error_of(settings: Path) -> str:
    with pytest.raises(CannotDoError) as caught:
        load(settings, Office)
    return str(caught.value)


def test_a_fraction_is_exact_and_a_list_is_a_tuple(settings: Path) -> None:
    settings.write_text('office = "甲"\nshare = 0.1\nunits = [{ name = "乙", aliases = ["丙"] }]', "utf-8")
    assert load(settings, Office) == Office(
        office="甲", share=Decimal("0.1"), units=(Unit(name="乙", aliases=("丙",)),)
    )


def test_a_byte_order_mark_does_no_harm(settings: Path) -> None:
    settings.write_bytes(codecs.BOM_UTF8 + 'office = "甲"\r\n'.encode())
    assert load(settings, Office).office == "甲"


def test_an_unknown_key_names_the_nearest_one(settings: Path) -> None:
    settings.write_text('office = "甲"\n[[units]]\nname = "乙"\nalias = ["丙"]', "utf-8")
    assert "units 第 1 项的 alias 这个设置项，最接近的是 aliases" in error_of(settings)


def test_an_unknown_key_like_no_other_lists_the_known_ones(settings: Path) -> None:
    settings.write_text('office = "甲"\n"乡镇" = 3', "utf-8")
    assert "可用的有 office、share、units" in error_of(settings)


def test_every_misfit_is_named(settings: Path) -> None:
    settings.write_text("share = 1.5\noffice = 3\n[[units]]\naliases = []", "utf-8")
    message = error_of(settings)
    assert "office 应为文字，两边加半角引号" in message
    assert "units 第 1 项的 name 没有填写" in message
    assert str(settings) in message


def test_a_quote_left_open_is_named_by_its_line(settings: Path) -> None:
    settings.write_text('office = "甲"\nshare = “0.1”\n', "utf-8")
    assert "第 2 行写法有误" in error_of(settings)


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("office = 县住建局", "两边要加半角引号"),
        ("office = “县住建局”", "要用半角的"),
        ('办公室 = "县住建局"', "等号前面的名称是英文的"),
        ("[单位]", "小节的名称是英文的"),
        ("time = 12:00", "时间要写成 12:00:00"),
        ('office = "甲"\noffice = "乙"', "前面已经写过"),
        ("[office", "是否成对"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_with_its_cure(settings: Path, line: str, cure: str) -> None:
    settings.write_text(f"{line}\n", "utf-8")
    assert cure in error_of(settings)


def test_a_file_saved_in_another_encoding_says_save_as_utf8(settings: Path) -> None:
    settings.write_bytes('office = "县住建局"'.encode("gb18030"))
    assert "另存为时编码选 UTF-8" in error_of(settings)


def test_a_missing_file_says_so(settings: Path) -> None:
    assert "找不到" in error_of(settings)
