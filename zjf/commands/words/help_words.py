"""Typer's own words in a command's help, in Chinese."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from zjf import terminal
from zjf.commands.words.spoken_words import in_public_names, in_public_words
from zjf.terminal.line_breaks import fitting_lines

_WORDS = {
    "Arguments": "参数",
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示这段说明。",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "required": "必填",
}
_TYPES = {
    "str": "文字",
    "list[str]": "文字",
    "list[int]": "数",
    "datetime": "日期",
    "path": "路径",
    "list[path]": "路径",
    "int": "数",
    "int range": "数",
    "float": "数",
    "float range": "数",
}
_TYPE = re.compile(r"<([a-z]+(?:\[[A-Za-z]+\]| range)?)>", re.IGNORECASE)
_WIDEST_NAME = 30
"""Cells that an option may have for its text to begin beside it."""
_GAP = 2
_BEHIND = re.compile(r"\[([^\[\]]*)\]$")
_DEFAULT = re.compile(r"default: (.*)")
_RANGE = re.compile(r"(?:([\d.]+)<=)?x(?:<=([\d.]+))?")


class Command(TyperCommand):
    """A command whose help is in Chinese throughout, and which takes every name as clerks say it."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        terminal.hush()
        in_chinese: Any = _Formatter(formatter)
        super().format_help(ctx, in_chinese)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, in_public_words(self.params, args))
        except typer.TyperException as wrong:
            if getattr(wrong, "ctx", None) is None:
                wrong.ctx = ctx  # type: ignore[attr-defined]  # whose help says what is right
            raise

    def invoke(self, ctx: Any) -> Any:
        ctx.params |= in_public_names(self.callback, ctx.params)
        return super().invoke(ctx)


class Group(TyperGroup):
    """A group of commands whose help is in Chinese throughout, and says what clerks call each command."""

    chinese_names: ClassVar[Mapping[str, str]] = {}
    """What clerks call the commands, by their public names."""
    by_use: ClassVar[Mapping[str, Collection[str]]] = {}
    """The commands by what they are for; empty where one list will do."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        terminal.hush()
        in_chinese: Any = _Formatter(formatter)
        super().format_help(ctx, in_chinese)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Lists the commands with the beginning of what they do: their own help says all."""
        shown = [name for name in self.list_commands(ctx) if not self.commands[name].hidden]
        widest = max(map(len, shown)) + _GAP + max(map(cell_len, self.chinese_names.values()))
        for use, names in self.by_use.items() or [("Commands", shown)]:
            with formatter.section(use):
                formatter.write_dl(
                    [(self._both_names(name, widest), self._beginning(name)) for name in names]
                )

    def _both_names(self, name: str, width: int) -> str:
        chinese = self.chinese_names[name]
        return f"{name:<{width - cell_len(chinese)}}{chinese}"

    def _beginning(self, name: str) -> str:
        return re.split("[。；（]", self.commands[name].help or "")[0]


def group_of(
    chinese_names: Mapping[str, str], by_use: Mapping[str, Collection[str]] | None = None
) -> type[Group]:
    """A kind of group whose help says what clerks call its commands, given by their public names, and lists them by use."""
    return type("NamedGroup", (Group,), {"chinese_names": chinese_names, "by_use": by_use or {}})


class _Formatter:
    """Typer's formatter, which is handed Chinese words for its own and lines that fit a window.

    Typer counts characters, and a Chinese one is two cells wide.
    """

    def __init__(self, formatter: Any) -> None:
        self._formatter = formatter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._formatter, name)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for words in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(words, _WORDS[words])
        self._formatter.write_usage(prog, args, prefix="用法：")

    def write_text(self, text: str) -> None:
        paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
        self._write_lines("\n\n".join(paragraphs), indent=self._formatter.current_indent)

    def write_dl(self, rows: Sequence[tuple[str, str]], *_layout: Any, **_more: Any) -> None:
        names = [_in_clerks_words(name) for name, _ in rows]
        texts = [_BEHIND.sub(_behind, _WORDS.get(text, text)) for _, text in rows]
        indent = self._formatter.current_indent
        text_column = indent + min(max(map(cell_len, names)), _WIDEST_NAME) + _GAP
        for name, text in zip(names, texts, strict=True):
            self._formatter.write(" " * indent + name)
            name_end = indent + cell_len(name)
            if name_end + _GAP > text_column:
                self._formatter.write("\n")
                name_end = 0
            self._write_lines(text, indent=text_column, first_indent=text_column - name_end)

    def _write_lines(self, text: str, *, indent: int, first_indent: int | None = None) -> None:
        """Writes a text that is broken where Chinese may be, each line behind so many blanks."""
        lines = fitting_lines(text, self._formatter.width - indent)
        for number, line in enumerate(lines):
            blanks = indent if number or first_indent is None else first_indent
            self._formatter.write(f"{' ' * blanks}{line}".rstrip() + "\n")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self._formatter.write_paragraph()
        self._formatter.write(f"{_WORDS.get(name, name)}：\n")
        with self._formatter.indentation():
            yield


def _in_clerks_words(name: str) -> str:
    """An option with what is to be written behind it; an argument, whose name says that, alone."""
    if not name.startswith("-"):
        return _TYPE.sub("", name).rstrip()
    return _TYPE.sub(lambda type_name: f"<{_TYPES.get(type_name[1].casefold(), type_name[1])}>", name)


def _behind(clauses: re.Match[str]) -> str:
    """Returns what stands after an option's text: `[default: 20; x>=1]`."""
    return f"[{'；'.join(map(_clause, clauses[1].split('; ')))}]"


def _clause(text: str) -> str:
    if default := _DEFAULT.fullmatch(text):
        return f"默认 {default[1]}"
    if text.startswith("x>="):
        return f"至少 {text[3:]}"
    if limits := _RANGE.fullmatch(text):
        return f"{limits[1]} 到 {limits[2]}" if limits[1] else f"至多 {limits[2]}"
    return _WORDS.get(text, text)
