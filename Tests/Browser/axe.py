# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""axe-core, fetched once into the user's cache, and what it says of a page by the rules of WCAG 2.1, levels A and AA."""

import hashlib
import os
import pathlib
import re
import subprocess
import sys
import zipfile

REQUIREMENTS = pathlib.Path(__file__).resolve().parent / "axe-requirements.txt"
# As it is before the tests take the proxies out of their own.
ENVIRONMENT = dict(os.environ)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]

RUN = """
const [tags, done] = arguments;
axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations", "incomplete"]}).then((result) => done({
    rules: result.passes.length + result.violations.length + result.incomplete.length,
    violations: result.violations.map(({id, help, nodes}) => ({id, help, nodes: nodes.map(({target, failureSummary}) => (
        {target: target.join(" "), summary: (failureSummary || "").split("\\n").slice(1).join(" ").trim()}))})),
}), (error) => done({error: String(error)}));
"""


def library():
    """The text of axe.min.js, of the wheel with the pinned digest. Needs the network when the cache has no such wheel."""
    pinned, digest = re.search(r"(?m)^axe-playwright-python==(\S+) --hash=sha256:([0-9a-f]{64})$", REQUIREMENTS.read_text()).groups()
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "taler-merchant-tests"
    wheel = cache / f"axe_playwright_python-{pinned}-py3-none-any.whl"
    if not _is(wheel, digest):
        cache.mkdir(parents=True, exist_ok=True)
        wheel.unlink(missing_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
                        "--only-binary=:all:", "--dest", cache, "-r", REQUIREMENTS], check=True, timeout=300, env=ENVIRONMENT)
    if not _is(wheel, digest):
        raise RuntimeError(f"{wheel} has not the pinned digest")
    with zipfile.ZipFile(wheel) as files:
        return files.read("axe_playwright_python/axe.min.js").decode()


def _is(path, digest):
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


class Axe:
    """Looks at the pages of one browser. `pages` counts the looks, `found` holds a line for each element that breaks a rule."""

    def __init__(self, browser, source):
        self.browser = browser
        self._source = source
        self.pages = 0
        self.found = []
        # By the debugger, as a policy of the page forbids strange scripts.
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})

    def here(self):
        """For a window in which the debugger did not announce it: puts axe-core into the page as it is."""
        self.browser.run(self._source)

    def look(self, what):
        """The lines for the page as it is now; an error when axe could not run at all."""
        result = self.browser.run_async(RUN, TAGS)
        if result["rules"] == 0:
            raise RuntimeError(f"{what}: axe-core applied no rule")
        self.pages += 1
        lines = [f"{what}: {one['id']} ({one['help']}) at {node['target']}: {node['summary']}"
                 for one in result["violations"] for node in one["nodes"]]
        self.found += lines
        return lines
