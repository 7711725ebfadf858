# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wallet's engine without a browser, against the programs."""

import json
import pathlib
import shutil
import subprocess

SCRIPT = pathlib.Path(__file__).with_name("engine_in_node.mjs")
NODES = ["/usr/bin/node", "node"]
PRODUCT = "whose-well"


def engine_in_node(test):
    """Money comes, a coin is split and refreshed through cuts at every step, an old backup finds all of it again; the exchange's audit agrees."""
    report, sandbox = test.report, test.sandbox
    node = next(found for found in map(shutil.which, NODES) if found)
    done = subprocess.run([node, "--experimental-global-webcrypto", SCRIPT, sandbox.wallet, sandbox.shop, PRODUCT], capture_output=True, text=True, timeout=300)
    report.check("the engine comes to its end in node", done.returncode == 0, done.stderr[-800:])
    if done.returncode == 0:
        for what, found, wanted in json.loads(done.stdout)["findings"]:
            report.equal(f"engine in node: {what}", found, wanted)
    audit = subprocess.run([sandbox.bin / "sandbox", "exchange", "audit", "-c", sandbox.configuration], capture_output=True, text=True, timeout=300)
    report.check("engine in node: the exchange's audit finds nothing", audit.returncode == 0, (audit.stderr + audit.stdout)[-600:])
