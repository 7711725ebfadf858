# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that mean no good, before there is a payment: what they offer, how often, from which frames, and what they claim."""

import json

import extension
from hostile import books_agree, close_window, genuine_offer, money, probe, purchase_of, results, say, take_money, to_offer, touch, wait_result
from hostile_site import HostileSite
from report import wait_for

MEBIBYTE = 1 << 20


def flipped(text):
    """Another text of the same alphabet and length."""
    return ("A" if text[0] != "A" else "B") + text[1:]


def bad_offers(offer, elsewhere):
    """(what, the offer, the reason that the page is told, whether a window of the wallet opens for it)."""
    host = elsewhere.removeprefix("http://")
    contract = offer["contract"]
    big = {**offer, "contract": {**contract, "summary": "x" * (5 * MEBIBYTE)}}
    cheaper = {**offer, "contract": {**contract, "amount": {**contract["amount"], "fraction": 1_000_000}}}
    return [
        ("a contract of 5 MB", big, "malformed", False),
        ("no JSON", "{", "malformed", True),
        ("a list", "[]", "malformed", True),
        ("a contract of many levels", '{"contract":' + "[" * 5000 + "]" * 5000 + "}", "malformed", True),
        ("another fingerprint", {**offer, "H_contract": flipped(offer["H_contract"])}, "hash", True),
        ("another signature", {**offer, "sig": flipped(offer["sig"])}, "signature", True),
        ("another amount", cheaper, "hash", True),
        ("an address of another site", {**offer, "pay_url": f"{elsewhere}/pay"}, "pay_url", True),
        ("an address that is a script", {**offer, "pay_url": "javascript:alert(1)//"}, "pay_url", True),
        ("an address that is data", {**offer, "pay_url": "data:text/html,x"}, "pay_url", True),
        ("an address with a password", {**offer, "pay_url": f"http://me:secret@{host}/pay"}, "pay_url", True),
        ("an own address with a password", {**offer, "pay_url": "//me:secret@OWN/pay"}, "pay_url", True),
        ("no address", {**offer, "pay_url": 7}, "pay_url", True),
    ]


def extension_hostile_offers(test):
    """Whatever is wrong with an offer, there is no button, nothing is sent, and the page hears why."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as shop, HostileSite() as other, test.browser("ext-hostile-offers", extension=True) as browser:
        address = shop.page("/", "A shop of another kind")
        take_money(browser, sandbox, "offers")
        before = money(browser)
        own = shop.origin.removeprefix("http://")
        for what, offer, reason, has_window in bad_offers(genuine_offer(sandbox), other.origin):
            if isinstance(offer, dict) and isinstance(offer["pay_url"], str):
                offer = {**offer, "pay_url": offer["pay_url"].replace("OWN", own)}
            browser.open(address)
            probe(browser)
            # Without a click a page does not open the wallet as often as here.
            touch(browser)
            known = browser.windows()
            say(browser, offer)
            if has_window:
                browser.to_popup(known)
                browser.wait("#error")
                browser.wait("#cancel")
                report.check(f"{what}: the wallet's window has no button to pay", not browser.shows("#pay"), browser.text("body"))
                browser.shot("refused-" + what.replace(" ", "-"))
                close_window(browser)
            told = wait_result(browser)
            report.equal(f"{what}: the page hears why nothing is paid", (told["success"], told["reason"]), (False, reason))
            report.equal(f"{what}: and no window stays or comes", browser.windows(), known)
        report.equal("none of these offers has changed the wallet", money(browser), before)
        report.equal("nothing was sent anywhere", shop.sent("/pay", "POST") + other.sent("/pay"), [])

        offer = genuine_offer(sandbox)
        shop.answer("/pay", lambda request: request.reply(200, b'{"fulfillment_url": "/bought"}', Content_Type="application/json"))
        shop.page("/bought", "What was bought")
        browser.open(address)
        probe(browser)
        touch(browser)
        say(browser, offer)
        to_offer(browser)
        browser.shot("proper-offer")
        browser.click_and_leave("#pay")
        browser.to_tab()
        browser.wait_address("/bought")
        report.equal("the same offer with nothing wrong is paid by the same wallet", purchase_of(browser, offer)["state"], "paid")
        report.check("the wallet's ledger and its coins say the same", books_agree(browser))


FLOOD = """
const [offer, done] = arguments;
for (let i = 0; i < 10000; i += 1) {
    say("taler-contract", i % 3 === 0 ? offer : i % 3 === 1 ? offer.replace("25000000", String(25000000 + i)) : {not: "text", i});
    if (i % 10 === 0) {
        say("taler-execute-payment", {H_contract: "AAAA" + i, pay_url: "/pay"});
        say("taler-refund", {H_contract: "AAAA" + i, refund_url: "/refund?" + i});
        say("taler-confirm-reserve", {reserve_pub: "AAAA" + i});
        say("taler-probe", null);
    }
}
done(results.length);
"""


def extension_hostile_flood(test):
    """Ten thousand events: one window at most, a few questions, and everything still works."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as shop, test.browser("ext-hostile-flood", extension=True) as browser:
        take_money(browser, sandbox, "flood")
        before = money(browser)
        shop.answer("/refund", lambda request: request.reply(404))
        browser.open(shop.page("/", "A loud shop"))
        probe(browser)
        known = browser.windows()
        most = 0
        for _ in range(3):
            browser.run_async(FLOOD, json.dumps(genuine_offer(sandbox)))
            most = max(most, len(browser.windows() - known))
        browser.to_popup(known)
        browser.wait("#cancel")
        most = max(most, len(browser.windows() - known))
        report.check("ten thousand events open one window at most", most <= 1, most)
        browser.shot("window")
        browser.to_tab()
        browser.shot("page")
        report.check("the page was not asked for refunds a thousand times", len(shop.sent("/refund")) <= 64, len(shop.sent("/refund")))
        # The last of the flood may come after the window was closed; a page that is left says nothing any more.
        browser.open(shop.page("/calm", "A calm shop"))
        wait_for("the wallet's window goes with the page", lambda: browser.windows() == known)
        probe(browser)
        report.equal("the flood has changed nothing in the wallet", money(browser), before)

        offer = genuine_offer(sandbox)
        shop.answer("/pay", lambda request: request.reply(200, b'{"fulfillment_url": "/bought"}', Content_Type="application/json"))
        shop.page("/bought", "What was bought")
        touch(browser)
        say(browser, offer)
        to_offer(browser)
        browser.click_and_leave("#pay")
        browser.to_tab()
        browser.wait_address("/bought")
        report.equal("after the flood a proper offer is paid", purchase_of(browser, offer)["state"], "paid")
        report.check("after the flood the wallet's ledger and its coins say the same", books_agree(browser))


FRAMED = """
window.heard = 0;
document.addEventListener("taler-wallet-present", () => { window.heard += 1; });
for (const name of ["taler-probe", "taler-contract", "taler-execute-payment", "taler-create-reserve"]) {
    document.body.dispatchEvent(new CustomEvent(name, {bubbles: true, detail: name === "taler-contract" ? OFFER : null}));
}
"""


def extension_hostile_frames(test):
    """Frames are no pages: what they say is not heard. The extension's own pages can be neither framed nor opened nor read by a page."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as shop, HostileSite() as other, test.browser("ext-hostile-frames", extension=True) as browser:
        take_money(browser, sandbox, "frames")
        before = money(browser)
        offer = genuine_offer(sandbox)
        script = FRAMED.replace("OFFER", json.dumps(json.dumps(offer)))
        deepest = other.page("/deep", "The frame in the frame", script=script)
        inner = shop.page("/frame", "The frame", f'<iframe src="{deepest}"></iframe><iframe src="{shop.page("/own", "Own", script=script)}"></iframe>',
                          script=script)
        browser.open(shop.page("/", "A shop of frames", f'<iframe src="{inner}" width="600" height="400"></iframe>'))
        wait_for("the frames are loaded", lambda: browser.run(
            "return frames.length === 1 && frames[0].frames.length === 2 && frames[0].frames[1].heard !== undefined"))
        wait_for("the frame of the other site is loaded", lambda: other.sent("/deep"))
        probe(browser)
        report.equal("frames are not answered", browser.run("return [frames[0].heard, frames[0].frames[1].heard]"), [0, 0])
        report.equal("and open nothing", len(browser.windows()), 1)
        report.equal("nor does the page around them hear of it", results(browser), [])
        browser.shot("frames")
        check_own_pages(test, browser, shop)
        report.equal("frames have changed nothing in the wallet", money(browser), before)


READ = """
const [address, done] = arguments;
const image = new Promise((resolve) => {
    const one = new Image(); one.onload = () => resolve("image"); one.onerror = () => resolve(null); one.src = new URL("/icons/icon-48.png", address);
});
const script = new Promise((resolve) => {
    const one = document.createElement("script"); one.onload = () => resolve("script"); one.onerror = () => resolve(null);
    one.src = new URL("/core/amount.js", address); document.head.append(one);
});
Promise.all([fetch(address).then(() => "text", () => null), image, script, import(new URL("/core/amount.js", address)).then(() => "module", () => null)])
    .then((found) => done(found.filter((one) => one !== null)));
"""


def check_own_pages(test, browser, shop):
    report = test.report
    for name in ("popup.html", "confirm.html", "withdraw.html", "backup.html"):
        address = extension.address(name)
        browser.open(shop.page("/", "A shop that frames the wallet", f'<iframe id="wallet" src="{address}" width="500" height="500"></iframe>'))
        probe(browser)
        report.equal(f"{name}: a page can read nothing of the extension", browser.run_async(READ, address), [])
        browser.driver.switch_to.frame(browser.find("#wallet"))
        inside = browser.run("return [location.protocol, document.body?.innerText ?? '', typeof chrome?.storage]")
        browser.driver.switch_to.default_content()
        report.check(f"{name}: framed by a page it is not shown", inside[0] != "chrome-extension:" and inside[2] == "undefined", inside)
        browser.shot("framed-" + name.removesuffix(".html"))
        known = browser.windows()
        browser.run("const address = arguments[0]; document.querySelector('h1').onclick = () => { window.opened = window.open(address); }", address)
        touch(browser)
        wait_for("the page has tried to open it", lambda: browser.run("return window.opened !== undefined"))
        if browser.windows() - known:
            browser.to_new(known)
            report.check(f"{name}: opened by a page it is not shown", not extension.is_extension(browser) or not browser.shows("main"), browser.address)
            browser.driver.close()
            browser.to_tab()
        else:
            report.check(f"{name}: a page cannot open it", True)
        browser.run("location.href = arguments[0]", address)
        browser.open(shop.origin + "/")
        probe(browser)


FORGE = """
const [contract] = arguments;
const details = [
    ["taler-payment-result", {success: true, status: 200, fulfillmentUrl: location.origin + "/bought"}],
    ["taler-wallet-present", null], ["taler-wallet-load", null], ["taler-wallet-unload", null],
    ["outcome", {status: 200, url: location.origin + "/bought", body: "", contract}], ["recorded", {paid: true, status: 200}],
    ["pay", {payURL: "/pay", contract}], ["refunded", {contract}],
];
for (const [name, detail] of details) {
    say(name, detail);
    say(name, detail, document);
    for (const message of [{...detail, taler: name}, {...detail, type: name}, {taler: name, session: "0".repeat(32), purchase: contract, status: 200, body: ""}]) {
        window.postMessage(message, "*");
        new BroadcastChannel("taler-wallet").postMessage(message);
    }
}
say("taler-refund", {H_contract: contract, refund_url: "/refund"});
say("taler-confirm-reserve", {reserve_pub: contract.slice(0, 52)});
return typeof chrome === "undefined" ? "undefined" : typeof chrome.runtime;
"""


def extension_hostile_claims(test):
    """A page says that it was paid, that money comes back, that the wallet agreed: nothing of it moves anything."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as shop, test.browser("ext-hostile-claims", extension=True) as browser:
        take_money(browser, sandbox, "claims")
        before = money(browser)
        offer = genuine_offer(sandbox)
        shop.page("/bought", "Not bought")
        refunds = {"refund_amount": "KUDOS:5", "given_amount": "KUDOS:5", "h_contract": offer["H_contract"], "merchant_pub": offer["contract"]["merchant_pub"],
                   "refunds": [{"coin_pub": coin, "refund_amount": "KUDOS:1", "rtransaction_id": 1, "status": "accepted",
                                "exchange_pub": "0" * 52, "exchange_sig": "0" * 103} for coin, _, _ in before["coins"]]}
        shop.answer("/refund", lambda request: request.reply(200, json.dumps(refunds).encode(), Content_Type="application/json"))
        browser.open(shop.page("/", "A shop that claims"))
        probe(browser)
        report.equal("a page has no way to the extension", browser.run(FORGE, offer["H_contract"]), "undefined")
        probe(browser)
        say(browser, offer)
        to_offer(browser)
        browser.to_tab()
        browser.run(FORGE, offer["H_contract"])
        probe(browser)
        browser.to_popup()
        report.check("the wallet still asks, whatever the page claims", browser.shows("#pay"), browser.text("body"))
        browser.shot("still-asking")
        close_window(browser)
        report.equal("claims have changed nothing in the wallet", money(browser), before)
        report.equal("nothing was posted", shop.sent("/pay"), [])

        # A purchase that is paid: the forged list is for it now.
        shop.answer("/pay", lambda request: request.reply(200, b'{"fulfillment_url": "/bought"}', Content_Type="application/json"))
        touch(browser)
        say(browser, offer)
        to_offer(browser)
        browser.click_and_leave("#pay")
        browser.to_tab()
        browser.wait_address("/bought")
        # Its change is made before anything is compared.
        extension.wait_settled(browser)
        paid = money(browser)
        asked = len(shop.sent("/refund"))
        browser.run(FORGE, offer["H_contract"])
        wait_for("the wallet has asked for the list", lambda: len(shop.sent("/refund")) > asked)
        probe(browser)
        report.equal("refunds that no exchange has signed bring no money", money(browser), paid)
        report.check("after the claims the wallet's ledger and its coins say the same", books_agree(browser))
