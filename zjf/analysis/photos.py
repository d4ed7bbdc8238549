"""Photos of houses (嘉峰 五(一); 云阳 附2三(二)): finds those missing, unreadable, used twice, or older than the works."""

import hashlib
import io
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from zjf.files import is_litter

VIEWS = ("正面", "隐患部位")
"""The views that every house needs a photo of."""
IN_NO_LEDGER = "不在台账"
"""The state of photos of a house that no ledger of the period has."""

_OF_TELEPHONES = frozenset({".heic", ".heif", ".avif"})
_ENDINGS = frozenset(
    {
        *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff"),
        *_OF_TELEPHONES,
    }
)
_WITH_VIEW = re.compile(rf"(?P<house>.*?)[\s_-]*(?P<view>(?:{'|'.join(VIEWS)}).*)")
_SMALL, _QUALITY = (800, 600), 75
_DATE_TAGS = (36867, 36868, 306)  # EXIF: DateTimeOriginal, DateTimeDigitized, DateTime
_MOST_PIXELS = 150_000_000
_COMPARED_SIDE = 9
"""Pictures are compared at this many pixels a side: a copy saved at another size still gives the same pixels."""


@dataclass(frozen=True)
class PhotoFile:
    """A file of the photo folder, with the house and the view in its name: 正面, 隐患部位, or another word."""

    path: Path
    house_id: str
    view: str

    @cached_property
    def picture(self) -> "Picture | None":
        """The picture's content; None where it cannot be read."""
        return _read_picture(self.path)


@dataclass(frozen=True)
class Picture:
    """A picture that could be read.

    Its fingerprint, of the brightness of neighbouring pixels, is the same at several sizes; that of one even surface
    says nothing and is not compared. The day on which it was taken, by the camera's clock, is None where the file does
    not say. The thumbnail is a JPEG.
    """

    sha256: str
    fingerprint: int
    is_even: bool
    taken_on: date | None
    thumbnail: bytes


@dataclass(frozen=True)
class PhotoFinding:
    """The state of a photo of a house, or of a view without one.

    Args:
        state: 有, 缺, 打不开, 与他栋相同, 早于整治, 不在台账, 认不出是哪一栋, 不是照片.
        detail: The file, and the file or date that it was compared with.
    """

    house_id: str
    view: str
    state: str
    detail: str


class PhotoFolder:
    """A county's photos: `<房屋编号>_正面.jpg`, `<房屋编号>_隐患部位.jpg`, or `<房屋编号>/正面.jpg`, in any folder below.

    Raises:
        OSError: The folder cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, list[PhotoFile]] = {}
        self.unnamed: list[Path] = []
        self.others: list[Path] = []
        for path in _files_in(folder):
            if path.suffix.lower() not in _ENDINGS:
                self.others.append(path)
                continue
            house_id, view = _named(path, folder)
            if house_id:
                self.files.setdefault(house_id, []).append(PhotoFile(path, house_id, view))
            else:
                self.unnamed.append(path)

    @property
    def count(self) -> int:
        """The number of pictures."""
        return len(self.unnamed) + sum(map(len, self.files.values()))

    def of(self, house_id: str) -> list[PhotoFile]:
        """Returns the photos of a house, 正面 first."""
        order = {view: index for index, view in enumerate(VIEWS)}
        return sorted(self.files.get(house_id, ()), key=lambda photo: (order.get(photo.view, 9), photo.path))

    def states(self, house_id: str, works: date | None) -> Iterator[PhotoFinding]:
        """Yields the state of each photo of one house (有, 打不开, 早于整治), and each missing view (缺).

        `works` is the day on which its works were finished; None if they are not.
        """
        for photo in self.of(house_id):
            yield _fault_of(photo, works) or PhotoFinding(house_id, photo.view, "有", photo.path.name)
        yield from self._missing_views(house_id)

    def findings(
        self, houses: Mapping[str, Mapping[str, Any]], needing_photos: Iterable[str]
    ) -> list[PhotoFinding]:
        """Returns everything that is wrong with the photos."""
        return [
            *(finding for house_id in needing_photos for finding in self._missing_views(house_id)),
            *self._unreadable_or_old(houses),
            *self._used_twice(),
            *(
                PhotoFinding(
                    house_id, "、".join(photo.view for photo in files), IN_NO_LEDGER, files[0].path.name
                )
                for house_id, files in self.files.items()
                if house_id not in houses
            ),
            *(PhotoFinding("", "", "认不出是哪一栋", path.name) for path in self.unnamed),
            *(PhotoFinding("", "", "不是照片", path.name) for path in self.others),
        ]

    def _missing_views(self, house_id: str) -> Iterator[PhotoFinding]:
        views = {photo.view for photo in self.files.get(house_id, ())}
        for view in VIEWS:
            if not any(photographed.startswith(view) for photographed in views):
                yield PhotoFinding(house_id, view, "缺", f"应有 {house_id}_{view}.jpg")

    def _unreadable_or_old(self, houses: Mapping[str, Mapping[str, Any]]) -> Iterator[PhotoFinding]:
        for house_id, files in self.files.items():
            for photo in files:
                if finding := _fault_of(photo, houses.get(house_id, {}).get("rectified_on")):
                    yield finding

    def _used_twice(self) -> Iterator[PhotoFinding]:
        first_with: dict[object, PhotoFile] = {}
        for photo in (photo for files in self.files.values() for photo in files):
            if photo.picture is None:
                continue
            marks = [photo.picture.sha256, *([] if photo.picture.is_even else [photo.picture.fingerprint])]
            earlier = next((first_with[mark] for mark in marks if mark in first_with), None)
            for mark in marks:
                first_with.setdefault(mark, photo)
            if earlier and earlier.house_id != photo.house_id:
                detail = f"{photo.path.name} 与 {earlier.path.name} 是同一张"
                yield PhotoFinding(photo.house_id, photo.view, "与他栋相同", detail)


def _files_in(folder: Path) -> Iterator[Path]:
    """Yields the files below a folder that people put there: a memory stick has some of the system, too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(map(is_litter, path.relative_to(folder).parts)):
            yield path


def _named(path: Path, root: Path) -> tuple[str, str]:
    """Returns the house and the view that a file's name says; the house may be its folder's name.

    The number is returned as ledgers have it: in capitals, of half width, without spaces.
    """
    stem = unicodedata.normalize("NFKC", path.stem).strip()
    match = _WITH_VIEW.fullmatch(stem)
    house_id, view = (match["house"], match["view"]) if match else stem.rpartition("_")[::2]
    if match and not house_id and path.parent != root:
        house_id = unicodedata.normalize("NFKC", path.parent.name)
    return "".join(house_id.split()).upper(), view


def _fault_of(photo: PhotoFile, works_finished: date | None) -> PhotoFinding | None:
    """Returns 打不开, or 早于整治 (taken before the works were finished); None where a photo is neither."""
    if photo.picture is None:
        save_as = "，请另存为 .jpg" if photo.path.suffix.lower() in _OF_TELEPHONES else ""
        return PhotoFinding(photo.house_id, photo.view, "打不开", f"{photo.path.name}{save_as}")
    if works_finished and photo.picture.taken_on and photo.picture.taken_on < works_finished:
        detail = f"{photo.path.name} 摄于 {photo.picture.taken_on}，整治完成于 {works_finished}"
        return PhotoFinding(photo.house_id, photo.view, "早于整治", detail)
    return None


def _read_picture(path: Path) -> Picture | None:
    from PIL import Image, ImageOps

    try:
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, and of large pictures below the limit
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return None
                taken_on = _day_taken(picture.getexif())
                upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail(_SMALL)
        fingerprint, is_even = _fingerprint(upright.convert("L").resize((_COMPARED_SIDE, _COMPARED_SIDE)))
        thumbnail = io.BytesIO()
        upright.save(thumbnail, "JPEG", quality=_QUALITY)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return Picture(hashlib.sha256(data).hexdigest(), fingerprint, is_even, taken_on, thumbnail.getvalue())


def _fingerprint(grey: Any) -> tuple[int, bool]:
    levels = list(grey.tobytes())  # a grey picture has one byte for each pixel
    bits = [level > next_level for level, next_level in pairwise(levels)]
    return sum(bit << index for index, bit in enumerate(bits)), max(levels) - min(levels) < _COMPARED_SIDE


def _day_taken(exif: Any) -> date | None:
    dates = [exif.get_ifd(0x8769).get(tag) or exif.get(tag) for tag in _DATE_TAGS]
    for text in filter(None, dates):
        try:
            return datetime.strptime(str(text)[:10], "%Y:%m:%d").date()  # a camera knows no zone
        except ValueError:
            continue
    return None
