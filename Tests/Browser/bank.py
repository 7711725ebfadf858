# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A customer of the bank: by forms without a browser, and a wallet that only listens for the bank's events."""

import html.parser
import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request

from report import wait_for

WORDS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
         "nineteen").split()

# What a browser's wallet would do: it shows itself, takes the event's detail, makes a reserve key and goes to the callback address with
# the parameters of seeds 000 and 001. Events that it has heard stay in the session's storage.
LISTENING_WALLET = """
(() => {
    const exchange = %(exchange)r;
    const heard = (name, detail) => {
        const all = JSON.parse(sessionStorage.getItem("heard") || "[]");
        sessionStorage.setItem("heard", JSON.stringify([...all, {name, detail, at: location.pathname}]));
    };
    const say = (name) => document.body.dispatchEvent(new CustomEvent(name, {bubbles: true}));
    const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const base32 = (bytes) => Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("").padEnd(260, "0")
        .match(/.{5}/g).map((five) => digits[parseInt(five, 2)]).join("");
    document.addEventListener("taler-probe", () => { heard("taler-probe"); say("taler-wallet-present"); }, true);
    document.addEventListener("taler-confirm-reserve", (event) => heard("taler-confirm-reserve", event.detail), true);
    document.addEventListener("taler-create-reserve", async (event) => {
        heard("taler-create-reserve", event.detail);
        const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign"]);
        const reserve = base32(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
        sessionStorage.setItem("reserve", reserve);
        const callback = new URL(event.detail.callback_url);
        callback.search = new URLSearchParams({
            amount_value: event.detail.amount.value, amount_fraction: event.detail.amount.fraction,
            amount_currency: event.detail.amount.currency, exchange, reserve_pub: reserve,
        });
        location.assign(callback);
    }, true);
})();
"""


def listening_wallet(browser, exchange):
    """Every page that the browser opens from now on has the wallet, before the page's own scripts."""
    browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTENING_WALLET % {"exchange": exchange}})


def heard(browser, name):
    """The details of the events of that name, in order."""
    events = browser.run("return JSON.parse(sessionStorage.getItem('heard') || '[]')")
    return [event.get("detail") for event in events if event["name"] == name]


def open_account(browser, bank, name, password="correct horse"):
    browser.open(bank + "open-account")
    browser.wait("#username").send_keys(name)
    browser.find("#password").send_keys(password)
    browser.click("main button[type=submit]")
    browser.wait("#balance")


def solve(question):
    """The answer to `What is seven plus twelve?`."""
    first, second = re.fullmatch(r"What is (\w+) plus (\w+)\?", question.strip()).groups()
    return WORDS.index(first) + WORDS.index(second)


def wait_reserve(sandbox, reserve):
    """What the exchange says of a reserve, as soon as it knows it."""
    def found():
        status, answer = sandbox.reserve(reserve)
        return answer if status == 200 else None
    return wait_for("the reserve arrives at the exchange", found)


class _Fields(html.parser.HTMLParser):
    """The fields of the forms of a page, by the form's address."""

    def __init__(self):
        super().__init__()
        self.forms = {}
        self.texts = {}
        self._form = None
        self._id = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self._form = self.forms.setdefault(attributes.get("action"), {})
        elif tag == "input" and self._form is not None:
            self._form[attributes["name"]] = attributes.get("value", "")
        if "id" in attributes:
            self._id = attributes["id"]

    def handle_endtag(self, tag):
        self._id = None
        if tag == "form":
            self._form = None

    def handle_data(self, data):
        if self._id:
            self.texts[self._id] = self.texts.get(self._id, "") + data


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Answer:
    """Status, header fields, text; and the page's forms: {address: {name: value}}."""

    def __init__(self, status, fields, body):
        self.status = status
        self.fields = fields
        self.text = body.decode()
        page = _Fields()
        page.feed(self.text)
        self.forms = page.forms
        self.texts = page.texts


class Customer:
    """Somebody with cookies and without scripts."""

    def __init__(self, bank):
        self.bank = bank
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies), _NoRedirects())

    def send(self, address, fields=None, accept="text/html"):
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(urllib.parse.urljoin(self.bank, address), data, {"Accept": accept})
        try:
            with self._opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def submit(self, page, form, address=None, accept="text/html", **fields):
        """Sends a form of a page with the given fields filled in. `form`: its address; None for one that goes to the page's own."""
        return self.send(address or form, {**page.forms[form], **fields}, accept)

    def open_account(self, name, password="correct horse"):
        return self.submit(self.send("/open-account"), "/open-account", username=name, password=password)
