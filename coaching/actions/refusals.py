"""What can be wrong with a deed; the message of each is a sentence for people."""


class Refused(Exception):
    """The deed was not done; nothing has changed."""


class CoachIsElsewhere(Refused):
    """Something else takes the coach's time then; the message names it."""


class NeedsReason(Refused):
    """Something speaks against it, said in `concerns` one by one: whoever does it all the same says why."""

    def __init__(self, concerns: list[str]) -> None:
        super().__init__(" ".join(concerns))
        self.concerns = concerns


class HasChanged(Refused):
    """Somebody changed it since it was shown."""

    def __init__(self, what: str = "visit") -> None:
        super().__init__(f"Somebody has changed this {what} meanwhile. Look at it again, then repeat what you meant.")


class AlreadyPlaced(Refused):
    """The request waits no longer."""

    def __init__(self) -> None:
        super().__init__("This request has been placed or withdrawn meanwhile.")


class NotYours(Refused):
    """The visit does not wait for this person."""

    def __init__(self) -> None:
        super().__init__("This visit does not wait for you to confirm it.")


class AlreadyWaived(Refused):
    """Somebody has waived it meanwhile; the message says who, and why."""


class NothingChanged(Refused):
    """What is proposed says what the version before says."""

    def __init__(self) -> None:
        super().__init__("This says what the last version says. Change something, or leave it as it is.")


class NotYourSide(Refused):
    """Who would acknowledge speaks for neither side."""

    def __init__(self) -> None:
        super().__init__("LEI's staff acknowledge for LEI, a sponsor or change agent for the partner.")


class AnotherCharter(Refused):
    """Two charters of a partner would be in force in the same days; the message names the other's last day."""


class AlreadyRenewed(Refused):
    """There is a charter that renews this one."""

    def __init__(self) -> None:
        super().__init__("Somebody has renewed this charter meanwhile.")


class NotSoManyLeft(Refused):
    """More would be carried over than the year before has left; the message says how much it has."""
