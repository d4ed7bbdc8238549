"""A bundle as an archive: wheels, installer, sums. The same bytes for the same wheels."""

import gzip
import hashlib
import io
import json
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement

from tools.bundle.closure import BundleError, Target, Wheelhouse, applying, metadata, needed

ROOT = Path(__file__).parents[2]
CARRIED = Path(__file__).parent / "carried"
DEFAULT_PYTHON = "3.11"
SUMS = "SHA256SUMS"

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""No archive of ours says when it was made: who makes it again gets the same bytes."""


@dataclass(frozen=True)
class Carried:
    """A file that goes into the bundle as text.

    Args:
        source: Its name in `carried/`, or from the checkout's root.
        name: Its name in the bundle.
        for_console: Whether a Chinese Windows console reads it: GBK, and CRLF.
        executable: Whether it is run.
    """

    source: str
    name: str
    for_console: bool = False
    executable: bool = False


_EVERYWHERE = (
    Carried("install.py", "install.py"),
    Carried("desk.py", "desk.py"),
    Carried("../../../CHANGELOG.md", "更新内容.txt"),
)
_WINDOWS = (Carried("install.bat", "安装.bat", for_console=True), Carried("windows.txt", "先看这里.txt"))
_LINUX = (Carried("install.sh", "安装.sh", executable=True), Carried("linux.txt", "先看这里.txt"))


def program_wheel(folder: Path) -> Path:
    """Builds the wheel of zjf itself; hatchling makes the same bytes of the same files.

    Raises:
        BundleError: It cannot be built.
    """
    with TemporaryDirectory() as built:
        at_hand = ["--no-isolation"] if find_spec("hatchling") else []  # else it is fetched
        command = [sys.executable, "-m", "build", "--wheel", *at_hand, "--outdir", built, str(ROOT)]
        ran = run(command, capture_output=True, encoding="utf-8", check=False, cwd=built)
        if ran.returncode:
            raise BundleError(ran.stderr or ran.stdout)
        (wheel,) = Path(built).glob("*.whl")
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.move(wheel, folder / wheel.name))


def requirements(wheel: Path, target: Target, extras: Iterable[str]) -> list[Requirement]:
    """What a wheel of zjf needs on a system, with some extras.

    Raises:
        BundleError: There is no such extra.
    """
    about = metadata(wheel)
    asked = set(extras)
    if unknown := asked - set(about.provides_extra or ()):
        raise BundleError(f"no such extra: {', '.join(sorted(unknown))}")
    return list(applying(about.requires_dist or (), target, asked))


def make(wheel: Path, target: Target, extras: Sequence[str], wheelhouse: Wheelhouse, out: Path) -> Path:
    """Makes one bundle, and says its sum beside it.

    Args:
        wheel: The wheel of zjf.
        target: The system and the version of Python.
        extras: The extras to carry as well.
        wheelhouse: Where the wheels of what zjf needs are, and come to.
        out: The folder that it goes to.

    Raises:
        BundleError: A wheel is missing for that system.
    """
    version = wheel.name.split("-")[1]
    name = "-".join(["zjf", version, target.system.name, f"Python{target.python}", *sorted(extras)])
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / name
        (folder / "wheels").mkdir(parents=True)
        carried = needed(requirements(wheel, target, extras), target, wheelhouse)
        for path in (wheel, *(found.path for found in carried.values())):
            shutil.copy(path, folder / "wheels")
        _write_texts(folder, target, version, extras)
        (folder / SUMS).write_text("".join(_sums(folder)), "utf-8", newline="\n")
        data = _zip(folder) if target.system.is_windows else _tar(folder)
    bundle = out / f"{name}.{'zip' if target.system.is_windows else 'tar.gz'}"
    bundle.write_bytes(data)
    sums = f"{hashlib.sha256(data).hexdigest()}  {bundle.name}\n"
    bundle.with_name(f"{bundle.name}.sha256").write_text(sums, "utf-8", newline="\n")
    return bundle


def _write_texts(folder: Path, target: Target, version: str, extras: Sequence[str]) -> None:
    for carried in (*_EVERYWHERE, *(_WINDOWS if target.system.is_windows else _LINUX)):
        text = (CARRIED / carried.source).resolve().read_text("utf-8")
        if not carried.name.endswith(".py"):
            text = filled_in(text, target, version)
        path = folder / carried.name
        path.write_bytes(as_the_system_reads_it(text, carried, target))
        path.chmod(0o755 if carried.executable else 0o644)
    about = {
        "version": version,
        "python": target.python,
        "system": target.system.markers["platform_system"],
        "machine": target.system.markers["platform_machine"],
        "in_chinese": target.system.in_chinese,
        "extras": sorted(extras),
    }
    (folder / "bundle.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), "utf-8")


def filled_in(text: str, target: Target, version: str) -> str:
    """A carried text for one bundle: its version, its Python and its system."""
    words = {"@VERSION@": version, "@PYTHON@": target.python, "@SYSTEM@": target.system.in_chinese}
    for word, meant in words.items():
        text = text.replace(word, meant)
    return text


def as_the_system_reads_it(text: str, carried: Carried, target: Target) -> bytes:
    """A text in the encoding and with the line ends that its reader expects."""
    if carried.for_console:
        return text.replace("\n", "\r\n").encode("gbk")
    if target.system.is_windows and carried.name.endswith(".txt"):
        return text.replace("\n", "\r\n").encode("utf-8-sig")  # as Notepad knows it
    return text.encode("utf-8")


def _sums(folder: Path) -> Iterator[str]:
    for path in _files(folder):
        yield f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _zip(folder: Path) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in _files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), _LONG_AGO)
            entry.external_attr = (path.stat().st_mode & 0o777) << 16
            # A wheel is compressed already.
            entry.compress_type = zipfile.ZIP_STORED if path.suffix == ".whl" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return made.getvalue()


def _tar(folder: Path) -> bytes:
    made = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=made, mode="wb", filename="", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in _files(folder):
            entry = tarfile.TarInfo(path.relative_to(folder.parent).as_posix())
            entry.size, entry.mode = path.stat().st_size, path.stat().st_mode & 0o777
            archive.addfile(entry, io.BytesIO(path.read_bytes()))
    return made.getvalue()
