"""The round of a period: which commands are run one after another, and what a person has still to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zjf.county import County
from zjf.extras import EXTRAS
from zjf.period import Period
from zjf.services.misplaced import misplaced

_DONE = {
    0: "完成",
    1: "完成，有需要处理的事项（见上）",
    2: "用法有误，没有做",
    3: "没有做成（原因见上）",
}

CHECKING = "校验并标注退回件"
"""The step that marks what is to be sent back: it ends with 1 where anything is."""


@dataclass(frozen=True)
class Step:
    """A command of the round.

    Args:
        name: What it does, in words.
        arguments: What a clerk would type behind `zjf`.
    """

    name: str
    arguments: tuple[str, ...]

    def outcome(self, code: int) -> str:
        """What an exit code means of it."""
        return _DONE.get(code, f"退出码 {code}")


def rounds(home: County, period: Period) -> list[Step]:
    """The commands of a period's round, in order.

    Args:
        home: The county.
        period: The period.
    """
    returns, out = home.returns(period), home.out(period)
    about = ("--period", str(period), "--county", str(home.folder))
    paper = "xlsx,pdf" if _have("pdf") else "xlsx"
    styles = ",".join(
        ["md", "xlsx", *(["docx"] if _have("letter") else []), *(["html"] if _have("charts") else [])]
    )
    round_paper = "monthly" if period.kind == "month" else "weekly"
    return [
        Step("登记收到时间", ("receive", str(returns), *about)),
        Step(CHECKING, ("validate", str(returns), "--annotate", str(out / "退回标注"), *about)),
        Step("接收、汇总", ("aggregate", str(returns), *about)),
        Step("写给各单位的消息", ("message", *about)),
        Step("出附件表", ("report", "attachment-1", "attachment-2", "--as", paper, *about)),
        Step("出周报" if round_paper == "weekly" else "出月报", (round_paper, "--as", styles, *about)),
        Step("查看状态", ("status", *about)),
    ]


def left_to_do(home: County, period: Period, codes: Mapping[str, int]) -> list[str]:
    """What a person has still to do, in words."""
    out = home.out(period)
    todo = misplaced(home, period)
    if codes.get(CHECKING) == 1:
        todo.append(f"把 {out / '退回标注'} 中有问题的标注件发回各该单位，更正、落实后重报。")
    if (out / "messages").is_dir() and any((out / "messages").iterdir()):
        todo.append(f"把 {out / 'messages'} 中的消息发给各单位。")
    if failed := [name for name, code in codes.items() if code >= 2]:
        todo.append(f"没有做成的：{'、'.join(failed)}。按上面的提示处理后，再运行一次 zjf friday。")
    if (out / "附件").is_dir():
        todo.append("附件表打印后请主要负责同志签字、盖章，再用 zjf sign 登记。")
    return todo or ["没有发现要人做的事；请核对以上各步的结果。"]


def record_of(title: str, moment: str, report: Sequence[str], todo: Sequence[str]) -> str:
    """What was done and what is left, as Markdown."""
    done = "\n".join(f"- {line}" for line in report)
    left = "\n".join(f"- {line}" for line in todo)
    return f"# {title}\n\n{moment} 运行 zjf friday。\n\n## 做了什么\n\n{done}\n\n## 还要人做的\n\n{left}\n"


def _have(extra: str) -> bool:
    from importlib.util import find_spec

    modules = {"typst": "typst", "docxtpl": "docxtpl", "altair": "altair"}
    return all(
        find_spec(modules.get(package, package)) for package in EXTRAS[extra].packages if package in modules
    )
