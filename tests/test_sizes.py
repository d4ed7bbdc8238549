"""Small rooms: no module is longer than three hundred lines, no function longer than a screen; tests neither."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
MODULE, FUNCTION = 300, 60
"""Lines."""
MODULES = [
    path.relative_to(PROJECT)
    for folder in ("zjf", "tools", "docs", "benchmarks", "sample_data", "tests")
    for path in sorted((PROJECT / folder).rglob("*.py"))
]


def too_long(source: str) -> Iterator[str]:
    """What is too long in a module's source: the module itself, a function by its name."""
    if (lines := len(source.splitlines())) > MODULE:
        yield f"{lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION:
                yield f"{node.name}: {lines} lines"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_and_no_function_is_too_long(module: Path) -> None:
    assert list(too_long((PROJECT / module).read_text(encoding="utf-8"))) == []


def test_what_is_too_long_is_noticed() -> None:
    assert list(too_long("x = 1\n" * (MODULE + 1))) == [f"{MODULE + 1} lines"]
    assert list(too_long("def f():\n" + "    x = 1\n" * FUNCTION)) == [f"f: {FUNCTION + 1} lines"]
