"""Houses of a Markdown table, classified under a notice."""

import pandas as pd

from tests.counting.test_tally import houses
from zjf.analysis.classification import classify, departments
from zjf.notices.notice import Notice

YUNYANG, RONGAN, JIAXIANG, JIAFENG = map(
    Notice.load, ("yunyang-2022", "rongan-2022", "jiaxiang-2024", "jiafeng-2024")
)


def classes(table: str, notice: Notice = YUNYANG) -> pd.DataFrame:
    """The classification of a Markdown table of houses, by their numbers."""
    street = houses(table)
    return classify(street, notice, departments(notice)).set_axis(street.house_id)
