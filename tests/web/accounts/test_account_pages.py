"""The way in and the account, as people walk it: pages, forms, mails, and what is refused."""

from __future__ import annotations

import json
import re

import pyotp
import pytest
from sqlalchemy import select

from buurtbegroting.blueprints.accounts import queries
from buurtbegroting.blueprints.accounts.actions.organisations import Wanted, add_member, make_organisation
from buurtbegroting.blueprints.accounts.models import Channel, OrganisationKind, Person, RoleGrant, SignIn
from buurtbegroting.civic.actors import SYSTEM, RoleName
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.people import PASSWORD, code_in, let_in, link_in, make_person, newest_mail_to, send, token_field
from tests.factories.towns import Town
from tests.pages import CheckedClient


def person_called(name: str) -> Person:
    read_anew(db.session())
    return db.session.scalars(select(Person).where(Person.name == name)).one()


def test_a_new_resident_gets_in_by_link_and_says_who_they_are(client: CheckedClient, town: Town) -> None:
    asked = send(client, "/inloggen", email="nieuw@voorbeeld.nl", next="/plannen")
    assert asked.headers["Location"] == "/inloggen/code"
    link = link_in(newest_mail_to("nieuw@voorbeeld.nl"))
    assert "Druk op de knop" in client.get(link).text
    assert send(client, link).headers["Location"] == "/aanmelden"
    wrong = send(client, "/aanmelden", name="", age="young")
    assert wrong.status_code == 422
    assert "Vul een naam in" in wrong.text
    assert "moet je 12 zijn" in wrong.text
    done = send(client, "/aanmelden", name="Noor", age="child", wijk_code="WK999801", agrees="y")
    assert done.headers["Location"] == "/plannen"
    assert "Dag Noor" in client.get("/mijn").text
    noor = person_called("Noor")
    assert noor.is_child
    assert noor.wijk_code == "WK999801"
    assert send_again(client, link) == 409


def send_again(client: CheckedClient, link: str) -> int:
    status: int = client.get(link).status_code
    return status


def test_a_resident_gets_in_by_the_code_in_the_browser_that_asked(client: CheckedClient, town: Town) -> None:
    make_person()
    send(client, "/inloggen", email="fatima@voorbeeld.nl")
    text = newest_mail_to("fatima@voorbeeld.nl")
    wrong = send(client, "/inloggen/code", code="12")
    assert wrong.status_code == 422
    assert "Dit is niet de code" in wrong.text
    assert send(client, "/inloggen/code", code=code_in(text)).headers["Location"] == "/mijn"


def test_the_answer_is_the_same_for_who_is_known_and_who_is_not(client: CheckedClient, town: Town) -> None:
    make_person()
    answers = []
    for address in ("fatima@voorbeeld.nl", "niemand@voorbeeld.nl"):
        answer = send(client, "/inloggen", email=address)
        page = client.get("/inloggen/code").text
        answers.append((answer.status_code, answer.headers["Location"], page.replace(token_field(page), "")))
    assert answers[0] == answers[1]


def test_after_three_mails_it_says_to_wait(client: CheckedClient, town: Town) -> None:
    for _ in range(3):
        send(client, "/inloggen", email="fatima@voorbeeld.nl")
    refused = send(client, "/inloggen", email="fatima@voorbeeld.nl")
    assert refused.status_code == 429
    assert "Wij stuurden al drie mails" in refused.text


@pytest.mark.parametrize("elsewhere", ["//kwaad.example", "https://kwaad.example", "/\\kwaad.example", "javascript:x"])
def test_nobody_is_led_to_another_site(client: CheckedClient, town: Town, elsewhere: str) -> None:
    make_person(password=PASSWORD)
    done = send(client, "/inloggen/wachtwoord", email="fatima@voorbeeld.nl", password=PASSWORD, next=elsewhere)
    assert done.headers["Location"] == "/mijn"


def test_an_official_sets_up_a_second_factor_and_gets_recovery_codes(client: CheckedClient, town: Town) -> None:
    make_person("Sanne", RoleName.OFFICIAL, password=PASSWORD)
    half = send(client, "/inloggen/wachtwoord", email="sanne@voorbeeld.nl", password=PASSWORD, next="/beheer")
    assert half.headers["Location"] == "/inloggen/tweede-stap/instellen?naar=/beheer"
    led = client.get("/beheer", follow_redirects=True)
    assert led.request.full_path == "/inloggen/tweede-stap/instellen?naar=/beheer"
    assert client.get("/mijn").status_code == 303
    assert "data:image/svg" in client.get("/inloggen/tweede-stap/instellen").text
    assert send(client, "/inloggen/tweede-stap/instellen", code="000").status_code == 422
    secret = crypto.keys().unseal("totp", person_called("Sanne").totp_sealed or "")
    done = send(client, "/inloggen/tweede-stap/instellen", code=pyotp.TOTP(secret).now(), next="/beheer")
    assert done.text.count('class="bb-code"') == 10
    assert client.get("/beheer").status_code == 200
    assert person_called("Sanne").has_second_factor


def test_a_recovery_code_lets_in_once_and_a_code_of_the_app_once(client: CheckedClient, town: Town) -> None:
    from buurtbegroting.blueprints.accounts.actions import second_factor
    from tests.factories.people import actor_of

    sanne = make_person("Sanne", RoleName.OFFICIAL, password=PASSWORD)
    secret = pyotp.random_base32()
    with transaction(db.session()):
        sanne.totp_sealed, sanne.totp_confirmed_at = crypto.keys().seal("totp", secret), clock.now(db.session())
    codes: list[str] = []
    second_factor.new_recovery_codes(actor_of(sanne), sanne, codes)
    outcomes = []
    for code in (codes[0], codes[0], pyotp.TOTP(secret).now(), None):
        send(client, "/inloggen/wachtwoord", email="sanne@voorbeeld.nl", password=PASSWORD)
        given = code or pyotp.TOTP(secret).at(person_called("Sanne").totp_step * 30)
        outcomes.append(send(client, "/inloggen/tweede-stap", code=given).status_code)
    assert outcomes == [303, 422, 303, 422]


def test_a_forgotten_password_is_replaced_by_mail(client: CheckedClient, town: Town) -> None:
    make_person(password=PASSWORD)
    assert "Kijk in uw mail" in send(client, "/wachtwoord-vergeten", email="fatima@voorbeeld.nl").text
    link = link_in(newest_mail_to("fatima@voorbeeld.nl"))
    weak = send(client, link, password="wachtwoord123")
    assert (weak.status_code, "Anderen raden dit wachtwoord" in weak.text) == (422, True)
    assert (
        send(client, link, password="paard batterij nietje juist")
        .headers["Location"]
        .startswith("/inloggen/wachtwoord")
    )
    assert "Uw nieuwe wachtwoord is bewaard" in client.get("/inloggen/wachtwoord?gelukt=wachtwoord").text
    assert client.get(link).status_code == 409


def test_somebody_changes_what_we_know_of_them(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person())
    done = send(client, "/mijn/gegevens", name="Fatima B.", age="adult", wijk_code="WK99980A", language="en")
    assert done.status_code == 303
    assert "Uw gegevens zijn bewaard" in client.get(done.headers["Location"]).text
    assert (person_called("Fatima B.").wijk_code, person_called("Fatima B.").language) == ("WK99980A", "en")
    refused = send(client, "/mijn/berichten-kiezen", channel="letter", rhythm="weekly", address="")
    assert "Vul het adres in" in refused.text
    send(
        client,
        "/mijn/berichten-kiezen",
        channel="letter",
        rhythm="weekly",
        address="F. B.\nDorpsstraat 1\n1234 AB Proefstad",
    )
    kept = person_called("Fatima B.")
    assert kept.channel == "letter"
    assert "Dorpsstraat" not in (kept.address_sealed or "")
    assert "Dorpsstraat 1" in client.get("/mijn/berichten-kiezen").text


def test_somebody_changes_address_and_password(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person(password=PASSWORD))
    assert "Kijk in uw mail" in send(client, "/mijn/e-mail", email="anders@voorbeeld.nl").text
    link = link_in(newest_mail_to("anders@voorbeeld.nl"))
    assert send(client, link).headers["Location"] == "/mijn?gelukt=e-mail"
    wrong = send(client, "/mijn/wachtwoord", former="fout", password="paard batterij nietje juist")
    assert "niet uw huidige wachtwoord" in wrong.text
    assert send(client, "/mijn/wachtwoord", former=PASSWORD, password="paard batterij nietje juist").status_code == 303
    assert client.get("/mijn").headers["Location"] == "/inloggen?naar=/mijn"


def test_somebody_sees_everything_and_is_forgotten(client: CheckedClient, town: Town) -> None:
    fatima = make_person(wijk_code="WK999801")
    let_in(client, fatima)
    shown = client.get("/mijn/alles").text
    assert "fatima@voorbeeld.nl" in shown
    taken = json.loads(client.get("/mijn/alles.json").text)
    assert taken["accounts"]["Account"]["E-mail address"] == "fatima@voorbeeld.nl"
    assert send(client, "/mijn/verwijderen").status_code == 422
    assert "Uw account is weg" in send(client, "/mijn/verwijderen", sure="y").text
    assert client.get("/mijn").status_code == 303
    left = person_called("")
    assert (left.name, left.email, left.wijk_code, left.forgotten_on is None) == ("", None, None, False)
    assert db.session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all() == []


def test_another_browser_is_signed_out_from_this_one(client: CheckedClient, town: Town) -> None:
    fatima = make_person()
    other = let_in(client.application.test_client(), fatima)
    let_in(client, fatima)
    there = queries.open_sign_ins(fatima.id)[1]
    send(client, f"/mijn/aangemeld/{there.id}", "/mijn")
    assert other.get("/mijn").status_code == 303
    assert client.get("/mijn").status_code == 200


def test_an_admin_invites_gives_a_role_and_a_second_admin_confirms(client: CheckedClient, town: Town) -> None:
    aysel, tom = make_person("Aysel", RoleName.ADMIN), make_person("Tom", RoleName.ADMIN)
    let_in(client, aysel)
    invited = send(client, "/beheer/mensen/nieuw", name="Ine", email="ine@voorbeeld.nl")
    address = invited.headers["Location"].partition("?")[0]
    link = link_in(newest_mail_to("ine@voorbeeld.nl"))
    assert "De uitnodiging is onderweg" in client.get(invited.headers["Location"]).text
    send(client, address, role="moderator")
    send(client, address, role="admin")
    page = client.get(address).text
    assert "Wacht op een tweede beheerder" in page
    ine = person_called("Ine")
    waiting = db.session.scalars(
        select(RoleGrant).where(RoleGrant.role == "admin", RoleGrant.person_id == ine.id)
    ).one()
    own = client.get("/beheer/rollen").text
    assert ("Iemand anders moet dit bevestigen" in own, f"/beheer/rollen/{waiting.id}/bevestigen" in own) == (
        True,
        False,
    )
    assert send(client, f"/beheer/rollen/{waiting.id}/bevestigen", "/beheer/rollen").status_code == 403
    second = let_in(client.application.test_client(), tom)
    assert "Bevestig een rol voor Ine" in second.get("/beheer").text
    assert send(second, f"/beheer/rollen/{waiting.id}/bevestigen", "/beheer/rollen").status_code == 303
    assert {role.name for role in queries.active_roles(person_called("Ine"))} == {RoleName.MODERATOR, RoleName.ADMIN}
    assert send(client.application.test_client(), link, password=PASSWORD).status_code == 303


def test_what_weighs_most_asks_for_the_second_factor_once_more(client: CheckedClient, town: Town) -> None:
    from datetime import timedelta

    let_in(client, make_person("Aysel", RoleName.ADMIN))
    fatima = make_person()
    with transaction(db.session()):
        for each in db.session.scalars(select(SignIn)):
            each.second_factor_at = clock.now(db.session()) - timedelta(minutes=6)
    asked = send(client, f"/beheer/mensen/{fatima.id}", role="moderator")
    assert asked.headers["Location"].startswith("/inloggen/tweede-stap")
    assert queries.active_roles(person_called("Fatima")) == frozenset()


def test_organisations_are_kept_with_who_speaks_for_them(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Sanne", RoleName.OFFICIAL))
    make_person()
    made = send(client, "/beheer/organisaties/nieuw", name="Cliëntenraad", kind="client-council", website="")
    address = made.headers["Location"]
    again = send(client, "/beheer/organisaties/nieuw", name="Cliëntenraad", kind="client-council")
    assert "Er is al een organisatie met deze naam" in again.text
    page = client.get(address).text
    token = page.split('id="csrf-member"')[1].split('value="')[1].split('"')[0]
    for email, status in (("niemand@voorbeeld.nl", 422), ("fatima@voorbeeld.nl", 303)):
        data = {"csrf_token": token, "member-csrf_token": token, "member-email": email}
        assert client.post(f"{address}/leden", data=data).status_code == status
    assert "Fatima" in client.get("/beheer/organisaties").text


def test_mail_and_audit_are_shown_to_an_admin(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Aysel", RoleName.ADMIN))
    assert "mails wachten" in client.get("/beheer/post-en-taken").text
    assert "accounts:role:given" in client.get("/beheer/logboek?wat=accounts:role:given").text
    assert "accounts:role:given" in client.get("/beheer/logboek.csv").text


def test_a_form_of_another_site_is_refused_whatever_it_holds(client: CheckedClient, town: Town) -> None:
    make_person(password=PASSWORD)
    refused = client.post("/inloggen", data={"email": "a@b.nl"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    without = client.post("/inloggen", data={"email": "a@b.nl"})
    assert (without.status_code, "stond te lang open" in without.text) == (422, True)


@pytest.mark.parametrize("deed", ["bevestigen", "beeindigen"])
def test_a_button_on_a_page_of_before_does_nothing_and_says_so(client: CheckedClient, town: Town, deed: str) -> None:
    aysel, tom = make_person("Aysel", RoleName.ADMIN), make_person("Tom", RoleName.ADMIN)
    send(let_in(client, aysel), f"/beheer/mensen/{make_person('Ine').id}", role="admin")
    grant = person_called("Ine").grants[0]
    refused = let_in(client, tom).post(f"/beheer/rollen/{grant.id}/{deed}", data={"csrf_token": "of before"})
    assert refused.status_code == 422
    assert "Deze pagina stond te lang open" in refused.text
    grant = person_called("Ine").grants[0]
    assert (grant.confirmed_at, grant.ended_at) == (None, None)


def test_who_has_no_address_gets_no_invitation(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Aysel", RoleName.ADMIN))
    gerrit = make_person("Gerrit", email=None, email_confirmed_at=None, channel=Channel.NONE)
    page = f"/beheer/mensen/{gerrit.id}"
    assert "Verstuur de uitnodiging opnieuw" not in client.get(page).text
    assert send(client, f"{page}/uitnodiging", page).status_code == 404
    assert queries.people("Gerrit", 1, 9)[1] == 1


def test_who_leaves_speaks_for_no_organisation_any_more(client: CheckedClient, town: Town) -> None:
    fatima = make_person("Fatima")
    team = make_organisation(SYSTEM, Wanted("Team", OrganisationKind.OTHER, None, ""))
    add_member(SYSTEM, team, "fatima@voorbeeld.nl")
    let_in(client, fatima)
    assert send(client, "/mijn/verwijderen", agrees="y", sure="y").status_code == 200
    read_anew(db.session())
    assert queries.organisations_of(fatima.id) == []


def test_a_resident_with_a_second_factor_is_asked_for_it(client: CheckedClient, town: Town) -> None:
    now = clock.now(db.session())
    make_person("Fatima", totp_sealed=crypto.keys().seal("totp", pyotp.random_base32()), totp_confirmed_at=now)
    send(client, "/inloggen", email="fatima@voorbeeld.nl")
    opened = send(client, link_in(newest_mail_to("fatima@voorbeeld.nl")))
    assert opened.headers["Location"] == "/inloggen/tweede-stap"
    assert client.get("/mijn").status_code == 303


def test_two_tabs_do_not_overwrite_each_other(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Fatima"))
    seen = re.findall(r'name="version"[^>]*value="([^"]+)"', client.get("/mijn/gegevens").text)[0]
    form = {"name": "Fatima Y.", "age": "adult", "wijk_code": "", "language": "nl", "version": seen}
    assert send(client, "/mijn/gegevens", **form).status_code == 303
    again = send(client, "/mijn/gegevens", **form | {"name": "F."})
    assert again.status_code == 409
