# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One buyer whose browser is killed again and again: random steps with the wallet's own engine, a random moment, the same profile."""

import json
import queue
import random
import signal
import threading
import time
import urllib.request

from kill_page import Now, WalletPage
from quick_chromium import Failed, Gone
from kill_books import units
from sandbox import DIRECT, fetch

PRODUCT = "keep-the-lamp-lit"
# Longer than a step takes on a busy machine; a run that reaches it is killed where it is.
PATIENCE = 20
MONEY = 10 ** 8

REQUESTS = [f"{moment} {step}" for step in ("bank", "withdraw", "melt", "reveal", "pay") for moment in ("before", "during", "after")]
WRITES = [f"{moment} {stores}" for stores in ("coins+purchases", "coins+reserves", "coins+refreshes") for moment in ("writing", "written")]
TIMES = ["start", "time"]
SERVERS = ["exchange killed", "exchange stopped", "shop killed"]
# Every one of them must have been hit.
MOMENTS = REQUESTS + WRITES + TIMES + SERVERS


class Tally:
    """What all lanes have done, by one lock."""

    def __init__(self):
        self.lock = threading.Lock()
        # Only one lane at a time does something to the programs.
        self.servers = threading.Lock()
        self.hits = dict.fromkeys(MOMENTS, 0)
        self.runs = 0
        self.killed = 0
        self.said = {}
        self.times = {}

    def rarest(self, chance):
        """One of the moments that were hit least."""
        with self.lock:
            least = min(self.hits.values())
            return chance.choice([name for name, count in self.hits.items() if count <= least + 1])

    def hit(self, moment):
        with self.lock:
            if moment in self.hits:
                self.hits[moment] += 1

    def took(self, step, seconds):
        with self.lock:
            self.times.setdefault(step, []).append(seconds)

    def hear(self, text):
        with self.lock:
            self.said[text] = self.said.get(text, 0) + 1


class Lane:
    """`tally` is shared by all lanes. After `go`, `found` holds the wallet's books, and `trouble` why there are none."""

    def __init__(self, name, seed, runs, sandbox, profile, tally, verbose=False):
        self.name = name
        self.chance = random.Random(f"{seed}-{name}")
        self.runs = runs
        self.sandbox = sandbox
        self.profile = profile
        self.tally = tally
        self.verbose = verbose
        self.found = None
        self.trouble = None
        self._paid = {}
        self._asked = {}
        self._offers = []

    def go(self):
        try:
            for number in range(self.runs):
                self._run(number)
            self.found = self._finish()
        except Exception as error:
            self.trouble = f"lane {self.name}: {type(error).__name__}: {error}"

    # one run

    def _run(self, number):
        goal = self.tally.rarest(self.chance)
        begun = time.monotonic()
        steps = self._choose(goal, number)
        moment = self._play(goal, steps)
        with self.tally.lock:
            self.tally.runs += 1
            self.tally.killed += moment != "quit"
        self.tally.hit(moment)
        if self.verbose:
            print(f"   {self.name} {number}: {moment} (of {goal}) {[step for step, _ in steps]} {time.monotonic() - begun:.2f} s", flush=True)

    def _choose(self, goal, number):
        """[(step, parameters)] that may lead to the moment, among others."""
        chance = self.chance
        steps = [("accept", {"exchange": self.sandbox.exchange_url})]
        if chance.random() < 0.6:
            steps.append(("again", {}))
        if chance.random() < 0.5:
            steps.append(("paid", {}))
        if number == 0 or goal.endswith((" bank", " withdraw", "reserves")):
            steps.append(self._withdrawal())
        elif goal.endswith((" pay", "purchases", "killed", "stopped")):
            steps.append(self._payment())
        elif goal.endswith((" melt", " reveal", "refreshes")):
            steps += [self._payment(), ("work", {})]
        for _ in range(chance.randrange(3)):
            steps.insert(chance.randrange(1, len(steps) + 1), self._any())
        if goal != "start" and chance.random() < 0.4:
            steps.append(("work", {}))
        return steps

    def _any(self):
        kind = self.chance.random()
        if kind < 0.15:
            return self._withdrawal()
        if kind < 0.65:
            return self._payment()
        return self._refund() or self._payment()

    def _withdrawal(self):
        chance = self.chance
        return "withdraw", {
            "exchange": self.sandbox.exchange_url, "bank": self.sandbox.bank_url, "amount": f"KUDOS:{chance.randrange(150, 1200) / 100}",
            "username": "kills-%016x" % chance.getrandbits(64), "password": "%032x" % chance.getrandbits(128)}

    def _payment(self):
        """An offer of the shop: a fresh one, or now and then one that this wallet has seen before."""
        if self._offers and self.chance.random() < 0.15:
            return "pay", self.chance.choice(self._offers)
        shop = self.sandbox.shop
        amount = f"KUDOS:{self.chance.randrange(10, 300) / 100}"
        offer = {"text": self._ask(f"{shop}taler/contract?product={PRODUCT}&amount={amount}").decode(),
                 "page": f"{shop}product/{PRODUCT}", "origin": shop.rstrip("/")}
        self._offers.append(offer)
        return "pay", offer

    def _ask(self, address):
        """The shop may just be down, by the other lane's doing."""
        end = time.monotonic() + 60
        while True:
            try:
                status, body = fetch(address)
                if status == 200:
                    return body
                said = f"{status} {body[:200]!r}"
            except OSError as error:
                said = str(error)
            if time.monotonic() > end:
                raise RuntimeError(f"{address}: {said}")
            time.sleep(0.05)

    def _refund(self):
        """The shop's owner gives back a part of a purchase, or all; None when there is none."""
        if not self._paid:
            return None
        contract = self.chance.choice(sorted(self._paid))
        price = self._paid[contract]
        asked = self._asked.get(contract, 0)
        if price - asked >= MONEY // 25:
            cents = MONEY // 100
            wanted = price if self.chance.random() < 0.4 else asked + self.chance.randrange(3, (price - asked) // cents + 1) * cents
            request = urllib.request.Request(
                self.sandbox.backend_url + "refund", json.dumps({"H_contract": contract, "refund": f"KUDOS:{wanted / MONEY:.8f}"}).encode(),
                {"Authorization": "Bearer " + self.sandbox.secret("merchant.token"), "Content-Type": "application/json"})
            try:
                with DIRECT.open(request, timeout=60):
                    self._asked[contract] = wanted
            except urllib.request.HTTPError as error:
                # What is left is not to be divided into parts above the refund fees, say.
                self.tally.hear(f"refund {error.code}")
        return "collect", {"id": contract}

    # the browser

    def _play(self, goal, steps):
        """Starts the browser, does the steps, and kills it at its moment; gives the moment."""
        chance = self.chance
        plan = None
        if goal in REQUESTS or goal in WRITES:
            moment, step = goal.split(" ", 1)
            plan = {"moment": moment, "step": step, "count": 2 if chance.random() < 0.2 else 1}
        patience = {"start": chance.uniform(0, 0.6), "time": chance.uniform(0.3, 2)}.get(goal, PATIENCE)
        page = WalletPage(self.profile, plan, patience, self.tally.hear)
        trouble = None
        try:
            try:
                begun = time.monotonic()
                page.prepare()
                self.tally.took("start", time.monotonic() - begun)
                if goal in SERVERS:
                    trouble = ServerTrouble(self, goal)
                    page.patience(trouble.delay + chance.uniform(0.02, 0.6))
                for step, parameters in steps:
                    self._step(page, step, parameters)
                moment = "end" if chance.random() < 0.8 else "quit"
            except Now as now:
                moment = str(now)
            except Gone:
                moment = "crash"
            except queue.Empty:
                moment = goal if goal in TIMES else "patience"
            if moment.startswith("during"):
                time.sleep(chance.choice([0, chance.uniform(0, 0.02), chance.uniform(0, 0.2)]))
            if trouble is not None:
                trouble.wait()
                moment = goal
        finally:
            page.browser.quit() if moment == "quit" else page.browser.kill()
            if trouble is not None:
                trouble.repair()
        return moment

    def _step(self, page, step, parameters):
        try:
            begun = time.monotonic()
            said = page.step(step, parameters)
            self.tally.took(step, time.monotonic() - begun)
            if step == "paid":
                self._paid = {one["id"]: units(one["amount"]) for one in said}
            else:
                self.tally.hear(f"{step}: {str(said)[:60]}")
        except Failed as error:
            # The exchange is down, say. What it means is seen in the books.
            self.tally.hear(f"{step} failed: {str(error).splitlines()[0][:120]}")

    # the end

    def _finish(self):
        """Nobody is killed any more: all that is open is ended; gives the wallet's books."""
        page = WalletPage(self.profile, None, 300, self.tally.hear)
        try:
            page.prepare()
            end = time.monotonic() + 150
            while True:
                self._step(page, "again", {})
                for contract in list(self._asked):
                    self._step(page, "collect", {"id": contract})
                self._step(page, "work", {})
                open_still = page.step("open", {})
                if open_still == {}:
                    return page.step("books", {})
                if time.monotonic() > end:
                    raise RuntimeError(f"still open: {open_still}; {page.step('books', {})}")
        finally:
            page.browser.quit()


class ServerTrouble:
    """A program is killed or stands still a moment from now, until it is repaired. One at a time."""

    def __init__(self, lane, kind):
        self.delay = lane.chance.uniform(0, 0.8)
        self._lock = lane.tally.servers
        self._lock.acquire()
        self._stops = kind.endswith("stopped")
        self._program = lane.sandbox.exchange if kind.startswith("exchange") else lane.sandbox.frontend
        self._thread = threading.Timer(self.delay, self._make)
        self._thread.start()

    def _make(self):
        self._program.signal(signal.SIGSTOP) if self._stops else self._program.kill()

    def wait(self):
        self._thread.join()

    def repair(self):
        try:
            self._thread.join()
            self._program.signal(signal.SIGCONT) if self._stops else self._program.start()
        finally:
            self._lock.release()
