"""Checks whether this machine and a county's folder are fit for the work."""

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
from zjf.ledger.of_county import find_ledger, ledger_file, place_of_backups, results_of
from zjf.ledger.safety.backups import backups_of
from zjf.ledger.storage.damage import RESTORE
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, to_the_minute
from zjf.problems import first_few
from zjf.render.pdf.press import Press
from zjf.render.pdf.typefaces import FACES

_SUFFICIENT_ENCODINGS = frozenset({"utf8", "gb18030", "gbk", "cp936"})
_Loaded = TypeVar("_Loaded")


@dataclass(frozen=True)
class CheckResult:
    """The result of one check.

    Args:
        subject: The thing checked, in Chinese.
        fit: Whether it is in order; None if it is not, but one can work without it.
        finding: What was found, in Chinese.
        cure: What to do about it, in Chinese.
    """

    subject: str
    fit: bool | None
    finding: str
    cure: str = ""


def diagnose(folder: Path | None = None) -> Iterator[CheckResult]:
    """Checks the machine, then the county's folder given, else that of the current folder or above it."""
    yield CheckResult("程序", True, f"zjf {__version__}，Python {sys.version.split()[0]}")
    yield _encoding()
    yield from _extras()
    home, settings = _settings(folder)
    yield from _fonts(home)
    yield settings
    if home:
        yield _try_loading(
            "通知",
            lambda: Notice.in_force(home),
            lambda loaded: f"{loaded.id} {loaded.title}",
        )
        yield _try_loading("豁免", lambda: load_waivers(home), lambda loaded: f"{len(loaded)} 条")
        yield _try_loading("台账", lambda: _periods(home), str)
        yield from _other_ledgers(home)
        yield from _clock(home)
        yield from _unknown_results(home)
        with suppress(CannotDoError):  # a ledger that cannot be found was reported above
            yield _backups(home)
    folder_to_write = home.folder if home else folder or Path.cwd()
    yield _try_loading("写入", lambda: _write_in(folder_to_write), lambda _: f"{folder_to_write} 可以写入")


def _encoding() -> CheckResult:
    output, file_names = sys.stdout.encoding or "", sys.getfilesystemencoding()
    fit = {encoding.lower().replace("-", "") for encoding in (output, file_names)} <= _SUFFICIENT_ENCODINGS
    region = locale.getlocale()[0] or "未设"
    cure = "" if fit else "请设置环境变量 PYTHONUTF8=1，或把系统区域设为 zh_CN.UTF-8。"
    return CheckResult("编码", fit, f"输出 {output}，文件名 {file_names}，区域 {region}", cure)


def _extras() -> Iterator[CheckResult]:
    for extra, extra_info in EXTRAS.items():
        purpose = extra_info.purpose
        versions = {package: version_of(package) for package in extra_info.packages}
        missing = [library for library, version in versions.items() if not version]
        if missing:
            cure = f"需要时请安装：pip install 'zjf[{extra}]'。"
            yield CheckResult(f"组件 {extra}", None, f"{purpose}：没有 {'、'.join(missing)}", cure)
        else:
            installed = "、".join(f"{library} {version}" for library, version in versions.items())
            yield CheckResult(f"组件 {extra}", True, f"{purpose}：{installed}")


def _fonts(home: County | None) -> Iterator[CheckResult]:
    """Yields the font used for each typeface of the office style; nothing where Typst is not installed."""
    if not version_of("typst"):
        return
    try:
        families = Press(home.folder if home else None).families
    except CannotDoError as error:
        yield CheckResult("字体", False, error.message, error.cure)
        return
    for role, face in FACES.items():
        family = families[role][0]
        cure = "" if face.is_own(family) else f"装上{face.name}后，版式与公文一致。"
        yield CheckResult(f"字体 {face.name}", not cure or None, family, cure)


def _settings(folder: Path | None) -> tuple[County | None, CheckResult]:
    try:
        home = County.if_any(folder)
    except ZjfError as error:
        return None, CheckResult("设置", False, error.message, error.cure)
    if home is None:
        cure = "只校验文件不需要；汇总前请运行 zjf init，或到县文件夹中运行。"
        return None, CheckResult("设置", None, f"当前文件夹及其上级都没有 {SETTINGS_FILE}", cure)
    units = len(home.roster.names)
    return home, CheckResult("设置", True, f"{home.name}，{units} 个填报单位，{home.folder / SETTINGS_FILE}")


def _try_loading(
    subject: str, load: Callable[[], _Loaded], describe: Callable[[_Loaded], str]
) -> CheckResult:
    try:
        return CheckResult(subject, True, describe(load()))
    except ZjfError as error:
        return CheckResult(subject, False, error.message, error.cure)


def _periods(home: County) -> str:
    ledger = find_ledger(home)
    if ledger and (damages := ledger.damages()):
        raise CannotDoError(f"台账数据库已损坏：{'；'.join(damages)}", RESTORE)
    periods = ledger.periods() if ledger else []
    return f"有 {len(periods)} 期，最近一期 {periods[-1]}" if periods else "还没有接收过报表"


def _other_ledgers(home: County) -> Iterator[CheckResult]:
    """Yields a warning if other ledgers lie beside the county's: two clerks' of one shared folder, as a rule."""
    with suppress(CannotDoError):  # settings that name no ledger were reported above
        own = ledger_file(home)
        beside = own.parent.glob(f"[!.]*{own.suffix}") if own else ()
        others = sorted(path.name for path in beside if path != own)
        if own and others:
            yield CheckResult(
                "台账",
                None,
                f"旁边还有 {len(others)} 个同类文件：{first_few(others, 3, ' 等')}。只用 {own.name}",
                "如是同步盘的冲突副本，两份台账各有一部分：请先核对接收、签字、文书登记哪份是全的，再移走另一份。",
            )


def _clock(home: County) -> Iterator[CheckResult]:
    """Yields a warning if the ledger has an entry later than now: a clock was, or is, wrong."""
    now = datetime.now(OFFICE_TIME)
    with suppress(CannotDoError):  # a ledger that cannot be read was reported above
        ledger = find_ledger(home)
        latest = ledger.latest_event() if ledger else None
        if latest and latest > now:
            yield CheckResult(
                "时钟",
                None,
                f"台账里有 {to_the_minute(latest)} 的记录，比现在（{now:%Y-%m-%d %H:%M}）还晚",
                "请核对电脑的日期和时间；收到时间登记错了的，用 zjf receive --at 更正。",
            )


def _unknown_results(home: County) -> Iterator[CheckResult]:
    """Yields a warning if there are results of periods that are not in the ledger: it may be an older copy."""
    with suppress(CannotDoError):
        ledger = find_ledger(home)
        known_periods = (
            set(ledger.periods()) | {event.period for event in ledger.events()} if ledger else set()
        )
        if ledger and (
            unknown_periods := [period for period in results_of(home) if period not in known_periods]
        ):
            yield CheckResult(
                "结果",
                None,
                f"out 中有{'、'.join(unknown_periods[-3:])}等 {len(unknown_periods)} 期的结果，台账里没有这些期次",
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
