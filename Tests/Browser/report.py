# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tests found, one line each, and waiting for what is to come."""

import time


class Report:
    """Prints `ok: …` and `FAILED: …` as it goes."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, text, holds, found=None):
        """One finding. `found` is shown when it does not hold."""
        if holds:
            self.passed += 1
            print(f"ok: {text}", flush=True)
        else:
            self.failed += 1
            print(f"FAILED: {text}" + ("" if found is None else f" (found: {found})"), flush=True)
        return holds

    def equal(self, text, found, expected):
        return self.check(text, found == expected, f"{found!r} instead of {expected!r}")

    def contains(self, text, found, expected):
        return self.check(text, expected in (found or ""), repr(found))


class NotInTime(Exception):
    """A condition that did not come true within its bound."""


def wait_for(what, condition, seconds=90, ignore=()):
    """What `condition` gives as soon as it is true in Python's sense; exceptions in `ignore` count as not yet."""
    end = time.monotonic() + seconds
    while True:
        try:
            result = condition()
            if result:
                return result
        except ignore:
            pass
        if time.monotonic() > end:
            raise NotInTime(f"{what}: not within {seconds} s")
        time.sleep(0.05)
