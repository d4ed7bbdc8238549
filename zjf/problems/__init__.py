"""Problems: what is wrong in a return, where, and what to do about it.

The catalogue of codes is written in Python, one declaration for each code. The codes of files, cells, tables and
duplicates are declared here; a rule declares its own beside its function (`zjf.rules`). Codes never change
meaning.
"""

from zjf.problems import cell_codes, file_codes
from zjf.problems.masking import NOBODY, People, is_name_like, masked, shown, without_stray_numbers
from zjf.problems.problem import (
    CATALOGUE,
    Problem,
    ProblemCode,
    Severity,
    declare,
    declare_all,
    first_few,
    problem,
)

__all__ = [
    "CATALOGUE",
    "NOBODY",
    "People",
    "Problem",
    "ProblemCode",
    "Severity",
    "cell_codes",
    "declare",
    "declare_all",
    "file_codes",
    "first_few",
    "is_name_like",
    "masked",
    "problem",
    "shown",
    "without_stray_numbers",
]
