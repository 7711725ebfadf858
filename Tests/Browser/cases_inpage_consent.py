# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that want the in-page wallet's consent without the buyer's: by frames, lies about their origin, strange messages, and clicks that nobody made."""

import json
import secrets
import time

from selenium.webdriver.common.action_chains import ActionChains

from hostile import touch
from hostile_site import HostileSite
from purchase import PAY, arrive, buy, offer_of, open_product, to_wallet, value, wallet_page
from report import wait_for

HEAR = 'window.heard = []; addEventListener("message", (event) => heard.push(event.data));'

OPEN = """
const [address, nonce, origin] = arguments;
window.wallet = open(`${address}inpage/wallet.html#nonce=${nonce}&origin=${encodeURIComponent(origin)}`, "w" + nonce, "popup,width=440,height=760");
return window.wallet !== null;
"""

# The wallet listens from its `ready` on; so often it is said that it must have been heard.
SAY = """
const [target, message, times] = arguments;
const to = target.split(".").reduce((one, name) => one[name], window);
for (let i = 0; i < times; i += 1) setTimeout(() => to.postMessage(message, "*"), i * 100);
"""

# What a script in the wallet's own window could try, and no page can.
PRESS = """
const button = document.querySelector("#pay");
button.click();
for (const kind of ["pointerdown", "mousedown", "mouseup", "click"]) button.dispatchEvent(new MouseEvent(kind, {bubbles: true, view: window}));
button.focus();
button.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
"""


def inpage_consent(test):
    """Consent is given in a window of the wallet's origin, by a person, to what that person has seen."""
    sandbox = test.sandbox
    with HostileSite() as hostile, test.browser("consent") as browser:
        for path in ("/", "/third"):
            hostile.page(path, "Hostile", script=HEAR)
        site = hostile.origin
        buy(browser, sandbox.shop, "tally-sticks")
        browser.open(sandbox.shop)
        offers = {name: offer_of(browser, sandbox.shop, f"product={name}")[1] for name in ("small-change", "margins")}
        in_a_frame(test, browser, site)
        under_a_false_name(test, browser, site, offers["small-change"])
        from_a_third_window(test, browser, site, offers)
        by_no_person(test, browser)
        two_agents(test, browser)
        with wallet_page(browser, sandbox):
            paid = [one["title"] for one in browser.stored("purchases")]
            test.report.equal("nothing was signed but what the buyer pressed for", len(paid), 3)


def in_a_frame(test, browser, site):
    """The wallet in a frame of another page: nothing to press, nothing to read."""
    report, sandbox = test.report, test.sandbox
    for what, page in (("another site", site), ("the shop", sandbox.shop), ("the wallet's own site", sandbox.wallet + "inpage/wallet.css")):
        browser.open(page)
        browser.run("const frame = document.createElement('iframe'); frame.src = arguments[0]; frame.width = 440; frame.height = 700;"
                    "document.body.append(frame);", sandbox.wallet + "inpage/wallet.html")
        frame = browser.find("iframe")
        # Longer than the wallet takes to show itself where it may.
        time.sleep(1.5)
        browser.driver.switch_to.frame(frame)
        seen = browser.run("return [!!document.querySelector('#pay, #get-money, #purchases'), document.querySelector('#balance')?.textContent ?? '']")
        browser.driver.switch_to.default_content()
        report.check(f"in a frame of {what} the wallet shows nothing and offers nothing", seen[0] is False and not any(c.isdigit() for c in seen[1]), seen)
    browser.shot("framed")


def open_wallet(browser, sandbox, origin):
    """A window of the wallet as a page of the selected tab opens it, claiming `origin`; gives its nonce and leaves the window selected."""
    nonce, known = secrets.token_hex(16), browser.windows()
    touch(browser)
    assert browser.run(OPEN, sandbox.wallet, nonce, origin)
    browser.to_new(known)
    return nonce


def under_a_false_name(test, browser, site, offer):
    """A page says that it is the shop: the wallet speaks to the shop's origin, so to nobody, and believes no other."""
    report, sandbox = test.report, test.sandbox
    browser.open(site)
    nonce = open_wallet(browser, sandbox, sandbox.shop.rstrip("/"))
    window = browser.driver.current_window_handle
    browser.to_tab()
    message = {"taler": "offer", "nonce": nonce, "text": json.dumps(offer), "page": sandbox.shop}
    browser.run(SAY, "wallet", message, 80)
    browser.to(window)
    said = browser.wait_text("#error", "does not answer", seconds=30)
    report.check("a page that claims the shop's origin is not believed", not browser.shows("#pay") and not browser.shows("#merchant"), said)
    browser.shot("false-name")
    browser.driver.close()
    browser.to_tab()
    report.equal("and hears nothing of the wallet", browser.run("return window.heard"), [])


def from_a_third_window(test, browser, site, offers):
    """Messages with the right nonce and origin, of another window than the one that opened the wallet; then a second offer behind the first."""
    report, sandbox = test.report, test.sandbox
    browser.open(site)
    nonce = open_wallet(browser, sandbox, site)
    window = browser.driver.current_window_handle
    message = {name: {"taler": "offer", "nonce": nonce, "text": json.dumps(offer), "page": site + "/"} for name, offer in offers.items()}
    browser.to_tab()
    third = browser.windows()
    touch(browser)
    browser.run("window.third = open('/third', 'third', 'popup')")
    third = browser.to_new(third)
    browser.run(SAY, "opener.wallet", message["margins"], 20)
    time.sleep(2.5)
    browser.to(window)
    report.check("an offer of a third window is not heard, nonce and origin or not", not browser.shows("#merchant"), browser.text("body"))
    browser.to_tab()
    report.equal("the page that opened the wallet is told that it listens, and nothing else", [one["taler"] for one in browser.run("return heard")], ["ready"])
    browser.run(SAY, "wallet", {**message["small-change"], "nonce": nonce[::-1]}, 3)
    browser.run("setTimeout(() => wallet.postMessage(arguments[0], '*'), 600)", message["small-change"])
    browser.to(window)
    browser.wait("#pay")
    report.equal("the same offer of the page that opened it is shown, with that page's origin", browser.text("#origin"), site)
    price = browser.amount("#price")
    browser.to_tab()
    browser.run(SAY, "wallet", message["margins"], 5)
    time.sleep(1)
    browser.to(window)
    report.equal("a second offer does not slip under the button", (browser.amount("#price"), value(price) < value("KUDOS:1")), (price, True))
    browser.shot("second-offer")
    browser.click("#cancel")
    browser.to(third)
    browser.driver.close()
    wait_for("the hostile page's windows are gone", lambda: browser.windows() == {browser.tab})
    browser.to_tab()


def by_no_person(test, browser):
    """Clicks and keys that a program made, and those of a person that were meant for what was there before."""
    report, sandbox = test.report, test.sandbox
    open_product(browser, sandbox.shop, "small-change")
    # Whether the button could be pressed in the half second before it can be seen.
    to_wallet(browser)
    before = len(browser.stored("purchases"))
    browser.run(PRESS)
    time.sleep(0.3)
    report.equal("a click that no person made pays nothing", (len(browser.stored("purchases")), browser.shows("#pay")), (before, True))
    browser.run("window.dispatchEvent(new Event('blur'))")
    report.check("while another window is in front the button cannot be pressed", not browser.find("#pay").is_enabled())
    browser.shot("behind")
    browser.run("window.dispatchEvent(new Event('focus'))")
    ActionChains(browser.driver).click(browser.find("#pay")).perform()
    report.equal("nor at once when the window comes to the front", len(browser.stored("purchases")), before)
    browser.wait("#pay:enabled")
    hidden = "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true})"
    browser.run(hidden)
    browser.click("#pay")
    report.equal("nor in a window that is not visible", len(browser.stored("purchases")), before)
    browser.run("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))")
    browser.wait("#pay:enabled")
    browser.click_and_leave("#pay")
    arrive(browser)
    report.check("a person's own press pays", browser.shows(".receipt"))


def two_agents(test, browser):
    """The module loaded twice, and a second contract while the first one's window is open."""
    report, sandbox = test.report, test.sandbox
    open_product(browser, sandbox.shop, "margins")
    browser.run_async("const done = arguments[1]; const script = document.createElement('script'); script.type = 'module';"
                      "script.src = arguments[0]; script.onload = () => done(null); script.onerror = () => done({error: 'not loaded'});"
                      "document.head.append(script);", sandbox.wallet + "inpage/agent.js?again")
    browser.click(PAY)
    browser.to_popup()
    browser.wait("#pay")
    report.equal("a page with two agents gets one window", len(browser.windows()), 2)
    first = browser.driver.current_window_handle
    browser.to_tab()
    known = browser.windows()
    browser.click(PAY)
    browser.to_new(known)
    browser.wait("#pay")
    wait_for("the first window closes", lambda: first not in browser.windows())
    report.equal("another contract replaces the first one's window", len(browser.windows()), 2)
    browser.click_and_leave("#pay")
    arrive(browser)
