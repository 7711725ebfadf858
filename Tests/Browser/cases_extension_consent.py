# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Presses that were meant for something else, and pages that hold on to the wallet's window."""

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder

import extension
from hostile import books_agree, genuine_offer, probe, purchase_of, say, take_money, to_offer
from hostile_site import HostileSite
from report import wait_for

# The button is held back, as by another window in front, until the clicks are under way; how many there were is remembered.
HOLD = """
window.clicks = 0;
addEventListener("pointerdown", () => { window.clicks += 1; if (window.clicks === 3) dispatchEvent(new Event("focus")); }, true);
dispatchEvent(new Event("blur"));
const box = document.querySelector(arguments[0]).getBoundingClientRect();
return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
"""

OPENER = """document.querySelector("h1").onclick = () => { window.child = open("/child", "_blank", "width=500,height=700"); };"""


def click_fast(browser, x, y, times, pause=0.12):
    """One hand's quick run of clicks at one place."""
    actions = ActionBuilder(browser.driver, duration=0)
    actions.pointer_action.move_to_location(x, y)
    for _ in range(times):
        actions.pointer_action.click()
        actions.pointer_action.pause(pause)
        actions.key_action.pause(0)
    try:
        actions.perform()
    except WebDriverException:
        """The window may go with one of them, which is then seen in the books."""


def extension_fast_clicks(test):
    """A run of clicks that was begun before the wallet's button could be pressed agrees to nothing; a press after it does."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as shop, test.browser("ext-fast-clicks", extension=True) as browser:
        take_money(browser, sandbox, "clicks")
        shop.answer("/pay", lambda request: request.reply(200, b'{"fulfillment_url": "/bought"}', Content_Type="application/json"))
        shop.page("/bought", "What was bought")
        browser.open(shop.page("/", "Click as fast as you can"))
        probe(browser)
        offer = genuine_offer(sandbox)
        say(browser, offer)
        to_offer(browser)
        window = browser.driver.current_window_handle
        click_fast(browser, *browser.run(HOLD, "#pay"), 20)
        browser.to_tab()
        report.check("a run of fast clicks over the wallet's button pays nothing",
                     purchase_of(browser, offer) is None and shop.sent("/pay", "POST") == [])
        browser.to(window)
        report.check("all of them were in the wallet's window", browser.run("return window.clicks") >= 20, browser.run("return window.clicks"))
        browser.wait("#pay:enabled")
        browser.shot("after-the-clicks")
        browser.click_and_leave("#pay")
        browser.to_tab()
        browser.wait_address("/bought")
        report.equal("one press after a rest pays", purchase_of(browser, offer)["state"], "paid")
        report.check("after the clicks the wallet's ledger and its coins say the same", books_agree(browser))


def extension_withdrawal_consent(test):
    """A bank's page opens the wallet in a window of its own and names an exchange: it can neither move that window nor have the exchange asked."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as bank, HostileSite() as other, test.browser("ext-withdrawal-consent", extension=True) as browser:
        bank.page("/cb", "The bank's question")
        bank.page("/calm", "Somewhere else")
        detail = {"amount": {"value": 5, "fraction": 0, "currency": "KUDOS"}, "callback_url": bank.origin + "/cb", "wt_types": ["test"],
                  "suggested_exchange_url": sandbox.exchange_url}
        bank.page("/child", "A bank's window")
        browser.open(bank.page("/", "A bank that opens windows", script=OPENER))
        probe(browser)
        known = browser.windows()
        browser.click("h1")
        window = browser.to_new(known)
        wait_for("the bank's window has its page", lambda: browser.address.endswith("/child"))
        probe(browser)
        browser.run("say('taler-create-reserve', arguments[0])", detail)
        browser.wait_address("/extension/pages/withdraw.html")
        browser.wait("#look-suggested")
        browser.shot("in-a-window")
        report.check("the wallet's page has no opener", browser.run("return window.opener === null"))
        browser.to_tab()
        report.check("for the page that opened the window it is closed", browser.run("return child.closed"))
        browser.run("child.location = '/calm'; child.close()")
        probe(browser)
        browser.to(window)
        report.check("and that page can neither lead nor close it", extension.is_extension(browser) and browser.shows("#look-suggested"), browser.address)

        extension.look_at_suggestion(browser)
        browser.click("#trust")
        click_fast(browser, *browser.run(HOLD, "#confirm"), 20)
        report.check("a run of fast clicks over the button confirms no withdrawal",
                     extension.is_extension(browser) and extension.stored(browser, "reserves") == [], browser.address)
        browser.run("dispatchEvent(new Event('blur'))")
        ActionChains(browser.driver).click(browser.find("#confirm")).perform()
        browser.run("document.querySelector('#confirm').click()")
        report.equal("nor does a press while another window is in front, or one that no person made", extension.stored(browser, "reserves"), [])
        browser.run("dispatchEvent(new Event('focus'))")
        browser.wait("#confirm:enabled")
        browser.click("#confirm")
        browser.wait_address("/cb")
        report.equal("one press after a rest confirms", len(extension.stored(browser, "reserves")), 1)
        browser.driver.close()
        browser.to_tab()

        browser.open(bank.page("/router", "A bank that names an address at home"))
        probe(browser)
        browser.run("say('taler-create-reserve', arguments[0])",
                    {**detail, "amount": {**detail["amount"], "currency": "ABC"}, "suggested_exchange_url": other.origin + "/router/reboot"})
        browser.wait_address("/extension/pages/withdraw.html")
        browser.wait("#look-suggested")
        browser.shot("suggestion")
        report.equal("an address that a page names is asked nothing before a press", other.requests, [])
        browser.click("#look-suggested")
        browser.wait("#exchange-problem")
        report.check("and is asked after it", other.sent("/router/reboot/keys"), other.requests)
        browser.shot("no-exchange")
