"""Photos held against the ledger: missing, unreadable, used twice, older than the works."""

import io
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from .office import GREENSTONE, MINE, TOWN, Office, ledger
from .papers import take_in

HAZARD = {
    "初判结论": "存在一定安全隐患",
    "初判日期": "2024-03-05",
    "整治措施": "维修加固",
    "整治完成日期": "2024-05-01",
    "销号方式": "工程措施",
    "销号日期": "2024-05-20",
    "验收日期": "2024-05-10",
}


def picture(seed: int, size: tuple[int, int] = (320, 240), taken: str = "") -> bytes:
    """A picture of nothing in particular, the same for the same seed."""
    random = Random(seed)
    small = Image.new("L", (8, 6))
    small.putdata([random.randrange(256) for _ in range(48)])
    exif = Image.Exif()
    if taken:
        exif[36867] = taken
    file = io.BytesIO()
    small.resize(size, Image.Resampling.BILINEAR).save(file, "JPEG", exif=exif, quality=90)
    return file.getvalue()


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "照片"
    folder.mkdir()
    files = {
        "YS0001_正面.jpg": picture(1),
        "YS0001_隐患部位.jpg": picture(2, taken="2024:04:01 09:00:00"),
        "YS0002_正面.jpg": picture(1, size=(640, 480)),
        "YS0002_隐患部位.jpg": b"no picture at all",
        "YS0099_正面.jpg": picture(4),
        "随手拍.jpg": picture(5),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_each_fault_is_named_by_house_and_view(office: Office, album: Path) -> None:
    take_in(office, {TOWN: [HAZARD, HAZARD, HAZARD]})
    ran = office.run("photos", album, "--format", "json", "--county", office.folder)
    assert ran.code == 1, ran.err
    found = {(finding["house_id"], finding["view"], finding["what"]) for finding in ran.json["findings"]}
    assert found == {
        ("YS0001", "隐患部位", "早于整治"),
        ("YS0002", "正面", "与他栋相同"),
        ("YS0002", "隐患部位", "打不开"),
        ("YS0003", "正面", "缺"),
        ("YS0003", "隐患部位", "缺"),
        ("YS0099", "正面", "不在台账"),
        ("", "", "认不出是哪一栋"),
    }
    assert ran.code == 1
    assert (ran.json["houses"], ran.json["photos"]) == (3, 6)


@pytest.mark.parametrize(
    ("front", "hazard"),
    [
        ("YS0001-正面.jpg", "YS0001 隐患部位.JPG"),
        ("ys0001_正面.jpg", "ＹＳ０００１＿隐患部位.jpg"),
        ("YS0001正面（1）.jpg", "YS0001_隐患部位_2.jpeg"),
        ("YS0001/正面.jpg", "ys0001/隐患部位1.jpg"),
        ("城关街道/东村/YS0001_正面.jfif", "城关街道/东村/YS0001_隐患部位.jpg"),
    ],
)
def test_a_house_and_its_view_are_known_however_they_are_joined(
    office: Office, tmp_path: Path, front: str, hazard: str
) -> None:
    take_in(office, {TOWN: [HAZARD]})
    litter = (".DS_Store", "东村/Thumbs.db", "._YS0001_正面.jpg", "System Volume Information/WPSettings.dat")
    for seed, name in enumerate((front, hazard, *litter)):
        path = tmp_path / "照片" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture(seed))
    ran = office.run("photos", tmp_path / "照片", "--format", "json", "--county", office.folder)
    assert (ran.json["findings"], ran.json["photos"]) == ([], 2)


def test_what_telephones_write_and_what_is_no_photo_is_told(office: Office, tmp_path: Path) -> None:
    take_in(office, {TOWN: [HAZARD]})
    for name in ("YS0001_正面.HEIC", "YS0001_隐患部位.jpg", "照片.zip"):
        (tmp_path / name).write_bytes(picture(1) if name.endswith("jpg") else b"\0\0\0\x18ftypheic")
    ran = office.run("photos", tmp_path, "--format", "json", "--county", office.folder)
    found = {(finding["house_id"], finding["view"], finding["what"]) for finding in ran.json["findings"]}
    assert found == {("YS0001", "正面", "打不开"), ("", "", "不是照片")}


def test_photos_of_another_units_houses_are_not_said_to_be_strange(office: Office, album: Path) -> None:
    take_in(office, {TOWN: [HAZARD], GREENSTONE: [HAZARD | {"房屋编号": "YS0099"}]})
    ran = office.run("photos", album, "--unit", TOWN, "--format", "json", "--county", office.folder)
    found = {(finding["house_id"], finding["what"]) for finding in ran.json["findings"]}
    assert found == {
        ("YS0001", "早于整治"),
        ("YS0002", "与他栋相同"),
        ("YS0002", "打不开"),
        ("YS0002", "不在台账"),
        ("", "认不出是哪一栋"),
    }


def test_pictures_stand_small_in_the_book(office: Office, album: Path) -> None:
    take_in(office, {TOWN: [HAZARD, HAZARD, HAZARD]})
    for style in ("docx", "pdf"):
        ran = office.run(
            "paper", "book", "--house", "YS0001", "--as", style, "--photos", album, "--county", office.folder
        )
        assert ran.code == 0, ran.err
    sizes = {path.suffix: path.stat().st_size for path in (office.out / "papers").iterdir()}
    assert sizes[".docx"] < 300_000


def test_of_who_sent_no_ledger_nothing_is_known(office: Office, album: Path) -> None:
    office.receive("台账.xlsx", ledger(TOWN, HAZARD))
    office.aggregate()
    told = office.run("photos", album, "--format", "json", "--county", office.folder).json
    (strange,) = [finding for finding in told["findings"] if finding["house_id"] == "YS0099"]
    assert (strange["what"], "也可能是它们的房屋" in strange["detail"]) == ("不在台账", True)
    assert told["without_ledger"] == [GREENSTONE, MINE]
    assert (
        f"不清楚的单位：{GREENSTONE}、{MINE}。" in office.run("photos", album, "--county", office.folder).out
    )


def test_the_list_of_last_time_is_written_anew(office: Office, album: Path) -> None:
    take_in(office, {TOWN: [HAZARD]})
    for _ in range(2):
        ran = office.run("photos", album, "--format", "xlsx", "--county", office.folder)
        assert (ran.code, ran.err) == (1, "")
