"""人员密集场所: the businesses that gather people, however many use the house (融安 二(二)2(2))."""

from typing import Annotated

from pydantic import Field

from zjf.notices.provisions import Clausal
from zjf.schemas.vocabulary import Business


class CrowdedBusinesses(Clausal):
    """Businesses that make a commercial house a crowded one."""

    of: Annotated[tuple[Business, ...], Field(min_length=1)]


USUAL = CrowdedBusinesses(
    clause="融安 二(二)2(2)",
    of=(
        Business.HOTEL,
        Business.CATERING,
        Business.HOMESTAY,
        Business.FARM_STAY,
        Business.TRAINING,
        Business.SCHOOL,
        Business.ELDERLY_CARE,
        Business.CHILD_WELFARE,
        Business.CINEMA,
        Business.BAR,
        Business.INTERNET_CAFE,
        Business.BATHHOUSE,
        Business.CHESS_ROOM,
        Business.ENTERTAINMENT,
        Business.CLINIC,
        Business.MEDICAL,
        Business.SPORTS,
        Business.RELIGIOUS,
    ),
)
"""The businesses of every notice that names none of its own."""
