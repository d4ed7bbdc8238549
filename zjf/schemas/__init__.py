"""The forms, one file each. Importing this package registers every one of them in `FORMS`."""

from importlib import import_module
from pkgutil import iter_modules

from zjf.schemas.attachment_1 import ManagementClosureReview
from zjf.schemas.attachment_2 import RectificationProgress
from zjf.schemas.form import FORMS, Field, Form
from zjf.schemas.house_ledger import House
from zjf.schemas.household_ledger import Household
from zjf.schemas.issue_ledger import Issue
from zjf.schemas.platform_list import PlatformHouse
from zjf.schemas.report_audit import ReportAudit
from zjf.schemas.spot_check import SpotCheck
from zjf.schemas.sweep_table import VillageSweep

__all__ = [
    "FORMS",
    "Field",
    "Form",
    "House",
    "Household",
    "Issue",
    "ManagementClosureReview",
    "PlatformHouse",
    "RectificationProgress",
    "ReportAudit",
    "SpotCheck",
    "VillageSweep",
]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
