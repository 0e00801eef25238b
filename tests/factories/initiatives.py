"""Initiatives of residents, registered through the deeds."""

from __future__ import annotations

from typing import Any

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.grants import actions as grants
from buurtbegroting.blueprints.grants.models import SeedFund, SeedGrant
from buurtbegroting.blueprints.grants.queries import grant_by_number
from buurtbegroting.blueprints.initiatives import queries
from buurtbegroting.blueprints.initiatives.actions import answering, members, writing
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.blueprints.rounds.models import Pot
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation import crypto
from buurtbegroting.foundation.database import db, read_anew

from .people import actor_of
from .rounds import make_round

WIJK = "WK999801"


def make_initiative(
    lead: Person, title: str = "Eettafel", asks: str = "", wijk_code: str | None = WIJK, stage: Stage = Stage.STARTING
) -> Initiative:
    """Register an initiative; with a question it waits for the municipality."""
    about = writing.About(title, f"{title}: samen doen wat nodig is.", wijk_code, None)
    made = writing.register(actor_of(lead), about, stage, asks, "nl")
    return again(made)


def with_member(initiative: Initiative, person: Person, part: str = "") -> Initiative:
    """Let somebody join by a link of who leads."""
    lead = next(each.person for each in initiative.members if each.is_lead)
    token = crypto.new_token()
    members.invite(actor_of(lead), initiative, token)
    members.join(actor_of(person), again(initiative), token, part)
    return again(initiative)


def make_fund(official: Person, cents: int = 1000_00, most_cents: int = 500_00) -> SeedFund:
    """Give seed grants out of a pot of a round that runs all year."""
    pot = Pot(position=1, amount_cents=cents, kind="free")
    round_ = make_round(PhaseKind.ALL_YEAR, pots=[pot])
    text = grants.FundText("Buurtfonds", "Voor wie begint.", most_cents)
    return grants.make_fund(actor_of(official), round_.pots[0], text)


def ask_grant(initiative: Initiative, fund: SeedFund, cents: int = 300_00) -> SeedGrant:
    """Let who leads an initiative ask a seed grant."""
    lead = next(each.person for each in initiative.members if each.is_lead)
    asked = grants.Asked(cents, "Pannen.", "Dertig eters.")
    return grant_again(grants.ask_grant(actor_of(lead), again(initiative), fund, asked))


def grant_again(grant: SeedGrant) -> SeedGrant:
    """Return a seed grant as it stands in the database now."""
    number = grant.number
    read_anew(db.session())
    found = grant_by_number(number)
    if found is None:
        raise LookupError(number)
    return found


def grant_addresses(lead: Person, official: Person) -> dict[str, dict[str, Any]]:
    """Make a seed grant in every state; return their addresses."""
    fund, actor = make_fund(official, 5000_00), actor_of(official)
    asked, granted, paid, told = (
        ask_grant(make_initiative(lead, f"Startgeld {each}"), fund) for each in ("een", "twee", "drie", "vier")
    )
    for each in (granted, paid, told):
        grants.decide_grant(actor, grant_again(each), 200_00, "", "Wijken")
    for each in (paid, told):
        grants.pay_grant(actor, grant_again(each), each.asked_on)
    grants.tell_of_grant(actor_of(lead), grant_again(told), grants.Came("Gelukt.", 8, True))
    found = {f"grants.{name}": {"number": asked.number} for name in ("grant", "withdraw")}
    found |= {f"grants.{name}": {"number": paid.number} for name in ("tell_page", "tell")}
    found |= {f"grants.{name}": {"number": asked.initiative.number} for name in ("ask_page", "ask")}
    steps = {"decide_page": asked, "decide": asked, "pay_page": granted, "pay": granted}
    steps |= {"follow_up_page": told, "follow_up": told}
    found |= {f"grants_desk.{name}": {"number": each.number} for name, each in steps.items()}
    return found | {f"grants_desk.{name}": {"fund_id": fund.id} for name in ("fund_page", "change_fund")}


OF_MEMBERS = {
    "my_initiative": (
        *("change_page", "change", "stage_page", "move", "say_alive", "update_page", "tell", "tell_again"),
        *("links_page", "link", "photos_page", "add_photo", "take_back"),
    ),
    "initiative_members": ("members_page", "invite", "name_part", "hand_over", "file", "write_note"),
    "initiative_desk": (
        *("case", "sheet", "contact_page", "give_contact", "answer_page", "answer", "refer_page", "refer"),
    ),
    "initiatives": ("initiative",),
    "api-initiatives": ("initiative",),
}


def initiative_addresses(lead: Person, official: Person, canary: str) -> dict[str, dict[str, Any]]:
    """Give somebody initiatives in all that can be with them; return their addresses. What is hidden holds a word."""
    waiting = make_initiative(lead, "Moestuin", asks="Een veld")
    answering.write_note(actor_of(lead), waiting, canary, "Lead")
    answering.refer(actor_of(official), again(waiting), "Vastgoed", canary)
    happened = writing.Happened(waiting.registered_on, "Geplant")
    update = writing.tell(actor_of(lead), again(waiting), happened)
    writing.link(actor_of(lead), again(waiting), "wijk", WIJK, lambda kind, key: True)
    token = crypto.new_token()
    members.invite(actor_of(lead), again(waiting), token)
    asked_nothing = make_initiative(lead, "Wandelen")
    hidden = make_initiative(lead, canary)
    answering.set_hidden(actor_of(official), hidden, is_hidden=True)
    found = {
        f"{blueprint}.{name}": {"number": waiting.number} for blueprint, names in OF_MEMBERS.items() for name in names
    }
    found |= {f"my_initiative.{name}": {"number": asked_nothing.number} for name in ("ask_page", "ask")}
    found |= {"initiative_desk.hide": {"number": asked_nothing.number}}
    found |= {"initiative_members.leave": {"number": waiting.number}}
    found |= {"initiative_members.let_go": {"number": waiting.number, "person_id": official.id}}
    joining = {"number": waiting.number, "token": token}
    found |= {"initiative_members.join_page": joining, "initiative_members.join": joining}
    of_update = ("change_update_page", "change_update", "remove_update")
    found |= {f"my_initiative.{name}": {"update_id": update.id} for name in of_update}
    found |= {"my_initiative.unlink": {"link_id": queries.links_of(waiting.id)[0].id}}
    of_referral = {"referral_id": again(waiting).referrals[0].id}
    return found | {"initiative_desk.outcome_page": of_referral, "initiative_desk.note_outcome": of_referral}


def again(initiative: Initiative) -> Initiative:
    """Return an initiative as it stands in the database now, with all that belongs to it."""
    number = initiative.number
    read_anew(db.session())
    found = queries.initiative_by_number(number)
    if found is None:
        raise LookupError(number)
    return found
