from pathlib import Path

import pytest
from ledger_samples import open_ledger

from zjf.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """An empty ledger."""
    return open_ledger(tmp_path)
