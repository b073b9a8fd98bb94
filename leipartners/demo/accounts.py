"""One sign-in per kind of person; they exist where the demo program was loaded, and nowhere else."""

from dataclasses import dataclass

PASSWORD = "go-see-ask-why-2026"  # noqa: S105 - the demo's, shown on the demo's sign-in page


@dataclass(frozen=True)
class DemoAccount:
    """A person of the demo; `partner` is "" for people of LEI."""

    role: str
    name: str
    email: str
    partner: str
    password: str = PASSWORD

    @property
    def role_words(self) -> str:
        return {"staff": "LEI staff"}.get(self.role) or self.role.replace("_", " ").capitalize()


def demo_accounts() -> list[DemoAccount]:
    return [
        DemoAccount("staff", "Nora Whitfield", "nora.whitfield@lei.example", ""),
        DemoAccount("coach", "Ken Obara", "ken.obara@lei.example", ""),
        DemoAccount("administrator", "Paula Lindqvist", "paula.lindqvist@lei.example", ""),
        DemoAccount("change_agent", "Dana Whitlock", "dana.whitlock@halden.example", "Halden Valley Health"),
        DemoAccount("learner", "Luis Ferrer", "luis.ferrer@halden.example", "Halden Valley Health"),
        DemoAccount("sponsor", "Amina Sayed", "amina.sayed@halden.example", "Halden Valley Health"),
        DemoAccount("change_agent", "Ruth Vance", "ruth.vance@corvane.example", "Corvane Aerospace"),
    ]
