"""The figures of attachments that a unit of a county of chance writes down by itself."""

from random import Random

from tests.recounts.lives import Row


def attachment_2(houses: list[Row], random: Random) -> Row:
    """What a unit writes down by itself, right or not."""
    surveyed = max(len(houses), 3)
    commercial = random.randrange(surveyed)
    suspected, shops = random.randrange(surveyed - commercial), random.randrange(commercial + 1)
    appraised = random.randint(0, suspected)
    grade_cd = random.randint(0, appraised)
    return {
        "surveyed": surveyed,
        "commercial": commercial,
        "noncommercial": surveyed - commercial,
        "commercial_suspected": shops,
        "commercial_closed": random.randint(0, shops + 2),
        "suspected": suspected,
        "cleared": random.randint(0, suspected - appraised),
        "direct_works": 0,
        "appraised": appraised,
        "grade_cd": grade_cd,
        "cd_works": random.randint(0, grade_cd),
        "closed": random.randint(0, suspected),
        "online_confirmed": 3,
        "online_issues": 5,
    }


def attachment_1(houses: list[Row]) -> Row:
    shops, others = len(houses) // 5, len(houses) // 7
    return {
        "total": shops + others,
        "commercial_closed": shops,
        "commercial_reviewed": shops // 2,
        "commercial_hazard": shops // 3,
        "commercial_works": shops // 4,
        "noncommercial_closed": others,
        "noncommercial_reviewed": others // 2,
        "noncommercial_hazard": others // 3,
        "noncommercial_works": others // 4,
    }
