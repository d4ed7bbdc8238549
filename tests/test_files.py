"""A file appears whole or not at all."""

import errno
import os
import time
from pathlib import Path

import pytest

from tests.permissions import as_an_ordinary_user, open_folder
from zjf.errors import CannotDoError
from zjf.files import cannot_write, replacing


def test_a_finished_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "out" / "2024-W23" / "汇总表.xlsx"
    with replacing(target) as temporary:
        assert temporary.parent == target.parent
        assert temporary.suffix == ".xlsx"
        temporary.write_text("旧")
    with replacing(target) as temporary:
        temporary.write_text("新")
        assert target.read_text() == "旧"
    assert target.read_text() == "新"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("stopped_by", [ValueError, KeyboardInterrupt])
def test_an_interrupted_run_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, stopped_by: type[BaseException]
) -> None:
    target = tmp_path / "汇总表.xlsx"
    target.write_text("旧")
    with pytest.raises(stopped_by), replacing(target) as temporary:  # noqa: PT012
        temporary.write_text("半")
        raise stopped_by
    assert target.read_text() == "旧"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_program_left_is_removed_later(tmp_path: Path) -> None:
    abandoned, at_work, others = (
        tmp_path / name for name in (".合并台账.0a1b2c3d.xlsx", ".合并台账.4e5f6a7b.xlsx", ".别的.xlsx")
    )
    for path in (abandoned, at_work, others):
        path.write_text("半")
    long_ago = time.time() - 3600
    for path in (abandoned, others):
        os.utime(path, (long_ago, long_ago))
    with replacing(tmp_path / "汇总表.xlsx") as temporary:
        temporary.write_text("新")
    assert {path.name for path in tmp_path.iterdir()} == {"汇总表.xlsx", at_work.name, others.name}


def test_what_cannot_be_written_is_said_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "汇总表.xlsx").mkdir()
    with (
        pytest.raises(CannotDoError, match=r"写不出.*汇总表\.xlsx"),
        replacing(tmp_path / "汇总表.xlsx") as temporary,
    ):
        temporary.write_text("新")
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_folder_that_is_a_file_stops_the_command(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(CannotDoError), replacing(tmp_path / "out" / "汇总表.xlsx"):
        pytest.fail("没有文件夹就不该开始写")


def test_each_cause_has_its_cure(tmp_path: Path) -> None:
    target = tmp_path / "附件2.xlsx"
    assert "没有权限" in str(cannot_write(target, PermissionError()))
    target.write_text("")
    assert (
        str(cannot_write(target, PermissionError()))
        == "“附件2.xlsx”正被其他程序打开，无法写入。请关闭后重试。"
    )
    for number, why, cure in (
        (errno.ENOSPC, "磁盘已满", "请清理磁盘后重试。"),
        (errno.EMFILE, "打开的文件太多", "请关掉其他程序后重试。"),
        (errno.ENOMEM, "内存不够", "请关掉其他程序后重试。"),
        (errno.ENOTDIR, "路径中有一段不是文件夹", "请检查路径后重试。"),
    ):
        assert str(cannot_write(target, OSError(number, ""))) == f"写不出“{target}”（{why}）。{cure}"


def test_a_folder_that_is_closed_to_writing_is_not_said_to_be_in_use() -> None:
    with open_folder() as folder:
        target = folder / "附件2.xlsx"
        target.write_text("旧")
        target.chmod(0o666)
        folder.chmod(0o555)
        with (
            as_an_ordinary_user(),
            pytest.raises(CannotDoError, match="没有权限写入文件夹"),
            replacing(target) as temporary,
        ):
            temporary.write_text("新")
        target.chmod(0o444)
        folder.chmod(0o777)
        with as_an_ordinary_user():
            assert "没有权限写入“附件2.xlsx”" in str(cannot_write(target, PermissionError()))
