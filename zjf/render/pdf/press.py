"""What sets papers as PDF: Typst, with the fonts of the office style."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from zjf.errors import CannotDoError
from zjf.extras import optional
from zjf.files import write_whole
from zjf.render.pdf.typefaces import choose_families
from zjf.resources import templates

STANDARD = "a-2u"
"""PDF/A, for archives: fonts embedded, all text readable by machine."""
_WITHOUT_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
"""What Typst says of a character that no typeface has: rare names, signs of an office's own, pictures from telephones."""
_BY_NUMBER = re.compile(r"\\u\{([0-9a-f]+)\}")
_SPECIMEN = "云水县自建房安全专项整治工作台账 0123456789 .,%/<>—"
"""What is set to tell one press from another."""


class Imprint(NamedTuple):
    """What a document's properties say of it: its author, and the period's day, so that it is the same when made again."""

    author: str
    day: date


class Press:
    """Typst with its fonts; made once, it sets many papers.

    Args:
        county_folder: A county's folder, which may have further fonts (`fonts`) and changed templates
            (`templates/paper`).
        system: Whether the machine's fonts are used too.

    Raises:
        CannotDoError: Typst is not installed, or no Chinese font is.
    """

    def __init__(self, county_folder: Path | None = None, *, system: bool = True) -> None:
        self._typst = optional("typst", extra="pdf")
        county_fonts, county_templates = (
            (county_folder / "fonts", county_folder / "templates" / "paper")
            if county_folder
            else (None, None)
        )
        font_files = _files_in(county_fonts) if county_fonts and county_fonts.is_dir() else ()
        self._fonts = _fonts_of(county_fonts if font_files else None, font_files, system)
        self._papers = (
            county_templates if county_templates and county_templates.is_dir() else templates() / "paper"
        )
        self._compilers: dict[Path, Any] = {}
        if not all(self.families.values()):
            raise CannotDoError(
                "没有找到中文字体，出不了 PDF",
                "请安装仿宋、黑体、楷体、方正小标宋，或思源宋体、思源黑体（Noto CJK）；也可把字体文件放进县文件夹的 fonts 文件夹。",
            )

    @cached_property
    def families(self) -> dict[str, list[str]]:
        """The fonts in which each typeface of the office style is set."""
        return choose_families(self._fonts.families())

    @cached_property
    def fingerprint(self) -> str:
        """A digest of a few words as this press sets them: other fonts, or another Typst, give another one."""
        faces = (
            "".join(f"{json.dumps(name, ensure_ascii=False)}," for name in names)
            for names in self.families.values()
        )
        words = "\n\n".join(f"#text(font: ({names}))[{_SPECIMEN}]" for names in faces)
        specimen: bytes = self._compiler_of(self._papers).compile(words.encode(), format="pdf", timestamp=0)
        return hashlib.blake2b(specimen, digest_size=8).hexdigest()

    def write(self, path: Path, template: str, content: Mapping[str, Any], imprint: Imprint) -> None:
        """Sets a template with the content given, as a file.

        Raises:
            CannotDoError: The template (a county may have changed it) does not compile, or the file
                cannot be written.
        """
        write_whole(path, self.set(template, content, imprint))

    def source_of(self, template: str) -> Path:
        """Returns the file of a template: the county's own if it has one, else the toolkit's."""
        own = self._papers / f"{template}.typ"
        return own if own.is_file() else templates() / "paper" / own.name

    def set(self, template: str, content: Mapping[str, Any], imprint: Imprint) -> bytes:
        """Sets a template with the content given, as the bytes of a PDF.

        Raises:
            CannotDoError: As `write`.
        """
        source, day = self.source_of(template), imprint.day
        properties = {"author": imprint.author, "date": (day.year, day.month, day.day)}
        data = json.dumps({"fonts": self.families, **properties, **content}, ensure_ascii=False)
        try:
            compiled: bytes = self._compiler_of(source.parent).compile(
                str(source),
                format="pdf",
                sys_inputs={"data": data},
                pdf_standards=[STANDARD],
                timestamp=0,
                pdf_tags=False,
            )
        except self._typst.TypstError as error:
            raise _not_set(source, error.message) from error
        return compiled

    def _compiler_of(self, folder: Path) -> Any:
        if folder not in self._compilers:
            self._compilers[folder] = self._typst.Compiler(root=str(folder), font_paths=self._fonts)
        return self._compilers[folder]


def _not_set(source: Path, reason: str) -> CannotDoError:
    if lacking := _WITHOUT_GLYPH.search(reason):
        character = _BY_NUMBER.sub(lambda number: f"U+{number[1].upper()}", lacking[1])
        return CannotDoError(
            f"字体里没有「{character}」这个字，PDF 排不出来",
            "请把有这个字的字体文件放进县文件夹的 fonts 文件夹再出，或改出 xlsx；是误录的（如表情符号），请更正报表后再出。",
        )
    return CannotDoError(f"模板 {source} 排不出来（{reason}）", "请改回模板，或重新安装 zjf。")


_FontFile = tuple[str, int, int]
"""A file below a county's folder of fonts: its path, its size in bytes, the nanosecond in which it was changed."""


def _files_in(folder: Path) -> tuple[_FontFile, ...]:
    return tuple(
        (str(file), file.stat().st_size, file.stat().st_mtime_ns)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    )


@lru_cache(maxsize=4)
def _fonts_of(folder: Path | None, files: tuple[_FontFile, ...], system: bool) -> Any:
    """Returns the fonts of the machine and of a county's folder, which a process looks for once.

    Args:
        folder: The county's fonts; None: it has none.
        files: What the folder holds: others are other fonts.
        system: Whether the machine's are among them.
    """
    folders = [str(folder)] if folder else []
    return optional("typst", extra="pdf").Fonts(include_system_fonts=system, font_paths=folders)
