"""Residents take part as they can: by keyboard alone, and with a browser that runs no scripts."""

from __future__ import annotations

from selenium.webdriver import Chrome, Keys

from tests.browser.page_objects import DemoChooser, Form, Keyboard, Page, PlaceOnMap

# The questions after the name of a plan: where to go on each page, and what to type or choose there.
QUESTIONS = (
    ("#what", "Zes houten huisjes."),
    ("#why", "Er zijn te weinig nestplekken."),
    ("#for_whom", ""),
    ("[name=pot]", Keys.SPACE),
    ("[name=theme]", ""),
    ("#cost_cents", "650"),
    ("[name=carrier]", Keys.SPACE),
)
BUTTON = "main form.bb-form button[type=submit]"


def name_by_keyboard(keyboard: Keyboard, page: Page) -> None:
    """Begin a plan and give it a name, past the plans that look like it."""
    keyboard.leave_by("main .bb-panel a[href*='/plannen/nieuw/2']")
    keyboard.leave_by(BUTTON)
    keyboard.tab_to("#title")
    keyboard.press("Vogelhuisjes in de Kanaalstraat")
    keyboard.tab()
    keyboard.press("Zes huisjes voor zeldzame ijsvogels.")
    keyboard.leave_by(BUTTON)
    if page.path.endswith("/lijkt-op"):
        keyboard.leave_by("main .nl-button--primary")


def test_a_resident_proposes_a_plan_with_the_keyboard_only(site: str, browser: Chrome) -> None:
    DemoChooser.open(browser, f"{site}/demo").be("Gerrit")
    page = Page.open(browser, f"{site}/plannen/nieuw")
    keyboard = Keyboard(page)
    name_by_keyboard(keyboard, page)
    for field, typed in QUESTIONS:
        keyboard.tab_to(field)
        keyboard.press(typed)
        keyboard.leave_by(BUTTON)
    assert page.heading == "Kijk uw plan nog één keer na"
    keyboard.tab_to("#is_old_enough")
    keyboard.press(" ")
    keyboard.leave_by(BUTTON)
    assert page.heading == "Uw plan is ingediend"
    keyboard.leave_by("main .nl-button--primary")
    assert page.heading == "Vogelhuisjes in de Kanaalstraat"
    assert page.complaints == []


def name_with_a_mistake(page: Form) -> None:
    """Give a plan a name, first without saying what it is."""
    page.fill_in(title="Tafeltennistafel achter de kerk")
    page.send()
    assert "Vul in één zin in wat het is." in page.find("main").text
    assert page.find("#title").get_attribute("value") == "Tafeltennistafel achter de kerk"
    page.fill_in(summary="Een betonnen tafel voor jong en oud.")
    page.send()
    if page.path.endswith("/lijkt-op"):
        page.leave_by(page.find("main .nl-button--primary"))


def test_a_resident_proposes_a_plan_without_javascript(site: str, browser_without_javascript: Chrome) -> None:
    browser = browser_without_javascript
    DemoChooser.open(browser, f"{site}/demo").be("Wim Jansen")
    page = Form.open(browser, f"{site}/plannen/nieuw")
    page.leave_by(page.find("main .bb-panel a[href*='/plannen/nieuw/2']"))
    page.send()
    name_with_a_mistake(page)
    page.fill_in(what="Een tafel van beton.")
    page.send()
    draft = browser.current_url.rpartition("/")[0]
    browser.get(draft)
    page.send()
    assert "Uw plan is nog niet af." in page.find("main").text
    page.leave_by(page.find(".bb-notice--error a[href*='/waarom']"))
    page.fill_in(why="Dan spelen kinderen vaker buiten.")
    page.send()
    assert browser.current_url == draft, "after a missing answer one is back where all answers are"
    rest = (("waar", "pot", " "), ("kosten", "cost_cents", "€ 2.400,-"), ("uitvoering", "carrier", " "))
    for step, name, typed in rest:
        browser.get(f"{draft}/{step}?na=nakijken")
        page.fill_in(**{name: typed})
        page.send()
    page.fill_in(is_old_enough=" ")
    page.send()
    assert page.heading == "Uw plan is ingediend"


def test_a_resident_talks_along_without_javascript(site: str, browser_without_javascript: Chrome) -> None:
    browser = browser_without_javascript
    DemoChooser.open(browser, f"{site}/demo").be("Sanne")
    page = Form.open(browser, f"{site}/plannen?zoek=Nestkasten")
    page.leave_by(page.find(".bb-card__title a"))
    page.leave_by(page.find("main a[href*='/gesprek/']"))
    page.fill_in(body="Wij zoeken er samen met u een plek voor.")
    page.send()
    assert "Wij zoeken er samen met u een plek voor." in page.find("main").text
    assert page.complaints == []


def place_of_a_draft(browser: Chrome, site: str, who: str) -> PlaceOnMap:
    """Begin a plan and go to the question where it is."""
    DemoChooser.open(browser, f"{site}/demo").be(who)
    page = Form.open(browser, f"{site}/plannen/nieuw")
    page.leave_by(page.find("main .bb-panel a[href*='/plannen/nieuw/2']"))
    page.send()
    return PlaceOnMap.open(browser, browser.current_url.rpartition("/")[0] + "/waar")


def test_a_point_on_the_map_chooses_the_buurt_and_arrow_keys_move_it(site: str, browser: Chrome) -> None:
    page = place_of_a_draft(browser, site, "Noor")
    page.wait_for_map()
    page.choose_buurt("Merelbuurt")
    page.put_point()
    assert page.said == "Het punt ligt in Merelbuurt."
    assert page.focused.get_attribute("alt") == "De plek van uw plan. Verplaats het punt met de pijltjestoetsen."
    keyboard = Keyboard(page)
    keyboard.press(*[Keys.ARROW_DOWN] * 60)
    assert page.said == "Het punt ligt in Molenhoek."
    assert page.chosen_buurt == "Molenhoek"
    keyboard.press(*[Keys.ARROW_UP] * 400)
    assert page.said == "Dit ligt niet in de gemeente. Kies een punt binnen de grenzen."
    assert page.point != ("", "")
    page.choose_buurt("Havenkom")
    assert page.said == "Het punt is weg: het lag in een andere buurt."
    assert page.point == ("", "")
    assert page.complaints == []


def test_without_javascript_there_is_no_map_and_the_buurt_says_where(
    site: str, browser_without_javascript: Chrome
) -> None:
    page = place_of_a_draft(browser_without_javascript, site, "Ine Smit")
    assert not page.find("[data-place]").is_displayed()
    page.choose_buurt("Merelbuurt")
    page.fill_in(pot=" ")
    page.send()
    assert page.path.endswith("/onderwerp")


def test_costs_are_listed_without_javascript(site: str, browser_without_javascript: Chrome) -> None:
    place = place_of_a_draft(browser_without_javascript, site, "Karin Oosterhuis")
    page = Form.open(browser_without_javascript, place.driver.current_url.replace("/waar", "/kosten"))
    page.leave_by(page.find("button[name=extra]"))
    assert page.focused.get_attribute("id") == "cost_lines-1-what"
    page.find("#cost_lines-1-what").send_keys("Zes huisjes")
    page.find("#cost_lines-1-amount").send_keys("€ 90,-")
    page.send()
    page = Form.open(browser_without_javascript, page.driver.current_url.rpartition("/")[0])
    assert "Zes huisjes: € 90" in page.find("main").text.replace("\N{NO-BREAK SPACE}", " ")
