"""What speaks against entering a state. It is said, and never forbids: people decide."""

from a3.models import Agreement, Remark, Sheet, State, StateChange

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def spoken_against(sheet: Sheet) -> dict[State, list[str]]:
    """Sentences for each state of a sheet against which something speaks."""
    been = {sheet.state, *StateChange.objects.filter(sheet=sheet).values_list("to_state", flat=True)}
    questions = _questions(sheet)
    found = {
        State.IN_COACHING: [] if sheet.coach_id else ["No coach is named on this sheet."],
        State.IN_AGREEMENT: questions,
        State.AGREED: [*_agreements(sheet), *questions],
        State.IN_TRIAL: [] if State.AGREED in been else ["It was never agreed."],
        State.CHECKED: [] if State.IN_TRIAL in been else ["It was never in trial."],
        State.STANDARDISED: [] if State.CHECKED in been else ["It was never checked."],
        State.SUSTAINED: [] if State.STANDARDISED in been else ["It was never standardised."],
        State.SLIPPED: [] if {State.CHECKED, State.STANDARDISED, State.SUSTAINED} & been else ["It was never checked."],
    }
    return {state: sentences for state, sentences in found.items() if sentences}


def _agreements(sheet: Sheet) -> list[str]:
    asked = list(Agreement.objects.current().filter(sheet=sheet).select_related("person"))
    if not asked:
        return ["Nobody was asked to agree."]
    waiting = [a.person.name for a in asked if a.answer in ("waiting", "not_yet")]
    lapsed = [a.person.name for a in asked if a.answer == "lapsed"]
    sentences = []
    if waiting:
        who = "person has" if len(waiting) == 1 else "people have"
        sentences.append(f"{_number(len(waiting)).capitalize()} {who} not agreed yet: {', '.join(waiting)}.")
    if lapsed:
        whose = "agreement has" if len(lapsed) == 1 else "agreements have"
        sentences.append(f"{_number(len(lapsed)).capitalize()} {whose} lapsed: {', '.join(lapsed)}.")
    return sentences


def _questions(sheet: Sheet) -> list[str]:
    waiting = Remark.objects.open().questions().filter(sheet=sheet).count()
    if not waiting:
        return []
    return [f"{_number(waiting).capitalize()} {'question is' if waiting == 1 else 'questions are'} open."]


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
