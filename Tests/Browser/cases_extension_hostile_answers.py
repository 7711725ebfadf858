# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shops that mean no good once the buyer has agreed: where they send the payment, and what they answer."""

import json
from decimal import Decimal
import threading

from extension import wait_settled
from hostile import books_agree, genuine_offer, money, probe, purchase_of, say, take_money, to_offer, touch
from hostile_site import HostileSite
from report import wait_for

EVERYTHING = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "*", "Access-Control-Allow-Headers": "*, content-type"}


def pay(browser, offer):
    touch(browser)
    say(browser, offer)
    to_offer(browser)
    browser.click_and_leave("#pay")


def extension_hostile_redirects(test):
    """The shop sends the payment on to another site, which would take it: the permission goes nowhere but to the page's own site."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as shop, HostileSite() as thief, test.browser("ext-hostile-redirects", extension=True) as browser:
        take_money(browser, sandbox, "redirects")
        for status in (301, 302, 303, 307, 308):
            path = f"/taken-{status}"

            def take(request):
                request.reply(200, b"thank you", **EVERYTHING)

            thief.answer(path, take)
            shop.answer(f"/pay-{status}", lambda request, status=status, path=path: request.reply(status, b"", Location=thief.origin + path))
            browser.open(shop.page("/", "A shop that sends payments on"))
            probe(browser)
            offer = genuine_offer(sandbox, pay_url=f"/pay-{status}")
            pay(browser, offer)
            if status < 304:
                browser.to_tab()
                browser.wait_address(path)
                browser.wait_closed()
                report.equal(f"{status}: the tab is where the shop sent it", browser.address, thief.origin + path)
            else:
                browser.wait("#try-again")
                browser.shot(f"sent-on-{status}")
                browser.close_popup()
                report.equal(f"{status}: the payment is kept, to be sent again", purchase_of(browser, offer)["state"], "pending")
            permission = purchase_of(browser, offer)["permission"].encode()
            report.equal(f"{status}: the shop has got the permission", shop.sent(f"/pay-{status}", "POST"), [permission])
            report.equal(f"{status}: the other site has not", [body for _, _, body in thief.requests if body], [])
            report.equal(f"{status}: nor was it posted to", [command for command, at, _ in thief.requests if at == path and command == "POST"], [])
        report.check("after the redirects the wallet's ledger and its coins say the same", books_agree(browser))


def bad_answers():
    """(what, the answer)."""
    def of(status, body, **fields):
        return lambda request: request.reply(status, body, **fields)

    def close(request):
        request.close_connection = True
        request.connection.shutdown(2)

    def broken(request):
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
        close(request)

    json_type = {"Content_Type": "application/json"}
    return [
        ("a closed connection", close),
        ("an answer that breaks off", broken),
        ("403 without a word", of(403, b"<h1>no</h1>")),
        ("409 with a code that is a text", of(409, b'{"code": "1012"}', **json_type)),
        ("409 with a code that is a fraction", of(409, b'{"code": 1012.5}', **json_type)),
        ("404 with a list", of(404, b"[1012]", **json_type)),
        ("429 with a code", of(429, b'{"code": 44}', **json_type)),
        ("500 with a code", of(500, b'{"code": 1012}', **json_type)),
    ]


def extension_hostile_answers(test):
    """Answers that mean nothing leave the payment as it is, to be sent again; a lie about the coins frees them and costs nothing."""
    report, sandbox = test.report, test.sandbox
    with HostileSite() as shop, test.browser("ext-hostile-answers", extension=True) as browser:
        take_money(browser, sandbox, "answers")
        shop.page("/bought", "What was bought")
        for what, answer in bad_answers():
            shop.answer("/pay", answer)
            browser.open(shop.page("/", "A shop that answers oddly"))
            probe(browser)
            offer = genuine_offer(sandbox, "KUDOS:0.15")
            pay(browser, offer)
            browser.wait("#try-again")
            browser.shot("odd-" + what.replace(" ", "-"))
            browser.close_popup()
            purchase = purchase_of(browser, offer)
            report.equal(f"{what}: the payment is kept, to be sent again", purchase["state"], "pending")
            sent = len(shop.sent("/pay"))
            shop.answer("/pay", lambda request: request.reply(200, b'{"fulfillment_url": "/bought"}', Content_Type="application/json"))
            touch(browser)
            say(browser, offer)
            browser.wait_address("/bought")
            report.equal(f"{what}: offered once more, the same coins are sent without a question", shop.sent("/pay")[sent:], [purchase["permission"].encode()])
            browser.wait_closed()
        check_lie(test, browser, shop)
        check_silence(test, browser, shop)
        check_endless(test, browser, shop)
        report.check("after the odd answers the wallet's ledger and its coins say the same", books_agree(browser))


def check_lie(test, browser, shop):
    """A refusal that names a coin of somebody else, and an address of another site to go to."""
    report, sandbox = test.report, test.sandbox
    shop.answer("/pay", lambda request: request.reply(409, json.dumps(
        {"code": 1012, "coin_pub": "0" * 52, "hint": "<img src=x onerror=alert(1)>", "fulfillment_url": "javascript:alert(1)"}).encode(),
        Content_Type="application/json"))
    browser.open(shop.page("/", "A shop that lies"))
    probe(browser)
    # The change of what was paid before is made by now.
    wait_settled(browser)
    before = money(browser)
    offer = genuine_offer(sandbox, "KUDOS:0.15")
    pay(browser, offer)
    browser.wait("#try-again")
    browser.shot("lie")
    report.equal("a lie: what the shop says is text, never a page", browser.count_of("#error img, main img[src='x']"), 0)
    report.check("a lie: the wallet does not repeat that a coin was spent", "spent" not in browser.text("#error"), browser.text("#error"))
    browser.close_popup()
    report.equal("a lie: the payment counts as refused", purchase_of(browser, offer)["state"], "refused")
    # The shop has their signatures: they are changed for fresh ones, which costs nothing at this exchange.
    wait_settled(browser)
    report.equal("a lie: the wallet holds what it held", held(money(browser)), held(before))


def held(money_of_wallet):
    """What all coins hold together."""
    return sum(Decimal(remaining.split(":")[1]) for _, _, remaining in money_of_wallet["coins"])


def check_silence(test, browser, shop):
    """The shop never answers: the window can be closed, the payment waits."""
    report, sandbox = test.report, test.sandbox
    end = threading.Event()
    shop.answer("/pay", lambda request: end.wait(200))
    browser.open(shop.page("/", "A shop that is silent"))
    probe(browser)
    offer = genuine_offer(sandbox, "KUDOS:0.15")
    try:
        pay(browser, offer)
        wait_for("the shop has the payment", lambda: len(shop.sent("/pay")) > 0 and purchase_of_pending(browser, offer))
        browser.to_popup()
        browser.shot("silent")
        browser.close_popup()
        report.equal("silence: the payment is kept", purchase_of(browser, offer)["state"], "pending")
    finally:
        end.set()
    shop.answer("/pay", lambda request: request.reply(200, b'{"fulfillment_url": "/bought"}', Content_Type="application/json"))
    browser.open(shop.page("/", "A shop that speaks again"))
    probe(browser)
    touch(browser)
    say(browser, offer)
    browser.wait_address("/bought")
    browser.wait_closed()
    report.equal("silence: in the end the same payment is through", purchase_of(browser, offer)["state"], "paid")


def purchase_of_pending(browser, offer):
    purchase = purchase_of(browser, offer)
    return purchase is not None and purchase["state"] == "pending"


def check_endless(test, browser, shop):
    """An answer of 200 that never ends: so much of it is read, and no more."""
    report, sandbox = test.report, test.sandbox
    end = threading.Event()
    written = []

    def endless(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Connection", "close")
        request.end_headers()
        block = b"x" * (1 << 20)
        try:
            while not end.is_set():
                request.wfile.write(block)
                written.append(len(block))
        except OSError:
            pass
        request.close_connection = True

    shop.answer("/pay", endless)
    browser.open(shop.page("/", "A shop that never ends"))
    probe(browser)
    offer = genuine_offer(sandbox, "KUDOS:0.15")
    try:
        pay(browser, offer)
        wait_for("the wallet has had enough", lambda: purchase_of(browser, offer)["state"] == "paid", 60, (TypeError,))
        report.check("an endless answer: the wallet stops reading it", sum(written) < 64 << 20, sum(written))
    finally:
        end.set()
    browser.to_tab()
    browser.wait_closed()
    browser.shot("endless")
