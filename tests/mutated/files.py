"""Files of every type, changed at random: bytes of all of them, the parts of packages, the rows of texts."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sample_data.files import as_bytes
from tests.intake.test_file_types import FIXTURES, a_sheet
from tests.mutated.packages import changed_inside
from tests.render.marked_copy.copies import ledger
from tests.render.marked_copy.test_own_file import furnished

_OFTEN = {"xlsx": 3, "ods": 3, "xlsm": 1, "xlsb": 2, "xls": 2}
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Mutated:
    """A changed file: what it is called, what was done to it, its bytes."""

    name: str
    done: str
    data: bytes


@cache
def good_files() -> dict[str, tuple[str, bytes]]:
    """What is changed: by a name the ending and the bytes of a file."""
    wrong = ledger({"结构类型": "砖昆", "产权人": ""}, {"地上层数": "３层"}, {"联系电话": "123"})
    own = furnished(wrong)
    return {
        "plain": ("xlsx", as_bytes([a_sheet()], "xlsx")),
        "furnished": ("xlsx", own),
        "macros": ("xlsm", own),
        "xls": ("xls", as_bytes([a_sheet()], "xls")),
        "et": ("et", as_bytes([a_sheet()], "et")),
        "ods": ("ods", as_bytes([a_sheet()], "ods")),
        "csv": ("csv", as_bytes([a_sheet()], "csv")),
        "gb": ("csv", as_bytes([a_sheet()], "gb.csv")),
        "xlsb": ("xlsb", (FIXTURES / "ledger.xlsb").read_bytes()),
    }


def mutated(count: int, seed: int, more: dict[str, tuple[str, bytes]] | None = None) -> Iterator[Mutated]:
    """So many changed files; the same seed gives the same.

    Args:
        count: How many.
        seed: Where the dice start.
        more: Further files that are changed, as `good_files` gives them.
    """
    files = {**good_files(), **(more or {})}
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        base = chance.choice([name for name in sorted(files) for _ in range(_OFTEN.get(files[name][0], 1))])
        ending, data = files[base]
        if data.startswith(_ZIP) and chance.random() < 0.85:
            done, changed = changed_inside(chance, data)
        else:
            done, changed = changed_bytes(chance, data)
        if chance.random() < 0.05:
            ending = chance.choice(("xlsx", "xls", "ods", "csv", "xlsb", "et", "pdf", "txt"))
        yield Mutated(f"{number:04}-{base}.{ending}", f"{base}: {done}", changed)


def changed_bytes(chance: random.Random, data: bytes) -> tuple[str, bytes]:
    """The bytes of a file, changed without knowing what they mean."""
    size = len(data)
    start = chance.randrange(size)
    what = chance.choice(("flipped", "cut", "zeroed", "lost", "doubled", "filled", "swapped", "turned"))
    end = min(size, start + chance.randrange(1, 2000))
    if what == "flipped":
        changed = bytearray(data)
        for _ in range(chance.choice((1, 4, 30, 300))):
            changed[chance.randrange(size)] = chance.choice((0, 255, chance.randrange(256)))
        return what, bytes(changed)
    middle = {
        "cut": b"",
        "zeroed": bytes(end - start),
        "lost": b"",
        "doubled": data[start:end] * 2,
        "filled": b"\xff" * (end - start),
        "swapped": data[start:end][::-1],
        "turned": bytes(byte ^ 0x80 for byte in data[start:end]),
    }[what]
    return what, data[:start] + middle + (b"" if what == "cut" else data[end:])
