"""A notice that a county writes itself."""

from pathlib import Path

from zjf.notices.notice import Notice


def own_notice(county: Path, content: str, name: str = "yunshui-2024") -> Notice:
    (county / "notices" / f"{name}.toml").write_text(content, "utf-8")
    return Notice.load(name, county)
