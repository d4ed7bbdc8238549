"""Pieces of packages: what somebody writes who changes a workbook part by part."""

from collections.abc import Callable


def put(old: bytes | str, new: bytes | str) -> Callable[[bytes], bytes]:
    """What puts one text for another in a part."""
    one, other = (text.encode() if isinstance(text, str) else text for text in (old, new))
    return lambda xml: xml.replace(one, other)


def relation(kind: str, target: str, number: int = 9) -> str:
    """A relation to another part."""
    place = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="rId{number}" Type="{place}/{kind}" Target="{target}"/>'


def relations(*relations: str) -> str:
    """The part that tells a part's relations."""
    about = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{about}">{"".join(relations)}</Relationships>'
