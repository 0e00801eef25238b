"""The pages of a round, from the first question of the wizard to the list, and in which state they are looked at."""

from __future__ import annotations

from tests.browser.stops import ANSWERED_OWN, OWN, Stop, follow_links, named, round_called, send_nothing, to

ROUNDS = "/beheer/rondes"
DESK = "/beheer/beoordelen"
SMALL = named("Wijkpot voor kleine plannen")
OEVERS = named("Buurtbudget De Oevers")
LINDEVEEN = named("Buurtbudget Lindeveen")
ICE = named("IJsclub Waterveld: een baan voor elke winter")
# What a round asks of residents and of officials.
SEASON = (
    Stop("list of plans", "/rondes", round_called("Buurtbudget De Weiden"), follow_links(to("/lijst"))),
    Stop("booklet", "/rondes", round_called("Buurtbudget De Weiden"), follow_links(to("/boekje"))),
    Stop("round in figures", "/rondes", round_called("Buurtbudget Oude Haven"), follow_links(to("/cijfers"))),
    Stop("spelregels", "/rondes", round_called("Buurtbudget Vogelhof"), follow_links(to("/spelregels"))),
    Stop("money of a round", "/rondes", round_called("Wijkpot voor kleine plannen"), follow_links(to("/kas"))),
    Stop("decisions of a jury", "/rondes", round_called("Wijkpot voor kleine plannen"), follow_links(to("/besluiten"))),
    Stop("money to divide", "/rondes", round_called("Buurtbudget De Oevers"), follow_links(to("/onderwerpen"))),
    Stop("answers on a plan", "/mijn/plannen", ANSWERED_OWN, follow_links(to("/kan-dit")), who="Fatima"),
    Stop("amount to agree with", "/mijn/plannen", ANSWERED_OWN, follow_links(to("/kan-dit/bedrag")), who="Fatima"),
    Stop("merging to ask for", "/mijn/plannen", ANSWERED_OWN, follow_links(to("/samenvoegen")), who="Fatima"),
    Stop("merging that was asked", "/mijn/plannen", OWN, follow_links(to("/plannen/samenvoegen/")), who="Fatima"),
    Stop("withdrawal of a plan", "/mijn/plannen", OWN, follow_links(to("/intrekken")), who="Fatima"),
    Stop("support for a plan", "/mijn/plannen", OWN, follow_links(to("/steun")), who="Fatima"),
    Stop("plans on paper", "/plannen/invoeren", who="Sanne"),
    Stop("plan from paper", "/plannen/invoeren", to("/plannen/invoeren/2"), send_nothing, who="Sanne"),
    Stop("receipt of a plan on paper", "/plannen/invoeren", to("/bon/"), who="Sanne"),
    Stop("rounds of the municipality", ROUNDS, who="Sanne"),
    Stop("round to make, with errors", "/beheer/rondes/nieuw", deed=send_nothing, who="Sanne"),
    Stop("round that is a draft", ROUNDS, LINDEVEEN, who="Sanne"),
    Stop("round that is open", ROUNDS, SMALL, who="Sanne"),
    *(
        Stop(f"wizard: {step}", ROUNDS, LINDEVEEN, follow_links(to(f"/vraag/{step}")), who="Sanne")
        for step in (
            "naam",
            "geld",
            "herkomst",
            "wie-stelt-voor",
            "wie-kiest",
            "stembiljet",
            "telwijze",
            "wanneer",
            "vragen",
            "belofte",
            "meer",
        )
    ),
    Stop("dates to move", ROUNDS, OEVERS, follow_links(to("/data/propose")), who="Sanne"),
    Stop("conditions to fix", ROUNDS, OEVERS, follow_links(to("/vastzetten")), who="Sanne"),
    Stop("round to copy", ROUNDS, SMALL, follow_links(to("/kopie")), who="Sanne"),
    Stop("round to throw away", ROUNDS, LINDEVEEN, follow_links(to("/weg")), who="Sanne"),
    Stop("books", ROUNDS, SMALL, follow_links(to("/kas")), who="Sanne"),
    Stop("maatwerk", ROUNDS, SMALL, follow_links(to("/kas"), to("/maatwerk")), who="Sanne"),
    Stop("decision to enter", ROUNDS, SMALL, follow_links(to("/besluiten/nieuw")), who="Sanne"),
    Stop("list to fix", ROUNDS, named("Spoorzicht en heel Waterveld"), follow_links(to("/lijst")), who="Sanne"),
    Stop("desk", DESK, who="Sanne"),
    Stop("desk: nothing found", f"{DESK}?zoek=dit+staat+nergens", who="Sanne"),
    Stop("card", DESK, ICE, who="Sanne"),
    Stop("card with errors", DESK, ICE, send_nothing, who="Sanne"),
    Stop("card on paper", DESK, ICE, follow_links(to("/kaart")), who="Sanne"),
    Stop("question to the authors", DESK, ICE, follow_links(to("/vraag")), who="Sanne"),
    Stop("owner from outside", DESK, ICE, follow_links(to("/eigenaar")), who="Sanne"),
    Stop("card to pass on", DESK, ICE, follow_links(to("/doorgeven")), who="Sanne"),
    Stop("cards to hand out", DESK, ICE, follow_links(to("/verdelen?plan")), who="Sanne"),
    Stop("answers to publish", f"{DESK}/publiceren", who="Sanne"),
    Stop("plans that exclude each other", f"{DESK}/botsen", who="Sanne"),
    Stop("pair of plans", f"{DESK}/botsen", to("/botsen/"), who="Sanne"),
    Stop("who assesses what", f"{DESK}/verdeling", who="Sanne"),
    Stop("subject of an assessor", f"{DESK}/verdeling", to("/verdeling/"), who="Sanne"),
    Stop("absence", f"{DESK}/afwezig", who="Sanne"),
    Stop("figures of the desk", f"{DESK}/cijfers", who="Sanne"),
)
