#!/usr/bin/python3
# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""
Purchases in a browser: Chromium without a screen, the five programs, a data folder that is thrown away.

    /usr/bin/python3 Tests/Browser/run.py --programs .build/debug --screenshots FOLDER [--only CASE]… [--keep]

Each finding is a line that begins with `ok: ` or `FAILED: `; the last line is `browser tests ended`.
"""

import argparse
import pathlib
import shutil
import signal
import sys
import tempfile
import traceback

sys.dont_write_bytecode = True

import axe  # noqa: E402
from browser import Browser  # noqa: E402
from cases_attacks import double_spend, tampered  # noqa: E402
from cases_bank import bank_looks, bank_withdrawal, bank_without_scripts  # noqa: E402
from cases_buying import donation, download, essay  # noqa: E402
from cases_cart import cart_of_three, goods_with_address  # noqa: E402
from cases_devices import cookies_deleted, second_device  # noqa: E402
from cases_every_page import every_page  # noqa: E402
from cases_exchange import exchange_down  # noqa: E402
from cases_expiry import contract_expired  # noqa: E402
from cases_extension_database import wallet_database  # noqa: E402
from cases_extension_engine import engine_in_node  # noqa: E402
from cases_extension_power_cut import extension_killed_before_answer, extension_killed_before_sending  # noqa: E402
from cases_extension_money import extension_backup, extension_refund  # noqa: E402
from cases_extension_firefox import firefox_buying  # noqa: E402
from cases_extension_hostile import extension_hostile_claims, extension_hostile_flood, extension_hostile_frames, extension_hostile_offers  # noqa: E402
from cases_extension_hostile_answers import extension_hostile_answers, extension_hostile_redirects  # noqa: E402
from cases_extension_hostile_banks import extension_hostile_banks  # noqa: E402
from cases_extension_random import extension_random_kills  # noqa: E402
from cases_extension_leaving import extension_hostile_world, extension_page_closed, extension_page_left  # noqa: E402
from cases_extension_in_shops import extension_beside_inpage, extension_switch, extension_tampered, extension_two_tabs  # noqa: E402
from cases_extension_pages import extension_keyboard, extension_pages  # noqa: E402
from cases_extension_paying import extension_change, extension_exact_coins, extension_insufficient  # noqa: E402
from cases_extension_withdraw import extension_withdrawal, extension_withdrawal_without_scripts  # noqa: E402
from cases_failures import down_before_paying, killed_while_paying  # noqa: E402
from cases_inpage_consent import inpage_consent  # noqa: E402
from cases_inpage_withdrawal import inpage_withdrawal  # noqa: E402
from cases_keyboard import keyboard_buying, keyboard_language, keyboard_office  # noqa: E402
from cases_languages import languages  # noqa: E402
from cases_no_scripts import buying_without_scripts  # noqa: E402
from cases_pages import looks, no_scripts, no_wallet  # noqa: E402
from cases_refund import refund_by_owner  # noqa: E402
from cases_twice import back_and_reload, double_click, other_tab_moves_on, two_tabs  # noqa: E402
from report import Report  # noqa: E402
from sandbox import Sandbox, without_proxies  # noqa: E402

CASES = [essay, donation, download, cart_of_three, goods_with_address, double_click, two_tabs, other_tab_moves_on, back_and_reload,
         second_device, cookies_deleted, contract_expired, exchange_down, refund_by_owner, languages, tampered, double_spend, inpage_consent,
         inpage_withdrawal, killed_while_paying, down_before_paying, no_wallet, no_scripts, buying_without_scripts, looks, keyboard_buying, keyboard_language, keyboard_office, every_page,
         bank_withdrawal, bank_without_scripts, bank_looks]

# With the wallet's extension instead of the shop's own wallet.
EXTENSION_CASES = [
    engine_in_node,
    wallet_database,
    extension_withdrawal,
    extension_withdrawal_without_scripts,
    extension_exact_coins,
    extension_change,
    extension_insufficient,
    extension_switch,
    extension_two_tabs,
    extension_tampered,
    extension_beside_inpage,
    extension_refund,
    extension_backup,
    extension_pages,
    extension_keyboard,
    extension_killed_before_sending,
    extension_killed_before_answer,
    extension_hostile_offers,
    extension_hostile_flood,
    extension_hostile_frames,
    extension_hostile_claims,
    extension_hostile_redirects,
    extension_hostile_answers,
    extension_hostile_banks,
    extension_hostile_world,
    extension_page_closed,
    extension_page_left,
    firefox_buying,
    extension_random_kills,
]

CASES += EXTENSION_CASES


class Test:
    """What every case gets."""

    def __init__(self, report, sandbox, screenshots, scratch, kills):
        self.report = report
        self.sandbox = sandbox
        self.screenshots = screenshots
        self.scratch = scratch
        # {runs, seed} of the random kills.
        self.kills = kills
        self._axe = None

    @property
    def axe(self):
        """The text of axe-core, fetched when the first case wants it."""
        if self._axe is None:
            self._axe = axe.library()
        return self._axe

    def browser(self, name, **settings):
        return Browser(name, self.screenshots, self.scratch, **settings)


def run(test, case):
    print(f"-- {case.__name__}", flush=True)
    try:
        case(test)
    except Exception as error:  # a case that breaks is one finding; the others go on
        where = traceback.extract_tb(error.__traceback__)
        lines = [f"{pathlib.Path(frame.filename).name}:{frame.lineno}" for frame in where if "Tests/Browser" in frame.filename]
        text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        test.report.check(f"{case.__name__} goes to its end", False, f"{text} at {', '.join(lines)}")
    # The next case begins with all programs, whatever this one did to them.
    for program in test.sandbox.programs:
        program.signal(signal.SIGCONT) if program.is_running else program.start()


def interrupted(*_):
    raise KeyboardInterrupt


def main():
    parser = argparse.ArgumentParser(description="Purchases in a browser.")
    parser.add_argument("--programs", required=True, help="folder of the built programs")
    parser.add_argument("--screenshots", required=True, help="folder for the pictures")
    parser.add_argument("--only", action="append", choices=[case.__name__ for case in CASES], help="these cases only")
    parser.add_argument("--keep", action="store_true", help="leave data and logs")
    parser.add_argument("--kill-runs", type=int, default=200, help="how many runs the random kills have")
    parser.add_argument("--kill-seed", type=int, help="repeat the choices of the random kills that had this seed")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, interrupted)
    without_proxies()

    screenshots = pathlib.Path(arguments.screenshots)
    screenshots.mkdir(parents=True, exist_ok=True)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="taler-browser-"))
    report = Report()
    sandbox = None
    try:
        sandbox = Sandbox(arguments.programs, scratch / "data")
        sandbox.start()
        test = Test(report, sandbox, screenshots, scratch, {"runs": arguments.kill_runs, "seed": arguments.kill_seed})
        for case in CASES:
            if arguments.only is None or case.__name__ in arguments.only:
                run(test, case)
    except Exception as error:
        report.check("the programs run", False, error)
    finally:
        if sandbox is not None:
            sandbox.stop(report)
        if arguments.keep:
            print(f"data and logs: {scratch}")
        else:
            shutil.rmtree(scratch, ignore_errors=True)
    print(f"{report.passed} ok, {report.failed} failed")
    print("browser tests ended")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
