"""The help desk and the counter: a new code for who lost a letter, and a proxy for who lets another vote."""

from __future__ import annotations

from dataclasses import dataclass

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Invalid, NotNow
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import CodeBatch, Proxy, RegisterEntry, VotingCode
from ..policy import may_give_proxy, may_help_voter
from ..states import CODES
from .lettering import Letter, letter_for, new_code_for
from .registering import withdraw_codes


@dataclass(frozen=True)
class HandedOver:
    """A letter that was made at the desk; it is shown once."""

    audit_subject: CodeBatch
    letter: Letter


@deed("electorate:code:replaced")
def replace_code(actor: Actor, entry: RegisterEntry) -> HandedOver:
    """Give somebody a new code; the ones before do not work any more. A vote that was cast can still be changed."""
    insist(may_help_voter(actor, entry, clock.now(db.session())))
    if entry.struck_because:
        raise NotNow(_r("This person is struck from the register. Put them back first."))
    withdraw_codes(entry, "replace")
    code, batch = new_code_for(actor, entry)
    return HandedOver(batch, letter_for(entry, code))


@deed("electorate:code:returned")
def note_returned(actor: Actor, code: VotingCode) -> VotingCode:
    """Note that a letter came back; nobody can vote with its code any more."""
    insist(may_help_voter(actor, code.entry, clock.now(db.session())))
    code.state_name = CODES.move(code.state, "return").value
    return code


@dataclass(frozen=True)
class ProxyGiven:
    """A proxy that was recorded, and the letter for who votes."""

    audit_subject: Proxy
    letter: Letter


@deed("electorate:proxy:given")
def give_proxy(actor: Actor, giver: RegisterEntry, holder_reference: str) -> ProxyGiven:
    """Record that one voter lets another vote; the code of the giver is replaced by one for the holder.

    Raises Invalid for a holder who is not in the register or is the giver, NotYours beyond two for one holder.
    """
    now = clock.now(db.session())
    insist(may_help_voter(actor, giver, now))
    if queries.proxy_of(giver.id):
        raise AlreadyDone(_r("This person gave their vote to somebody already."))
    found = queries.found_in_register(giver.round_id, holder_reference.strip(), None)
    holder = next(iter(found), None)
    if holder is None or holder.id == giver.id or holder.struck_because:
        words = _r("Fill in the reference of another voter, as it stands in the register.")
        raise Invalid(words, {"reference": words})
    insist(may_give_proxy(giver.round.rulebook.proofs, len(queries.proxies_held_by(holder.id))))
    proxy = Proxy(round_id=giver.round_id, giver_id=giver.id, holder_id=holder.id, given_on=clock.local_day(now))
    db.session.add(proxy)
    withdraw_codes(giver, "replace")
    code, _ = new_code_for(actor, giver)
    whole = letter_for(giver, code)
    return ProxyGiven(proxy, Letter(whole.reference, letter_for(holder, code).address, *_rest(whole)))


def _rest(letter: Letter) -> tuple[str, str, bool]:
    return letter.code, letter.language, letter.is_large_print
