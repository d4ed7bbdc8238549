"""Elements of XML by their names, whatever namespace they are in; and the namespaces of Office Open XML."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def local_name(element: Element) -> str:
    """Returns the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def is_named(element: Element, name: str) -> bool:
    """Whether an element has a name, in any namespace."""
    return local_name(element) == name


def is_on(switch: Element) -> bool:
    """Whether an element that switches something on does so: without a value it does."""
    return switch.get("val", "1") not in ("0", "false")


def all_named(element: Element, name: str) -> Iterator[Element]:
    """Yields an element and those inside it that have a name, in any namespace."""
    return (part for part in element.iter() if is_named(part, name))
