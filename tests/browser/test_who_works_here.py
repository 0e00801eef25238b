"""Who works here and who leaves: an official comes in, two admins make a third, a resident takes her data along."""

from __future__ import annotations

import json
import re
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pyotp
from selenium.webdriver import Chrome, Keys

from tests.browser.page_objects import (
    Account,
    DemoChooser,
    DemoMails,
    Form,
    Invitation,
    Keyboard,
    Page,
    PersonPage,
    Register,
    RolesPage,
    SignIn,
)
from tests.browser.server import run_in_demo

PASSWORD = "vier losse woorden langs het kanaal"


def link_mailed_to(browser: Chrome, site: str, site_folder: Path, address: str) -> str:
    """Let the site send its mail; return where the newest mail to an address leads that lets somebody in."""
    run_in_demo(site_folder, ["work", "--once"])
    mails = "\n".join(DemoMails.open(browser, f"{site}/demo/post").to(address))
    found = re.findall(r"/(?:wachtwoord|inloggen/link)/\S+", mails)
    return f"{site}{found[0]}"


def ask_for_link(browser: Chrome, site: str, address: str) -> None:
    way_in = SignIn.open(browser, f"{site}/inloggen")
    way_in.fill_in(email=address)
    way_in.send()


def read_as(browser: Chrome, address: str) -> bytes:
    """Return what an address answers to whoever is signed in in this browser."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in browser.get_cookies())
    request = urllib.request.Request(address, headers={"Cookie": cookies})
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
        content: bytes = answer.read()
    return content


def give_password(browser: Chrome, address: str) -> Form:
    way_in = SignIn(browser)
    assert way_in.path == "/inloggen/wachtwoord"
    way_in.fill_in(email=address, password=PASSWORD)
    way_in.send()
    return Form(browser)


def test_an_invited_official_comes_in_with_a_password_and_a_code(browser: Chrome, site: str, site_folder: Path) -> None:
    address = "lotte@gemeente.voorbeeld.nl"
    invite_official(browser, site, "Lotte Prins", address)
    choosing = Form.open(browser, link_mailed_to(browser, site, site_folder, address))
    assert choosing.heading == "Kies een wachtwoord"
    choosing.fill_in(password=PASSWORD)
    choosing.send()
    assert choosing.notice == "Uw nieuwe wachtwoord is bewaard. Log ermee in."
    assert give_password(browser, address).heading == "Stel uw tweede stap in"
    app = set_up_second_factor(Form.open(browser, f"{site}/beheer"))
    work = Page(browser)
    assert (work.path, work.heading) == ("/beheer", "Mijn werk")
    Account.open(browser, f"{site}/mijn").sign_out()

    way_in = Page.open(browser, f"{site}/beheer")
    way_in.leave_by(way_in.link("Inloggen met een wachtwoord"))
    asked = give_password(browser, address)
    assert asked.heading == "De code van uw app"
    # A code works once; the next one, that the app shows within half a minute, is taken already.
    asked.fill_in(code=app.at(datetime.now(UTC), counter_offset=1))
    asked.send()
    assert (work.path, work.heading) == ("/beheer", "Mijn werk")
    assert work.complaints == []


def invite_official(browser: Chrome, site: str, name: str, address: str) -> None:
    """Ask somebody in as an admin does, who then goes away."""
    DemoChooser.open(browser, f"{site}/demo").be("Aysel")
    person = Invitation.open(browser, f"{site}/beheer/mensen/nieuw").invite(name, address)
    assert (person.heading, person.notice) == (name, "De uitnodiging is onderweg.")
    person.give("official")
    assert [role.startswith("Ambtenaar sinds ") for role in person.roles] == [True]
    Account.open(browser, f"{site}/mijn").sign_out()


def set_up_second_factor(page: Form) -> pyotp.TOTP:
    """Put the secret on the page into an app, and keep the recovery codes; return the app."""
    assert page.heading == "Stel uw tweede stap in", "there is no way around it"
    app = pyotp.TOTP(page.find("main .bb-code").text.replace(" ", ""))
    page.fill_in(code=app.now())
    page.send()
    assert page.heading == "Bewaar deze codes"
    assert len(set(page.texts(".bb-codes code"))) == 10
    assert page.complaints == []
    page.leave_by(page.link("Ik heb ze bewaard"))
    return app


def test_an_admin_needs_a_second_admin_to_make_an_admin(browser: Chrome, site: str) -> None:
    DemoChooser.open(browser, f"{site}/demo").be("Aysel")
    # With an address of the demo she can be chosen there.
    person = Invitation.open(browser, f"{site}/beheer/mensen/nieuw").invite("Nadia Kok", "nadia@waterveld.example")
    page_of_nadia = person.driver.current_url
    person.give("admin")
    assert person.notice == "De rol is voorgesteld. Een andere beheerder moet dit binnen een uur bevestigen."
    assert ["Wacht op een tweede beheerder" in role for role in person.roles] == [True]
    roles = RolesPage.open(browser, f"{site}/beheer/rollen")
    assert roles.waiting == {"Nadia Kok": "Iemand anders moet dit bevestigen."}
    assert ("Nadia Kok", "Beheerder") not in roles.held
    assert roles.complaints == []
    DemoChooser.open(browser, f"{site}/demo").be("Nadia")
    assert Page.open(browser, f"{site}/beheer/mensen").status == 403, "what was only proposed opens nothing"

    DemoChooser.open(browser, f"{site}/demo").be("Tom")
    work = Page(browser)
    assert work.heading == "Mijn werk"
    work.leave_by(work.link("Bevestig een rol voor Nadia Kok"))
    roles.confirm("Nadia Kok")
    assert roles.notice == "De rol is bevestigd."
    assert roles.waiting == {}
    assert ("Nadia Kok", "Beheerder") in roles.held
    assert ["Wacht" in role for role in PersonPage.open(browser, page_of_nadia).roles] == [False]
    DemoChooser.open(browser, f"{site}/demo").be("Nadia")
    assert Page.open(browser, f"{site}/beheer/mensen").heading == "Mensen"


def test_a_resident_reads_everything_about_herself_and_leaves_without_a_mouse(
    browser: Chrome, site: str, site_folder: Path
) -> None:
    address = "esra@voorbeeld.nl"
    ask_for_link(browser, site, address)
    Form.open(browser, link_mailed_to(browser, site, site_folder, address)).send()
    account = Register(browser).make_account("Esra")
    assert account.heading == "Dag Esra"

    keyboard = Keyboard(account)
    keyboard.leave_by("main a[href$='/mijn/alles']")
    everything = Page(browser)
    assert everything.heading == "Alles over mij"
    assert address in everything.find("main").text
    link = keyboard.tab_to("main a[href$='.json']")
    taken_along = json.loads(read_as(browser, link.get_attribute("href") or ""))
    assert address in json.dumps(taken_along)
    held = browser.get_cookies()

    account = Account.open(browser, f"{site}/mijn")
    keyboard.leave_by("main a[href$='/mijn/verwijderen']")
    keyboard.tab_to("main [name=sure]")
    keyboard.press(Keys.SPACE)
    keyboard.leave_by("main form.bb-form button")
    gone = Page(browser)
    assert gone.heading == "Uw account is weg"
    assert gone.complaints == []

    assert Page.open(browser, f"{site}/mijn").path == "/inloggen"
    for cookie in held:
        browser.add_cookie(cookie)
    assert Page.open(browser, f"{site}/mijn").path == "/inloggen", "what her browser held opens nothing any more"
    ask_for_link(browser, site, address)
    Form.open(browser, link_mailed_to(browser, site, site_folder, address)).send()
    assert Page(browser).heading == "Maak een account", "her address is that of somebody new"
