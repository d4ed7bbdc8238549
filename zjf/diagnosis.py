"""Whether this machine and a county's folder are fit for the work."""

import locale
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from zjf import __version__
from zjf.checking.waivers import load_waivers
from zjf.county import County
from zjf.county_folder import SETTINGS_FILE
from zjf.errors import CannotDoError, ZjfError
from zjf.extras import EXTRAS, version_of
from zjf.files import replacing
from zjf.ledger.of_county import find_ledger, place_of_backups, results_of
from zjf.ledger.safety.backups import backups_of
from zjf.ledger.storage.damage import RESTORE
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME
from zjf.render.pdf.attachment import Press
from zjf.render.pdf.typefaces import FACES

_UNDERSTOOD = frozenset({"utf8", "gb18030", "gbk", "cp936"})
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class CheckResult:
    """What one check found.

    Args:
        what: What was looked at.
        fit: Whether it is as it should be; None where it is not, and one can work without it.
        said: What was found.
        cure: What to do about it.
    """

    what: str
    fit: bool | None
    said: str
    cure: str = ""


def diagnose(folder: Path | None = None) -> Iterator[CheckResult]:
    """Looks at the machine, then at a county's folder.

    Args:
        folder: The folder; the nearest above the current one unless given.
    """
    yield CheckResult("程序", True, f"zjf {__version__}，Python {sys.version.split()[0]}")
    yield _encoding()
    yield from _extras()
    home, settings = _settings(folder)
    yield from _fonts(home)
    yield settings
    if home:
        yield _tried("通知", lambda: Notice.load(home.notice, home.folder), lambda it: f"{it.id} {it.title}")
        yield _tried("豁免", lambda: load_waivers(home), lambda it: f"{len(it)} 条")
        yield _tried("台账", lambda: _periods(home), lambda said: said)
        yield from _clock(home)
        yield from _left_behind(home)
        with suppress(CannotDoError):  # where the settings say no place, that was said already
            yield _backups(home)
    place = home.folder if home else folder or Path.cwd()
    yield _tried("写入", lambda: _write_in(place), lambda _: f"{place} 可以写入")


def _encoding() -> CheckResult:
    spoken, files = sys.stdout.encoding or "", sys.getfilesystemencoding()
    fit = {encoding.lower().replace("-", "") for encoding in (spoken, files)} <= _UNDERSTOOD
    region = locale.getlocale()[0] or "未设"
    cure = "" if fit else "请设置环境变量 PYTHONUTF8=1，或把系统区域设为 zh_CN.UTF-8。"
    return CheckResult("编码", fit, f"输出 {spoken}，文件名 {files}，区域 {region}", cure)


def _extras() -> Iterator[CheckResult]:
    for extra, part in EXTRAS.items():
        purpose, versions = part.purpose, {package: version_of(package) for package in part.packages}
        missing = [library for library, found in versions.items() if not found]
        if missing:
            cure = f"需要时请安装：pip install 'zjf[{extra}]'。"
            yield CheckResult(f"组件 {extra}", None, f"{purpose}：没有 {'、'.join(missing)}", cure)
        else:
            listed = "、".join(f"{library} {found}" for library, found in versions.items())
            yield CheckResult(f"组件 {extra}", True, f"{purpose}：{listed}")


def _fonts(home: County | None) -> Iterator[CheckResult]:
    """What each typeface of the office style is set in; nothing where there is no Typst to set it."""
    if not version_of("typst"):
        return
    try:
        families = Press(home.folder if home else None).families
    except CannotDoError as none:
        yield CheckResult("字体", False, none.message, none.cure)
        return
    for role, face in FACES.items():
        first = families[role][0]
        cure = "" if face.is_own(first) else f"装上{face.name}后，版式与公文一致。"
        yield CheckResult(f"字体 {face.name}", not cure or None, first, cure)


def _settings(folder: Path | None) -> tuple[County | None, CheckResult]:
    try:
        home = County.load(folder) if folder else County.around(Path.cwd())
    except ZjfError as wrong:
        return None, CheckResult("设置", False, wrong.message, wrong.cure)
    if home is None:
        cure = "只校验文件不需要；汇总前请运行 zjf init，或到县文件夹中运行。"
        return None, CheckResult("设置", None, f"当前文件夹及其上级都没有 {SETTINGS_FILE}", cure)
    units = len(home.roster.names)
    return home, CheckResult("设置", True, f"{home.name}，{units} 个填报单位，{home.folder / SETTINGS_FILE}")


def _tried(what: str, does: Callable[[], _Made], said: Callable[[_Made], str]) -> CheckResult:
    try:
        return CheckResult(what, True, said(does()))
    except ZjfError as wrong:
        return CheckResult(what, False, wrong.message, wrong.cure)


def _periods(home: County) -> str:
    ledger = find_ledger(home)
    if ledger and (damages := ledger.damages()):
        raise CannotDoError(f"台账数据库已损坏：{'；'.join(damages)}", RESTORE)
    periods = ledger.periods() if ledger else []
    return f"有 {len(periods)} 期，最近一期 {periods[-1]}" if periods else "还没有接收过报表"


def _clock(home: County) -> Iterator[CheckResult]:
    """Says so where the ledger was written to later than now: a clock was, or is, wrong."""
    now = datetime.now(OFFICE_TIME)
    with suppress(CannotDoError):  # of a ledger that cannot be read something was said already
        ledger = find_ledger(home)
        last = ledger.latest_event() if ledger else None
        if last and last > now:
            yield CheckResult(
                "时钟",
                None,
                f"台账里有 {last.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M} 的记录，比现在（{now:%Y-%m-%d %H:%M}）还晚",
                "请核对电脑的日期和时间；收到时间登记错了的，用 zjf receive --at 更正。",
            )


def _left_behind(home: County) -> Iterator[CheckResult]:
    """Says so where there are results of periods that the ledger knows nothing of: it may be an older copy."""
    with suppress(CannotDoError):
        ledger = find_ledger(home)
        known = set(ledger.periods()) | {event.period for event in ledger.events()} if ledger else set()
        if ledger and (lost := [period for period in results_of(home) if period not in known]):
            yield CheckResult(
                "结果",
                None,
                f"out 中有{'、'.join(lost[-3:])}等 {len(lost)} 期的结果，台账里没有这些期次",
                "台账可能被换成了旧的一份：请用 zjf backup --list 找较新的备份恢复，或重新运行 zjf aggregate。",
            )


def _backups(home: County) -> CheckResult:
    kept = backups_of(place_of_backups(home))
    if not kept:
        return CheckResult("备份", None, "还没有备份", "接收报表时每天自动备份一次，也可运行 zjf backup。")
    return CheckResult("备份", True, f"有 {len(kept)} 份，最近一份 {kept[0].made_at:%Y-%m-%d %H:%M}")


def _write_in(folder: Path) -> None:
    probe = folder / "zjf-doctor"
    with replacing(probe) as temporary:
        temporary.touch()
    probe.unlink()
