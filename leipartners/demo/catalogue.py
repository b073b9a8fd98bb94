"""What is taught, and where."""

from dataclasses import dataclass

from courses.models import Course

ONLINE = "https://learn.lei.example/room"
BOSTON = ("Lean Enterprise Institute, Boston", "America/New_York")
PLACES = (BOSTON, ("", "Europe/Copenhagen"), ("Pune, Deccan House", "Asia/Kolkata"), ("Detroit, Old Foundry", "America/Detroit"),
          ("Lyon, Halle 3", "Europe/Paris"), ("", "America/New_York"), ("Betim, Casa Brasa", "America/Sao_Paulo"))  # fmt: skip


PRICES = {
    Course.Kind.MANAGEMENT: "One seat of your partner’s year; 1,950 USD for others.",
    Course.Kind.WORKSHOP: "One seat of your partner’s year; 780 USD a day for others.",
    Course.Kind.SUMMIT: "Free for partners, two seats each.",
}


@dataclass(frozen=True)
class Plan:
    """One course of the catalogue."""

    name: str
    kind: Course.Kind
    days: int
    seats: int
    summary: str
    before: str
    practice: str


CATALOGUE = (
    Plan(
        "Managing with A3s", Course.Kind.MANAGEMENT, 3, 14,
        "Read, write and coach with one sheet of paper: understand first, then act, then look again.",
        "Pick one problem you own: your sponsor says yes to it in a sentence.\n"
        "Walk it once, with a watch: one patient, one order or one part, end to end.\n"
        "Bring the numbers on paper: six weeks, one line. No slides.",
        "Write sections 1 to 3 of a sheet, coached, within three weeks. Your coach reads it in red within two days.",
    ),
    Plan(
        "Value stream basics", Course.Kind.WORKSHOP, 1, 12,
        "Draw how work reaches the customer, and see where it waits.",
        "Choose one family of products: the one your customer calls about.\nCount it for a week: what arrives, what leaves.",
        "Redraw your map on the floor with the people in it, within two weeks.",
    ),
    Plan(
        "Coaching with questions", Course.Kind.MANAGEMENT, 1, 20,
        "Help without taking the problem away: ask, listen, wait.",
        "Record one talk: with the other’s consent, and count your questions.",
        "Coach one sheet owner for six weeks; a coach of LEI reads along.",
    ),
    Plan(
        "Standard work at the bedside", Course.Kind.WORKSHOP, 2, 16,
        "Make the best known way visible, with those who do it.",
        "Watch one task five times: note where it differs.",
        "Write one standard and check it daily for a month.",
    ),
    Plan(
        "Gemba walks that teach", Course.Kind.WORKSHOP, 2, 10,
        "Go and see, ask why, show respect: a walk that leaves something behind.",
        "Walk once without a list: write down what surprised you.",
        "Lead four walks with one question each; share what you learned.",
    ),
    Plan(
        "Partner Summit", Course.Kind.SUMMIT, 2, 60,
        "All partners and coaches in one room: what we tried, what held, what slipped.",
        "Name one thing that slipped: and what you think now.",
        "Try one thing from another partner, and tell them.",
    ),
)  # fmt: skip
