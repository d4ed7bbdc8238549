"""The systems that a bundle is made for, and what a wheel must say to be installed there."""

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.tags import Tag, compatible_tags, cpython_tags

_OLDEST_GLIBC, _OFFICES_GLIBC = 5, 28
"""麒麟 V10 and UOS 20 have glibc 2.28; wheels for an older one run there too."""


@dataclass(frozen=True)
class System:
    """One kind of computer.

    Args:
        name: As the bundle's name has it.
        in_chinese: As a clerk says it.
        platforms: The platform tags of wheels that run there, best first.
        markers: What requirements ask of the system (`sys_platform` and the like).
    """

    name: str
    in_chinese: str
    platforms: tuple[str, ...]
    markers: dict[str, str]

    @property
    def is_windows(self) -> bool:
        return self.markers["sys_platform"] == "win32"

    def tags(self, python: str) -> Iterator[Tag]:
        """What wheels may be tagged with for a version of Python, such as 3.11."""
        version = tuple(map(int, python.split(".")))
        yield from cpython_tags(version, platforms=self.platforms)
        yield from compatible_tags(version, f"cp{python.replace('.', '')}", self.platforms)

    def environment(self, python: str) -> dict[str, str]:
        """What markers of requirements are held against."""
        always = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
        version = {
            "python_version": python,
            "python_full_version": f"{python}.0",
            "implementation_version": f"{python}.0",
        }
        return {**self.markers, **always, **version, "platform_release": "", "platform_version": ""}


def _linux(machine: str, in_chinese: str) -> System:
    by_glibc = [f"manylinux_2_{minor}_{machine}" for minor in range(_OFFICES_GLIBC, _OLDEST_GLIBC - 1, -1)]
    older = [f"manylinux{year}_{machine}" for year in ("2014", "2010", "1")]
    markers = {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"}
    return System(
        f"linux-{machine}",
        in_chinese,
        (*by_glibc, *older, f"linux_{machine}"),
        {**markers, "platform_machine": machine},
    )


SYSTEMS = {
    system.name: system
    for system in (
        System(
            "windows-x86_64",
            "Windows（64 位）",
            ("win_amd64",),
            {
                "os_name": "nt",
                "sys_platform": "win32",
                "platform_system": "Windows",
                "platform_machine": "AMD64",
            },
        ),
        _linux("x86_64", "Linux（x86_64，统信、麒麟的 Intel、AMD、兆芯、海光版）"),
        _linux("aarch64", "Linux（aarch64，统信、麒麟的飞腾、鲲鹏版）"),
    )
}
