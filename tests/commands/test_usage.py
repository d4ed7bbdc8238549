"""The command line as a clerk meets it: wrong usage, what cannot be done, and nothing but the result on stdout."""

import inspect
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
import typer
from typer.models import ParameterInfo

from tests.warm_programs import program, run_program
from zjf import cli
from zjf.commands.root import CHINESE_NAMES

from .office import PERIOD, TOWN, WRONG, Office, ledger

FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["validat", "x"], "没有 validat 这个命令，是否为 validate"),
        (["foo"], "没有 foo 这个命令。"),
        (["表.xlsx"], "没有 表.xlsx 这个命令。"),
        (["rules", "lst"], "没有 lst 这个命令，是否为 list（列表）。"),
        (["x" * 300], "没有 xxx"),
        (["friday", "x" * 300], "多写了 xxx"),
        (["friday", "."], "报表要先放进县文件夹的 returns/期次"),
        (["rules", "list", "x", "y"], "多写了 x y。名称中有空格的，请加引号。"),
        (["status", "2024年第23周"], "多写了 2024年第23周。期次要写成 --period 2024-W23。"),
        (["explain", "鉴定率", "青石"], "多写了 青石。写的是单位的，请写 --unit 青石。"),
        (["status", "-period", PERIOD], "没有 -p 这个选项，是否为 --period。"),
        (["validate"], "没有写报送文件或文件夹。"),
        (["validate", "x", "--unit", "青石镇"], "没有 --unit 这个选项。用"),
        (["--county", ".", "status"], "命令前面不能写 --county：命令的选项写在命令后面"),
        (["rules", "show"], "没有写哪个通知。"),
        (["validate", "x", "--limit"], "--limit 后面要写一个值。用 zjf validate --help 查看用法。"),
        (["validate", "x", "--strict=1"], "--strict 后面不用写值"),
        (["validate", "x", "--limit", "0"], "--limit 不能是 '0'，最小是 1。"),
        (["validate", "x", "-j", "两个"], "-j/--jobs 不能是 '两个'，要写整数。"),
        (["sample", "--period", PERIOD, "--share", "2"], "--share 不能是 '2'，最大是 1。"),
        (["sample", "--period", PERIOD, "--share", "5%"], "--share 不能是 '5%'，要写数。"),
        (["receive", "x", "--at", "昨天"], "--at 不能是 '昨天'，要写成 2024-06-07 11:30 的样子。"),
        (["validate", "x", "--fromat", "json"], "没有 --fromat 这个选项，是否为 --format"),
        (["validate", "x", "--format", "yaml"], "--format 不能是 'yaml'，可用的有 'table', 'json', 'xlsx'"),
        (["validate", ".", "--form", "house"], "没有「house」这种表。是否为「自建房台账」？"),
        (["validate", ".", "--period", "2024-W99"], "看不懂期次「2024-W99」。周填 2024-W23"),
        (["validate", ".", "-o", "清单.xlsx"], "-o 只用于 --format xlsx"),
        (["aggregate", "."], "没有写 --period（期次"),
        (["汇表"], "没有 汇表 这个命令，是否为 aggregate（汇总）。用 zjf --help 查看用法。"),
        (["zjf.toml"], "要校验这份报表，请写 zjf validate zjf.toml。"),
        (["validate", "x", "--json"], "没有 --json 这个选项，是否为 --format json。"),
        (["validate", "x", "--期", "本周"], "没有 --期 这个选项，是否为 --期次（--period）。"),
        (["validate", "x", "--format", "jsno"], "是否为 json。用 zjf validate --help 查看用法。"),
        (["template"], "没有写哪种表。用 zjf template --help 查看用法。"),
        (["aggregate", ".", "--period", PERIOD, "--format", "xlsx"], "--format 只能是 table 或 json"),
        (["report", "attachment-2", "--period", PERIOD, "--unit", "城官街道"], "是否为「城关街道」？"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_wrong_usage_is_told_in_chinese_with_its_cure(
    arguments: list[str], said: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.folder)
    ran = office.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("✗ ")
    assert said in ran.err


def commands(app: typer.Typer, *before: str) -> Iterator[tuple[list[str], Callable[..., object]]]:
    """Every command, by the words that a clerk types."""
    for command in app.registered_commands:
        assert command.callback
        yield [*before, command.name or command.callback.__name__], command.callback
    for group in app.registered_groups:
        assert group.typer_instance
        yield from commands(group.typer_instance, *before, str(group.name))


def options_of(function: Callable[..., object]) -> dict[str, tuple[type, ParameterInfo]]:
    """What a command asks for, by name: of what kind, and how it is declared."""
    found = {}
    for name, annotation in get_type_hints(function, include_extras=True).items():
        if get_origin(annotation) is Annotated:
            kind, about, *_ = get_args(annotation)
            classes = (part for part in (*get_args(kind), kind) if isinstance(part, type))
            found[name] = (next(classes), about)
    return found


def option(about: ParameterInfo) -> list[str]:
    """How it is asked for; nothing where its place says it."""
    spellings = (about.default, *(about.param_decls or ()))
    return [spelling for spelling in spellings if str(spelling).startswith("-")][:1]


WRONG_VALUES: dict[type, tuple[str, ...]] = {
    int: ("abc", "1.5", "", "-99999999999999999999999", "x y"),
    float: ("abc", "nan", "-1", "1,5", "", "1e999"),
    datetime: ("abc", "2024-13-01", "2024-06-07 25:00", ""),
    StrEnum: ("abc", "", "TABLE "),
}
ENGLISH = re.compile(r"[A-Za-z]{2,}[ ,][a-z]{2,} [a-z]{2,}")


def wrong_lines() -> Iterator[list[str]]:
    """Every option that is not just any text, with every wrong value of its kind; the rest filled in."""
    for words, function in commands(cli.application()):
        asked = options_of(function)
        signature = inspect.signature(function).parameters
        required = [name for name in asked if signature[name].default is inspect.Parameter.empty]
        needed = [text for name in required for text in [*option(asked[name][1]), "x"]]
        for kind, about in asked.values():
            for known, texts in WRONG_VALUES.items():
                if issubclass(kind, known) and kind is not bool:
                    yield from ([*words, *needed, *option(about), text] for text in texts)


def test_no_wrong_value_is_answered_in_english(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.folder)
    lines = list(wrong_lines())
    assert len(lines) > 60
    for line in lines:
        ran = office.run(*line)
        assert ran.code in (2, 3), line
        assert not ENGLISH.search(ran.err), (line, ran.err)
        assert "程序内部出错" not in ran.err, (line, ran.err)


def test_every_misspelt_command_and_option_is_told_the_right_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.folder)
    for name in cli.COMMANDS:
        ran = office.run(f"{name}x")
        assert (ran.code, f"，是否为 {name}（" in ran.err) == (2, True), (name, ran.err)
    for name, english in CHINESE_NAMES.items():
        ran = office.run(f"{name}表")
        assert (ran.code, english in ran.err) == (2, True), (name, ran.err)
    tried = set()
    for words, function in commands(cli.application()):
        for _, about in options_of(function).values():
            for right in (
                spelling for spelling in option(about) if spelling.startswith("--") and spelling not in tried
            ):
                tried.add(right)
                ran = office.run(*words, f"{right[:-1]}q")
                assert (ran.code, right in ran.err) == (2, True), (words, right, ran.err)
    assert len(tried) > 40


def test_no_path_is_refused_before_the_command_sees_it() -> None:
    for words, function in commands(cli.application()):
        for name, (kind, about) in options_of(function).items():
            assert not (issubclass(kind, Path) and about.readable), (words, name)


def test_every_help_is_in_chinese_throughout(office: Office) -> None:
    for words in ([], ["rules"], *(words for words, _ in commands(cli.application()))):
        ran = office.run(*words, "--help")
        assert ran.code == 0
        usage, _, text = ran.out.partition("\n")
        assert re.match(f"用法：.*{' '.join(words)} \\[选项\\]", usage)
        assert "  显示这段说明。\n" in text
        assert not ENGLISH.search(text), words
        assert not re.search(
            r"Usage|Options|Arguments|Commands|OPTIONS|COMMAND|required|default|x[<>]=", ran.out
        )


def test_help_says_what_must_be_given_and_what_is_taken_otherwise(office: Office) -> None:
    said = office.run("validate", "--help").out
    assert "参数：\n  PATH… " in said
    assert "报送文件或文件夹。  [必填]" in said
    assert "[默认 20；至少 1]" in said
    assert "[0.01 到 1.0]" in office.run("sample", "--help").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["validate", "retuns"], "找不到 retuns。是否为 returns？"),
        (["status", "--county", "retuns"], "找不到县文件夹 retuns。是否为 returns？"),
        (["validate", "没有这个文件夹"], "找不到 没有这个文件夹。请核对文件或文件夹的路径。"),
        (["validate", "returns"], "没有找到任何报送文件"),
        (["aggregate", "returns", "--period", PERIOD, "--county", "returns"], "请先运行 zjf init"),
        (["report", "attachment-2", "--period", PERIOD], "请先运行 zjf aggregate"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_what_cannot_be_done_says_what_to_do_first(
    arguments: list[str], said: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office.folder / "returns").mkdir()
    monkeypatch.chdir(office.folder)
    ran = office.run(*arguments)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


def test_settings_that_cannot_be_used_are_told_with_the_key_that_was_meant(office: Office) -> None:
    settings = office.folder / "zjf.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("notice =", "notise ="), encoding="utf-8"
    )
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    for ran in (office.validate(), office.aggregate()):
        assert ran.code == 3
        assert "notise" in ran.err
        assert "notice" in ran.err


def test_outside_a_county_aggregate_says_where_to_go(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    monkeypatch.chdir(tmp_path)
    ran = office.run("aggregate", office.inbox, "--period", PERIOD)
    assert ran.code == 3
    assert "--county" in ran.err


def test_a_process_prints_one_document_and_nothing_else(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, WRONG))
    checked = run_program("validate", "returns", "--format", "json", cwd=office.folder, afresh=True)
    counted = run_program("aggregate", "returns", "--period", PERIOD, "--format", "json", cwd=office.folder)
    assert (checked.returncode, counted.returncode) == (1, 1)
    assert json.loads(checked.stdout)["schema"] == "zjf.validation/1"
    assert json.loads(counted.stdout)["schema"] == "zjf.aggregate/1"
    assert checked.stderr == counted.stderr == ""
    begun_at_once = run_program("validate", "returns", "--format", "json", cwd=office.folder)
    assert (begun_at_once.stdout, begun_at_once.returncode) == (checked.stdout, 1)


def test_a_process_that_cannot_do_it_shows_no_traceback(tmp_path: Path) -> None:
    ran = run_program("aggregate", "returns", "--period", PERIOD, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["--format", "json"], []], ids=["json", "table"])
def test_a_result_that_cannot_be_written_is_no_success(arguments: list[str], office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    with FULL.open("w") as full:
        ran = run_program("validate", "returns", *arguments, cwd=office.folder, stdout=full)
    assert ran.returncode == 3
    assert ran.stderr == "✗ 读写结果时出错（磁盘已满）。请清理磁盘后重试。\n"


def test_what_libraries_grumble_about_is_not_said(office: Office) -> None:
    broken = office.folder / "附件2.pdf"
    broken.write_bytes(b"%PDF-1.7\n1 0 obj <<>> endobj\n")
    ran = run_program("verify", broken.name, cwd=office.folder, afresh=True)
    assert ran.returncode == 3
    assert ran.stderr == "✗ 不是 PDF，或已损坏。请用 zjf report 重新出表。\n"


def test_a_reader_that_leaves_early_is_no_fault(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, *[WRONG] * 500))
    words = ("validate", "returns", "--format", "json")
    with program(*words, cwd=office.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""


def test_settings_saved_as_a_text_file_are_told(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "zjf.toml.txt").write_bytes((office.folder / "zjf.toml").read_bytes())
    ran = office.run("status")
    assert (ran.code, "请把文件名改成 zjf.toml，去掉后面的 .txt。" in ran.err) == (3, True)
