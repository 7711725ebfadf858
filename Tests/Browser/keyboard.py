# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A buyer without a mouse: the tab key, and what shows where one is."""

from selenium.webdriver.common.keys import Keys

from report import NotInTime

# What has the focus: how it can be named, whether it shows, and whether it is in sight.
FOCUS = """
const one = document.activeElement;
if (!one || one === document.body || one === document.documentElement) return null;
// A date has a step for each of its parts, within one element; the browser itself shows which.
const isSame = window.lastWithFocus === one;
window.lastWithFocus = one;
window.seenWithFocus ??= new Set();
const first = window.seenWithFocus.values().next().value ?? one;
const isNew = !window.seenWithFocus.has(one);
window.seenWithFocus.add(one);
const style = getComputedStyle(one);
const box = one.getBoundingClientRect();
const ring = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
// A label or a card may show it for the element within.
const around = one.closest("label, .card");
return {
    name: one.tagName.toLowerCase() + (one.id ? "#" + one.id : "") + (one.name ? `[name=${one.name}]` : "") + " " + (one.textContent || one.value || "").trim().slice(0, 30),
    isSame, isNew, isFirst: one === first, reached: window.seenWithFocus.size,
    isShown: isSame || ring(style) || (around !== null && ring(getComputedStyle(around))),
    isInSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
    isWanted: arguments[0] !== null && one.matches(arguments[0]),
};
"""

# How many steps of the tab key the page has: groups of radio buttons have one.
STOPS = """
const seen = new Set();
return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter((one) => {
    if (one.tabIndex < 0 || one.disabled || one.type === "hidden" || !one.checkVisibility({visibilityProperty: true})) return false;
    if (one.type !== "radio") return true;
    const group = [...document.getElementsByName(one.name)].filter((other) => other.form === one.form);
    const chosen = group.find((other) => other.checked) ?? group[0];
    return one === chosen;
}).length;
"""


def start(browser):
    """Puts the focus before the page's first element."""
    browser.run("window.lastWithFocus = null; window.seenWithFocus = new Set(); document.activeElement?.blur(); getSelection().removeAllRanges(); window.scrollTo(0, 0); document.body.tabIndex = -1;"
                "document.body.focus(); document.body.removeAttribute('tabindex')")


def tab_to(browser, selector, limit=80):
    """Presses the tab key until an element of the selector has the focus; gives what it went over that did not show its focus."""
    hidden = []
    # A browser that has just begun has the focus in its address bar, not in the page.
    browser.driver.execute_cdp_cmd("Page.bringToFront", {})
    for _ in range(limit):
        focus = browser.run(FOCUS, selector)
        if focus is not None:
            hidden += complaints_of(focus)
        if focus is not None and focus["isWanted"]:
            return hidden
        browser.press(Keys.TAB)
    raise NotInTime(f"{selector} is not reached by {limit} steps of the tab key")


def complaints_of(focus):
    complaints = []
    if not focus["isShown"]:
        complaints.append(f"the focus does not show at {focus['name']}")
    if not focus["isInSight"]:
        complaints.append(f"the focus is out of sight at {focus['name']}")
    return complaints


def walk(browser, limit=250):
    """
    From the top to the end of the page. Gives complaints: focus that does not show or is out of sight, elements that are not reached, and
    a page that does not let go.
    """
    start(browser)
    stops = browser.run(STOPS)
    complaints, reached = [], 0
    for _ in range(limit):
        browser.press(Keys.TAB)
        focus = browser.run(FOCUS, None)
        if focus is None:
            break
        if not focus["isNew"] and not focus["isSame"]:
            # Past the end a browser without bars of its own begins anew.
            if not focus["isFirst"]:
                complaints.append(f"the focus comes back to {focus['name']}")
            break
        reached = focus["reached"]
        complaints += complaints_of(focus)
    if reached < stops:
        complaints.append(f"{reached} of {stops} elements are reached")
    return complaints
