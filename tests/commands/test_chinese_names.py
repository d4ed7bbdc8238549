"""Names as a clerk says them: in every place of every command that takes a name."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import typer

from zjf.cli import application, function_of
from zjf.commands.root import CHINESE_NAMES, COMMANDS
from zjf.commands.words.spoken_words import OPTIONS, names_taken
from zjf.errors import UsageError
from zjf.naming.declared import DECLARED
from zjf.naming.kinds import NameOf
from zjf.naming.names import Names
from zjf.naming.of_county import notices_in, periods_in, units_in, units_of
from zjf.naming.resolving import CommandCounty, public_name
from zjf.period import Period
from zjf.period_words import public_spelling
from zjf.services.explaining.explainable_figures import find_explainable
from zjf.services.explaining.meanings import find_columns

from .office import PERIOD, TOWN, UNITS, Office, ledger
from .papers import two_houses_a_unit
from .prepared import prepared
from .test_usage import commands, options_of

NOT_NAMES = frozenset({NameOf.FREE_TEXT, NameOf.COMPUTER_WORD, NameOf.HOUSE})


county = prepared(two_houses_a_unit)


def parameters() -> Iterator[tuple[str, str, NameOf | None, type]]:
    """Every parameter of every command that takes a text: what it is declared to take."""
    for words, function in commands(application()):
        taken = names_taken(function)
        for name, (kind, _) in options_of(function).items():
            if kind is str:
                yield " ".join(words), name, taken.get(name), kind


def test_every_parameter_that_takes_a_text_says_what_it_takes() -> None:
    undeclared = [(command, name) for command, name, kind, _ in parameters() if kind is None]
    assert not undeclared


def spellings() -> Iterator[tuple[NameOf, str, str]]:
    """Every name of every kind that declarations give, and what it means."""
    for kind, names in DECLARED.items():
        if kind is not NameOf.TOPIC:
            for name in names():
                for spelling in {name.id, name.label, *name.aliases}:
                    yield kind, spelling, name.id
    for notice in notices_in(None):
        for spelling in {notice.id, notice.label, *notice.aliases, *notice.short}:
            yield NameOf.NOTICE, spelling, notice.id


def as_offices_write_it(text: str) -> set[str]:
    """A name in full width, with spaces, in capitals, between quotation marks."""
    full = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
    return {text, full, f" {text} ", f"《{text}》", text.upper(), text.replace("-", "_")}


def test_every_name_of_every_kind_is_understood_in_every_spelling() -> None:
    known = {kind: Names(tuple(names())) for kind, names in DECLARED.items()}
    known[NameOf.NOTICE] = Names(notices_in(None))
    for kind, spelling, meant in spellings():
        for written in as_offices_write_it(spelling):
            assert known[kind].find(written).id == meant, (kind, written)


def test_every_command_is_handed_the_public_name_wherever_it_takes_one(office: Office) -> None:
    """Whatever takes a kind of name takes all its names: there is one way to resolve them."""
    place = CommandCounty(office.folder)
    first = {kind: (spelling, meant) for kind, spelling, meant in spellings() if spelling != meant}
    first |= {
        NameOf.UNIT: ("青石", "青石镇"),
        NameOf.UNIT_OR_COUNTY: ("全县", "云水县"),
        NameOf.PERIOD: ("2024年第23周", PERIOD),
        NameOf.PERIOD_OR_FILE: ("２０２４年６月", "2024-06"),
        NameOf.STYLES: ("打印件、网页", "pdf,html"),
        NameOf.TOPIC: ("Ｃ１０４", "C104"),
        NameOf.STEP: ("鉴定", "复核/鉴定"),
    }
    kinds = {kind for *_, kind, _ in parameters() if kind} - NOT_NAMES
    assert kinds <= set(first)
    for kind in kinds:
        spelling, meant = first[kind]
        assert public_name(kind, spelling, place) == meant


def test_every_figure_and_code_is_explained_by_its_chinese_name_or_id() -> None:
    place = CommandCounty()
    for name in DECLARED[NameOf.TOPIC]():
        said = public_name(NameOf.TOPIC, name.id if name.id.isalnum() else name.label, place)
        assert (
            (said == name.id and name.id.isalnum()) or find_explainable(said, None) or find_columns(said)
        ), name


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("青石镇", "青石镇"),
        ("青石", "青石镇"),
        ("云水县青石镇", "青石镇"),
        ("城关", TOWN),
        ("城关街道办", TOWN),
        ("城关 街道办事处", TOWN),
        ("石岭矿区", "石岭矿区管理处"),
        ("石岭", None),
    ],
)
def test_units_go_by_their_short_names_and_nothing_is_guessed(
    said: str, unit: str | None, office: Office
) -> None:
    place = CommandCounty(office.folder)
    if unit:
        assert public_name(NameOf.UNIT, said, place) == unit
        assert Names(units_in(office.folder)).find(said).id == unit  # what completion reads is the same
    else:
        with pytest.raises(UsageError, match="是否为「石岭矿区管理处」"):
            public_name(NameOf.UNIT, said, place)


def test_a_short_name_of_two_units_lists_them_both() -> None:
    names = Names(tuple(units_of([("双桥镇", ()), ("双桥乡", ())])))
    with pytest.raises(UsageError, match="「双桥」不止一个意思。请写全：双桥镇、双桥乡。"):
        names.find("双桥")
    assert names.find("双桥乡").id == "双桥乡"


@pytest.mark.parametrize(
    ("written", "public"),
    [
        ("第二十三周", "2024-W23"),
        ("第52周", "2023-W52"),
        ("六月", "2024-06"),
        ("12月31日", "2023-12-31"),
        ("2024/6/5", "2024-06-05"),
        ("2024.6.5", "2024-06-05"),
        ("2024年第23周（6月3日—6月9日）", "2024-W23"),
    ],
)
def test_periods_without_a_year_are_the_last_that_may_be_meant(written: str, public: str) -> None:
    assert public_spelling(written, date(2024, 6, 1)) == public


def test_a_period_is_read_back_as_it_is_shown() -> None:
    for period in map(Period.parse, ("2024-W23", "2025-W01", "2024-06", "2024-06-05")):
        assert Period.parse(period.label) == period


def test_periods_of_the_folder_are_offered_the_latest_first(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    offered = [name.id for name in periods_in(office.folder, date(2024, 6, 20))]
    assert offered == ["2024-06", "2024-W25", PERIOD]


def test_every_command_has_a_chinese_name_of_its_own() -> None:
    assert list(CHINESE_NAMES.values()) == list(COMMANDS)
    assert all(re.fullmatch("[\u4e00-\u9fff]+", name) for name in CHINESE_NAMES)


def test_every_chinese_option_is_one_that_some_command_has() -> None:
    known = {
        text
        for _, function in commands(application())
        for _, about in options_of(function).values()
        for text in (about.default, *(about.param_decls or ()))
    }
    assert {name for meant in OPTIONS.values() for name in meant} - {"--help"} <= known


def test_commands_options_forms_and_periods_in_chinese(county: Office) -> None:
    ran = county.run("出表", "附件二", "--期次", "2024年第23周", "--单位", "全县", "--县", county.folder)
    assert ran.code == 0, ran.err
    assert [path.name for path in county.out.rglob("附件2_*.xlsx")] == ["附件2_云水县.xlsx"]
    ran = county.run("状态", "--period", PERIOD, "--样式", "程序", "--county", county.folder)
    assert (ran.code, ran.json["period"]) == (0, PERIOD)
    ran = county.run("解释", "鉴定率", "--期次", "2024年第23周", "--单位", "青石", "--县", county.folder)
    assert "青石镇" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "附件二表", "--period", PERIOD], "是否为「附件2」"),
        (["report", "台帐表", "--period", PERIOD], "是否为「自建房台账」"),
        (["paper", "隐患通知", "--period", PERIOD], "是否为「通知书」"),
        (["paper", "通知书", "--duty", "销毁"], "没有「销毁」这一步。是否为「销号」"),
        (["rules", "show", "嘉翔2024"], "jiaxiang-2024（嘉祥2024）；可用的有"),
        (["status", "--period", "第54周"], "看不懂期次「第54周」"),
        (["waive", "--from-answers", "--unit", "青石乡"], "是否为「青石镇」"),
        (["waive", "--from-answers", "--unit", "全县"], "「全县」不是填报单位"),
        (["explain", "监定率"], "是否为：鉴定率"),
        (["explain", "结构类形"], "是否为：结构类型？"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_a_misspelt_name_is_told_the_right_word(
    arguments: list[str], said: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.folder)
    ran = office.run(*arguments)
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_a_date_may_be_written_in_chinese(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.folder)
    path = office.receive("城关街道.xlsx", ledger(TOWN, {}))
    ran = office.run("登记", path, "--period", "2024年第23周", "--时间", "2024年6月5日 09:30")
    assert "2024-06-05 09:30:00 收到" in ran.out


@pytest.mark.parametrize(
    "said", ["结构类型", "房屋结构", "structure", "台账/结构形式", "Structure", "house-ledger/structure"]
)
def test_a_column_goes_by_its_heading_another_heading_or_its_field(said: str, office: Office) -> None:
    ran = office.run("解释", said)
    assert ran.code == 0
    assert "house-ledger/structure" in ran.out
    assert "砖混结构" in ran.out


def test_without_a_county_a_unit_is_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert public_name(NameOf.UNIT, UNITS[0], CommandCounty()) == UNITS[0]


def test_groups_of_commands_are_asked_too() -> None:
    assert any(isinstance(function_of(name), typer.Typer) for name in COMMANDS)
    assert ("rules show", "notice", NameOf.NOTICE, str) in set(parameters())
