"""How lists come: letters, separators, quotes, headings, mail programs, workbooks."""

import pytest

from courses.importing.child import lines_of
from courses.importing.columns import Said, plan_of, said_in
from courses.importing.lines import MOST_LINES, Unreadable
from courses.importing.reading import read
from tests.courses.lists import book_of

NAMES = "Name;E-Mail;Firma\nSøren Ærø;S@x.dk;Nordic\nJosé Muñoz;j@x.es;\nFrançois Lefèvre;f@x.fr;Lyon\n"
CENTRAL = "Name;Mail\nŁukasz Wiśniewski;l@x.pl\nJiří Dvořák;j@x.cz\nGyőző Erdős;g@x.hu\n"


def people(content):
    content = content.encode() if isinstance(content, str) else content
    lines = lines_of(content)["lines"]
    plan = plan_of(lines)
    return [said_in(cells, plan.fields) for _number, cells in lines[plan.headings :]]


WESTERN_PEOPLE = [
    Said("Søren Ærø", "s@x.dk", "Nordic"),
    Said("José Muñoz", "j@x.es"),
    Said("François Lefèvre", "f@x.fr", "Lyon"),
]
CENTRAL_PEOPLE = [
    Said("Łukasz Wiśniewski", "l@x.pl"),
    Said("Jiří Dvořák", "j@x.cz"),
    Said("Győző Erdős", "g@x.hu"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_letters_of_western_europe(encoding):
    assert people(NAMES.encode(encoding)) == WESTERN_PEOPLE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_letters_of_central_europe(encoding):
    assert people(CENTRAL.encode(encoding)) == CENTRAL_PEOPLE


@pytest.mark.parametrize("name", ["Müller Jürgen", "Zoë Brontë", "João Simões", "Åse Bjørn", "Benoît Hébert", "Nuñez"])
def test_one_name_alone_in_old_letters(name):
    assert people(f"{name};a@x.org\n".encode("cp1252")) == [Said(name, "a@x.org")]


def test_letters_that_a_person_names():
    found = lines_of("Γιώργος;g@x.gr".encode("cp1253"), "cp1253")
    assert (found["lines"], found["read_as"]) == ([(1, ["Γιώργος", "g@x.gr"])], "Windows, Greek")


TEXTS = {
    "commas": "Name,Email\nAnn Lee,a@x.org\n",
    "semicolons": "Name;Email\nAnn Lee;a@x.org\n",
    "tabs": "Name\tEmail\nAnn Lee\ta@x.org\n",
    "bars": "Name|Email\nAnn Lee|a@x.org\n",
    "said by Excel": "sep=;\nName;Email\nAnn Lee;a@x.org\n",
    "quotes": '"Name","Email"\n"Ann Lee","a@x.org"\n',
    "Windows ends": "Name,Email\r\nAnn Lee,a@x.org\r\n",
    "old Mac ends": "Name,Email\rAnn Lee,a@x.org\r",
    "blank lines": "\n\nName,Email\n\n,\nAnn Lee,a@x.org\n\n",
    "full width": "Ｎａｍｅ，Email\nＡｎｎ　Ｌｅｅ,ａ＠ｘ.ｏｒｇ\n".replace("，", ","),
    "stray spaces": "Name , Email\n \u00a0Ann \u200b Lee\u00a0, A@x.org \n",
    "no heading": "Ann Lee,a@x.org\n",
    "address first": "a@x.org;Ann Lee\n",
    "a mail's recipient": "Ann Lee <A@x.org>",
    "a recipient in quotes": '"Ann Lee" <a@x.org>;',
    "mailto": "Ann Lee,mailto:a@x.org\n",
    "first and last": "First name,Surname,E-mail address\nAnn,Lee,a@x.org\n",
    "German": "Vorname;Name;E-Mail-Adresse\nAnn;Lee;a@x.org\n",
    "French": "Prénom;Nom;Courriel\nAnn;Lee;a@x.org\n",
    "Spanish": "Nombre;Apellidos;Correo electrónico\nAnn;Lee;a@x.org\n",
    "Danish": "Fornavn;Efternavn;E-post\nAnn;Lee;a@x.org\n",
    "Portuguese": "Nome completo;Endereço de e-mail\nAnn Lee;a@x.org\n",
    "a column that nobody asked for": "No.,Name,Badge,Email\n1,Ann Lee,77,a@x.org\n",
    "a title above": "Who comes,,\n\nNo.,Name,Email\n1,Ann Lee,a@x.org\n",
    "an unnamed address": "Name,Reach\nAnn Lee,a@x.org\n",
}


@pytest.mark.parametrize("form", TEXTS)
def test_one_person_in_every_form(form):
    assert people(TEXTS[form]) == [Said("Ann Lee", "a@x.org")]


LISTS = {
    "recipients in one line": "Ann <a@x.org>; Bo Berg <b@x.org>, Cy <c@x.org>",
    "last names first": '"Lee, Ann" <a@x.org>\nBerg, Bo <b@x.org>\n"Orr, Cy" <c@x.org>',
    "addresses side by side": "a@x.org; b@x.org, c@x.org",
    "addresses below each other": "a@x.org\n\nb@x.org\nc@x.org",
}


@pytest.mark.parametrize("form", LISTS)
def test_what_mail_programs_write(form):
    assert [said.email for said in people(LISTS[form])] == ["a@x.org", "b@x.org", "c@x.org"]


def test_a_line_break_in_quotes_and_a_quote_that_nobody_closes():
    assert people('Name;Note;Mail\nAnn Lee;"two\nlines";a@x.org') == [Said("Ann Lee", "a@x.org", note="two lines")]
    broken = people('Ann Lee;"' + "x" * 200_000 + "\nBo Berg;b@x.org\n")
    assert broken[1].email == "b@x.org"


def test_all_that_a_row_can_say():
    text = "Name,E-mail,Company,Plant,Language,Comments\nAnn,a@x.org,Halden,Riverside,German,Vegan\n"
    assert people(text) == [Said("Ann", "a@x.org", "Halden", "Riverside", "German", "Vegan")]


def test_a_workbook_with_formulas_numbers_and_an_empty_sheet_before():
    sheet = [["Name", "E-mail", "Note"], ["Ann Lee", "A@x.org", "7"], [], ["=1+1", "b@x.org", "=A1"]]
    found = lines_of(book_of([], sheet))
    assert found["sheet"] == "Sheet2"
    assert found["lines"][:2] == [(1, ["Name", "E-mail", "Note"]), (2, ["Ann Lee", "A@x.org", "7"])]
    assert found["lines"][2] == (4, ["0", "b@x.org", "0"])  # what the program last showed, nothing is worked out


REFUSED = {
    "nothing": (b" \n;;\n", "There is nothing in this list."),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "This file is no list that we can read."),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\x00" * 500, "This is a workbook of the old kind"),
    "another program's": (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument", "This is no Excel workbook."),
    "half a workbook": (book_of([["a@x.org"]])[:900], "This workbook is damaged."),
    "too many": (b"a@x.org\n" * (MOST_LINES + 2), "The list has more than 50,000 rows."),
    "too large": (b"x" * (5 * 1024 * 1024 + 1), "The list is larger than 5 MB."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_said_in_a_sentence(case):
    content, words = REFUSED[case]
    with pytest.raises(Unreadable, match=words):
        read(content)
