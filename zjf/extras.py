"""The optional components (extras): their purposes, their packages, and the message for a missing one."""

from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType

from zjf.errors import CannotDoError


@dataclass(frozen=True)
class Extra:
    """An optional part of the toolkit; its name is that of the extra in pyproject.toml.

    Args:
        purpose: What it is used for, in Chinese.
        otherwise: How to do without it, in Chinese, as the end of a sentence.
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
    """Returns the version of a package; empty if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def is_installed(extra: str) -> bool:
    return all(map(version_of, EXTRAS[extra].packages))


def optional(module: str, *, extra: str) -> ModuleType:
    """Imports a module that comes with an extra.

    Args:
        module: The module's full name.
        extra: The extra that installs it, or the packages that it needs.

    Raises:
        CannotDoError: The module, or a package that it needs, is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise not_installed(error.name or module, extra) from error


def not_installed(package: str, extra: str) -> CannotDoError:
    extra_info = EXTRAS[extra]
    ways = [f"请先安装：pip install 'zjf[{extra}]'", *filter(None, [extra_info.otherwise])]
    space = " " if extra_info.purpose[-1].isascii() else ""
    return CannotDoError(f"缺少{extra_info.purpose}{space}的组件 {package}", f"{'；'.join(ways)}。")
