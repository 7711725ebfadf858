# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wallet's database in the browsers' own IndexedDB: upgrade, transactions, several windows."""

import pathlib

from cases_extension_core import FIREFOX, firefox, served


def wallet_database(test):
    """What tests in Node only imitate."""
    with served() as (known_answers, outcomes):
        address = known_answers.replace("/vectors/", "/database/")
        with test.browser("database") as browser:
            browser.open(address)
            judge(test.report, "Chromium", outcomes.get(timeout=120))
            browser.shot("checks")
        if pathlib.Path(FIREFOX).exists():
            with firefox(address, test.scratch):
                judge(test.report, "Firefox", outcomes.get(timeout=120))


def judge(report, browser, outcome):
    report.check(f"{browser} runs the checks of the database", "error" not in outcome and len(outcome["checks"]) > 0, outcome)
    for one in outcome["checks"]:
        report.equal(f"{browser}: {one['name']}", one["found"], one["wanted"])
