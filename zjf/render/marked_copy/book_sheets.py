"""The workbook part: the list of problems is put in front of the sheets, an earlier list taken out."""

from collections.abc import Mapping

from lxml import etree

from zjf.intake.formats.xml_names import OFFICE_RELATIONS
from zjf.render.marked_copy.package import Package, UnusualPackageError, local_name, parse_xml, serialize_xml
from zjf.render.xlsx.workbook import LONGEST_SHEET_NAME

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WORKBOOK_TYPES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    ),
    "application/vnd.ms-excel.template.macroEnabledTemplate.main+xml": (
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    ),
}
"""The content types of templates, with those of workbooks: a marked copy of a template is a workbook."""

_ELEMENTS_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")


class BookSheets:
    """The sheets of a workbook, as its workbook part lists them.

    Raises:
        UnusualPackageError: It is not written as it should be.
    """

    def __init__(self, package: Package) -> None:
        self._package, self._part = package, package.workbook
        self._relations = package.relations(self._part)
        self._root = parse_xml(package.read(self._part))
        self._space = etree.QName(self._root).namespace
        sheets = next((element for element in self._root if local_name(element) == "sheets"), None)
        if sheets is None or not len(sheets):
            raise UnusualPackageError
        self._sheets = sheets

    @property
    def titles(self) -> list[str]:
        return [sheet.get("name", "") for sheet in self._sheets]

    def worksheets(self) -> dict[str, str]:
        """Returns the parts of the worksheets by title; sheets of charts and macros have no cells."""
        worksheet_parts = set(self._relations.all_of_kind("worksheet"))
        parts = {
            sheet.get("name", ""): self._relations.target(sheet.get(_reference(sheet)))
            for sheet in self._sheets
        }
        return {
            title: part for title, part in parts.items() if part in worksheet_parts and part in self._package
        }

    def take_out(self, title: str) -> None:
        """Takes out a sheet, and the names given to ranges of it."""
        position = self.titles.index(title)
        sheet = self._sheets[position]
        self._package.drop(self._relations.target(sheet.get(_reference(sheet))))
        self._relations.remove(sheet.get(_reference(sheet)))
        self._sheets.remove(sheet)
        for name in self._names():
            sheet_position = name.get("localSheetId")
            if sheet_position is not None and int(sheet_position) == position:
                name.getparent().remove(name)
            elif sheet_position is not None and int(sheet_position) > position:
                name.set("localSheetId", str(int(sheet_position) - 1))

    def put_in_front(self, wanted: str) -> tuple[str, str]:
        """Puts a new sheet in front, and shows it first.

        Args:
            wanted: Its title, unless another sheet has it.

        Returns:
            Its title, and its part, which the caller has to write.
        """
        title = self._free(wanted)
        part = self._package.free_name("xl/worksheets/sheet{}.xml")
        self._package.put(part, b"", _SHEET_TYPE)
        reference = _reference(self._sheets[0]) if len(self._sheets) else _RELATION_ID
        numbers = [int(sheet.get("sheetId", "0")) for sheet in self._sheets]
        sheet = etree.Element(f"{{{self._space}}}sheet", name=title, sheetId=str(max(numbers, default=0) + 1))
        sheet.set(reference, self._relations.add("worksheet", part))
        self._sheets.insert(0, sheet)
        for name in self._names():
            if (sheet_position := name.get("localSheetId")) is not None:
                name.set("localSheetId", str(int(sheet_position) + 1))
        for view in self._root.iter(f"{{{self._space}}}workbookView"):
            view.set("activeTab", "0")
            view.attrib.pop("firstSheet", None)
        return title, part

    def name_ranges(self, names: Mapping[str, str]) -> None:
        """Gives names to ranges of the first sheet."""
        group = next((element for element in self._root if local_name(element) == "definedNames"), None)
        if group is None:
            group = etree.Element(f"{{{self._space}}}definedNames")
            positions_before = [
                position
                for position, element in enumerate(self._root)
                if local_name(element) in _ELEMENTS_BEFORE_NAMES
            ]
            self._root.insert(positions_before[-1] + 1, group)
        for index, (name, reference) in enumerate(names.items()):
            element = etree.Element(f"{{{self._space}}}definedName", name=name, localSheetId="0")
            if name.endswith("_FilterDatabase"):
                element.set("hidden", "1")
            element.text = reference
            group.insert(index, element)

    def keep(self) -> None:
        """Puts the changed part back into the workbook."""
        self._package.put(self._part, serialize_xml(self._root))
        for element in self._package.types:
            if element.get("PartName", "").lstrip("/") == self._part:
                kind = element.get("ContentType", "")
                element.set("ContentType", _WORKBOOK_TYPES.get(kind, kind))

    def _names(self) -> list[etree._Element]:
        return list(self._root.iter(f"{{{self._space}}}definedName"))

    def _free(self, wanted: str) -> str:
        used_titles = {title.casefold() for title in self.titles}
        if wanted.casefold() not in used_titles:
            return wanted
        candidates = (f"{wanted}（{number}）" for number in range(2, len(used_titles) + 3))
        return next(title for title in candidates if title.casefold() not in used_titles)[:LONGEST_SHEET_NAME]


_RELATION_ID = f"{{{OFFICE_RELATIONS}}}id"


def _reference(sheet: etree._Element) -> str:
    """Returns the attribute by which a sheet names its part; strict files have another namespace for it."""
    return next((name for name in sheet.attrib if name.endswith("}id")), _RELATION_ID)
