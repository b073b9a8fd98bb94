"""Names of invented people, by where their site is; every combination is one person."""

GIVEN = {
    "US": "Dale Maya Curtis Renee Walter Imani Joel Carla Trevor Simone Gus Lena Warren Tasha Neil Corinne Abel Joyce Marcus Hope",
    "FR": "Élise Bruno Camille Théo Solène Mathis Agnès Rémi Odile Yann",
    "DK": "Mads Signe Asger Freja Rasmus Ditte Søren Karen Jeppe Maja",
    "IN": "Anil Kavita Rohan Meera Suresh Asha Vikram Leela Nikhil Deepa",
    "PL": "Zofia Marek Halina Paweł Iwona Łukasz Danuta Szymon Jolanta Kacper",
    "AU": "Bronte Callum Tilly Angus Shona Lachlan Merle Declan Robyn Keith",
    "IE": "Aoife Cormac Nuala Fintan Gráinne Eoin Sinéad Donal Maeve Oisín",
    "PH": "Analyn Jomar Liza Rodel Maricel Efren Tess Noel Cora Ramil",
    "BR": "Jéssica Caio Lúcia Rafael Aparecida Edson Ivone Márcio Tainá Davi",
    "AR": "Silvina Gastón Mirta Ezequiel Norma Facundo Alicia Hugo Vera Iván",
    "MX": "Itzel Ramón Lupita Saúl Araceli Jorge Nayeli Óscar Rocío Efraín",
    "CZ": "Jiřina Radek Božena Tomáš Šárka Zdeněk Ludmila Ondřej Květa Vít",
    "DE": "Heike Jonas Antje Rolf Silke Uwe Ilse Bernd Frieda Malte",
    "HU": "Ágnes Bálint Zsófia Gergő Ildikó Márton Eszter Tibor Réka Ádám",
    "RO": "Ioana Mihai Doina Radu Crina Vlad Lăcrămioara Sorin Anca Tudor",
}
FAMILY = {
    "US": "Alder Boone Castle Dorsey Emmett Fields Grady Hobbs Irvin Jessup Kemp Lowry Mercer Nash Orton Pruitt Quill Rooney Sayre Tate",
    "FR": "Carrel Dumas Fabre Garin Joly Lacaze Masson Perrin Roche Vidal",
    "DK": "Holm Bech Dahl Friis Krogh Lind Mørk Skov Thorsen Vang",
    "IN": "Joshi Kulkarni Rao Deshmukh Iyer Patil Menon Shah Gokhale Naik",
    "PL": "Zielińska Wrona Gajda Sikora Mazur Pawlak Wójcik Kozioł Rybak Żak",
    "AU": "Hale Mundy Trench Barlow Quigley Sparrow Doyle Frith Oakes Varley",
    "IE": "Keane Brosnan Tierney Shea Hanlon Coyle Dillon Roche Meagher Foley",
    "PH": "Santos Reyes Ocampo Bautista Villar Dizon Salonga Mercado Abad Luna",
    "BR": "Prado Teles Fontes Barbosa Rocha Siqueira Moraes Leal Campos Duarte",
    "AR": "Funes Ledesma Ibarra Quiroga Sosa Bustos Arce Luque Ferreyra Nieto",
    "MX": "Treviño Salas Olvera Ponce Zepeda Rangel Ibáñez Luna Cantú Mejía",
    "CZ": "Havlová Kříž Němcová Svoboda Benešová Pokorný Malá Dvořák Černá Beran",
    "DE": "Brandt Kühn Seidel Voigt Ahrens Lorenz Böhm Reuter Pohl Engel",
    "HU": "Kovács Szűcs Balogh Fekete Takács Juhász Orbán Pintér Lakatos Vörös",
    "RO": "Dobre Ilieș Munteanu Stănescu Pârvu Toma Ciobanu Lupu Neagu Șerban",
}


def full_name(country: str, number: int) -> str:
    """The `number`-th person of a country; numbers beyond the pairs of names get a second initial."""
    given, family = GIVEN[country].split(), FAMILY[country].split()
    lap, rest = divmod(number, len(given) * len(family))
    # walk both lists at once, so that neighbours on a page share neither name
    first, last = given[rest % len(given)], family[(rest + rest // len(given)) % len(family)]
    initials = "".join(f" {chr(65 + letter % 26)}." for letter in _digits(lap))
    return f"{first}{initials} {last}"


def _digits(lap: int) -> list[int]:
    letters = []
    while lap:
        lap, letter = divmod(lap - 1, 26)
        letters.append(letter)
    return letters
