"""People come into the register once; letters are made by two, fetched once; a code proves one voter and no other."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.accounts.models import Identity
from buurtbegroting.blueprints.electorate import queries
from buurtbegroting.blueprints.electorate.actions import helping, lettering, proving, registering
from buurtbegroting.blueprints.electorate.checking import VoterLine
from buurtbegroting.blueprints.electorate.models import CodeBatch, RegisterEntry, VotingCode
from buurtbegroting.blueprints.electorate.states import CodeState
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, Actor, Role, RoleName, Verification
from buurtbegroting.civic.refusals import (
    AlreadyDone,
    Invalid,
    NeedsSecondFactor,
    NotFound,
    NotNow,
    NotSignedIn,
    NotYours,
    TooOften,
)
from buurtbegroting.foundation import clock, jobs
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.certificates import certificate, opened
from tests.factories.people import make_person
from tests.factories.towns import Town
from tests.factories.voting import end_vote, make_code, make_entry, make_vote

OFFICIALS = frozenset({Role(RoleName.OFFICIAL)})


def official(name: str = "first") -> Actor:
    return Actor(id=name, roles=OFFICIALS, second_factor_at=clock.now(db.session()))


def line(reference: str, **facts: object) -> VoterLine:
    plain = {
        "line": 2,
        "reference": reference,
        "address": (f"Kanarie {reference}", "Polderpad 12", "1234 AB  PROEFSTAD"),
        "postcode": "1234AB",
        "house_number": 12,
        "house": "12",
        "language": "nl",
        "is_large_print": False,
        "gets_letter": True,
        "identity": "",
    }
    return VoterLine(**plain | facts)  # type: ignore[arg-type]


def with_letters(**rules: object) -> tuple[Round, bytes]:
    """Return a round with two voters whose letters were made and fetched, and what the printer got."""
    round_ = make_vote(rulebook=rules)
    registering.import_register(official(), round_, [line("1"), line("2", is_large_print=True, language="en")])
    lettering.ask_for_letters(official(), round_, certificate())
    lettering.release_letters(official("second"), batch_of(round_))
    jobs.run_due(db.session())
    read_anew(db.session())
    return round_, lettering.fetch_letters(official(), batch_of(round_)).content


def batch_of(round_: Round) -> CodeBatch:
    batch = db.session.scalar(sa.select(CodeBatch).where(CodeBatch.round_id == round_.id, CodeBatch.kind == "letters"))
    assert batch is not None
    return batch


def merged(content: bytes) -> list[dict[str, str]]:
    package = zipfile.ZipFile(io.BytesIO(opened(content)))
    text = package.read("samenvoegbestand.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def entry_of(round_: Round, reference: str) -> RegisterEntry:
    (entry,) = queries.found_in_register(round_.id, reference, None)
    found = queries.entry_by_id(entry.id)
    assert found is not None
    return found


def test_people_come_in_once_and_a_second_file_brings_their_new_address(town: Town) -> None:
    round_ = make_vote()
    first = registering.import_register(official(), round_, [line("1"), line("2")])
    assert (first.added, first.known) == (2, 0)
    again = registering.import_register(official(), round_, [line("1", address=("Nieuw", "A 1", "1234 AB  B"))])
    assert (again.added, again.known) == (0, 1)
    assert registering.address_of(entry_of(round_, "1"))[0] == "Nieuw"


def test_names_and_addresses_are_not_to_be_read_in_the_database(town: Town) -> None:
    round_ = make_vote()
    registering.import_register(official(), round_, [line("1", identity="123456782")])
    rows = str(db.session.execute(sa.text("SELECT * FROM register_entry")).all())
    assert not [word for word in ("Kanarie", "Polderpad", "1234AB", "123456782") if word in rows]


def test_one_identity_is_one_person(town: Town) -> None:
    round_ = make_vote()
    with pytest.raises(Invalid):
        registering.import_register(official(), round_, [line("1", identity="x"), line("2", identity="x")])


def test_letters_are_made_by_two_and_fetched_once(town: Town) -> None:
    round_, content = with_letters()
    found = merged(content)
    assert [each["kenmerk"] for each in found] == ["1", "2"]
    assert found[0]["adres_van_het_stemhokje"].endswith(f"/stemmen/{round_.number}#{found[0]['code']}")
    assert proving.prove_by_code(round_, found[1]["code"]).id == str(entry_of(round_, "2").id)
    with pytest.raises(NotNow):
        lettering.fetch_letters(official(), batch_of(round_))
    assert queries.numbers_of(round_.id).letters == {CodeState.PRINTED: 2}


def test_there_are_letters_in_usual_and_in_large_print(town: Town) -> None:
    _, content = with_letters()
    package = zipfile.ZipFile(io.BytesIO(opened(content)))
    assert set(package.namelist()) == {"brieven.pdf", "brieven-grote-letters.pdf", "samenvoegbestand.csv"}
    assert package.read("brieven.pdf").startswith(b"%PDF")


def test_no_plain_code_stays_behind(town: Town, data_dir: Path) -> None:
    round_, content = with_letters()
    plain = [each["code"] for each in merged(content)]
    found = {each for text in plain for each in (text, text.replace("-", ""), text.replace("-", "")[5:15])}
    kept = str(db.session.execute(sa.text("SELECT * FROM voting_code")).all())
    kept += str(db.session.execute(sa.text("SELECT args FROM job")).all())
    assert not [each for each in found if each in kept]
    assert not list(data_dir.rglob("*.p7m"))
    assert batch_of(round_).file_path == ""


def test_making_letters_again_changes_nothing(town: Town) -> None:
    round_, _ = with_letters()
    lettering.make_letters(str(batch_of(round_).id))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(VotingCode)) == 2


def test_who_asked_does_not_release(town: Town) -> None:
    round_ = make_vote()
    registering.import_register(official(), round_, [line("1")])
    lettering.ask_for_letters(official(), round_, certificate())
    with pytest.raises(NotYours):
        lettering.release_letters(official(), batch_of(round_))
    with pytest.raises(NotNow):
        lettering.ask_for_letters(official(), round_, certificate())
    lettering.take_back_letters(official(), batch_of(round_))
    assert queries.batches_of(round_.id) == []


def test_released_letters_are_not_released_or_taken_back_again(town: Town) -> None:
    round_, _ = with_letters()
    for deed in (lettering.release_letters, lettering.take_back_letters):
        with pytest.raises(AlreadyDone):
            deed(official("second"), batch_of(round_))


def test_letters_need_somebody_to_write_to_and_a_certificate(town: Town) -> None:
    round_ = make_vote()
    with pytest.raises(Invalid):
        lettering.ask_for_letters(official(), round_, "-----BEGIN CERTIFICATE-----")
    with pytest.raises(NotNow):
        lettering.ask_for_letters(official(), round_, certificate())


def test_a_withdrawn_batch_proves_nothing_and_its_voters_get_new_letters(town: Town) -> None:
    round_, content = with_letters()
    lettering.note_sent(official(), batch_of(round_))
    lettering.withdraw_batch(official(), batch_of(round_))
    with pytest.raises(Invalid):
        proving.prove_by_code(round_, merged(content)[0]["code"])
    assert len(queries.entries_without_code(round_.id)) == 2


def test_a_new_code_takes_the_place_of_the_old_one(town: Town) -> None:
    round_, content = with_letters()
    old = merged(content)[0]["code"]
    done = helping.replace_code(official(), entry_of(round_, "1"))
    assert proving.prove_by_code(round_, done.letter.code).id == str(entry_of(round_, "1").id)
    with pytest.raises(Invalid):
        proving.prove_by_code(round_, old)


def test_a_letter_that_came_back_proves_nothing(town: Town) -> None:
    round_, content = with_letters()
    (code,) = queries.codes_of(entry_of(round_, "1").id)
    found = queries.code_by_id(code.id)
    assert found is not None
    helping.note_returned(official(), found)
    with pytest.raises(Invalid):
        proving.prove_by_code(round_, merged(content)[0]["code"])


def test_who_is_struck_does_not_vote_until_put_back(town: Town) -> None:
    round_, content = with_letters()
    entry = registering.strike(official(), entry_of(round_, "1"), "Verhuisd")
    with pytest.raises(Invalid):
        proving.prove_by_code(round_, merged(content)[0]["code"])
    with pytest.raises(NotNow):
        helping.replace_code(official(), entry)
    entry = registering.put_back(official(), entry_of(round_, "1"))
    code = helping.replace_code(official(), entry_of(round_, "1")).letter.code
    assert proving.prove_by_code(round_, code).id == str(entry.id)


def test_striking_needs_a_reason(town: Town) -> None:
    round_, _ = with_letters()
    with pytest.raises(Invalid):
        registering.strike(official(), entry_of(round_, "1"), "")


def test_who_wants_no_letter_gets_none(town: Town) -> None:
    round_, content = with_letters()
    registering.want_no_letter(official(), entry_of(round_, "1"))
    with pytest.raises(Invalid):
        proving.prove_by_code(round_, merged(content)[0]["code"])
    assert queries.entries_without_code(round_.id) == []


def test_one_voter_votes_for_two_others_at_most(town: Town) -> None:
    round_ = make_vote(rulebook={"proofs": ["code", "proxy"]})
    registering.import_register(official(), round_, [line(str(number)) for number in range(1, 5)])
    given = helping.give_proxy(official(), entry_of(round_, "1"), "4")
    assert given.letter.address[0] == "Kanarie 4"
    assert proving.prove_by_code(round_, given.letter.code).id == str(entry_of(round_, "1").id)
    with pytest.raises(AlreadyDone):
        helping.give_proxy(official(), entry_of(round_, "1"), "3")
    helping.give_proxy(official(), entry_of(round_, "2"), "4")
    with pytest.raises(NotYours):
        helping.give_proxy(official(), entry_of(round_, "3"), "4")
    assert queries.number_of_proxies(round_.id) == 2


@pytest.mark.parametrize("holder", ["1", "99", ""])
def test_a_proxy_is_for_another_voter(town: Town, holder: str) -> None:
    round_ = make_vote(rulebook={"proofs": ["code", "proxy"]})
    registering.import_register(official(), round_, [line("1"), line("2")])
    with pytest.raises(Invalid):
        helping.give_proxy(official(), entry_of(round_, "1"), holder)


def test_without_proxies_in_the_rulebook_nobody_votes_for_another(town: Town) -> None:
    round_, _ = with_letters()
    with pytest.raises(NotYours):
        helping.give_proxy(official(), entry_of(round_, "1"), "2")


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        (ANONYMOUS, NotSignedIn),
        (Actor(id="resident"), NotYours),
        (Actor(id="stale", roles=OFFICIALS), NeedsSecondFactor),
    ],
)
def test_a_register_is_kept_by_officials_who_showed_who_they_are(
    town: Town, actor: Actor, refusal: type[Exception]
) -> None:
    round_ = make_vote()
    entry = make_entry(round_)
    with pytest.raises(refusal):
        registering.import_register(actor, round_, [line("1")])
    with pytest.raises(refusal):
        helping.replace_code(actor, queries.entry_by_id(entry.id))  # type: ignore[arg-type]


def test_after_the_vote_a_register_stands_still(town: Town) -> None:
    round_ = end_vote(make_vote())
    with pytest.raises(NotNow):
        registering.import_register(official(), round_, [line("1")])
    entry = make_entry(round_)
    with pytest.raises(NotNow):
        helping.replace_code(official(), queries.entry_by_id(entry.id))  # type: ignore[arg-type]


def test_a_poll_has_no_register(town: Town) -> None:
    round_ = make_vote(rulebook={"proofs": ["account"]})
    with pytest.raises(NotFound):
        registering.import_register(official(), round_, [line("1")])
    entry = make_entry(round_)
    with pytest.raises(NotFound):
        helping.replace_code(official(), queries.entry_by_id(entry.id))  # type: ignore[arg-type]


def test_proving_writes_nothing(town: Town) -> None:
    round_ = make_vote()
    code = make_code(make_entry(round_))
    read_anew(db.session())
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    proving.prove_by_code(round_, code)
    sa.event.remove(db.engine, "before_cursor_execute", note)
    assert said
    assert not [each for each in said if re.match("INSERT|UPDATE|DELETE", each)]


def test_a_code_of_another_round_proves_nothing(town: Town) -> None:
    round_, other = make_vote(), make_vote()
    with pytest.raises(Invalid):
        proving.prove_by_code(other, make_code(make_entry(round_)))


def test_after_ten_wrong_codes_in_a_day_only_a_new_letter_helps(town: Town) -> None:
    from buurtbegroting.blueprints.electorate import codes

    round_ = make_vote()
    code = make_code(make_entry(round_))
    selector = codes.typed(code).selector
    for _ in range(10):
        proving.note_wrong_code(SYSTEM, round_.id, selector)
    with pytest.raises(TooOften, match="new letter"):
        proving.prove_by_code(round_, code)
    proving.forgive_wrong_codes(SYSTEM, round_.id, selector)
    proving.prove_by_code(round_, code)


def test_a_known_identity_proves_the_same_voter_as_the_letter(town: Town) -> None:
    round_ = make_vote(rulebook={"proofs": ["code", "identity"]})
    registering.import_register(official(), round_, [line("1", identity="subject 7")])
    person = make_person()
    with transaction(db.session()):
        db.session.add(Identity(person_id=person.id, issuer="https://id.example", subject="subject 7"))
    entry = entry_of(round_, "1")
    voter = proving.prove_by_identity(Actor(id=str(person.id)), round_)
    assert voter.id == str(entry.id) == proving.prove_by_code(round_, make_code(entry)).id


@pytest.mark.parametrize(
    ("actor", "proofs", "refusal"),
    [
        (ANONYMOUS, ["code", "identity"], NotSignedIn),
        (Actor(id="00000000-0000-0000-0000-000000000001"), ["code"], NotYours),
        (Actor(id="00000000-0000-0000-0000-000000000001"), ["code", "identity"], Invalid),
        (Actor(id="1", on_behalf_of="2"), ["code", "identity"], NotYours),
    ],
)
def test_an_identity_that_nobody_knows_proves_nothing(
    town: Town, actor: Actor, proofs: list[str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        proving.prove_by_identity(actor, make_vote(rulebook={"proofs": proofs}))


SURE = {"id": "1", "verification": Verification.EMAIL, "wijk_code": "WK999801"}


@pytest.mark.parametrize(
    ("actor", "proofs", "refusal"),
    [
        (ANONYMOUS, ["account"], NotSignedIn),
        (Actor(**SURE), ["code"], NotYours),  # type: ignore[arg-type]
        (Actor(**SURE | {"on_behalf_of": "2"}), ["account"], NotYours),  # type: ignore[arg-type]
        (Actor(**SURE | {"verification": Verification.NONE}), ["account"], NotYours),  # type: ignore[arg-type]
        (Actor(**SURE | {"wijk_code": None}), ["account"], NotYours),  # type: ignore[arg-type]
    ],
)
def test_an_account_proves_somebody_in_a_poll_alone(
    town: Town, actor: Actor, proofs: list[str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        proving.prove_by_account(actor, make_vote(rulebook={"proofs": proofs}))


def test_a_round_without_letters_takes_no_codes(town: Town) -> None:
    with pytest.raises(NotYours):
        proving.prove_by_code(make_vote(rulebook={"proofs": ["identity"]}), "x")
