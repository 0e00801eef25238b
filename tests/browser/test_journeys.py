"""What residents come for, walked from the first page to the last."""

from __future__ import annotations

import urllib.request

from selenium.webdriver import Chrome, Keys

from tests.browser.page_objects import Home, Keyboard, Page, ProposalsPage, ResultPage

# An address in Oude Haven of the sample, where the result is out; a plan chosen there; a postcode that is nowhere.
POSTCODE, HOUSE_NUMBER = "1199 KB", "105"
ELECTED = "Veilige fietsenstalling bij de school"
UNKNOWN_POSTCODE = "9999ZZ"


def result_of_my_area(home: Home) -> ResultPage:
    """Walk from home, by the own wijk and one of its plans, to the result."""
    plans = home.find_my_area(POSTCODE, HOUSE_NUMBER).see_all_plans().choose_answer("gekozen")
    return plans.see_plan(ELECTED).see_round().see_result()


def test_a_resident_walks_from_postcode_to_the_result_of_the_wijk(site: str, browser: Chrome) -> None:
    home = Home.open(browser, site)
    assert home.heading == "Wat gebeurt er in uw buurt?"
    area = home.find_my_area(POSTCODE, HOUSE_NUMBER)
    assert area.heading == "Oude Haven"
    plans = area.see_all_plans()
    everything = plans.total
    plans.choose_answer("gekozen")
    assert 0 < plans.total < everything
    assert set(plans.statuses) == {"Gekozen"}
    plan = plans.see_plan(ELECTED)
    assert plan.heading == ELECTED
    assert plan.amount.startswith("€")
    result = plan.see_round().see_result()
    assert result.heading.startswith("Oude Haven koos ")
    assert ELECTED in result.winners
    assert result.language == "nl"
    assert result.complaints == []


def test_a_resident_walks_the_same_way_in_english(site: str, browser: Chrome) -> None:
    home = Home.open(browser, site)
    home.read_in("en")
    assert home.heading == "What happens in your neighbourhood?"
    plans = home.find_my_area(POSTCODE, HOUSE_NUMBER).see_all_plans().choose_answer("gekozen")
    assert (plans.language, plans.path) == ("en", "/en/plannen")
    assert set(plans.statuses) == {"Chosen"}
    plan = plans.see_plan(ELECTED)
    assert plan.path.startswith("/en/plannen/")
    assert plan.find("h1").get_attribute("lang") == "nl", "residents wrote this plan in Dutch"
    result = plan.see_round().see_result()
    assert result.path.startswith("/en/uitslag/")
    assert result.language == "en"
    assert result.heading.startswith("Oude Haven chose ")
    assert result.complaints == []
    result.read_in("nl")
    assert result.path.startswith("/uitslag/")
    assert result.heading.startswith("Oude Haven koos ")


def test_a_resident_walks_the_same_way_with_the_keyboard_only(site: str, browser: Chrome) -> None:
    page = Page.open(browser, site)
    keyboard = Keyboard(page)
    keyboard.skip_to_content()
    assert keyboard.tab().get_attribute("id") == "postcode"
    keyboard.press(POSTCODE)
    assert keyboard.tab().get_attribute("id") == "house_number"
    keyboard.press(HOUSE_NUMBER)
    keyboard.leave_by("main form button")
    assert page.heading == "Oude Haven"
    keyboard.skip_to_content()
    keyboard.leave_by("main a[href*='plannen?wijk=']")
    keyboard.tab_to(".bb-filter summary")
    keyboard.press(Keys.ENTER)
    keyboard.tab_to("[name=antwoord]")
    keyboard.press(*[Keys.ARROW_DOWN] * 5)
    assert page.focused.get_attribute("id") == "antwoord-gekozen"
    keyboard.leave_by(".bb-filter button")
    keyboard.leave_by(".bb-card__title a[href$='fietsenstalling-bij-de-school']")
    assert page.heading == ELECTED
    keyboard.leave_by(".bb-facts a[href*='/rondes/']")
    keyboard.leave_by("main a[href*='/uitslag/']")
    assert page.heading.startswith("Oude Haven koos ")
    why = "details:not([open]) > summary"
    explanation = keyboard.tab_to(f".bb-result__why {why}").find_element("xpath", "../div")
    assert not explanation.is_displayed()
    keyboard.press(Keys.ENTER)
    assert explanation.is_displayed()
    keyboard.tab_to("main a[href$='.pb']")


def test_every_stop_of_the_keyboard_on_home_is_seen(site: str, browser: Chrome) -> None:
    keyboard = Keyboard(Page.open(browser, site))
    keyboard.tab_to(".bb-map a")
    assert keyboard.tab_to("footer a[hreflang]").get_attribute("hreflang") == "en"


def test_a_resident_walks_the_same_way_without_javascript(site: str, browser_without_javascript: Chrome) -> None:
    result = result_of_my_area(Home.open(browser_without_javascript, site))
    assert result.heading.startswith("Oude Haven koos ")
    assert not result.find("[data-chart]").is_displayed(), (
        "without JavaScript there is no hole where the chart would be"
    )
    assert len(result.table) > len(result.winners) > 0
    assert {address.rpartition(".")[2] for address in result.downloads} == {"csv", "pb", "json"}
    for address in result.downloads:
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
            assert answer.read()


def test_plans_are_searched_filtered_and_mapped_without_javascript(
    site: str, browser_without_javascript: Chrome
) -> None:
    plans = ProposalsPage.open(browser_without_javascript, f"{site}/plannen")
    everything = plans.total
    plans.choose_area("Vogelhof")
    of_area = plans.total
    assert 0 < of_area < everything
    plans.choose_answer("nog-geen")
    waiting = plans.total
    assert 0 < waiting < of_area
    assert set(plans.statuses) == {"Wij kijken ernaar"}
    pins = plans.see_map()
    assert 0 < len(pins) <= waiting
    assert all(pin.startswith("/plannen/") for pin in pins)
    assert plans.total == waiting, "the map keeps the choices"
    plans.search("woord dat in geen enkel plan staat")
    assert plans.total == 0
    assert plans.link("Bekijk alle plannen").is_displayed()


def test_a_result_is_drawn_as_a_chart_with_the_same_plans_in_a_table(site: str, browser: Chrome) -> None:
    result = result_of_my_area(Home.open(browser, site))
    bars = result.wait_for_chart()
    table = result.table
    assert len(bars) == len(table) > 0
    for bar, title in zip(sorted(bars), sorted(row[0] for row in table), strict=True):
        assert title.startswith(bar)
    most_votes = max(table, key=lambda row: int(row[2].split()[-1].replace(".", "")))
    assert most_votes[0].startswith(bars[-1]), "the longest bar stands on top"
    assert result.complaints == []


def test_an_unknown_postcode_is_explained_and_kept(site: str, browser: Chrome) -> None:
    page = Home.open(browser, site).fail_to_find_my_area(UNKNOWN_POSTCODE)
    assert page.status == 422
    assert page.title.startswith("Fout:")
    assert page.has_focus
    assert page.messages == ["Wij kennen deze postcode niet. Kies uw wijk in de lijst hieronder."]
    field = page.go_to_first_error()
    assert field.get_attribute("id") == "postcode"
    assert field.get_attribute("value") == UNKNOWN_POSTCODE
    field.clear()
    assert page.find_my_area(POSTCODE, HOUSE_NUMBER).heading == "Oude Haven"


def test_a_visit_leaves_nothing_behind_in_the_browser(site: str, browser: Chrome) -> None:
    home = Home.open(browser, site).fail_to_find_my_area(UNKNOWN_POSTCODE)
    home.find("#postcode").clear()
    result_of_my_area(home).wait_for_chart()
    Page(browser).read_in("en")
    assert browser.get_cookies() == []
    assert browser.execute_cdp_cmd("Storage.getCookies", {})["cookies"] == []
    assert browser.execute_script("return [localStorage.length, sessionStorage.length]") == [0, 0]
