# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Browsers that are killed at random while they withdraw, pay, change and take back money: nothing is lost, nothing is spent twice."""

import random
import tempfile
import threading
import time

from kill_books import Comparison, ExchangeBooks
from kill_lane import Lane, Tally

LANES = 2


def extension_random_kills(test, verbose=False):
    """Two buyers at once, so many runs together; a seed repeats the choices of the runs that had it."""
    report, sandbox = test.report, test.sandbox
    runs, seed = test.kills["runs"], test.kills["seed"]
    seed = seed if seed is not None else random.SystemRandom().getrandbits(32)
    print(f"kills: seed {seed}", flush=True)
    before = ExchangeBooks(sandbox.data)
    tally = Tally()
    begun = time.monotonic()
    lanes = [Lane(str(i), seed, runs // LANES, sandbox, tempfile.mkdtemp(prefix="profile-kills-", dir=test.scratch), tally, verbose)
             for i in range(LANES)]
    threads = [threading.Thread(target=lane.go) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"kills: {time.monotonic() - begun:.0f} s; hit: {', '.join(f'{name} {count}' for name, count in tally.hits.items())}", flush=True)
    if verbose:
        for text, count in sorted(tally.said.items()):
            print(f"   {count} × {text}", flush=True)
        for step, times in tally.times.items():
            print(f"   {step}: {len(times)} times, {sum(times) / len(times):.2f} s on average, {max(times):.2f} s at most", flush=True)

    for lane in lanes:
        report.check(f"lane {lane.name} of the random kills comes to its end", lane.trouble is None, lane.trouble)
    if any(lane.found is None for lane in lanes):
        return
    books = Comparison(sandbox, [lane.found for lane in lanes], before)
    for text in books.lost + books.double + books.other:
        print(f"kills: {text}", flush=True)
    report.equal("after the kills the exchange's audit finds nothing", books.audit(), (0, ""))
    report.equal("after the kills no coin is lost", books.lost, [])
    report.equal("after the kills no coin was spent twice, and nothing was paid twice", books.double, [])
    report.equal("after the kills wallets, exchange, bank and backend agree", books.other, [])
    report.equal("each kind of moment was hit", [name for name, count in tally.hits.items() if count == 0], [])
    report.check("there were payments, withdrawals, refreshes and refunds",
                 min(books.payments(), books.withdrawals(), books.refreshes(), books.refunds()) > 0)
    print(f"kills: {tally.runs} runs, {tally.killed} killed, {books.payments()} payments, {books.withdrawals()} withdrawals, "
          f"{books.refreshes()} refreshes, {len(books.lost)} lost, {len(books.double)} double", flush=True)
