"""Photos of houses (嘉峰 五(一); 云阳 附2三(二)): which are missing, unreadable, used twice, or older than the works."""

import hashlib
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

VIEWS = ("正面", "隐患部位")
"""The views of which every house is to have a photo."""

_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff"})
_SMALL, _QUALITY = (800, 600), 75
_TAKEN = (36867, 36868, 306)  # EXIF: DateTimeOriginal, DateTimeDigitized, DateTime
_MOST_PIXELS = 150_000_000
_SIDE = 9
"""Pixels a side that two pictures are compared by: one saved anew at another size still looks the same."""


@dataclass(frozen=True)
class PhotoFile:
    """A file of the photo folder.

    Args:
        path: The file.
        house_id: The house that its name says.
        view: What its name says is to be seen: 正面, 隐患部位, or another word.
    """

    path: Path
    house_id: str
    view: str

    @cached_property
    def seen(self) -> "Seen | None":
        """The picture's content; None where it cannot be read."""
        return _look_at(self.path)


@dataclass(frozen=True)
class Seen:
    """A picture that could be read.

    Args:
        sha256: Of its bytes.
        gist: A fingerprint of the brightness of neighbouring spots: nearly the same for one picture at
            several sizes.
        plain: Whether it is one even surface, whose gist cannot be compared.
        taken: The day on which it was taken, by the camera's clock; None where the file does not say.
        small: The picture made small, as JPEG.
    """

    sha256: str
    gist: int
    plain: bool
    taken: date | None
    small: bytes


@dataclass(frozen=True)
class PhotoFinding:
    """What is wrong with the photos of a house.

    Args:
        house_id: The house.
        view: The view concerned.
        what: 缺, 打不开, 与他栋相同, 早于整治, 不在台账, 认不出.
        detail: The file, and what it was held against.
    """

    house_id: str
    view: str
    what: str
    detail: str


class PhotoFolder:
    """A county's photos: `<房屋编号>_正面.jpg`, `<房屋编号>_隐患部位.jpg`, in any folder below.

    Args:
        folder: The folder.

    Raises:
        OSError: The folder cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, list[PhotoFile]] = {}
        self.unnamed: list[Path] = []
        for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS):
            house_id, _, view = path.stem.rpartition("_")
            if house_id:
                self.files.setdefault(house_id, []).append(PhotoFile(path, house_id, view))
            else:
                self.unnamed.append(path)

    @property
    def count(self) -> int:
        """How many pictures there are."""
        return len(self.unnamed) + sum(map(len, self.files.values()))

    def of(self, house_id: str) -> list[PhotoFile]:
        """The photos of a house, 正面 first."""
        order = {view: place for place, view in enumerate(VIEWS)}
        return sorted(self.files.get(house_id, ()), key=lambda photo: (order.get(photo.view, 9), photo.path))

    def states(self, house_id: str, works: date | None) -> Iterator[PhotoFinding]:
        """How each photo of one house stands (有, 打不开, 早于整治), and each view that is lacking (缺).

        Args:
            house_id: The house.
            works: The day on which its works were finished; None where they are not.
        """
        for photo in self.of(house_id):
            yield _wrong_with(photo, works) or PhotoFinding(house_id, photo.view, "有", photo.path.name)
        yield from self._missing(house_id)

    def findings(self, houses: Mapping[str, Mapping[str, Any]], wanted: Iterable[str]) -> list[PhotoFinding]:
        """What is wrong with the photos.

        Args:
            houses: House: its row of the ledger.
            wanted: The houses that are to have photos.
        """
        return [
            *(finding for house_id in wanted for finding in self._missing(house_id)),
            *self._unreadable_or_old(houses),
            *self._used_twice(),
            *(
                PhotoFinding(
                    house_id, "、".join(photo.view for photo in files), "不在台账", files[0].path.name
                )
                for house_id, files in self.files.items()
                if house_id not in houses
            ),
            *(PhotoFinding("", "", "认不出是哪一栋", path.name) for path in self.unnamed),
        ]

    def _missing(self, house_id: str) -> Iterator[PhotoFinding]:
        views = {photo.view for photo in self.files.get(house_id, ())}
        for view in VIEWS:
            if not any(has.startswith(view) for has in views):
                yield PhotoFinding(house_id, view, "缺", f"应有 {house_id}_{view}.jpg")

    def _unreadable_or_old(self, houses: Mapping[str, Mapping[str, Any]]) -> Iterator[PhotoFinding]:
        for house_id, files in self.files.items():
            for photo in files:
                if finding := _wrong_with(photo, houses.get(house_id, {}).get("rectified_on")):
                    yield finding

    def _used_twice(self) -> Iterator[PhotoFinding]:
        first: dict[object, PhotoFile] = {}
        for photo in (photo for files in self.files.values() for photo in files):
            if photo.seen is None:
                continue
            marks = [photo.seen.sha256, *([] if photo.seen.plain else [photo.seen.gist])]
            other = next((first[mark] for mark in marks if mark in first), None)
            for mark in marks:
                first.setdefault(mark, photo)
            if other and other.house_id != photo.house_id:
                detail = f"{photo.path.name} 与 {other.path.name} 是同一张"
                yield PhotoFinding(photo.house_id, photo.view, "与他栋相同", detail)


def _wrong_with(photo: PhotoFile, works: date | None) -> PhotoFinding | None:
    """打不开 or 早于整治 (taken before the works were finished); None where a photo is neither."""
    if photo.seen is None:
        return PhotoFinding(photo.house_id, photo.view, "打不开", photo.path.name)
    if works and photo.seen.taken and photo.seen.taken < works:
        detail = f"{photo.path.name} 摄于 {photo.seen.taken}，整治完成于 {works}"
        return PhotoFinding(photo.house_id, photo.view, "早于整治", detail)
    return None


def _look_at(path: Path) -> Seen | None:
    from PIL import Image, ImageOps

    try:
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, and of large pictures below the limit
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return None
                taken = _day(picture.getexif())
                upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail(_SMALL)
        gist, plain = _gist(upright.convert("L").resize((_SIDE, _SIDE)))
        small = io.BytesIO()
        upright.save(small, "JPEG", quality=_QUALITY)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return Seen(hashlib.sha256(data).hexdigest(), gist, plain, taken, small.getvalue())


def _gist(grey: Any) -> tuple[int, bool]:
    levels = list(grey.tobytes())  # a grey picture has a byte a pixel
    bits = [left > right for left, right in pairwise(levels)]
    return sum(bit << place for place, bit in enumerate(bits)), max(levels) - min(levels) < _SIDE


def _day(exif: Any) -> date | None:
    dates = [exif.get_ifd(0x8769).get(tag) or exif.get(tag) for tag in _TAKEN]
    for text in filter(None, dates):
        try:
            return datetime.strptime(str(text)[:10], "%Y:%m:%d").date()  # a camera knows no zone
        except ValueError:
            continue
    return None
