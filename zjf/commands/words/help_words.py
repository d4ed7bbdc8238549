"""What Typer says in a command's help, in Chinese."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from typer.core import TyperCommand, TyperGroup

from zjf import terminal
from zjf.commands.words.spoken_words import in_public_names, in_public_words

_WORDS = {
    "Arguments": "参数",
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示这段说明。",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "required": "必填",
}
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
        return super().parse_args(ctx, in_public_words(self.params, args))

    def invoke(self, ctx: Any) -> Any:
        ctx.params |= in_public_names(self.callback, ctx.params)
        return super().invoke(ctx)


class Group(TyperGroup):
    """A group of commands whose help is in Chinese throughout."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        terminal.hush()
        in_chinese: Any = _Formatter(formatter)
        super().format_help(ctx, in_chinese)


class _Formatter:
    """Typer's formatter, which is handed Chinese words for its own."""

    def __init__(self, formatter: Any) -> None:
        self._formatter = formatter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._formatter, name)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for words in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(words, _WORDS[words])
        self._formatter.write_usage(prog, args, prefix="用法：")

    def write_dl(self, rows: Sequence[tuple[str, str]], *layout: Any, **more: Any) -> None:
        entries = [(name, _BEHIND.sub(_behind, _WORDS.get(text, text))) for name, text in rows]
        self._formatter.write_dl(entries, *layout, **more)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self._formatter.write_paragraph()
        self._formatter.write(f"{_WORDS.get(name, name)}：\n")
        with self._formatter.indentation():
            yield


def _behind(found: re.Match[str]) -> str:
    """What stands behind an option's text: `[default: 20; x>=1]`."""
    return f"[{'；'.join(map(_clause, found[1].split('; ')))}]"


def _clause(text: str) -> str:
    if default := _DEFAULT.fullmatch(text):
        return f"默认 {default[1]}"
    if text.startswith("x>="):
        return f"至少 {text[3:]}"
    if limits := _RANGE.fullmatch(text):
        return f"{limits[1]} 到 {limits[2]}" if limits[1] else f"至多 {limits[2]}"
    return _WORDS.get(text, text)
