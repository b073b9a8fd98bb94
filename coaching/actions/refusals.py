"""What can be wrong with a deed; the message of each is a sentence for people."""


class Refused(Exception):
    """The deed was not done; nothing has changed."""


class CoachIsElsewhere(Refused):
    """Something else takes the coach's time then; the message names it."""


class NeedsReason(Refused):
    """Something speaks against it: whoever does it all the same says why; the message says what speaks against it."""


class HasChanged(Refused):
    """Somebody changed the visit since it was shown."""

    def __init__(self) -> None:
        super().__init__("Somebody has changed this visit meanwhile. Look at it again, then repeat what you meant.")


class AlreadyPlaced(Refused):
    """The request waits no longer."""

    def __init__(self) -> None:
        super().__init__("This request has been placed or withdrawn meanwhile.")


class NotYours(Refused):
    """The visit does not wait for this person."""

    def __init__(self) -> None:
        super().__init__("This visit does not wait for you to confirm it.")
