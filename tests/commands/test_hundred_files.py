"""A folder of a hundred files, some of which cannot be read."""

from collections import Counter
from pathlib import Path

import sample_data

from .office import WRONG, Office, ledger

UNREADABLE = {
    "断了的.xlsx": ("F001", lambda sound: sound[: len(sound) // 2]),
    "空的.xlsx": ("F001", lambda _: b""),
    "加密的.xlsx": ("F002", lambda _: Path(sample_data.__file__).with_name("encrypted.xlsx").read_bytes()),
    "扫描件.pdf": ("F011", lambda _: b"%PDF-1.4\n%%EOF\n"),
    "其实是文字.xls": ("F001", lambda _: "这是一份通知。".encode()),
}
FILES = 100


def test_all_hundred_are_reported_on(office: Office) -> None:
    sound = office.receive("第00村.xlsx", ledger("第00村", {}, {}))
    for number in range(1, FILES - len(UNREADABLE)):
        unit, wrong = f"第{number:02}村", WRONG if number == 50 else {}
        office.receive(f"{unit}.xlsx", ledger(unit, wrong, {}, number_from=10 * number))
    for name, (_, broken) in UNREADABLE.items():
        office.receive(name, broken(sound.read_bytes()))
    ran = office.run("validate", office.inbox, "--format", "json")
    files = {Path(file["path"]).name: file for file in ran.json["files"]}
    assert ran.code == 1
    assert len(files) == ran.json["totals"]["files"] == FILES
    assert Counter(file["status"] for file in files.values()) == {
        "ok": FILES - len(UNREADABLE) - 1,
        "errors": 1,
        "unreadable": len(UNREADABLE),
    }
    assert [problem["code"] for problem in files["第50村.xlsx"]["problems"]] == ["C104"]
    for name, (code, _) in UNREADABLE.items():
        assert [problem["code"] for problem in files[name]["problems"]] == [code]
    assert ran.json["totals"]["rows"] == 2 * (FILES - len(UNREADABLE))
