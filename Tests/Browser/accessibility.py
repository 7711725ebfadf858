# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of WCAG AA can be measured in a page: contrast, names of fields, headings, sizes, the keyboard."""

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

MEASURE = """
const parse = (text) => { const n = text.match(/[\\d.]+/g).map(Number); return {r: n[0], g: n[1], b: n[2], a: n.length > 3 ? n[3] : 1}; };
const over = (top, below) => ({r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a), a: 1});
const light = (c) => [c.r, c.g, c.b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.push(parse(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), {r: 255, g: 255, b: 255, a: 1});
};
const shown = (element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && element.getBoundingClientRect().width > 1;
const name = (element) => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "") + (element.className ? "." + element.className : "");
const found = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(element) || element.closest(".skip")) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700) ? 3 : 4.5;
    const has = ratio(over(parse(style.color), ground(element)), ground(element));
    if (has < needed) found.push(`contrast ${has.toFixed(2)} of “${walker.currentNode.data.trim().slice(0, 30)}” in ${name(element)}`);
}
for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (!field.labels.length && !field.getAttribute("aria-label")) found.push(`no label: ${name(field)}`);
    for (const id of (field.getAttribute("aria-describedby") || "").split(/\\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) found.push(`${name(field)} is described by #${id}, which is not there`);
    }
    const border = parse(getComputedStyle(field).borderTopColor);
    if (ratio(border, ground(field.parentElement)) < 3) found.push(`the border of ${name(field)} is hard to see`);
}
for (const one of document.querySelectorAll("a, button, input:not([type=hidden])")) {
    const box = one.getBoundingClientRect();
    const isWord = getComputedStyle(one).display === "inline";
    if (shown(one) && !one.closest(".skip") && !isWord && (box.height < 24 || box.width < 24)) found.push(`small target: ${name(one)} ${box.height}`);
    if (shown(one) && !one.closest(".skip") && !(one.textContent.trim() || one.labels?.length || one.getAttribute("aria-label"))) {
        found.push(`no name: ${name(one)}`);
    }
}
const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
for (const id of ids) if (ids.filter((other) => other === id).length > 1) found.push(`#${id} is there twice`);
if (document.querySelectorAll("h1").length !== 1) found.push("there is not one h1");
if (!document.documentElement.lang || !document.title) found.push("language or title is missing");
for (const image of document.images) if (!image.hasAttribute("alt")) found.push("a picture without words");
if (document.querySelector("[style], style, script:not([src])")) found.push("inline style or script");
const [width, inner] = [document.documentElement.scrollWidth, window.innerWidth];
if (width > inner) found.push(`wider than the window: ${width} > ${inner}`);
return [...new Set(found)];
"""


def measure(report, browser, what):
    found = browser.run(MEASURE)
    report.check(f"{what}: contrast, names, targets, headings and width are as they must be", found == [], "; ".join(found))


def tab_order(browser, limit=40):
    """What the tab key reaches from the top of the page, in order; each must show its focus."""
    browser.run("document.activeElement.blur(); window.scrollTo(0, 0)")
    reached = []
    for _ in range(limit):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        one = browser.driver.switch_to.active_element
        if one.tag_name == "body":
            break
        name = one.get_attribute("id") or one.get_attribute("name") or one.text or one.get_attribute("href")
        reached.append((name, one.value_of_css_property("outline-style") != "none"))
        if one == browser.driver.find_elements(By.CSS_SELECTOR, "a, button, input:not([type=hidden])")[-1]:
            break
    return reached
