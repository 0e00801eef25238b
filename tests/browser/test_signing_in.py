"""Getting in as people do it: by a link in a mail, and with a second factor; all by keyboard where it counts."""

from __future__ import annotations

import re
from pathlib import Path

import pyotp
from selenium.webdriver import Chrome, Keys

from tests.browser.page_objects import DemoChooser, DemoMails, Form, Page, SignIn
from tests.browser.server import run_in_demo


def test_a_resident_registers_by_a_link_and_comes_back_without_a_mouse(
    browser: Chrome, site: str, site_folder: Path
) -> None:
    way_in = SignIn.open(browser, f"{site}/inloggen")
    way_in.find("#email").send_keys("nieuw@voorbeeld.nl")
    way_in.wait_for_next_page(lambda: way_in.find("#email").send_keys(Keys.ENTER))
    run_in_demo(site_folder, ["work", "--once"])
    mail = DemoMails.open(browser, f"{site}/demo/post").to("nieuw@voorbeeld.nl")[0]
    link = re.findall(r"/inloggen/link/\S+", mail)[0]
    Form.open(browser, f"{site}{link}").send()
    register = Form(browser)
    register.fill_in(name="Nieuw")
    register.choose("age", "adult")
    register.find("#agrees").send_keys(Keys.SPACE)
    register.send()
    account = Page(browser)
    assert account.heading == "Dag Nieuw"
    assert account.complaints == []
    account.leave_by(account.find("main .bb-sectionhead button"))
    assert Page.open(browser, f"{site}/mijn").path == "/inloggen"


def test_somebody_sets_up_a_second_factor_and_keeps_the_recovery_codes(browser: Chrome, site: str) -> None:
    DemoChooser.open(browser, f"{site}/demo").be("Gerrit")
    setting_up = Form.open(browser, f"{site}/inloggen/tweede-stap/instellen")
    secret = setting_up.find("main .bb-code").text.replace(" ", "")
    setting_up.fill_in(code="000000")
    setting_up.send()
    assert "niet de code" in setting_up.find("[data-error-summary]").text
    again = Form(browser)
    again.find("#code").clear()
    again.fill_in(code=pyotp.TOTP(secret).now())
    again.send()
    assert len(Page(browser).find_all(".bb-codes code")) == 10
    Page(browser).leave_by(Page(browser).find("main a.nl-button"))
    assert "app voor codes" in Page(browser).find("main .bb-facts").text
