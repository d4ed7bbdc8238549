"""The styles of a workbook, to which those of marked cells are added: no existing style is changed."""

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from zjf.intake.formats.xml_names import SPREADSHEET
from zjf.problems import Severity
from zjf.render.marked_copy.package import Package, UnusualPackageError, local_name, parse_xml, serialize_xml

FILLS = {Severity.ERROR: "FFFFC7CD", Severity.BREACH: "FFE4C7F1", Severity.WARNING: "FFFFEB9B"}
"""Red, purple, yellow: each a shade that no spreadsheet program offers, so that marks are recognised later."""

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_MINIMAL_STYLES = f"""<styleSheet xmlns="{SPREADSHEET}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>""".encode()


class CellStyles:
    """The numbered cell styles of a workbook.

    Raises:
        UnusualPackageError: Its styles are not written as they should be.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        relations = package.relations(package.workbook)
        self._part = relations.of_kind("styles")
        if not self._part:
            self._part = package.free_name("xl/styles{}.xml")
            package.put(self._part, _MINIMAL_STYLES, _STYLES_TYPE)
            relations.add("styles", self._part)
        self._root = parse_xml(package.read(self._part))
        self._space = etree.QName(self._root).namespace or ""
        self._groups = {local_name(element): element for element in self._root}
        if missing := {"fonts", "fills", "borders", "cellXfs"} - self._groups.keys():
            raise UnusualPackageError(missing)
        self._fills: dict[tuple[str, ...], int] = {}
        self._marked: dict[tuple[int, Severity], int] = {}
        self._unmarked: dict[int, int] = {}
        self.marked_before = frozenset(
            style for style, xf in enumerate(self._groups["cellXfs"]) if self._colour(xf) in FILLS.values()
        )
        """The styles of cells that an earlier round marked."""

    def marked(self, style: int, severity: Severity) -> int:
        """Returns a style like the given one, filled with a severity's colour."""
        key = self.unmarked(style), severity
        if key not in self._marked:
            xf = self._xf(key[0])
            covered = self._foreground(xf)
            background = dict(covered.attrib) if covered is not None else {"indexed": "64"}
            self._marked[key] = self._clone(xf, self._fill({"rgb": FILLS[severity]}, background))
        return self._marked[key]

    def unmarked(self, style: int) -> int:
        """Returns a style as it was before an earlier round marked it; an unmarked style is returned as it is.

        The colour that a mark covers is kept in the marked style as its background colour.
        """
        if style not in self.marked_before:
            return style
        if style not in self._unmarked:
            xf = self._xf(style)
            pattern = self._pattern(xf)
            covered = next((element for element in pattern if local_name(element) == "bgColor"), None)
            fill = 0
            if covered is not None and covered.get("indexed") != "64":
                fill = self._fill(dict(covered.attrib), {"indexed": "64"})
            self._unmarked[style] = self._clone(xf, fill)
        return self._unmarked[style]

    def new(
        self,
        *,
        font: Mapping[str, str] | None = None,
        fill: str = "",
        alignment: Mapping[str, str] | None = None,
        bordered: bool = False,
    ) -> int:
        """Adds a style and returns its number.

        Args:
            font: The font, as tags with their `val` (`{"sz": "16", "b": "1"}`).
            alignment: The alignment, as attributes of the format.
        """
        xf = self._element("xf", numFmtId="0", borderId="0", xfId="0", applyAlignment="1")
        xf.set("fontId", str(self._font(font or {})))
        xf.set("fillId", str(self._fill({"rgb": fill}, {"indexed": "64"}) if fill else 0))
        xf.set("borderId", str(self._border()) if bordered else "0")
        for switch in ("applyFont", "applyFill", "applyBorder"):
            xf.set(switch, "1")
        xf.append(self._element("alignment", **(alignment or {})))
        return self._append("cellXfs", xf)

    def keep(self) -> None:
        """Puts the styles back into the workbook."""
        self._package.put(self._part, serialize_xml(self._root))

    def _xf(self, style: int) -> etree._Element:
        xfs = self._groups["cellXfs"]
        return xfs[style if style < len(xfs) else 0]

    def _pattern(self, xf: etree._Element) -> etree._Element:
        fills, number = self._groups["fills"], int(xf.get("fillId", "0"))
        fill = fills[number] if number < len(fills) else fills[0]
        return next(
            (part for part in fill if local_name(part) == "patternFill"), self._element("patternFill")
        )

    def _foreground(self, xf: etree._Element) -> etree._Element | None:
        """Returns the colour of a cell's solid fill; None where it has none."""
        pattern = self._pattern(xf)
        if pattern.get("patternType") != "solid":
            return None
        return next((element for element in pattern if local_name(element) == "fgColor"), None)

    def _colour(self, xf: etree._Element) -> str:
        colour = self._foreground(xf)
        return "" if colour is None else colour.get("rgb", "").upper()

    def _clone(self, xf: etree._Element, fill: int) -> int:
        clone = deepcopy(xf)
        clone.set("fillId", str(fill))
        clone.set("applyFill", "1")
        return self._append("cellXfs", clone)

    def _fill(self, colour: Mapping[str, str], background: Mapping[str, str]) -> int:
        key = (*sorted(colour.items()), "|", *sorted(background.items()))
        fill_key = tuple(map(str, key))
        if fill_key not in self._fills:
            fill = self._element("fill")
            pattern = etree.SubElement(fill, f"{{{self._space}}}patternFill", patternType="solid")
            etree.SubElement(pattern, f"{{{self._space}}}fgColor", **colour)
            etree.SubElement(pattern, f"{{{self._space}}}bgColor", **background)
            self._fills[fill_key] = self._append("fills", fill)
        return self._fills[fill_key]

    def _font(self, properties: Mapping[str, str]) -> int:
        font = self._element("font")
        for tag in ("b", "u", "sz", "color", "name"):  # in the order that the format asks for
            value = properties.get(tag) or {"sz": "10", "name": "宋体"}.get(tag)
            if value:
                etree.SubElement(
                    font, f"{{{self._space}}}{tag}", **{"rgb" if tag == "color" else "val": value}
                )
        return self._append("fonts", font)

    def _border(self) -> int:
        border = self._element("border")
        for side in ("left", "right", "top", "bottom"):
            line = etree.SubElement(border, f"{{{self._space}}}{side}", style="thin")
            etree.SubElement(line, f"{{{self._space}}}color", rgb="FFBFBFBF")
        etree.SubElement(border, f"{{{self._space}}}diagonal")
        return self._append("borders", border)

    def _append(self, group: str, element: etree._Element) -> int:
        self._groups[group].append(element)
        number = len(self._groups[group])
        self._groups[group].set("count", str(number))
        return number - 1

    def _element(self, tag: str, **attributes: str) -> etree._Element:
        return etree.Element(f"{{{self._space}}}{tag}", **attributes)
