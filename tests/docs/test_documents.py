"""The documents say what the program does now, and lead nowhere that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs import transcripts
from docs.generate import ROOT, reference_pages
from zjf.notices.loading import known_notices
from zjf.problems import CATALOGUE
from zjf.schemas import FORMS

HOW = "run `make docs`, look at the difference, and commit it"
PAGES = [ROOT / name for name in ("README.md", "README.en.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_ANCHOR = re.compile(r'<a id="([^"]+)">')


@pytest.fixture(scope="module")
def reference() -> dict[Path, str]:
    """The pages that are made from the declarations, as they are now."""
    return dict(reference_pages())


def test_reference_pages_are_current(reference: dict[Path, str]) -> None:
    for path, text in reference.items():
        assert path.read_text("utf-8") == text, f"{path.name}: {HOW}"


@pytest.mark.slow
def test_terminals_show_what_the_program_prints_now() -> None:
    for path, text in transcripts.documents(ROOT):
        assert path.read_text("utf-8") == text, f"{path.name}: {HOW}"


def test_everything_that_can_be_named_has_its_place(reference: dict[Path, str]) -> None:
    pages = {path.stem: text for path, text in reference.items()}
    assert all(f'<a id="{code.lower()}"></a>' in pages["problems"] for code in CATALOGUE)
    assert all(f'<a id="{form}"></a>' in pages["fields"] for form in FORMS)
    assert all(f"`{notice}`" in pages["notices"] for notice in known_notices())


def test_every_guide_is_in_the_list_of_questions() -> None:
    listed = (ROOT / "docs" / "README.md").read_text("utf-8")
    assert all(f"guides/{guide.name}" in listed for guide in (ROOT / "docs" / "guides").glob("*.md"))


def test_every_room_is_in_the_table_of_rooms() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {path.name for path in (ROOT / "zjf").iterdir() if path.is_dir() and any(path.glob("*.py"))}
    modules = {path.name for path in (ROOT / "zjf").glob("[!_]*.py")}
    assert [name for name in sorted(rooms) if f"`zjf/{name}/`" not in text and f"`{name}/`" not in text] == []
    assert [name for name in sorted(modules) if f"{name}`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert list(dead_links(page)) == []


def dead_links(page: Path) -> Iterator[str]:
    for link in _LINK.findall(page.read_text("utf-8")):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in _ANCHOR.findall(target.read_text("utf-8"))):
            yield link


def test_facts_that_are_cited_stand_in_their_page() -> None:
    """A fact is cited by its name, and nothing by the number of a text that is not here."""
    known = set(_ANCHOR.findall((ROOT / "docs" / "facts.md").read_text("utf-8")))
    for path in python_files():
        text = path.read_text("utf-8")
        assert set(re.findall(r"facts\.md#([\w-]+)", text)) <= known, path
        assert not re.search(r"\b(facts?|chapters?|issues?) \d", text, re.IGNORECASE), path


def python_files() -> Iterator[Path]:
    for folder in ("zjf", "tests", "sample_data", "tools", "docs", "benchmarks"):
        yield from (ROOT / folder).rglob("*.py")
