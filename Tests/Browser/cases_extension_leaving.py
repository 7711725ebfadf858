# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that change their own world, and pages that go away while the wallet works for them."""

import threading

import extension
from hostile import books_agree, genuine_offer, probe, purchase_of, results, say, take_money, to_offer, touch
from hostile_site import HostileSite
from report import wait_for

# What a content script would use, if it used the page's: for good, and (JSON, which the test's own driver needs) while the page offers.
CHANGED_WORLD = """
window.stolen = [];
const {dispatchEvent} = EventTarget.prototype;
const RealEvent = CustomEvent;
const RealJSON = {...Object.getOwnPropertyDescriptors(JSON)};
const steal = (name) => function () { window.stolen.push(name); throw new Error(name); };
window.offer = (detail) => {
    JSON.parse = steal("parse");
    JSON.stringify = steal("stringify");
    dispatchEvent.call(document.body, new RealEvent("taler-contract", {detail, bubbles: true}));
    Object.defineProperties(JSON, {parse: RealJSON.parse, stringify: RealJSON.stringify});
};
window.fetch = steal("fetch");
window.CustomEvent = steal("CustomEvent");
window.XMLHttpRequest = steal("XMLHttpRequest");
window.URL = steal("URL");
EventTarget.prototype.dispatchEvent = steal("dispatchEvent");
AbortSignal.timeout = steal("timeout");
Response.prototype.text = steal("text");
ReadableStream.prototype.getReader = steal("getReader");
"""

ELEMENTS = """<form id="talerWallet"><input name="here"><input name="start"></form><form name="chrome"><input name="runtime"></form>
<img id="content" alt=""><a id="browser">a</a>"""

FINISH = """
const [id, done] = arguments;
import("/extension/pages/service.js").then(({finish}) => finish(id)).then((found) => done([found.state, found.status]), (error) => done({error: String(error)}));
"""


def extension_hostile_world(test):
    """A page replaces fetch, JSON, events and whatever else: it changes its own world only, and gets no permission to see."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as shop, test.browser("ext-hostile-world", extension=True) as browser:
        take_money(browser, sandbox, "world")
        shop.answer("/pay", lambda request: request.reply(303, b"", Location="/bought"))
        shop.page("/bought", "What was bought")
        browser.open(shop.page("/", "A shop with a world of its own", ELEMENTS, script=CHANGED_WORLD))
        touch(browser)
        offer = genuine_offer(sandbox)
        browser.run("window.offer(arguments[0])", offer)
        to_offer(browser)
        browser.to_tab()
        report.equal("the page's own fetch, JSON and events were not used for an offer", browser.run("return window.stolen"), [])
        browser.to_popup()
        browser.click_and_leave("#pay")
        browser.to_tab()
        browser.wait_address("/bought")
        report.equal("the permission went by the browser's own request", len(shop.sent("/pay", "POST")), 1)
        report.equal("and the purchase is paid", purchase_of(browser, offer)["state"], "paid")
        browser.shot("bought")


def extension_page_closed(test):
    """The shop's tab is closed while the payment is under way: it is kept, and finished from the popup by a page of the shop that is opened for it."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as shop, test.browser("ext-page-closed", extension=True) as browser:
        take_money(browser, sandbox, "closed")
        go_on = threading.Event()
        shop.answer("/pay", lambda request: go_on.wait(100) and request.reply(303, b"", Location="/bought"))
        shop.page("/bought", "What was bought")
        known = browser.windows()
        page = browser.new_tab(shop.page("/", "A shop that is left"))
        probe(browser)
        touch(browser)
        offer = genuine_offer(sandbox)
        say(browser, offer)
        to_offer(browser, known | {page})
        browser.click_and_leave("#pay")
        wait_for("the shop has the payment", lambda: len(shop.sent("/pay", "POST")) == 1)
        browser.shot("under-way")
        browser.driver.close()
        browser.to(page)
        browser.driver.close()
        browser.to_tab()
        wait_for("the wallet's window is gone with the tab", lambda: browser.windows() == known)
        go_on.set()
        purchase = purchase_of(browser, offer)
        report.equal("the payment is kept", purchase["state"], "pending")
        with extension.extension_page(browser):
            badge = "const done = arguments[0]; chrome.action.getBadgeText({}).then((text) => done([text]));"
            wait_for("the wallet's button says that one payment waits", lambda: browser.run_async(badge) == ["1"])
            before = browser.windows()
            report.equal("it is finished from the wallet's list", browser.run_async(FINISH, offer["H_contract"]), ["paid", 200])
            report.equal("by the very same text", {body for _, at, body in shop.requests if at == "/pay"}, {purchase["permission"].encode()})
            opened = browser.driver.current_window_handle
            browser.to_new(before)
            browser.wait_address("/bought")
            browser.shot("finished")
            report.check("and the tab that was opened for it shows what was bought", True)
            browser.driver.close()
            browser.to(opened)
            wait_for("nothing waits any more", lambda: browser.run_async(badge) == [""])
        report.check("the wallet's ledger and its coins say the same", books_agree(browser))


def extension_page_left(test):
    """A page that is left takes its offer along."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as shop, test.browser("ext-page-left", extension=True) as browser:
        take_money(browser, sandbox, "left")
        browser.open(shop.page("/", "A shop that is left"))
        probe(browser)
        known = browser.windows()
        touch(browser)
        offer = genuine_offer(sandbox)
        say(browser, offer)
        to_offer(browser)
        browser.to_tab()
        browser.open(shop.page("/elsewhere", "Another page"))
        wait_for("the wallet's window goes with the page", lambda: browser.windows() == known)
        report.equal("nobody was told anything", results(browser), [])
        report.equal("and nothing was signed", purchase_of(browser, offer), None)
