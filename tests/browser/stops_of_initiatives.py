"""The pages of residents' initiatives, and in which state they are looked at."""

from __future__ import annotations

from tests.browser.stops import Stop, follow_links, named, send_nothing, to

LIST = "/initiatieven"
TABLE, GARDEN = named("Eettafel De Haven"), named("Moestuin aan de Dijk")
DESK = "/beheer/initiatieven"
WAITS = named("Samen naar buiten")


def of_group(name: str, part: str) -> Stop:
    return Stop(name, LIST, TABLE, follow_links(to(part)), who="Fatima")


def at_desk(name: str, *parts: str) -> Stop:
    return Stop(name, DESK, WAITS, follow_links(*map(to, parts)), who="Sanne")


INITIATIVES = (
    Stop("initiatives", LIST),
    Stop("initiatives: nothing found", f"{LIST}?zoek=dit+staat+nergens"),
    Stop("initiative: yes, if", LIST, TABLE),
    Stop("initiative: no", LIST, named("Vuurtje op het plein")),
    Stop("initiative of one's own", LIST, TABLE, who="Fatima"),
    Stop("how the municipality answers", f"{LIST}/cijfers"),
    Stop("registering an initiative", f"{LIST}/aanmelden", who="Gerrit"),
    Stop("registering an initiative, empty", f"{LIST}/aanmelden", deed=send_nothing, who="Gerrit"),
    of_group("initiative, changed", "/wijzigen"),
    of_group("initiative, its stage", "/fase"),
    of_group("initiative, its members", "/leden"),
    of_group("initiative, its messages", "/berichten"),
    of_group("initiative, its photos", "/fotos"),
    of_group("initiative, what it has to do with", "/hoort-bij"),
    of_group("initiative, what happened", "/nieuws"),
    of_group("initiative, a question", "/vraag"),
    Stop("seed grants", "/startgeld"),
    Stop("seed grant, accounted for", "/startgeld", TABLE),
    Stop("seed grant, asked for", LIST, TABLE, follow_links(to("/startgeld")), who="Fatima"),
    Stop("desk of initiatives", f"{DESK}?staat=", who="Sanne"),
    at_desk("file of an initiative"),
    at_desk("file of an initiative, on paper", "/afdrukken"),
    at_desk("answering an initiative", "/antwoord"),
    at_desk("contact person of an initiative", "/contactpersoon"),
    at_desk("sending a question on", "/doorverwijzen"),
    at_desk("what came back", "/doorverwijzingen/"),
    Stop("being away", f"{DESK}/afwezig", who="Sanne"),
    Stop("desk of seed grants", "/beheer/startgeld", who="Sanne"),
    Stop("deciding about a seed grant", "/startgeld", GARDEN, follow_links(to("/besluit")), who="Sanne"),
    Stop("a fund", "/beheer/startgeld", named("Startgeld van de wijk"), who="Sanne"),
)
