"""An .xlsx as a zip of parts: some are added or replaced, all others stay the same, byte for byte."""

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from lxml import etree

from zjf.intake.formats.relations import relations_part, target_from
from zjf.intake.formats.xml_names import OFFICE_RELATIONS, PACKAGE_RELATIONS

_TYPES = "[Content_Types].xml"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_EMPTY_RELATIONS = f'<Relationships xmlns="{PACKAGE_RELATIONS}"/>'.encode()
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_COMPRESSION = 4
"""Half the time of the usual level, for a twentieth more bytes."""

Pieces = Callable[[], Iterator[bytes]]
"""Gives the content of a large part, piece by piece."""


class UnusualPackageError(Exception):
    """The file is not put together as an .xlsx is."""


def parse_xml(data: bytes) -> etree._Element:
    """Returns the root element of a part.

    Raises:
        UnusualPackageError: It is no XML.
    """
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise UnusualPackageError from error


def serialize_xml(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local_name(element: etree._Element) -> str:
    """Returns an element's tag without its namespace; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


class Package:
    """The parts of a workbook: the file's own, and those replaced, added and left out.

    Raises:
        UnusualPackageError: It is no such file.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError) as error:
            raise UnusualPackageError from error
        self._own = self.zip.namelist()
        if len(set(self._own)) < len(self._own) or _TYPES not in self._own:
            raise UnusualPackageError
        self._changed: dict[str, bytes | Pieces] = {}
        self._dropped: set[str] = set()
        self.types = parse_xml(self.zip.read(_TYPES))
        self._relations: dict[str, Relations] = {}

    def __contains__(self, part: str) -> bool:
        return (part in self._own or part in self._changed) and part not in self._dropped

    def read(self, part: str) -> bytes:
        """Returns the text of a part, with its last change.

        Raises:
            UnusualPackageError: There is none.
        """
        changed = self._changed.get(part)
        if isinstance(changed, bytes):
            return changed
        if part not in self:
            raise UnusualPackageError
        return self.zip.read(part)

    def put(self, part: str, text: bytes | Pieces, content_type: str = "") -> None:
        """Replaces a part, or adds one with its content type."""
        self._changed[part] = text
        self._dropped.discard(part)
        if content_type:
            etree.SubElement(
                self.types, f"{{{_TYPES_NS}}}Override", PartName=f"/{part}", ContentType=content_type
            )

    def drop(self, part: str) -> None:
        """Leaves a part out, with its relations and its content type."""
        self._changed.pop(part, None)
        self._dropped |= {part, relations_part(part)}
        self._relations.pop(part, None)
        for element in list(self.types):
            if element.get("PartName", "").lstrip("/") == part:
                self.types.remove(element)

    def type_by_ending(self, ending: str, content_type: str) -> None:
        """Sets the content type of all parts with a suffix, unless there is one."""
        if not any((element.get("Extension") or "").lower() == ending for element in self.types):
            default = etree.Element(f"{{{_TYPES_NS}}}Default", Extension=ending, ContentType=content_type)
            self.types.insert(0, default)

    def free_name(self, pattern: str) -> str:
        """Returns the first name of a pattern (`xl/comments{}.xml`) that no part has."""
        used_names = {part.lower() for part in (*self._own, *self._changed)}
        names = (pattern.format(number) for number in range(1, len(used_names) + 2))
        return next(name for name in names if name.lower() not in used_names)

    def relations(self, part: str) -> "Relations":
        """Returns a part's relations; changes to them are saved with the package."""
        if part not in self._relations:
            name = relations_part(part)
            self._relations[part] = Relations(part, self.read(name) if name in self else _EMPTY_RELATIONS)
        return self._relations[part]

    @property
    def workbook(self) -> str:
        """The path of the part that names the sheets."""
        return self.relations("").of_kind("officeDocument")

    def save(self, file: IO[bytes], last: Callable[[], None]) -> None:
        """Writes the file, unchanged parts as they were.

        Args:
            last: Called after the large parts are written; puts the parts that depend on them.
        """
        for relations in self._relations.values():
            if relations.added:
                self.put(relations_part(relations.part), serialize_xml(relations.root))
        streamed_parts = [part for part, text in self._changed.items() if not isinstance(text, bytes)]
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as target:
            target.writestr(_TYPES, serialize_xml(self.types))
            for part in streamed_parts:
                _write(target, part, self._changed[part])
            last()
            for part in dict.fromkeys([*self._own, *self._changed]):
                if part in self._changed and part not in streamed_parts:
                    _write(target, part, self._changed[part])
                elif part not in {_TYPES, *streamed_parts, *self._dropped}:
                    self._copy(target, part)

    def _copy(self, copy: zipfile.ZipFile, part: str) -> None:
        source_info = self.zip.getinfo(part)
        info = zipfile.ZipInfo(part, source_info.date_time)
        info.compress_type, info.external_attr = source_info.compress_type, source_info.external_attr
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            info.compress_type = zipfile.ZIP_DEFLATED
        if source_info.is_dir():
            copy.writestr(info, b"")
            return
        with self.zip.open(source_info) as source, copy.open(info, "w") as target:
            shutil.copyfileobj(source, target, 1 << 20)


def _write(copy: zipfile.ZipFile, part: str, text: bytes | Pieces) -> None:
    if isinstance(text, bytes):
        copy.writestr(part, text)
        return
    with copy.open(part, "w") as target:
        for piece in text():
            target.write(piece)


class Relations:
    """The relations of a part: the other parts that it refers to, by reference and kind.

    Args:
        part: The part; empty for the package.
    """

    def __init__(self, part: str, text: bytes) -> None:
        self.part, self.root, self.added = part, parse_xml(text), False

    def target(self, reference: str | None) -> str:
        """Returns the path of the part that a reference points to; empty where there is none."""
        return next((self._path(element) for element in self.root if element.get("Id") == reference), "")

    def of_kind(self, kind: str) -> str:
        """Returns the path of the first part of a kind (`comments`); empty where there is none."""
        return next(iter(self.all_of_kind(kind)), "")

    def all_of_kind(self, kind: str) -> list[str]:
        return [self._path(element) for element in self.root if element.get("Type", "").endswith(f"/{kind}")]

    def add(self, kind: str, part: str) -> str:
        """Adds a relation to a part and returns its reference."""
        used_references = {element.get("Id") for element in self.root}
        reference = next(
            name for number in range(1, 10**6) if (name := f"rIdZjf{number}") not in used_references
        )
        etree.SubElement(
            self.root,
            f"{{{PACKAGE_RELATIONS}}}Relationship",
            Id=reference,
            Type=f"{OFFICE_RELATIONS}/{kind}",
            Target=f"/{part}",
        )
        self.added = True
        return reference

    def remove(self, reference: str | None) -> None:
        for element in list(self.root):
            if element.get("Id") == reference:
                self.root.remove(element)
                self.added = True

    def _path(self, element: etree._Element) -> str:
        if element.get("TargetMode") == "External":
            return ""
        return target_from(self.part, element.get("Target", ""))
