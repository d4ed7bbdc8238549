"""A package whose parts bear unusual names, stand in unusual folders or are in UTF-16, as python-calamine can follow it."""

import codecs
import io
import re
import zipfile
from xml.etree import ElementTree

from zjf.intake.formats.containers import with_parts
from zjf.intake.formats.relations import read_part, related, related_by_number, relations_part
from zjf.intake.formats.xml_names import OFFICE_RELATIONS, PACKAGE_RELATIONS

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAYS_UTF_16 = re.compile(r"^(<\?xml[^>]*?)\s+encoding=[\"'][^\"']*[\"']")
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_USUAL = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_UNUSUAL_TARGET = re.compile(rb'Target\s*=\s*["\'][^"\']*(?:\./|%)')


def with_usual_names(package: zipfile.ZipFile) -> bytes | None:
    """Returns a copy of a package in which the workbook and its texts have their usual names; None where they have.

    Office programs follow the relations from part to part, wherever they lead.
    """
    mains = (relation.target for relation in related(package, "") if relation.kind == "officeDocument")
    main = next(mains, _BOOK)
    links = read_part(package, relations_part(main)) or b""
    relations = related_by_number(package, main)
    if not any(relation.kind == "worksheet" for relation in relations.values()):
        return None
    usual = {relation.target: _USUAL.get(relation.kind, relation.target) for relation in relations.values()}
    if (
        main.lower() == _BOOK
        and all(old.lower() == new.lower() for old, new in usual.items())
        and not _UNUSUAL_TARGET.search(links)
    ):
        return None
    entries = ElementTree.Element("Relationships", xmlns=PACKAGE_RELATIONS)
    for number, relation in relations.items():
        kind, target = f"{OFFICE_RELATIONS}/{relation.kind}", f"/{usual[relation.target]}"
        ElementTree.SubElement(entries, "Relationship", Id=number, Type=kind, Target=target)
    copied = io.BytesIO()
    followed = {old.lower(): new for old, new in ({main: _BOOK} | usual).items()}
    left_behind = {name.lower() for name in (*followed.values(), _RELATIONS)}  # the relations lead past them
    with zipfile.ZipFile(copied, "w") as copy:
        for name, part in {part.lower(): part for part in package.namelist()}.items():
            if name in followed or name not in left_behind:
                copy.writestr(followed.get(name, part), package.read(part))
        copy.writestr(_RELATIONS, ElementTree.tostring(entries, "utf-8"))
    return copied.getvalue()


def in_utf_8(package: zipfile.ZipFile) -> bytes | None:
    """Returns a copy of a package in which no part is in UTF-16, which office programs read; None where none is."""
    recoded = {
        part: _SAYS_UTF_16.sub(r"\1", package.read(part).decode("utf-16")).encode()
        for part in package.namelist()
        if part.endswith((".xml", ".rels")) and _begins_in_utf_16(package, part)
    }
    return with_parts(package, recoded) if recoded else None


def _begins_in_utf_16(package: zipfile.ZipFile, part: str) -> bool:
    with package.open(part) as stream:
        return stream.read(2) in _UTF_16
