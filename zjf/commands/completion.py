"""`zjf completion`: the script with which a shell completes commands, forms, units and periods."""

from enum import StrEnum
from importlib.resources import files
from typing import Annotated

import typer

from zjf import terminal


class Shell(StrEnum):
    """The shells that there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


ShellArgument = Annotated[
    Shell, typer.Argument(metavar="SHELL", help="哪种命令行：bash、zsh、fish 或 powershell。")
]


def completion(shell: ShellArgument) -> None:
    """输出补全脚本，按 Tab 键补全命令、表名、单位和期次。如：zjf 补全 bash >> ~/.bashrc，或 zjf 补全 powershell >> $PROFILE。"""
    script = files("zjf.commands.completion_scripts").joinpath(f"{shell.value}.txt")
    terminal.say_text(script.read_text("utf-8").rstrip("\n"))
