"""The forms. Importing this package registers every one of them in `FORMS`."""

from zjf.schemas.attachment_1 import ManagementClosureReview
from zjf.schemas.attachment_2 import RectificationProgress
from zjf.schemas.form import FORMS, Field, Form
from zjf.schemas.house_ledger import House
from zjf.schemas.sweep_table import VillageSweep

__all__ = [
    "FORMS",
    "Field",
    "Form",
    "House",
    "ManagementClosureReview",
    "RectificationProgress",
    "VillageSweep",
]
