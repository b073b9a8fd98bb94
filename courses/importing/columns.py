"""Which column holds what: told by its heading in any of our languages, else by what stands in it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from courses.importing.lines import Line
from courses.importing.texts import ADDRESS

# The value kept for a column, and what the page calls it.
FIELDS = {
    "name": "Name",
    "given": "First name",
    "family": "Last name",
    "email": "E-mail",
    "partner": "Partner",
    "site": "Site",
    "language": "Language",
    "note": "Note",
}
HEADINGS = {
    "email": "email mail emailaddress mailaddress emailadresse mailadresse epost correo correoelectronico courriel"
    " adresseemail adressemail adresseelectronique enderecodeemail emailaddresses workemail",
    "name": "name fullname participant participants participantname attendee learner person employee who people navn"
    " deltager fuldenavn teilnehmer teilnehmerin vollername mitarbeiter nombrecompleto nombreyapellidos participante"
    " nomcomplet nometprenom nomprenom nome nomecompleto displayname contact employeename student",
    "given": "firstname givenname forename fornavn vorname prenom primeironome nombredepila first given nombre",
    "family": "lastname surname familyname efternavn nachname familienname apellido apellidos sobrenome apelido"
    " nomdefamille nom last family",
    "partner": "partner company organisation organization employer firma firm unternehmen virksomhed empresa entreprise"
    " societe hospital organizacion organizacao companyname",
    "site": "site location plant facility standort werk sted lokation planta sede usine lieu etablissement unidade"
    " campus",
    "language": "language sprog sprache idioma langue lingua lang",
    "note": "note notes comment comments remark remarks bemerkung bemerkungen kommentar comentario comentarios"
    " observaciones observacoes remarque remarques anmerkung noter",
}
LANGUAGES = {
    "en": "english engelsk englisch ingles anglais",
    "da": "danish dansk danisch danes danois dinamarques",
    "de": "german deutsch tysk aleman allemand alemao ger",
    "es": "spanish espanol spanisch spansk espagnol espanhol esp",
    "fr": "french francais franzosisch fransk frances",
    "pt": "portuguese portugues portugiesisch portugisisk portugais por",
}
LANGUAGE_OF = {word: code for code, words in LANGUAGES.items() for word in (code, *words.split())}
FIELD_OF = {heading: field for field, headings in HEADINGS.items() for heading in headings.split()}
MOST_HEADINGS = 10
SAMPLE = 200  # lines that say what stands in a column
FIND_ADDRESS = re.compile(ADDRESS)
AROUND = " \t<>()[]\"',;:"


@dataclass(frozen=True)
class Plan:
    """The field of each column ("" for one that is left out), and how many lines stand above the people."""

    fields: list[str]
    headings: int


@dataclass(frozen=True)
class Said:
    """What one line says of a person."""

    name: str = ""
    email: str = ""
    partner: str = ""
    site: str = ""
    language: str = ""
    note: str = ""


def plan_of(lines: Sequence[Line]) -> Plan:
    """Guess the columns of a list that has at least one line."""
    width = max(len(cells) for _number, cells in lines)
    headings = _headings(lines)
    fields = _once(_named(lines[headings - 1][1]) if headings else [])
    fields += [""] * (width - len(fields))
    sample = [cells + [""] * (width - len(cells)) for _number, cells in lines[headings : headings + SAMPLE]]
    if "email" not in fields:
        _fill(fields, "email", sample, lambda cell: "@" in cell)
    if not {"name", "given", "family"} & set(fields):
        _fill(fields, "name", sample, _looks_like_a_name)
    if not headings and "name" not in fields:
        _fill(fields, "name", sample, _is_a_word)
    if not any(fields):
        fields[0] = "name"
    return Plan(_family(fields), headings)


def _named(cells: Sequence[str]) -> list[str]:
    """The fields that headings name."""
    return [FIELD_OF.get(_key(cell), "") for cell in cells]


def _headings(lines: Sequence[Line]) -> int:
    """How many lines there are down to the headings: often a title stands above them. 0 where there are none."""
    for place, (_number, cells) in enumerate(lines[:MOST_HEADINGS]):
        if any("@" in cell for cell in cells):
            return 0
        if sum(map(bool, _named(cells))) > bool(place):  # further down one word may stand there by chance
            return place + 1
    return 0


def _key(heading: str) -> str:
    """A heading without its accents, spaces and signs: "E-Mail *" is "email"."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    return re.sub(r"[^a-z]", "", plain)


def language_of(cell: str) -> str:
    """The code of one of our languages, "" where the cell names none."""
    return LANGUAGE_OF.get(_key(cell), "")


def _once(fields: list[str]) -> list[str]:
    """Of two columns with the same heading the first counts."""
    return [field if field not in fields[:place] else "" for place, field in enumerate(fields)]


def _family(fields: list[str]) -> list[str]:
    """Beside first names a column of names holds last names; a last or first name without the other is the name."""
    if "given" in fields and "family" not in fields:
        return ["family" if field == "name" else field for field in fields]
    if "given" not in fields and "family" in fields and "name" not in fields:
        return ["name" if field == "family" else field for field in fields]
    return fields


def _fill(fields: list[str], field: str, sample: list[list[str]], fits: Callable[[str], bool]) -> None:
    """Give the field to the free column in which most cells fit, if any does."""
    counts = {
        place: sum(map(fits, (cells[place] for cells in sample))) for place, taken in enumerate(fields) if not taken
    }
    best = max(counts, key=lambda place: counts[place], default=0)
    if counts.get(best):
        fields[best] = field


def _is_a_word(cell: str) -> bool:
    return "@" not in cell and any(letter.isalpha() for letter in cell)


def _looks_like_a_name(cell: str) -> bool:
    return _is_a_word(cell) and 1 <= cell.count(" ") <= 4


def said_in(cells: Sequence[str], fields: Sequence[str]) -> Said:
    """Read one line by its columns; "Ann Bo <ann@x>" is both a name and an address, whichever column it stands in."""
    found = {field: cell for field, cell in zip(fields, cells, strict=False) if field}
    name = found.get("name", "") or f"{found.get('given', '')} {found.get('family', '')}".strip()
    name, inside = _parted(name)
    rest, email = _parted(found.get("email", ""))
    if not name and not email and "@" not in rest:
        name, rest = rest, ""  # in a list of addresses one line is a name
    rest_of_all = {field: found.get(field, "") for field in ("partner", "site", "language", "note")}
    return Said(name=name or (rest if email else ""), email=(email or inside or rest).lower(), **rest_of_all)


def _parted(cell: str) -> tuple[str, str]:
    """A cell without the address in it, and the address; a bare "mailto:" goes too."""
    found = FIND_ADDRESS.search(cell)
    if found is None:
        return cell, ""
    address = found[0].removeprefix("mailto:").strip(AROUND + ".")
    rest = f"{cell[: found.start()]} {cell[found.end() :]}"
    return " ".join(rest.strip(AROUND).split()).strip(AROUND), address
