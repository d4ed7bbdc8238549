"""The typefaces of the office style on the machines that offices have."""

import pytest

from zjf.render.pdf.typefaces import FACES, choose_families

WINDOWS = ["SimSun", "SimHei", "FangSong", "KaiTi", "Arial", "Microsoft YaHei"]
FOUNDER = ["FZXiaoBiaoSong-B05", "FZFangSong-Z02", "FZHei-B01", "FZKai-Z03", "FZShuSong-Z01"]
LINUX = ["DejaVu Sans", "Noto Sans CJK SC", "Noto Serif CJK SC"]


def test_an_office_machine_has_the_typefaces_themselves() -> None:
    installed = [*WINDOWS, "方正小标宋简体", "仿宋_GB2312"]
    first = {role: families[0] for role, families in choose_families(installed).items()}
    assert first == {"title": "方正小标宋简体", "body": "仿宋_GB2312", "head": "SimHei", "kai": "KaiTi"}
    assert all(FACES[role].is_own(family) for role, family in first.items())


@pytest.mark.parametrize(
    ("installed", "title", "body", "head"),
    [
        (WINDOWS, "SimSun", "FangSong", "SimHei"),
        (FOUNDER, "FZXiaoBiaoSong-B05", "FZFangSong-Z02", "FZHei-B01"),
        (LINUX, "Noto Serif CJK SC", "Noto Serif CJK SC", "Noto Sans CJK SC"),
    ],
    ids=["Windows", "麒麟、UOS", "Linux"],
)
def test_stand_ins(installed: list[str], title: str, body: str, head: str) -> None:
    families = choose_families(installed)
    assert (families["title"][0], families["body"][0], families["head"][0]) == (title, body, head)


def test_any_chinese_font_is_better_than_none() -> None:
    assert set(map(tuple, choose_families(["Arial", "HanaMinA Ming"]).values())) == {("HanaMinA Ming",)}


def test_a_machine_without_a_chinese_font_has_nothing_to_offer() -> None:
    assert not any(choose_families(["Arial", "DejaVu Sans"]).values())
