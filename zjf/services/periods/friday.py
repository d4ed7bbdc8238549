"""The round of a period: the commands that are run one after another, and the outcome of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from zjf.county import County
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.services.styles import styles_there_are
from zjf.services.tables.tables_to_print import tables_wanted

_OUTCOME_WORDS = {
    0: "完成",
    1: "完成，有需要处理的事项",
    2: "用法有误，没有做",
    3: "没有做成",
}
INTERRUPTED = 130


@dataclass(frozen=True)
class RoundStep:
    """A command of the round.

    Args:
        name: What it does, in Chinese.
        arguments: The arguments of `zjf` that a clerk would type.
    """

    name: str
    arguments: tuple[str, ...]

    @property
    def command(self) -> str:
        """The command's name."""
        return self.arguments[0]


@dataclass(frozen=True)
class StepOutcome:
    """The outcome of a step.

    Args:
        code: Its exit code.
        why: Why it could not be done or wrote nothing, and what to do about it.
        printed: What it printed on stdout.
    """

    step: RoundStep
    code: int
    why: str = ""
    printed: str = ""

    @property
    def failed(self) -> bool:
        """Whether it was not done."""
        return self.code > 1

    def __str__(self) -> str:
        if self.code == INTERRUPTED:
            return f"{self.step.name}：做到这一步时中断了"
        if self.why and not self.failed:
            return f"{self.step.name}：没有出：{self.why}"
        words = _OUTCOME_WORDS.get(self.code, f"退出码 {self.code}")
        return f"{self.step.name}：{words}{f'：{self.why}' if self.why else ''}"


def rounds(home: County, notice: Notice, period: Period) -> list[RoundStep]:
    """Returns the commands of a period's round, in order."""
    returns, out = home.returns(period), home.out(period)
    period_options = ("--period", str(period), "--county", str(home.folder))
    papers = styles_there_are(("xlsx", None), ("pdf", "pdf"))
    styles = styles_there_are(("md", None), ("xlsx", None), ("docx", "letter"), ("html", "charts"))
    round_paper, paper_step = ("monthly", "出月报") if period.kind == "month" else ("weekly", "出周报")
    tables = tables_wanted(notice)
    style_options = () if notice.counts_households else ("--as", papers)
    return [
        RoundStep("登记收到时间", ("receive", str(returns), *period_options)),
        RoundStep(
            "校验并标注退回件",
            ("validate", str(returns), "--annotate", str(out / "退回标注"), *period_options),
        ),
        RoundStep("接收、汇总", ("aggregate", str(returns), *period_options)),
        RoundStep("写给各单位的消息", ("message", *period_options)),
        RoundStep(
            "出附件表" if style_options else "出台账", ("report", *tables, *style_options, *period_options)
        ),
        RoundStep(paper_step, (round_paper, "--as", styles, *period_options)),
        RoundStep("查看状态", ("status", *period_options)),
    ]


def record_of(
    title: str,
    moment: str,
    outcomes: Sequence[StepOutcome],
    standing: Sequence[str],
    remaining: Sequence[str],
) -> str:
    """Returns the record of a round as Markdown: what is known, done and remaining, and what each step printed."""
    sections = {"做了什么": outcomes, "现在的情况": standing, "还要人做的": remaining}
    lists = [
        f"## {heading}\n\n" + "\n".join(f"- {line}" for line in lines)
        for heading, lines in sections.items()
        if lines
    ]
    details = [
        f"## {outcome.step.name}\n\n```\n$ zjf {' '.join(outcome.step.arguments)}\n{outcome.printed.strip()}\n```"
        for outcome in outcomes
    ]
    return "\n\n".join([f"# {title}", moment, *lists, *details]) + "\n"
