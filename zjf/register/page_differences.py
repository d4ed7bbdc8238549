"""A saved web page compared with the table that it was made from."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path

from zjf.documents.wording import Wording
from zjf.register.differences import MISSING, Comparison, Difference, DifferenceKind
from zjf.register.reprint import reprinted_page, templates_used

_SAVED_FROM = re.compile(r" saved from url=\(\d+\)(?:(?!--)[^<>])* ")
"""The remark that a browser puts into a page that it saves."""
_CHARSET = [("content", "text/html; charset=utf-8"), ("http-equiv", "content-type")]
"""How a browser that saves a page writes `charset="utf-8"`."""
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass
class _Page(HTMLParser):
    """A page's words, and the code around them."""

    words: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        attributes = sorted(attrs)
        if tag == "meta" and [(name, (value or "").lower()) for name, value in attributes] == _CHARSET:
            attributes = [("charset", "utf-8")]
        self.code.append(f"<{tag} {attributes}>")

    def handle_endtag(self, tag: str) -> None:
        self._within = ""
        self.code.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._within in ("style", "script"):
            self.code.append(_spaced_once(data))
        elif words := _spaced_once(data):
            self.code.append("…")  # where words stand is code, too
            self.words.append(words)

    # Browsers and this parser disagree on where a remark ends, so remarks are compared as code.

    def handle_comment(self, data: str) -> None:
        if not _SAVED_FROM.fullmatch(data):
            self.code.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.code.append(f"<!{decl.lower()}>")

    def unknown_decl(self, data: str) -> None:
        self.code.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.code.append(f"<?{data}>")


def drawing_of_page(text: str) -> str:
    """Returns a digest of a page's words and code, however a browser saved it."""
    page = _read(text)
    return hashlib.sha256(json.dumps([page.words, page.code]).encode()).hexdigest()


def page_differences(text: str, folder: Path, table: Wording) -> Comparison:
    """Compares a saved page with the texts of its table.

    If it is as it was when it was written, that is all. Else the table is made again as a page: words and code have to be
    the same. Where the county's template has changed since, only the words are compared: nobody can tell what its code hides.

    Raises:
        CannotDoError: The county's template does not fit.
    """
    if drawing_of_page(text) in table.drawings:
        return Comparison()
    saved, reprint = _read(text), _read(reprinted_page(table, folder))
    differences = list(_words(saved.words, reprint.words))
    if table.set_by != templates_used(folder):
        return Comparison(tuple(differences), ("网页的样式（出表时的模板与现在不同）",), redrawn=True)
    if saved.code != reprint.code and not differences:
        differences.append(
            Difference("", "", "网页代码", "（改动过）", "（重新出的）", DifferenceKind.HIDDEN)
        )
    return Comparison(tuple(differences))


def _read(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    page.close()
    return page


def _spaced_once(text: str) -> str:
    """Returns a text as a browser sets it: lines and runs of blanks become one blank; of other white space it keeps each."""
    return _BLANKS.sub(" ", text).strip(" ")


def _words(saved: list[str], expected: list[str]) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, saved, expected, autojunk=False)
    for operation, saved_from, saved_to, expected_from, expected_to in matcher.get_opcodes():
        if operation != "equal":
            for saved_word, expected_word in zip_longest(
                saved[saved_from:saved_to], expected[expected_from:expected_to]
            ):
                yield Difference("", "", "文字", saved_word or MISSING, expected_word or MISSING)
