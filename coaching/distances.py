"""How long a coach is on the way from one site to another, roughly: by car when it is near, else by air."""

import math

from partners.models import Site

EARTH = 6371.0  # km
BY_CAR = 300.0  # km; farther than that people fly
CAR, PLANE = 75.0, 700.0  # km/h
AROUND_A_FLIGHT = 4.0  # hours to the airport, through it, and from it


def distance(one: Site, other: Site) -> float | None:
    """Return the kilometres between two sites as the crow flies; None while one of them has no place on the map."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(one.longitude - other.longitude)
    half = math.sin((north - south) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def hours_between(one: Site, other: Site) -> float | None:
    """Return the hours that the way takes, door to door; None where it is not known."""
    km = distance(one, other)
    if km is None:
        return None
    return km / CAR if km <= BY_CAR else km / PLANE + AROUND_A_FLIGHT
