"""The sheets of a workbook, as its own part names them: the list is put in front, an earlier one taken out."""

from collections.abc import Mapping

from lxml import etree

from zjf.render.marked_copy.package import Package, UnusualPackageError, local, parsed, written

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_AS_WORKBOOK = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    ),
    "application/vnd.ms-excel.template.macroEnabledTemplate.main+xml": (
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    ),
}
"""A copy of a form's template is a workbook."""

_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_LONGEST_TITLE = 31


class BookSheets:
    """What a workbook says of its sheets.

    Args:
        package: The workbook.

    Raises:
        UnusualPackageError: It is not written as it should be.
    """

    def __init__(self, package: Package) -> None:
        self._package, self._part = package, package.workbook
        self._relations = package.relations(self._part)
        self._root = parsed(package.read(self._part))
        self._space = etree.QName(self._root).namespace
        sheets = next((element for element in self._root if local(element) == "sheets"), None)
        if sheets is None or not len(sheets):
            raise UnusualPackageError
        self._sheets = sheets

    @property
    def titles(self) -> list[str]:
        return [sheet.get("name", "") for sheet in self._sheets]

    def worksheets(self) -> dict[str, str]:
        """The parts of the worksheets, by their titles: of charts and macros there are no cells."""
        of_cells = set(self._relations.all_of_kind("worksheet"))
        parts = {
            sheet.get("name", ""): self._relations.target(sheet.get(_reference(sheet)))
            for sheet in self._sheets
        }
        return {title: part for title, part in parts.items() if part in of_cells and part in self._package}

    def take_out(self, title: str) -> None:
        """Takes out a sheet, and the names given to ranges of it."""
        place = self.titles.index(title)
        sheet = self._sheets[place]
        self._package.drop(self._relations.target(sheet.get(_reference(sheet))))
        self._relations.remove(sheet.get(_reference(sheet)))
        self._sheets.remove(sheet)
        for name in self._names():
            at = name.get("localSheetId")
            if at is not None and int(at) == place:
                name.getparent().remove(name)
            elif at is not None and int(at) > place:
                name.set("localSheetId", str(int(at) - 1))

    def put_in_front(self, wanted: str) -> tuple[str, str]:
        """Puts a new sheet in front, and shows it first.

        Args:
            wanted: What it is called, unless another one is.

        Returns:
            What it is called, and its part, which is to be written.
        """
        title = self._free(wanted)
        part = self._package.free_name("xl/worksheets/sheet{}.xml")
        self._package.put(part, b"", _SHEET_TYPE)
        reference = _reference(self._sheets[0]) if len(self._sheets) else _RELATION
        numbers = [int(sheet.get("sheetId", "0")) for sheet in self._sheets]
        sheet = etree.Element(f"{{{self._space}}}sheet", name=title, sheetId=str(max(numbers, default=0) + 1))
        sheet.set(reference, self._relations.add("worksheet", part))
        self._sheets.insert(0, sheet)
        for name in self._names():
            if (at := name.get("localSheetId")) is not None:
                name.set("localSheetId", str(int(at) + 1))
        for view in self._root.iter(f"{{{self._space}}}workbookView"):
            view.set("activeTab", "0")
            view.attrib.pop("firstSheet", None)
        return title, part

    def name_ranges(self, names: Mapping[str, str]) -> None:
        """Gives names to ranges of the first sheet."""
        group = next((element for element in self._root if local(element) == "definedNames"), None)
        if group is None:
            group = etree.Element(f"{{{self._space}}}definedNames")
            before = [at for at, element in enumerate(self._root) if local(element) in _BEFORE_NAMES]
            self._root.insert(before[-1] + 1, group)
        for place, (name, words) in enumerate(names.items()):
            element = etree.Element(f"{{{self._space}}}definedName", name=name, localSheetId="0")
            if name.endswith("_FilterDatabase"):
                element.set("hidden", "1")
            element.text = words
            group.insert(place, element)

    def keep(self) -> None:
        """Puts what is said of the sheets back into the workbook."""
        self._package.put(self._part, written(self._root))
        for element in self._package.types:
            if element.get("PartName", "").lstrip("/") == self._part:
                kind = element.get("ContentType", "")
                element.set("ContentType", _AS_WORKBOOK.get(kind, kind))

    def _names(self) -> list[etree._Element]:
        return list(self._root.iter(f"{{{self._space}}}definedName"))

    def _free(self, wanted: str) -> str:
        taken = {title.casefold() for title in self.titles}
        if wanted.casefold() not in taken:
            return wanted
        numbered = (f"{wanted}（{number}）" for number in range(2, len(taken) + 3))
        return next(title for title in numbered if title.casefold() not in taken)[:_LONGEST_TITLE]


_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _reference(sheet: etree._Element) -> str:
    """The attribute by which a sheet names its part: files of the strict kind have another namespace."""
    return next((name for name in sheet.attrib if name.endswith("}id")), _RELATION)
