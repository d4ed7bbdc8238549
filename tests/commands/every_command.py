"""Every command as a clerk types it in a county's folder: in every style that it has, for every table and paper."""

import re
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path

from zjf.briefings.reports.report import REPORTS
from zjf.cli import application
from zjf.commands.options import Format
from zjf.commands.root import COMMANDS
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import PAPERS
from zjf.naming.declared import DECLARED
from zjf.naming.kinds import NameOf

from .office import PERIOD, Office, Ran
from .test_usage import commands, options_of

BEFORE, MONTH = "2024-W22", "2024-06"
LINES: dict[str, tuple[str, ...]] = {
    "validate": (f"{{inbox}} --period {PERIOD} --limit 99 --annotate {{out}}/标注",),
    "classify": ("{inbox}",),
    "receive": (f"{{inbox}} --period {PERIOD}",),
    "aggregate": (f"{{inbox}} --period {PERIOD} --partial",),
    "status": (f"--period {PERIOD}", f"--period {PERIOD} --due"),
    "diff": (f"{BEFORE} {PERIOD}",),
    "repair": ("{own} -o {out}/改好.xlsx",),
    "message": (f"{{inbox}} --period {PERIOD}",),
    "waive": ("--from-answers",),
    "weekly": (f"--period {PERIOD}",),
    "monthly": (f"--period {MONTH}",),
    "friday": (f"--period {PERIOD} --dry-run",),
    "export": (f"--period {PERIOD}",),
    "report": tuple(f"{name.id} --period {PERIOD} --cover" for name in DECLARED[NameOf.TABLE]()),
    "sample": (f"--period {PERIOD}", f"--period {PERIOD} --reason {{why}}"),
    "paper": tuple(
        f"{name.id} --period {PERIOD} {about}"
        for name in DECLARED[NameOf.PAPER]()
        for about in (
            ("",)
            if name.id in REPORTS
            else ("--house {house}", "--from {listed} --one-file")
            if PAPERS[name.id].form == HouseCase.form
            else ("--house {household}", "--from {listed} --one-file")
        )
    ),
    "house": ("{house}",),
    "find": ("东村", "calc"),
    "photos": (f"{{photos}} --period {PERIOD}", f"{{photos}} --period {PERIOD} --all"),
    "verify": ("{printed}",),
    "sign": ("{printed} --by {by} --on 2024-06-07",),
    "explain": (f"整治率 --period {PERIOD}", f"C104 --period {PERIOD}"),
    "template": (
        "house-ledger -o {out}/空白表.xlsx",
        "house-ledger --from-ledger --unit {unit} -o {out}/已填.xlsx",
    ),
    "reconcile": (f"{{platform}} --period {PERIOD}", "--lists {first_list} {second_list}"),
    "backup": ("", "--list", "--verify"),
    "open": (f"folder --period {PERIOD}",),
    "rules": ("list", "show jiaxiang-2024", "diff jiaxiang-2024 yunyang-2022"),
}
"""By command, what is written behind it, unless nothing is; what stands in brackets is of the county that it is typed in."""
_NOBODY_IN_IT = re.compile("report (attachment|sweep|package|clearing)")
_STYLES_SAID = re.compile(r"(?:可用的有：|行多栏多的请用 )([a-z]+(?:(?:、| 或 )[a-z]+)*)")
_NOT_IN_THIS_STYLE = re.compile("--format 只能是|不出 xlsx|--format xlsx 只用于|--show-personal 只用于")


@dataclass(frozen=True)
class Place(Office):
    """A county in which every command has something to say; it may serve all tests of a module.

    Args:
        words: What the brackets of `LINES` stand for.
    """

    words: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str | Path) -> Ran:
        made = self.folder / "out"
        made.mkdir(exist_ok=True)
        with chdir(made):  # where it is not said, lists are put there
            return super().run(*arguments)

    def type(self, line: str) -> Ran:
        """Runs a command as it stands in `LINES`."""
        return self.run(*(word.format(**self.words) for word in line.split()), "--county", self.folder)


def every_line() -> Iterator[str]:
    """Every command line, with each way of showing a result that its command has; papers in all their styles.

    A command without `--county` says nothing of a county that there is.
    """
    options = {words[0]: options_of(function) for words, function in commands(application())}
    for command in (name for name in COMMANDS if "county" in options[name]):
        for line in LINES.get(command, ("",)):
            if "fmt" in options[command]:
                yield from (f"{command} {line} --format {style}" for style in Format)
            else:
                yield f"{command} {line} --as all" if "as_" in options[command] else f"{command} {line}"


def run_everything(place: Place, option: str = "", *more: str) -> Iterator[tuple[str, Ran]]:
    """Runs every command line in every style; with an option, not as JSON, which no payload can leave.

    Args:
        place: Where.
        option: Only those commands that have this option (`--show-personal`), with it.
        more: What is written behind it.
    """
    options = {words[0]: options_of(function) for words, function in commands(application())}
    for line in every_line():
        lacks = option.strip("-").replace("-", "_") not in options[line.split()[0]]
        if option and (lacks or "json" in line or _NOBODY_IN_IT.search(line)):
            continue
        asked = " ".join(filter(None, (line, option, *more)))
        asked, ran = _in_all_styles(place, asked)
        if not (ran.code == 2 and _NOT_IN_THIS_STYLE.search(ran.err)):
            yield asked, ran


def _in_all_styles(place: Place, asked: str) -> tuple[str, Ran]:
    """Runs a command; it says itself which styles there are, and which of them a table has."""
    ran = place.type(asked)
    for _ in range(2):
        if ran.code == 2 and (styles := _STYLES_SAID.search(ran.err)):
            asked = re.sub(r"--as \S+", f"--as {','.join(re.findall('[a-z]+', styles[1]))}", asked)
            ran = place.type(asked)
    return asked, ran
