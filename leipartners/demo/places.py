"""The six invented partners, their sites and priorities, and LEI's people."""

from dataclasses import dataclass

NEW_YORK, CHICAGO, PARIS = "America/New_York", "America/Chicago", "Europe/Paris"
COPENHAGEN, KOLKATA, WARSAW = "Europe/Copenhagen", "Asia/Kolkata", "Europe/Warsaw"
SAO_PAULO, PRAGUE, MEXICO = "America/Sao_Paulo", "Europe/Prague", "America/Mexico_City"


@dataclass(frozen=True)
class Place:
    name: str
    city: str
    country: str
    zone: str


@dataclass(frozen=True)
class Organisation:
    name: str
    description: str
    domain: str
    months_ago: int
    coaches: tuple[str, ...]
    priorities: tuple[str, ...]
    areas: tuple[str, ...]
    sites: tuple[Place, ...]


@dataclass(frozen=True)
class Colleague:
    """Somebody at LEI."""

    name: str
    based_in: str
    zone: str
    deed: str = "coach"


HALDEN = Organisation(
    name="Halden Valley Health",
    description="Health care, Ohio. 6,400 people.",
    domain="halden.example",
    months_ago=69,
    coaches=("Ken Obara", "Marta Ellison"),
    priorities=("The right bed in two hours", "No harm from medicines", "Keep our nurses"),
    areas=("5 West", "4 East", "Pharmacy", "Emergency", "Theatres", "Transport", "Sampling", "Clinics", "Admissions"),
    sites=(
        Place("Riverside", "Columbus", "US", NEW_YORK),
        Place("Lakeshore", "Cleveland", "US", NEW_YORK),
        Place("Ashford Lab", "Dayton", "US", NEW_YORK),
        Place("Northgate", "Columbus", "US", NEW_YORK),
        Place("St Brigid", "Toledo", "US", NEW_YORK),
        Place("Millbrook Clinic", "Akron", "US", NEW_YORK),
        Place("East Ridge", "Canton", "US", NEW_YORK),
        Place("Fairmount Rehabilitation", "Youngstown", "US", NEW_YORK),
        Place("Home Care", "Columbus", "US", NEW_YORK),
    ),
)
CORVANE = Organisation(
    name="Corvane Aerospace",
    description="Wing and engine parts. 11,200 people in seven plants.",
    domain="corvane.example",
    months_ago=66,
    coaches=("Ken Obara", "Priya Nair", "Rob Castellan"),
    priorities=("Every set complete on the day", "Right first time at the rivet", "Suppliers on our beat"),
    areas=("Wing line", "Rivet cell", "Paint", "Kitting", "Machining", "Inspection", "Supplier cell", "Tooling"),
    sites=(
        Place("Wichita, plant 1", "Wichita", "US", CHICAGO),
        Place("Wichita, plant 2", "Wichita", "US", CHICAGO),
        Place("Pune", "Pune", "IN", KOLKATA),
        Place("Toulouse", "Toulouse", "FR", PARIS),
        Place("Querétaro", "Querétaro", "MX", MEXICO),
        Place("Mesa", "Mesa", "US", "America/Phoenix"),
        Place("Everett", "Everett", "US", "America/Los_Angeles"),
    ),
)
NORRICK = Organisation(
    name="Norrick Foods",
    description="Dairy and ready meals. 8,900 people in six countries.",
    domain="norrick.example",
    months_ago=58,
    coaches=("Judith Lund", "Luc Moreau"),
    priorities=("Fresh in 24 hours", "Half the waste by 2027", "Lines that start on time"),
    areas=("Filling line", "Cold store", "Cheese hall", "Packing", "Laboratory", "Loading bay", "Maintenance"),
    sites=(
        Place("Lyon", "Lyon", "FR", PARIS),
        Place("Aarhus", "Aarhus", "DK", COPENHAGEN),
        Place("Odense", "Odense", "DK", COPENHAGEN),
        Place("Nashik", "Nashik", "IN", KOLKATA),
        Place("Gdynia", "Gdynia", "PL", WARSAW),
        Place("Adelaide", "Adelaide", "AU", "Australia/Adelaide"),
        Place("Cork", "Cork", "IE", "Europe/Dublin"),
    ),
)
TESSERA = Organisation(
    name="Tessera Bank",
    description="Retail bank in three states. 5,100 people.",
    domain="tessera.example",
    months_ago=44,
    coaches=("Sam Okonjo", "Marta Ellison"),
    priorities=("A dispute answered in two days", "Loans without rework", "One call is enough"),
    areas=("Card disputes", "Mortgages", "Call centre", "Onboarding", "Branch service", "Payments"),
    sites=(
        Place("Columbus", "Columbus", "US", NEW_YORK),
        Place("Cincinnati", "Cincinnati", "US", NEW_YORK),
        Place("Cleveland", "Cleveland", "US", NEW_YORK),
        Place("Louisville", "Louisville", "US", "America/Kentucky/Louisville"),
        Place("Indianapolis", "Indianapolis", "US", "America/Indiana/Indianapolis"),
        Place("Manila", "Manila", "PH", "Asia/Manila"),
    ),
)
BRASA = Organisation(
    name="Brasa Auto",
    description="Seats, presses and wiring for car makers. 7,300 people.",
    domain="brasa.example",
    months_ago=37,
    coaches=("Tomás Rey", "Sam Okonjo"),
    priorities=("Change a die in nine minutes", "No part without a standard", "Safe hands"),
    areas=("Press shop", "Welding", "Seat line", "Wiring", "Stores", "Tool room"),
    sites=(
        Place("Betim", "Betim", "BR", SAO_PAULO),
        Place("Camaçari", "Camaçari", "BR", "America/Bahia"),
        Place("Resende", "Resende", "BR", SAO_PAULO),
        Place("Córdoba", "Córdoba", "AR", "America/Argentina/Cordoba"),
        Place("Puebla", "Puebla", "MX", MEXICO),
    ),
)
OSTRAVA = Organisation(
    name="Ostrava Glass",
    description="Flat and container glass. 3,800 people in five countries.",
    domain="ostrava-glass.example",
    months_ago=25,
    coaches=("Hanna Wirth", "Ewa Sobol"),
    priorities=("Furnace time is customer time", "Cold end defects below 1 %", "Learn from each shift"),
    areas=("Furnace", "Cold end", "Moulds", "Packing", "Laboratory", "Shipping"),
    sites=(
        Place("Ostrava", "Ostrava", "CZ", PRAGUE),
        Place("Teplice", "Teplice", "CZ", PRAGUE),
        Place("Opole", "Opole", "PL", WARSAW),
        Place("Jena", "Jena", "DE", "Europe/Berlin"),
        Place("Győr", "Győr", "HU", "Europe/Budapest"),
        Place("Cluj", "Cluj-Napoca", "RO", "Europe/Bucharest"),
    ),
)
ORGANISATIONS = (HALDEN, CORVANE, NORRICK, TESSERA, BRASA, OSTRAVA)

COLLEAGUES = (
    Colleague("Nora Whitfield", "Boston", NEW_YORK, "staff"),
    Colleague("Elias Brandt", "Boston", NEW_YORK, "staff"),
    Colleague("Paula Lindqvist", "Boston", NEW_YORK, "administrator"),
    Colleague("Ken Obara", "Boston", NEW_YORK),
    Colleague("Marta Ellison", "Chicago", CHICAGO),
    Colleague("Judith Lund", "Copenhagen", COPENHAGEN),
    Colleague("Tomás Rey", "São Paulo", SAO_PAULO),
    Colleague("Priya Nair", "Pune", KOLKATA),
    Colleague("Sam Okonjo", "Boston", NEW_YORK),
    Colleague("Hanna Wirth", "Berlin", "Europe/Berlin"),
    Colleague("Luc Moreau", "Lyon", PARIS),
    Colleague("Ewa Sobol", "Kraków", WARSAW),
    Colleague("Rob Castellan", "Seattle", "America/Los_Angeles"),
    Colleague("Grace Adeyemi", "London", "Europe/London"),
    Colleague("Mei Tan", "Singapore", "Asia/Singapore"),
)

# Where LEI's coaches live, as countries of the table below.
HOMES = {
    "Boston": "US", "Chicago": "US", "Seattle": "US", "Copenhagen": "DK", "São Paulo": "BR", "Pune": "IN",
    "Berlin": "DE", "Lyon": "FR", "Kraków": "PL", "London": "GB", "Singapore": "SG",
}  # fmt: skip

# Fixed holidays by country: month, day, name. Enough for the board to show some.
HOLIDAYS = {
    "US": ((1, 1, "New Year’s Day"), (7, 4, "Independence Day"), (11, 26, "Thanksgiving"), (12, 25, "Christmas Day")),
    "FR": ((1, 1, "Jour de l’an"), (5, 1, "Fête du travail"), (7, 14, "Fête nationale"), (12, 25, "Noël")),
    "DK": ((1, 1, "Nytårsdag"), (6, 5, "Grundlovsdag"), (12, 24, "Juleaften"), (12, 25, "Juledag")),
    "IN": ((1, 26, "Republic Day"), (8, 15, "Independence Day"), (10, 2, "Gandhi Jayanti")),
    "PL": ((1, 1, "Nowy Rok"), (5, 3, "Święto Konstytucji"), (11, 11, "Święto Niepodległości"), (12, 25, "Boże Narodzenie")),
    "AU": ((1, 26, "Australia Day"), (4, 25, "Anzac Day"), (12, 25, "Christmas Day")),
    "IE": ((3, 17, "St Patrick’s Day"), (12, 25, "Christmas Day")),
    "PH": ((6, 12, "Independence Day"), (11, 30, "Bonifacio Day"), (12, 25, "Christmas Day")),
    "BR": ((9, 7, "Independência"), (11, 15, "Proclamação da República"), (12, 25, "Natal")),
    "AR": ((5, 25, "Revolución de Mayo"), (7, 9, "Independencia"), (12, 8, "Inmaculada"), (12, 25, "Navidad")),
    "MX": ((9, 16, "Independencia"), (11, 20, "Revolución"), (12, 25, "Navidad")),
    "CZ": ((5, 8, "Den vítězství"), (10, 28, "Vznik státu"), (11, 17, "Den boje"), (12, 24, "Štědrý den")),
    "DE": ((1, 1, "Neujahr"), (10, 3, "Deutsche Einheit"), (12, 25, "Weihnachten")),
    "HU": ((3, 15, "Nemzeti ünnep"), (8, 20, "Szent István"), (12, 25, "Karácsony")),
    "RO": ((1, 24, "Ziua Unirii"), (12, 1, "Ziua Națională"), (12, 25, "Crăciunul")),
}  # fmt: skip
