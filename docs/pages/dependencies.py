"""The page of what is installed with zjf: what for, under which licence, how large."""

from collections.abc import Iterator

from docs.dependencies import Package, purposes, recorded
from docs.markdown import page as markdown_page
from docs.markdown import table
from zjf.extras import EXTRAS

_INTRODUCTION = """\
随 zjf 安装的全部组件（Linux x86_64，Python 3.11；别的系统上版本相同，大小略有不同）。许可证是各组件自己写明的。
版本固定在 `constraints.txt`，安装包里就是这些。为什么用它们、没有了怎么办，见
[决定 14](../decisions/0014-dependencies.md)。"""


def page() -> str:
    """The page's text."""
    packages = recorded()
    core = _with_theirs([package for package in packages if "zjf" in package.wanted_by], packages)
    parts = [_INTRODUCTION, "## 必需的", _table(core)]
    for extra, about in EXTRAS.items():
        own = [package for package in packages if f"zjf[{extra}]" in package.wanted_by]
        more = [package for package in _with_theirs(own, packages) if package not in core]
        parts += [f"## 可选：{extra}（{about.purpose}）", _table(more)]
    return markdown_page("用到的组件", *parts)


def _with_theirs(own: list[Package], packages: list[Package]) -> list[Package]:
    """Packages, and what they ask for in turn."""
    names = {package.name for package in own}
    while more := {p.name for p in packages if names & {*p.wanted_by}} - names:
        names |= more
    return [package for package in packages if package.name in names]


def _table(packages: list[Package]) -> str:
    whole = sum(package.megabytes for package in packages)
    rows = [*map(_row, packages), ("共", "", "", "", f"{whole:.1f}")]
    return table(("组件", "做什么用", "版本", "许可证", "大小（MB）"), rows)


def _row(package: Package) -> tuple[str, ...]:
    says = purposes().get(package.name) or "".join(_parents(package))
    return package.name, says, package.version, package.licence, f"{package.megabytes:.1f}"


def _parents(package: Package) -> Iterator[str]:
    yield "、".join(package.wanted_by)
    yield " 要用"
