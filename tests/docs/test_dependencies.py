"""The table of what is installed with zjf is what the packages say of themselves."""

import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from docs.dependencies import Package, installed, purposes, recorded
from docs.generate import ROOT
from tools.bundle.closure import pins
from zjf.extras import EXTRAS

HOW = "run `python -m docs.dependencies` and `make docs`, look at the difference, and commit it"
RECORDED = {package.name: package for package in recorded()}
INSTALLED = {package.name: package for package in installed()}


def asked_for() -> set[str]:
    """What pyproject.toml asks for, for zjf and its extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in EXTRAS)]
    return {canonicalize_name(Requirement(text).name) for asked in lists for text in asked}


def test_every_package_that_is_asked_for_has_its_purpose() -> None:
    assert asked_for() == purposes().keys()


def test_decision_14_says_what_to_do_without_each() -> None:
    text = (ROOT / "docs" / "decisions" / "0014-dependencies.md").read_text("utf-8").lower()
    assert [name for name in sorted(asked_for()) if name not in text] == []


def test_the_record_has_the_pinned_versions() -> None:
    pinned = pins(ROOT / "constraints.txt")
    assert {name: package.version for name, package in RECORDED.items()} == {
        name: pinned[canonicalize_name(name)] for name in RECORDED
    }, HOW


def test_the_record_has_every_package_that_is_installed() -> None:
    assert INSTALLED.keys() <= RECORDED.keys(), HOW


@pytest.mark.parametrize("package", INSTALLED.values(), ids=lambda package: package.name)
def test_a_package_says_the_same_of_itself(package: Package) -> None:
    """The licence to the letter; the size about, since wheels differ between systems."""
    known = RECORDED[package.name]
    if package.version != known.version:
        pytest.skip(f"{package.version} is installed, {known.version} is pinned")
    assert package.licence == known.licence, HOW
    assert known.megabytes * 0.4 - 0.5 <= package.megabytes <= known.megabytes * 2.5 + 0.5, HOW
