"""Two municipalities with somebody in every role, and one of every thing that has an address."""

from __future__ import annotations

import uuid
from collections.abc import Container
from datetime import timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import urlsplit

import flask

from buurtbegroting.blueprints.accounts import queries
from buurtbegroting.blueprints.accounts.actions.organisations import Wanted, add_member, make_organisation
from buurtbegroting.blueprints.accounts.actions.overviews import stop_mark
from buurtbegroting.blueprints.accounts.actions.signing_in import new_link
from buurtbegroting.blueprints.accounts.models import Identity, OrganisationKind, Person, Purpose, RoleGrant
from buurtbegroting.blueprints.conversations import queries as conversations
from buurtbegroting.blueprints.conversations.actions.albums import attach, prepared
from buurtbegroting.blueprints.conversations.actions.following import follow
from buurtbegroting.blueprints.conversations.actions.news import NewsText, draft_news, publish_news
from buurtbegroting.blueprints.conversations.actions.talking import Said, say_something
from buurtbegroting.blueprints.conversations.models import Stance
from buurtbegroting.blueprints.deciding.actions.listing import (
    PackageText,
    put_forward_list,
    put_together_package,
)
from buurtbegroting.blueprints.deciding.actions.meeting import MeetingText, enter_meeting
from buurtbegroting.blueprints.electorate import queries as queries_of_codes
from buurtbegroting.blueprints.electorate.models import CodeBatch
from buurtbegroting.blueprints.proposals.actions.drafting import begin_draft, write_draft
from buurtbegroting.blueprints.proposals.actions.merging import Wish, ask_merge
from buurtbegroting.blueprints.proposals.actions.writing import invite_author
from buurtbegroting.blueprints.proposals.models import Proposal, ProposalDraft
from buurtbegroting.blueprints.rounds.actions.criteria import CriterionText, write_criterion
from buurtbegroting.blueprints.rounds.actions.making import RoundChange, write_round
from buurtbegroting.blueprints.rounds.models import Criterion, Pot, Round
from buurtbegroting.blueprints.voting.actions.closing import ask_to_close
from buurtbegroting.blueprints.voting.actions.results import count_pot, seal_ballots
from buurtbegroting.civic.actors import SYSTEM, Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation import crypto, tenancy
from buurtbegroting.foundation.database import db, transaction
from tests.factories.desk import desk_addresses
from tests.factories.files import png
from tests.factories.initiatives import grant_addresses, initiative_addresses
from tests.factories.matching import matching_addresses
from tests.factories.network_site import network_addresses, network_places
from tests.factories.people import let_in, make_person
from tests.factories.rounds import NOW, make_plan, make_round, make_round_to_divide
from tests.factories.spending import draft, line, publish
from tests.factories.towns import make_town
from tests.factories.voting import end_vote, make_code, make_entry, make_vote

ROLES = ("anonymous", "resident", *(each.value for each in RoleName), "elsewhere")
METHODS = ("GET", "POST")
LETTERS = {403: "n", 404: "-"}
# A mail program stops news for its reader by an address that only they have (RFC 8058).
WITHOUT_TOKEN = ("following.stop_by_mail", "messages.stop")
OFFICIAL = Actor(id="official", roles=frozenset({Role(RoleName.OFFICIAL)}))
CANARY = "Kanariegeel"
# Pages of the people who wrote a plan.
OF_AUTHORS = (
    *("photos_page", "add_photo", "change_page", "change", "withdraw_page", "withdraw"),
    *("authors_page", "invite", "leave", "versions"),
)
OF_DRAFTS = ("columns", "choose_columns", "faults_csv", "one", "publish", "discard")
OF_MERGES = ("merge", "agree", "decline", "take_back", "note")
OF_SUPPORT = ("support_page", "support", "list_page", "enter_list")
HERE, ELSEWHERE = "http://proefstad.example", "http://elders.example"


class Site:
    """Two municipalities with somebody in every role, and one of every thing that has an address.

    What is hidden holds the word ``CANARY``.
    """

    def __init__(self, app: flask.Flask) -> None:
        self.app = app
        there = make_town("GM9997", "Elders", ("elders.example",))
        tenancy.enter(db.session(), there.municipality.id)
        stranger = self._client(make_person("Elders", RoleName.ADMIN), ELSEWHERE)
        here = make_town("GM9998", "Proefstad", ("proefstad.example",))
        tenancy.enter(db.session(), here.municipality.id)
        people = {"resident": make_person("Resident")}
        people |= {each.value: make_person(each.value, each) for each in RoleName}
        self.clients = {name: self._client(person, HERE) for name, person in people.items()}
        self.clients |= {"anonymous": (app.test_client(), HERE), "elsewhere": stranger}
        self.parts = self._things()

    def _client(self, person: Any, base: str) -> tuple[Any, str]:
        return let_in(self.app.test_client(), person, base_url=base), base

    def _things(self) -> dict[str, Any]:
        somebody = make_person(f"{CANARY} Iemand", RoleName.MODERATOR)
        grant: RoleGrant = somebody.grants[0]
        sign_in = queries.open_sign_ins(queries.person_by_email("resident@voorbeeld.nl").id)[0]  # type: ignore[union-attr]
        identity = Identity(person_id=sign_in.person_id, issuer="https://id.example", subject="1")
        with transaction(db.session()):
            db.session.add(identity)
        draft = draft_news(OFFICIAL, NewsText("wijk", "WK999801", CANARY, CANARY, CANARY))
        hidden = make_round(PhaseKind.PROPOSE, title=CANARY, summary=CANARY, intro=CANARY, state="draft")
        make_plan(hidden, title=CANARY, summary=CANARY, author=CANARY)
        published = publish_news(OFFICIAL, draft_news(OFFICIAL, NewsText("gemeente", "alles", "Nieuws", "Tekst", "T")))
        criterion = write_criterion(
            Actor(id="admin", roles=frozenset({Role(RoleName.ADMIN)})),
            Criterion(),
            CriterionText(1, "Mag het?", "", ""),
        )
        resident = Actor(id=str(sign_in.person_id))
        followed, left = follow(resident, "wijk", "WK999801"), follow(resident, "wijk", "WK999802")
        organisation = make_organisation(SYSTEM, Wanted("Team", OrganisationKind.OTHER, None, ""))
        add_member(SYSTEM, organisation, "resident@voorbeeld.nl")
        round_ = make_round()
        open_round = make_round(PhaseKind.PROPOSE, title="Open ronde", rulebook={"support_needed": 5})
        plan = make_plan(round_)
        own, draft_plan, token = self._plans_of(resident, sign_in.person, open_round)
        self._draft(Actor(id=str(somebody.id)), open_round, CANARY)
        make_plan(round_, title=CANARY, summary=CANARY, state="hidden")
        seal_ballots(SYSTEM, round_.pots[0], [[(plan.ballot_key, Fraction(1))]])
        count_pot(SYSTEM, round_.pots[0], "Telling")
        self.special = (
            self._deciding(round_)
            | self._voting()
            | self._money()
            | self._merging(resident, own, open_round)
            | self._paper(open_round)
            | self._initiatives(sign_in.person)
            | {
                "municipalities.theme": {"code": "GM9998"},
                "drafting.start_page": {"number": open_round.number},
                "drafting.start": {"number": open_round.number},
                "drafting.received": {"number": own.number},
                "writing.join_page": {"number": own.number, "token": token},
                "writing.join": {"number": own.number, "token": token},
            }
        )
        of_plan = [f"supporting.{name}" for name in OF_SUPPORT] + [f"writing.{name}" for name in OF_AUTHORS]
        self.special |= {name: {"number": own.number} for name in of_plan} | desk_addresses(sign_in.person, CANARY)
        self.special |= self._spending(Actor(id=str(somebody.id), roles=OFFICIAL.roles)) | {
            "signing_in.open_link": {"token": _token(Purpose.SIGN_IN)},
            "signing_in.use_link": {"token": _token(Purpose.SIGN_IN)},
            "signing_in.choose_password_page": {"token": _token(Purpose.PASSWORD)},
            "signing_in.choose_password": {"token": _token(Purpose.PASSWORD)},
            "account.confirm_email_page": {"token": _token(Purpose.EMAIL)},
            "account.confirm_email": {"token": _token(Purpose.EMAIL)},
            "settings.term_page": {"key": "proposals-answer"},
            "settings.choose_term": {"key": "proposals-answer"},
            "following.follow_page": {"kind": "wijk", "key": "WK999801"},
            "following.follow": {"kind": "wijk", "key": "WK999801"},
            "news.item": {"number": published.number, "name": "nieuws"},
            "following.stop_by_mail": {"follow_id": left.id},
            "messages.stop_page": {"person_id": sign_in.person_id, "mark": stop_mark(sign_in.person)},
            "messages.stop": {"person_id": sign_in.person_id, "mark": stop_mark(sign_in.person)},
        }
        self.plan_number = plan.number
        words = say_something(resident, plan.thread, Said(Stance.NEUTRAL, "Eigen woorden", "nl"))
        say_something(Actor(id=str(somebody.id)), plan.thread, Said(Stance.NEUTRAL, CANARY, "nl"))
        return {
            "number": round_.number,
            "code": "WK999801",
            "name": "x",
            "position": 1,
            "filename": "css/bb.css",
            "token": "x",
            "person_id": somebody.id,
            "grant_id": grant.id,
            "sign_in_id": sign_in.id,
            "organisation_id": organisation.id,
            "member_id": organisation.members[0].id,
            "identity_id": identity.id,
            "key": "nobody",
            "pair_id": uuid.uuid4(),
            "question_id": uuid.uuid4(),
            "link_id": uuid.uuid4(),
            "update_id": uuid.uuid4(),
            "referral_id": uuid.uuid4(),
            "fund_id": uuid.uuid4(),
            **network_addresses(make_person("Zanger"), make_person("Danser")),
            **self._matching(),
            "merge_id": uuid.uuid4(),
            "news_id": draft.id,
            "draft_id": draft_plan.id,
            "attachment_id": conversations.attachments_of(own.album_id)[0].id,
            "size": "groot",
            "step": "naam",
            "thread_id": plan.thread_id,
            "comment_id": words.id,
            "criterion_id": criterion.id,
            "field": "groen",
            "page": "about",
            "language": "nl",
            "follow_id": followed.id,
        }

    def _voting(self) -> dict[str, dict[str, Any]]:
        """Make a round in which people vote now, and one whose vote waits to be closed."""
        now, before = make_vote(title="Stemmen"), end_vote(make_vote(title="Gestemd"))
        ask_to_close(OFFICIAL, before)
        of_door = ("door", "enter_by_code", "enter_by_account", "enter_by_identity", "hall", "receipts", "leave", "bye")
        of_pot = ("fill_in", "go_on", "cast", "own_copy")
        found = {f"booth.{name}": {"number": now.number} for name in (*of_door, *of_pot)}
        found |= {f"board.{name}": {"number": now.number} for name in ("board", "board_jsonl", "check")}
        found |= {"api-voting.boards": {"number": now.number}}
        entry = make_entry(now, address_sealed=crypto.keys().seal("register address", CANARY))
        make_code(entry)
        batch = CodeBatch(round_id=now.id, number=1, kind="letters", asked_by="1", asked_at=NOW)
        with transaction(db.session()):
            db.session.add(batch)
        of_round = [f"register.{name}" for name in ("register", "example", "bring_in", "ask")]
        found |= {name: {"number": now.number} for name in (*of_round, "helpdesk.desk", "helpdesk.find")}
        of_batch = ("release", "take_back", "fetch", "sent", "withdraw")
        found |= {f"register.{name}": {"batch_id": batch.id} for name in of_batch}
        of_voter = ("voter", "replace", "proxy", "strike", "put_back", "no_letter")
        found |= {f"helpdesk.{name}": {"entry_id": entry.id} for name in of_voter}
        found |= {"helpdesk.returned": {"code_id": queries_of_codes.codes_of(entry.id)[0].id}}
        return found | {f"closing.{name}": {"number": before.number} for name in ("page", "ask", "confirm")}

    def _money(self) -> dict[str, dict[str, Any]]:
        """Make a round whose money residents divide now, one where they did, and a maatwerk pot."""
        pot = Pot(position=1, amount_cents=500_00, kind="maatwerk", holder="Het wijkteam")
        with_maatwerk = make_round(PhaseKind.ALL_YEAR, pots=[pot])
        now, before = (make_round_to_divide(is_over=is_over) for is_over in (False, True))
        names = {"division": ("division", "divide_page", "divide"), "shares": ("split_page", "split")}
        found = {"books.maatwerk_page": with_maatwerk, "books.spend": with_maatwerk}
        found |= {f"division.{name}": now for name in names["division"]}
        found |= {f"shares.{name}": before for name in names["shares"]}
        return {name: {"number": round_.number} for name, round_ in found.items()}

    def _deciding(self, round_: Round) -> dict[str, dict[str, Any]]:
        """Give rounds a rulebook with a version, a list that waits, a package and a meeting; return their addresses."""
        write_round(SYSTEM, round_, RoundChange(facts={"summary": "Voor de wijk"}, note="Duidelijker"), round_.version)
        with_packages = make_round(PhaseKind.ASSESS, 50, rulebook={"decision_form": "packages", "rule": "packages"})
        text = PackageText(with_packages.pots[0], "A", "Zitten", "", [make_plan(with_packages, 20)])
        package = put_together_package(OFFICIAL, with_packages, text)
        listed = make_round(PhaseKind.ASSESS)
        make_plan(listed)
        put_forward_list(OFFICIAL, listed)
        jury = make_round(PhaseKind.ALL_YEAR, rulebook={"decision_form": "jury"})
        meeting = enter_meeting(OFFICIAL, jury, MeetingText(NOW.date(), CANARY, CANARY, CANARY))
        of_meeting = ("meeting_page", "write", "publish", "throw_away")
        return {
            "rounds.rules_version": {"version": 1},
            "making.step_page": {"step": "naam"},
            "making.answer": {"step": "naam"},
            "dating.page": {"kind": "deliver"},
            "dating.move": {"kind": "deliver"},
            "deciding.packages": {"number": with_packages.number},
            "deciding.add_package": {"number": with_packages.number},
            "deciding.remove_package": {"package_id": package.id},
            "deciding.new_page": {"number": jury.number},
            "deciding.enter": {"number": jury.number},
            **{f"deciding.{name}": {"number": listed.number} for name in ("list_page", "confirm", "take_back")},
            **{f"deciding.{name}": {"meeting_id": meeting.id} for name in of_meeting},
        }

    def _plans_of(self, actor: Actor, person: Person, round_: Round) -> tuple[Proposal, ProposalDraft, str]:
        """Give somebody a plan with an invitation to write along, and one that they are still writing."""
        own, token = make_plan(round_, authors=(person,)), crypto.new_token()
        invite_author(actor, own, token)
        with transaction(db.session()):
            attach(actor, own.album, prepared(png(), "foto.png", "Een bank"))
        return own, self._draft(actor, round_, "Mijn plan"), token

    def _merging(self, actor: Actor, own: Proposal, round_: Round) -> dict[str, dict[str, Any]]:
        """Let somebody want to merge their plan with another; only the makers of both and officials know of it."""
        wish = Wish(make_plan(round_).number, other_stays=False, message=CANARY)
        merge = ask_merge(actor, own, wish)
        about = {f"merging.{name}": {"merge_id": merge.id} for name in OF_MERGES}
        return about | {f"merging.{name}": {"number": own.number} for name in ("ask_page", "ask")}

    def _paper(self, round_: Round) -> dict[str, dict[str, Any]]:
        """Make a plan that came in on paper."""
        plan = make_plan(round_, state="submitted", entered_on=NOW.date(), submitted_on=NOW.date())
        about = ("paper.receipt", "writing.change_on_request_page", "writing.change_on_request")
        about += ("writing.withdraw_on_request_page", "writing.withdraw_on_request")
        entering = {f"paper.{name}": {"number": round_.number} for name in ("enter_page", "enter")}
        return entering | {name: {"number": plan.number} for name in about}

    def _initiatives(self, lead: Person) -> dict[str, dict[str, Any]]:
        official = queries.person_by_email("official@voorbeeld.nl")
        if official is None:
            raise LookupError("official")
        found = initiative_addresses(lead, official, CANARY)
        # Nobody registers more than five a day.
        found |= grant_addresses(make_person("Starter"), official)
        return found | network_places(found["my_initiative.ask"]["number"])

    def _matching(self) -> dict[str, Any]:
        worker = queries.person_by_email("neighbourhood-worker@voorbeeld.nl")
        if worker is None:
            raise LookupError("neighbourhood-worker")
        return matching_addresses(make_person("Vrager"), make_person("Bieder"), worker, CANARY)

    def _spending(self, actor: Actor) -> dict[str, dict[str, Any]]:
        """Put figures on the pages, and bring in a file that nobody published; return which address is about which."""
        shown, hidden = publish(line(), actor=actor), draft(actor, line(name=CANARY), source=CANARY)
        about = {f"spending.{name}": {"import_id": hidden.id} for name in OF_DRAFTS}
        return about | {"spending.withdraw": {"import_id": shown.id}}

    def _draft(self, actor: Actor, round_: Round, title: str) -> ProposalDraft:
        return write_draft(actor, begin_draft(actor, round_), {"title": title})

    def answers(self, but: Container[str] = ()) -> list[str]:
        """Return a line per address and method, with a letter per role; ``but`` are endpoints to leave alone."""
        lines = []
        for rule in sorted(self.app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if rule.endpoint in but:
                continue
            with self.app.test_request_context():
                known = self._known(rule)
                address = flask.url_for(rule.endpoint, **{part: known[part] for part in rule.arguments})
            for method in sorted(set(METHODS) & (rule.methods or set())):
                letters = "".join(self._letter(name, method, address) for name in ROLES)
                lines.append(f"{method:4} {letters} {rule.rule}")
        return sorted(set(lines), key=lambda line: (line.split()[2], line))

    def addresses(self) -> list[tuple[str, str]]:
        """Return every address that is read, with the rule it comes from."""
        found = []
        for rule in self.app.url_map.iter_rules():
            if "GET" in (rule.methods or set()):
                with self.app.test_request_context():
                    known = self._known(rule)
                    address = flask.url_for(rule.endpoint, **{part: known[part] for part in rule.arguments})
                    found.append((address, rule.rule))
        return found

    def _known(self, rule: Any) -> dict[str, Any]:
        """Return what the parts of an address stand for."""
        own = {"number": self.plan_number} if "plannen" in rule.rule else {}
        own |= {"number": 1} if rule.endpoint.startswith("talk.") else {}
        return self.parts | own | self.special.get(rule.endpoint, {})

    def _letter(self, name: str, method: str, address: str) -> str:
        client, base = self.clients[name]
        with self.app.app_context():
            response = client.open(address, method=method, base_url=base, headers={"Accept": "text/html"})
        leads_in = response.status_code == 303 and urlsplit(response.headers["Location"]).path == "/inloggen"
        response.close()
        assert response.status_code < 500, address
        _check_protection(response, base)
        return "i" if leads_in else LETTERS.get(response.status_code, "o")


def _check_protection(response: Any, base: str) -> None:
    """Look at what every answer has to carry, whoever asked for what, and at where it may lead."""
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in response.headers
    place = urlsplit(response.headers.get("Location", ""))
    assert place.netloc in ("", urlsplit(base).netloc)
    for cookie in response.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain=" not in cookie


def _token(purpose: Purpose) -> str:
    """Return the token of a link that was mailed to a resident."""
    person = queries.person_by_email("resident@voorbeeld.nl")
    with transaction(db.session()):
        _, token, _ = new_link(purpose, "resident@voorbeeld.nl", person, timedelta(hours=1))
    return token
