"""Where the cities of the demo lie, which language is spoken on the floor there, and what its coaches bring."""

from typing import Any

from coaching.models import CoachProfile
from partners.models import Person

CITIES = {  # degrees north and east
    "Aarhus": (56.16, 10.20), "Adelaide": (-34.93, 138.60), "Akron": (41.08, -81.52), "Berlin": (52.52, 13.41),
    "Betim": (-19.97, -44.20), "Boston": (42.36, -71.06), "Camaçari": (-12.70, -38.32), "Canton": (40.80, -81.38),
    "Chicago": (41.88, -87.63), "Cincinnati": (39.10, -84.51), "Cleveland": (41.50, -81.69), "Cluj-Napoca": (46.77, 23.59),
    "Columbus": (39.96, -83.00), "Copenhagen": (55.68, 12.57), "Cork": (51.90, -8.47), "Córdoba": (-31.42, -64.18),
    "Dayton": (39.76, -84.19), "Everett": (47.98, -122.20), "Gdynia": (54.52, 18.53), "Győr": (47.68, 17.63),
    "Indianapolis": (39.77, -86.16), "Jena": (50.93, 11.59), "Kraków": (50.06, 19.94), "London": (51.51, -0.13),
    "Louisville": (38.25, -85.76), "Lyon": (45.76, 4.84), "Manila": (14.60, 120.98), "Mesa": (33.42, -111.83),
    "Nashik": (20.00, 73.79), "Odense": (55.40, 10.40), "Opole": (50.67, 17.93), "Ostrava": (49.82, 18.26),
    "Puebla": (19.04, -98.21), "Pune": (18.52, 73.86), "Querétaro": (20.59, -100.39), "Resende": (-22.47, -44.45),
    "São Paulo": (-23.55, -46.63), "Seattle": (47.61, -122.33), "Singapore": (1.35, 103.82), "Teplice": (50.64, 13.82),
    "Toledo": (41.65, -83.54), "Toulouse": (43.60, 1.44), "Wichita": (37.69, -97.34), "Youngstown": (41.10, -80.65),
}  # fmt: skip
SPOKEN = {"FR": "fr", "DK": "da", "BR": "pt", "MX": "es", "AR": "es", "DE": "de"}
BRINGS = {
    "Ken Obara": (["en"], ["health", "a3", "management"], 12),
    "Marta Ellison": (["en", "es"], ["health", "office", "a3"], 12),
    "Judith Lund": (["en", "da", "de", "fr"], ["process", "logistics", "gemba"], 11),
    "Tomás Rey": (["en", "pt", "es"], ["assembly", "gemba"], 12),
    "Priya Nair": (["en"], ["assembly", "office"], 11),
    "Sam Okonjo": (["en"], ["office", "a3"], 10),
    "Hanna Wirth": (["en", "de"], ["process", "management"], 10),
    "Luc Moreau": (["en", "fr"], ["process", "gemba"], 10),
    "Ewa Sobol": (["en", "de"], ["assembly", "logistics"], 9),
    "Rob Castellan": (["en"], ["assembly", "management"], 9),
    "Grace Adeyemi": (["en", "fr"], ["health", "office"], 8),
    "Mei Tan": (["en"], ["office", "logistics"], 8),
}


def lies(city: str, country: str) -> dict[str, Any]:
    """What a site of the demo says about its place and its language."""
    north, east = CITIES.get(city, (None, None))
    return {"latitude": north, "longitude": east, "language": SPOKEN.get(country, "en")}


def write_profiles(laps: list[dict[str, Person]]) -> None:
    """One profile per coach; those of later laps bring what the first lap's do."""
    rows = []
    for lap in laps:
        for name, coach in lap.items():
            languages, experience, days = BRINGS[name]
            north, east = CITIES[coach.based_in]
            rows.append(
                CoachProfile(
                    coach=coach,
                    languages=languages,
                    experience=experience,
                    days_a_month=days,
                    latitude=north,
                    longitude=east,
                )
            )
    CoachProfile.objects.bulk_create(rows, batch_size=5000)
