"""Tables of houses that show only the columns a test is about.

What a plain house must have beside is filled in: who reviewed it, who appraised it, what is traded in it.
A test that leaves such a cell blank on purpose gives the column.
"""

from collections.abc import Callable
from datetime import date
from textwrap import dedent

from tests.sheets import CLOSING_DAY, assert_findings, parse
from zjf.checking.one_return import CheckedReturn
from zjf.rules.registry import Judgement

House = dict[str, str]


def _says(heading: str, *texts: str) -> Callable[[House], bool]:
    return lambda house: house.get(heading, "") in texts


def _filled(heading: str) -> Callable[[House], bool]:
    return lambda house: bool(house.get(heading))


def _tall_or_in_business(house: House) -> bool:
    return house.get("是否经营性") == "是" or int(house.get("地上层数") or 1) >= 3


_GOES_WITHOUT_SAYING: dict[str, tuple[str, Callable[[House], bool]]] = {
    "经营业态": ("商贸", _says("是否经营性", "是")),
    "专业设计": ("是", _tall_or_in_business),
    "专业施工": ("是", _tall_or_in_business),
    "改扩建是否批准": ("是", _filled("改扩建情形")),
    "初判日期": ("2023-03-01", _filled("初判结论")),
    "复核日期": ("2023-03-20", _filled("复核结论")),
    "复核人": ("程立群", _filled("复核结论")),
    "鉴定日期": ("2023-04-10", _filled("鉴定等级")),
    "鉴定机构": ("江岳鉴定所", _filled("鉴定等级")),
    "整治责任人": ("田春雷", _says("鉴定等级", "C", "D")),
    "整治期限": ("2024-12-31", _says("鉴定等级", "C", "D")),
    "销号日期": ("2024-05-20", _filled("销号方式")),
    "销号后复核日期": ("2024-05-25", _filled("销号后复核结论")),
    "销号后复核人": ("顾怀远", _filled("销号后复核结论")),
}


def assert_houses(
    markdown: str, *, closing_day: date = CLOSING_DAY, judgement: Judgement | None = None
) -> CheckedReturn:
    """Checks houses in which every finding is written at its cell, and nothing else is found."""
    header, *rows = parse(markdown)[0]
    houses = [dict(zip(header, row, strict=True)) for row in rows]
    lines = [line for line in markdown.strip().splitlines() if "---" not in line]
    for heading, (text, goes_without_saying) in _GOES_WITHOUT_SAYING.items():
        if heading not in header:
            said = [text if goes_without_saying(house) else "" for house in houses]
            lines = [f"{line} {cell} |" for line, cell in zip(lines, [heading, *said], strict=True)]
    return assert_findings("\n".join(lines), closing_day=closing_day, judgement=judgement)


def assert_quiet_life(story: str) -> None:
    """Tells a life step by step, and finds nothing to say at any of them.

    A step is a paragraph of `heading：text` lines, each filling its cell (or, without text, emptying it).
    """
    steps = [step.split("\n") for step in dedent(story).strip().split("\n\n")]
    cells = [line.strip().split("：") for step in steps for line in step]
    house: House = dict.fromkeys(["房屋编号", *(heading for heading, _ in cells)], "")
    lines = ["| " + " | ".join(house) + " |"]
    for number, step in enumerate(steps, 1):
        house |= {"房屋编号": f"第{number}步"} | dict(line.strip().split("：") for line in step)
        lines.append("| " + " | ".join(house.values()) + " |")
    assert_houses("\n".join(lines))
