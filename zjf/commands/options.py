"""The options that commands share, and the settings made of them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from zjf.naming.kinds import NameOf


class Format(StrEnum):
    """How a result is shown."""

    TABLE = "table"
    JSON = "json"
    XLSX = "xlsx"


def out_option(says: str, metavar: str | None = None) -> Any:
    """Returns the option `-o`: where a command writes, and where it does without."""
    return typer.Option("-o", "--out", metavar=metavar, help=says, readable=False)


Paths = Annotated[list[Path], typer.Argument(help="报送文件或文件夹。", metavar="PATH…", readable=False)]
CountyOption = Annotated[
    Path | None, typer.Option("--county", help="县文件夹；不写则从当前文件夹向上查找。", readable=False)
]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        help="期次：2024-W23（周）、2024-06（月）、2024-Q2（季度）或 2024-06-05（日），也可写 第23周、本周、6月。",
    ),
    NameOf.PERIOD,
]
FormatOption = Annotated[Format, typer.Option("--format", help="结果的样式。")]
SheetOption = Annotated[
    list[str] | None,
    typer.Option("--sheet", metavar="NAME", help="只读这张工作表（可重复，可用 * 代替几个字）。"),
    NameOf.FREE_TEXT,
]
JobsOption = Annotated[
    int | None, typer.Option("-j", "--jobs", min=1, help="同时处理几个文件；默认与处理器核数相同。")
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="用 Dask 集群的工作机来检查，如 tcp://10.0.0.5:8786；报表（含个人信息）会传过去。",
    ),
    NameOf.COMPUTER_WORD,
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="每个文件最多显示几类问题。")]
PersonalOption = Annotated[
    bool, typer.Option("--show-personal", help="问题中显示完整的个人信息（默认隐去）。")
]
AnnotateOption = Annotated[
    Path | None,
    typer.Option(
        "--annotate",
        metavar="DIR",
        help="在这个文件夹里为每份报表写一份标出问题的副本，原件不动。",
        readable=False,
    ),
]
ListOption = Annotated[
    Path | None,
    out_option("问题清单写到哪里；默认 out/期次/问题清单.xlsx，没有县文件夹的在当前文件夹。", metavar="FILE"),
]
StrictOption = Annotated[bool, typer.Option("--strict", help="有提醒时退出码也为 1。")]


NoticeOption = Annotated[
    str | None, typer.Option("--notice", help="按哪个通知来看；默认用本县 zjf.toml 所写的。"), NameOf.NOTICE
]
