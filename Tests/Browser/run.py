#!/usr/bin/python3
# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""
Purchases in a browser: Chromium without a screen, the five programs, a data folder that is thrown away.

    /usr/bin/python3 Tests/Browser/run.py --programs .build/debug --screenshots FOLDER [--group GROUP]… [--only CASE]… [--keep]

Each finding is a line that begins with `ok: ` or `FAILED: `; the last line is `browser tests ended`.
"""

import argparse
import pathlib
import shutil
import signal
import sys
import tempfile
import time
import traceback

sys.dont_write_bytecode = True

import axe  # noqa: E402
from browser import Browser  # noqa: E402
from cases import CASES, GROUPS  # noqa: E402
from report import Report  # noqa: E402
from sandbox import Sandbox, without_proxies  # noqa: E402

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
    begun = time.monotonic()
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
    print(f"   {time.monotonic() - begun:.1f} s", flush=True)


def chosen(arguments):
    """The cases that were asked for, in their order."""
    cases = CASES if arguments.group is None else [case for group in GROUPS if group in arguments.group for case in GROUPS[group]]
    return [case for case in cases if arguments.only is None or case.__name__ in arguments.only]


def interrupted(*_):
    raise KeyboardInterrupt


def main():
    parser = argparse.ArgumentParser(description="Purchases in a browser.")
    parser.add_argument("--programs", required=True, help="folder of the built programs")
    parser.add_argument("--screenshots", required=True, help="folder for the pictures")
    parser.add_argument("--group", action="append", choices=list(GROUPS), help="the cases of these groups only")
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
        sandbox = Sandbox.started(arguments.programs, scratch)
        test = Test(report, sandbox, screenshots, scratch, {"runs": arguments.kill_runs, "seed": arguments.kill_seed})
        for case in chosen(arguments):
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
