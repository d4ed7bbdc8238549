"""The optional components: what each extra is for, its packages, and the one message where one is missing."""

from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType

from zjf.errors import CannotDoError


@dataclass(frozen=True)
class Extra:
    """An optional part of the toolkit, as pyproject.toml names it.

    Args:
        purpose: What it is for, in a clerk's words.
        packages: The packages that it installs.
        otherwise: How to do without it, as the end of a sentence.
    """

    purpose: str
    packages: tuple[str, ...]
    otherwise: str = ""


EXTRAS = {
    "pdf": Extra("PDF、二维码、核对 PDF", ("typst", "segno", "pypdf")),
    "signature": Extra("PDF 电子签名", ("pyhanko",)),
    "letter": Extra("Word 文件", ("docxtpl",), "或加 --as md,xlsx，不出 Word 文件"),
    "charts": Extra("网页和 Word 中的图", ("altair", "vl-convert-python"), "或不出网页"),
    "photos": Extra("照片", ("pillow",)),
    "parquet": Extra("导出 Parquet", ("pyarrow",), "或用 --as csv"),
    "cluster": Extra("在集群上检查", ("distributed",)),
    "postgres": Extra("连接 PostgreSQL", ("psycopg",)),
}


def version_of(package: str) -> str:
    """The version of an installed package; empty where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def is_installed(extra: str) -> bool:
    """Whether all packages of an extra are installed."""
    return all(map(version_of, EXTRAS[extra].packages))


def optional(module: str, *, extra: str) -> ModuleType:
    """A module that comes with an extra.

    Args:
        module: The module's full name.
        extra: The extra that installs it, or what it needs.

    Raises:
        CannotDoError: It, or something that it needs, is not installed.
    """
    try:
        return import_module(module)
    except ImportError as missing:
        raise not_installed(missing.name or module, extra) from missing


def not_installed(package: str, extra: str) -> CannotDoError:
    """What is said where a package of an extra is missing."""
    part = EXTRAS[extra]
    ways = [f"请先安装：pip install 'zjf[{extra}]'", *filter(None, [part.otherwise])]
    between = " " if part.purpose[-1].isascii() else ""
    return CannotDoError(f"缺少{part.purpose}{between}的组件 {package}", f"{'；'.join(ways)}。")
