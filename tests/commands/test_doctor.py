"""`zjf doctor`: what is fit, and what to do about what is not."""

import tomllib
from pathlib import Path

import pytest

from zjf.extras import EXTRAS

from .office import PERIOD, Office
from .papers import two_houses_a_unit
from .prepared import prepared

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


county = prepared(two_houses_a_unit)


def test_a_sound_office_is_fit(county: Office) -> None:
    ran = county.run("doctor", "--county", county.folder)
    assert (ran.code, ran.err) == (0, "")
    assert "✗" not in ran.out
    assert "云水县，3 个填报单位" in ran.out
    assert f"最近一期 {PERIOD}" in ran.out
    assert "可以写入" in ran.out
    assert "字体 仿宋" in ran.out


def test_looking_changes_nothing(office: Office) -> None:
    before = {path.name for path in office.folder.iterdir()}
    office.run("doctor", "--county", office.folder)
    assert {path.name for path in office.folder.iterdir()} == before


def test_a_conflicting_copy_of_the_ledger_is_named(office: Office) -> None:
    for name in ("ledger (冲突副本 王).db", ".ledger.0a1b.db"):  # the latter is being written
        (office.folder / name).touch()
    ran = office.run("doctor", "--county", office.folder)
    assert (ran.code, "1 个同类文件：ledger (冲突副本 王).db。" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("zjf.toml", "[county]\nnamee = '云水县'\n", "zjf.toml"),
        ("waivers.toml", "[[waivers]]\ncode = 'C999'\n", "C999"),
        ("ledger.db", "这不是数据库" * 100, "不是台账数据库"),
    ],
)
def test_what_is_broken_is_named_with_its_cure(office: Office, file: str, text: str, said: str) -> None:
    (office.folder / file).write_text(text, encoding="utf-8")
    ran = office.run("doctor", "--county", office.folder)
    assert ran.code == 3
    (line,) = (line for line in ran.out.splitlines() if line.startswith("✗"))
    assert said in ran.out[ran.out.index(line) :]


def test_without_a_county_s_folder_files_can_still_be_checked(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = office.run("doctor")
    assert ran.code == 0
    assert "○ 设置" in ran.out


def test_every_extra_of_the_project_is_looked_at() -> None:
    extras = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    declared = {name for name in extras if name not in {"all", "dev", "docs"}}
    assert declared == set(EXTRAS)
    for name, part in EXTRAS.items():
        assert all(any(extra.startswith(package) for extra in extras[name]) for package in part.packages)
