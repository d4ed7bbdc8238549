"""Offline bundles: complete for each system, installed with the network off, and safe to install again."""

import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.fresh_python import run, with_wheel
from tools.bundle.closure import BundleError, Target, Wheelhouse, needed, pins, runs_on
from tools.bundle.making import (
    CARRIED,
    DEFAULT_PYTHON,
    ROOT,
    Carried,
    as_the_system_reads_it,
    filled_in,
    make,
    program_wheel,
    requirements,
)
from tools.bundle.systems import SYSTEMS
from zjf.extras import EXTRAS

from .recorded_wheels import RecordedWheelhouse

HERE = f"linux-{platform.machine()}"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
MOST_MB = 60


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wheelhouse | None]:
    """What the package index has; None where it cannot be reached."""
    house = Wheelhouse(tmp_path_factory.mktemp("wheelhouse"), pins(ROOT / "constraints.txt"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PIP_NO_CACHE_DIR", "1")  # nothing is asked for twice
        try:
            needed([Requirement("six")], Target(SYSTEMS["windows-x86_64"], DEFAULT_PYTHON), house)
        except BundleError:
            yield None
        else:
            yield house


@pytest.fixture(scope="module")
def wheelhouse(index: Wheelhouse | None) -> Wheelhouse:
    if index is None:
        pytest.skip("连不上 PyPI")
    return index


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return program_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.mark.parametrize(
    ("wheel_file", "runs"),
    [
        ("six-1.17.0-py2.py3-none-any.whl", ["windows-x86_64", "linux-x86_64", "linux-aarch64"]),
        ("a-1-cp311-cp311-win_amd64.whl", ["windows-x86_64"]),
        ("a-1-cp311-abi3-manylinux_2_28_x86_64.whl", ["linux-x86_64"]),
        ("a-1-cp311-cp311-manylinux2014_aarch64.manylinux_2_17_aarch64.whl", ["linux-aarch64"]),
        ("a-1-cp311-cp311-manylinux_2_34_x86_64.whl", []),  # 麒麟 V10 and UOS 20 have glibc 2.28
        ("a-1-cp312-cp312-win_amd64.whl", []),
    ],
)
def test_a_wheel_is_carried_only_where_it_runs(wheel_file: str, runs: list[str]) -> None:
    assert [name for name, system in SYSTEMS.items() if runs_on(wheel_file, Target(system, "3.11"))] == runs


@pytest.mark.slow
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_bundle_with_every_extra_is_complete_for_every_system(
    wheel: Path, system: str, tmp_path: Path
) -> None:
    """Every requirement that applies there is met by a pinned wheel that runs there."""
    target = Target(SYSTEMS[system], DEFAULT_PYTHON)
    wheelhouse = RecordedWheelhouse(tmp_path, pins(ROOT / "constraints.txt"))
    wheels = needed(requirements(wheel, target, EXTRAS), target, wheelhouse)
    of_extras = {canonicalize_name(package) for extra in EXTRAS.values() for package in extra.packages}
    assert {"typer", "pandas", "numpy", "openpyxl", *of_extras} <= wheels.keys()
    assert ("colorama" in wheels) is (system == "windows-x86_64")
    assert all(found.version == wheelhouse.pinned[name] for name, found in wheels.items())
    for found in wheels.values():
        for requirement in found.requires:
            applies = requirement.marker is None or requirement.marker.evaluate(
                target.system.environment(target.python) | {"extra": ""}
            )
            assert not applies or canonicalize_name(requirement.name) in wheels, (found.name, requirement)


def test_an_extra_that_is_not_there_is_refused(wheel: Path) -> None:
    with pytest.raises(BundleError, match="no such extra: video"):
        requirements(wheel, Target(SYSTEMS[HERE], PYTHON), ["video"])


@pytest.fixture(scope="module")
def bundle(wheelhouse: Wheelhouse, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle for this computer."""
    if HERE not in SYSTEMS:
        pytest.skip(f"没有给 {HERE} 的安装包")
    return make(wheel, Target(SYSTEMS[HERE], PYTHON), (), wheelhouse, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def unpacked(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("usb")
    with tarfile.open(bundle) as archive:
        archive.extractall(folder, filter="data")
    (inside,) = folder.iterdir()
    return inside


def offline(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs a command where there is no network: in a network namespace of its own where that is allowed."""
    apart = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    alone = ("unshare", "-rn")
    may = shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True).returncode == 0
    return subprocess.run(
        [*(alone if may else ()), *command],
        env={**apart, **nowhere, "HOME": str(folder), "ZJF_PYTHON": sys.executable},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=500,
    )


@pytest.mark.slow
def test_it_installs_with_the_network_off_and_runs_the_demo(
    bundle: Path, unpacked: Path, tmp_path: Path
) -> None:
    assert bundle.stat().st_size <= MOST_MB * 1024 * 1024
    (tmp_path / "桌面").mkdir()
    installed = offline(tmp_path, "sh", str(unpacked / "安装.sh"))
    assert installed.returncode == 0, installed.stdout + installed.stderr
    assert "个文件与制作时一致" in installed.stdout
    assert "✓ 程序" in installed.stdout  # what zjf doctor says
    home = tmp_path / "zjf"
    assert (home / "把报表拖到这里校验.desktop").exists()
    assert (tmp_path / "桌面" / "zjf 台账.desktop").exists()
    shown = offline(tmp_path, str(home / "zjf"), "demo", "演示")
    has_run_the_demo(shown.stdout + shown.stderr, tmp_path)
    dropped = next((tmp_path / "演示" / "returns").rglob("*.xlsx"))
    (app,) = home.glob("app-*")
    checked = offline(tmp_path, str(app / "bin" / "python"), str(app / "desk.py"), "check", str(dropped))
    assert "共 1 个文件" in checked.stdout


@pytest.mark.slow
def test_where_no_bundle_can_be_made_its_wheel_alone_runs_the_demo(
    index: Wheelhouse | None, wheel: Path, tmp_path: Path
) -> None:
    if index and HERE in SYSTEMS:
        pytest.skip("the bundle installs the same wheel, and runs the demo")
    programs = with_wheel(wheel, tmp_path / "environment")
    has_run_the_demo(run(programs / "zjf", "demo", "演示", cwd=tmp_path), tmp_path)


def has_run_the_demo(said: str, folder: Path) -> None:
    assert "演示完成" in said, said
    assert list((folder / "演示" / "out").glob("*/summary.json"))
    assert list((folder / "演示" / "out").glob("*/附件/附件2_云水县.xlsx"))


@pytest.mark.slow
def test_a_file_that_was_damaged_on_the_way_is_named(unpacked: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "usb"
    shutil.copytree(unpacked, damaged)
    wheel = next((damaged / "wheels").glob("pandas-*"))
    wheel.write_bytes(wheel.read_bytes()[:-1])
    refused = offline(tmp_path, "sh", str(damaged / "安装.sh"))
    assert refused.returncode == 3
    assert f"wheels/{wheel.name} 不见了，或者拷贝时损坏了" in refused.stdout
    assert not (tmp_path / "zjf").exists()


def test_what_a_chinese_console_reads_is_gbk_and_has_no_sign_of_its_language_inside_a_character() -> None:
    """A second byte that is `|`, `^` or `&` would be taken for one where the code page is another."""
    text = (CARRIED / "install.bat").read_text("utf-8")
    chinese = "".join(sign for sign in text if not sign.isascii())
    assert not re.search(rb"[|^&<>%\"]", chinese.encode("gbk"))


def test_the_windows_bundle_has_what_windows_reads(tmp_path: Path) -> None:
    target = Target(SYSTEMS["windows-x86_64"], "3.12")
    text = filled_in((CARRIED / "install.bat").read_text("utf-8"), target, "0.2.0")
    data = as_the_system_reads_it(text, Carried("install.bat", "安装.bat", for_console=True), target)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert "没有找到 Python 3.12，还不能安装" in data.decode("gbk")
    assert "@" not in data.decode("gbk").replace("@echo off", "")


def test_the_linux_installer_is_plain_sh() -> None:
    assert subprocess.run(["sh", "-n", str(CARRIED / "install.sh")]).returncode == 0


def test_without_python_the_installer_says_what_to_do(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "cat", "dirname"):
        (programs / name).symlink_to(shutil.which(name) or "")
    script = tmp_path / "安装.sh"
    script.write_text(
        filled(CARRIED / "install.sh"),
        "utf-8",
    )
    ran = subprocess.run(
        ["sh", str(script)], env={"PATH": str(programs)}, capture_output=True, encoding="utf-8"
    )
    assert ran.returncode == 3
    assert f"没有找到 Python {DEFAULT_PYTHON}，还不能安装" in ran.stderr


def filled(path: Path) -> str:
    return filled_in(path.read_text("utf-8"), Target(SYSTEMS["linux-x86_64"], DEFAULT_PYTHON), "0.2.0")
