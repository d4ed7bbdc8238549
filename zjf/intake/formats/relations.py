"""What the parts of an office package refer to, as office programs follow it: names in any case, paths from the part."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from zjf.intake.formats.extras import DamagedError


class Relation(NamedTuple):
    """A part that another refers to: what it is (`drawing`), and its path; of an external one, its address."""

    kind: str
    target: str


def related(package: zipfile.ZipFile, part: str) -> Iterator[Relation]:
    """Yields the parts that a part refers to; the empty path means the package as a whole."""
    return (relation for _, relation in _relations(package, part))


def related_by_number(package: zipfile.ZipFile, part: str) -> dict[str, Relation]:
    """Returns the parts that a part refers to, by the number that it has for each (`rId1`).

    Raises:
        DamagedError: Two have one number.
    """
    found = [*_relations(package, part)]
    by_number = dict(found)
    if len(by_number) < len(found):
        raise DamagedError("文件已损坏，里面有两部分用了同一个编号，不知道以哪一份为准")
    return by_number


def _relations(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Relation]]:
    content = read_part(package, relations_part(part))
    for relation in ElementTree.fromstring(content) if content is not None else ():
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            target = target_from(part, target)
        yield relation.get("Id", ""), Relation(relation.get("Type", "").rpartition("/")[2], target)


def relations_part(part: str) -> str:
    """Returns the path of the part that lists what a part refers to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target_from(part: str, target: str) -> str:
    """Returns the path of the part that a part refers to, as a relation names it."""
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
    return posixpath.normpath(unquote(path))


def read_part(package: zipfile.ZipFile, path: str) -> bytes | None:
    """Returns a part's content; None where there is none of that name. Case does not matter."""
    name = next((name for name in package.namelist() if name.lower() == path.lower()), None)
    return package.read(name) if name is not None else None
