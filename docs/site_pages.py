"""What the site has beside `docs/`: the files of the checkout's root, and the questions as its navigation.

A hook of MkDocs, named in mkdocs.yml.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

_ROOT = Path(__file__).parent.parent
FROM_THE_ROOT = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
"""Pages that lie outside `docs/`, and their names on the site."""

_HEADING_OR_LINK = re.compile(
    r"^## (?P<heading>.+)$|\[(?P<title>[^\]]+)\]\((?P<file>[^)]+\.md)\)", re.MULTILINE
)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The navigation is the list of questions of the first page, heading by heading."""
    text = (Path(config.docs_dir) / "README.md").read_text("utf-8")
    sections = groupby(_listed(text), key=lambda entry: entry[0])
    listed = [{heading: [{title: page} for _, title, page in entries]} for heading, entries in sections]
    config.nav = [{"文档": "README.md"}, *listed]
    return config


def _listed(text: str) -> Iterator[tuple[str, str, str]]:
    """Every page that the first page lists: the heading it stands under, its title, its file."""
    heading = ""
    for line in _HEADING_OR_LINK.finditer(text):
        heading = line["heading"] or heading
        if line["title"] and heading:
            page = line["file"].removeprefix("../")
            yield heading, line["title"], FROM_THE_ROOT.get(page, page)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that lie outside `docs/`."""
    for name, on_site in FROM_THE_ROOT.items():
        text = (_ROOT / name).read_text("utf-8").replace("](docs/", "](")
        files.append(File.generated(config, on_site, content=text))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Links to pages outside `docs/` lead to where they are on the site."""
    for name, on_site in FROM_THE_ROOT.items():
        markdown = markdown.replace(f"](../{name})", f"]({on_site})")
    # How much of a recorded terminal is kept is for whoever records it.
    return re.sub(r"^```console keep=\S+$", "```console", markdown, flags=re.MULTILINE)


def on_post_page(output: str, **_: object) -> str:
    """The theme's search is a dialogue without a name: whoever listens to the page is told what it is."""
    return output.replace(
        'data-md-component="search" role="dialog"',
        'data-md-component="search" role="dialog" aria-label="搜索"',
    )
