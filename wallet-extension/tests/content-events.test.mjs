// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the content script makes of what a page does to it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { FakeTab, settle } from "./support/fake-tab.mjs";

const PRESENT = { name: "taler-wallet-present" };
const names = (tab) => tab.heard.map(({ name }) => name);

async function openTab(settings) {
  const tab = new FakeTab(settings);
  await settle();
  return tab;
}

test("a probe is answered, once each", async () => {
  const tab = await openTab();
  assert.deepEqual(tab.heard, []);
  tab.dispatch("taler-probe");
  tab.dispatch("taler-probe");
  assert.deepEqual(tab.heard, [PRESENT, PRESENT]);
});

test("a probe of the first moment is answered as soon as the switch is known", async () => {
  const tab = new FakeTab();
  tab.dispatch("taler-probe");
  assert.deepEqual(tab.heard, []);
  await settle();
  assert.deepEqual(tab.heard, [PRESENT]);
});

test("a page that probes at each answer does not go round for ever", async () => {
  const tab = await openTab();
  tab.document.addEventListener("taler-wallet-present", () => tab.dispatch("taler-probe"));
  tab.dispatch("taler-probe");
  assert.equal(tab.heard.length, 1);
});

test("a wallet that is switched off says nothing, and does nothing", async () => {
  const tab = await openTab({ on: false });
  tab.dispatch("taler-probe");
  tab.dispatch("taler-contract", "{}");
  await settle();
  assert.deepEqual([tab.heard, tab.told], [[], []]);
});

test("switching the wallet off and on is told to the open page", async () => {
  const tab = await openTab();
  tab.switch(false);
  tab.switch(false);
  tab.dispatch("taler-probe");
  tab.switch(true);
  assert.deepEqual(names(tab), ["taler-wallet-unload", "taler-wallet-load", "taler-wallet-present"]);
});

test("a page that was open before the extension hears that there is a wallet now", async () => {
  const tab = await openTab({ readyState: "complete" });
  assert.deepEqual(names(tab), ["taler-wallet-load", "taler-wallet-present"]);
});

test("an extension that was taken away takes leave, and is not heard of again", async () => {
  const tab = await openTab();
  tab.dispatch("taler-probe");
  tab.alive = false;
  tab.look();
  tab.look();
  tab.dispatch("taler-probe");
  tab.dispatch("taler-contract", "{}");
  await settle();
  assert.deepEqual(names(tab), ["taler-wallet-present", "taler-wallet-unload"]);
});

test("after an update the remnant of the old script leaves the page to the new one", async () => {
  const tab = await openTab();
  tab.dispatch("taler-probe");
  tab.alive = false;
  tab.dispatch("taler-wallet-load");
  tab.look?.();
  assert.deepEqual(names(tab), ["taler-wallet-present", "taler-wallet-load"]);
});

test("a script that is put into the page twice is there once", async () => {
  const tab = await openTab();
  tab.load();
  await settle();
  tab.dispatch("taler-probe");
  tab.dispatch("taler-contract", "{}");
  await settle();
  assert.deepEqual([names(tab), tab.told.length], [["taler-wallet-present"], 1]);
});

test("a thousand offers in a loop are two messages: the first, and after a second the last", async () => {
  const tab = await openTab();
  for (let i = 1; i <= 1000; i += 1) tab.dispatch("taler-contract", `{"offer":${i}}`);
  await settle();
  assert.deepEqual(tab.told, [{ taler: "offer", text: '{"offer":1}', touched: false }]);
  assert.deepEqual(tab.timers.map(({ pause }) => pause), [1000]);
  tab.runTimers();
  await settle();
  assert.deepEqual(tab.told.map(({ text }) => text), ['{"offer":1}', '{"offer":1000}']);
  tab.runTimers();
  await settle();
  assert.equal(tab.told.length, 2);
});

test("of a thousand refunds at once sixteen are looked at, and no more than 64 in the life of a page", async () => {
  const tab = await openTab({ respond: () => ({ body: "{}" }) });
  for (let round = 0; round < 10; round += 1) {
    for (let i = 0; i < 1000; i += 1) tab.dispatch("taler-refund", { H_contract: `${round}-${i}`, refund_url: "/refunds" });
    for (let i = 0; i < 40; i += 1) {
      await settle();
      tab.runTimers();
    }
    if (round === 0) assert.ok(tab.told.length <= 17, `${tab.told.length} messages`);
  }
  assert.equal(tab.told.length, 64);
});

test("a contract of 5 MB is refused in the page, and the wallet hears nothing of it", async () => {
  const tab = await openTab();
  tab.dispatch("taler-contract", "x".repeat(5 << 20));
  await settle();
  assert.deepEqual(tab.told, []);
  assert.deepEqual(tab.heard, [{
    name: "taler-payment-result", detail: { success: false, status: 0, reason: "malformed", responseText: "(extensionUnreadable)" },
  }]);
});

const circle = {};
circle.circle = circle;
for (const [what, detail] of Object.entries({
  "a getter that throws": { get contract() { throw new Error("boo"); } },
  "a proxy that throws": new Proxy({}, { ownKeys() { throw new Error("boo"); } }),
  "a circle": circle,
  "a number": 5,
  "true": true,
  "a function": () => "{}",
  "nothing": null,
  "a toJSON that throws": { toJSON() { throw new Error("boo"); } },
  "a toJSON that gives nothing": { toJSON() { return undefined; } },
  "a BigInt inside": { contract: 1n },
})) {
  test(`${what} is no contract`, async () => {
    const tab = await openTab();
    tab.dispatch("taler-contract", detail);
    tab.dispatch("taler-probe");
    await settle();
    assert.deepEqual(tab.told, []);
    assert.deepEqual(tab.heard.map(({ name, detail: said }) => said?.reason ?? name), ["malformed", "taler-wallet-present"]);
  });
}

for (const name of ["taler-execute-payment", "taler-create-reserve", "taler-confirm-reserve", "taler-refund"]) {
  test(`${name} without anything in it, or with odd things, breaks nothing`, async () => {
    for (const detail of [null, "", "{", "[]", "null", 5, circle, { H_contract: 5, pay_url: {}, refund_url: [], reserve_pub: 1 }]) {
      const tab = await openTab();
      tab.dispatch(name, detail);
      await settle();
      assert.ok(tab.told.every(({ taler, amount, callbackURL }) => taler === "reserve" && amount === undefined && callbackURL === undefined));
      assert.deepEqual(tab.requests, []);
    }
  });
}

test("a contract may come as an object, and what the wallet gets is text", async () => {
  const tab = await openTab();
  tab.dispatch("taler-contract", { contract: { amount: 1 } });
  await settle();
  assert.deepEqual(tab.told, [{ taler: "offer", text: '{"contract":{"amount":1}}', touched: false }]);
});

test("a refund's list is fetched from the page's own origin only", async () => {
  const tab = await openTab({ respond: () => ({ body: '{"refunds":[]}' }) });
  for (const address of ["http://evil.example/", "javascript:alert(1)", "data:,x", "//evil.example/", "https://shop.example/"]) {
    tab.dispatch("taler-refund", { H_contract: address, refund_url: address });
    await settle();
    tab.runTimers();
  }
  tab.dispatch("taler-refund", { H_contract: "C", refund_url: "/refunds?key=1" });
  await settle();
  assert.deepEqual(tab.requests.map(({ url, mode, credentials }) => [url, mode, credentials]), [["http://shop.example/refunds?key=1", "same-origin", "same-origin"]]);
  assert.deepEqual(tab.told, [{ taler: "refund", contract: "C", text: '{"refunds":[]}' }]);
});

test("a page in a sandbox has no origin, and no wallet", async () => {
  const tab = await openTab({ origin: "null" });
  tab.dispatch("taler-probe");
  tab.dispatch("taler-contract", "{}");
  await settle();
  assert.deepEqual([tab.heard, tab.told], [[], []]);
});

test("the next refund is asked for without waiting for what the wallet makes of the last: its time would tell whether it was bought", async () => {
  const tab = await openTab({ respond: () => ({ body: "{}" }), answer: ({ taler }) => (taler === "refund" ? new Promise(() => {}) : null) });
  tab.dispatch("taler-refund", { H_contract: "C", refund_url: "/refunds?1" });
  tab.dispatch("taler-refund", { H_contract: "D", refund_url: "/refunds?2" });
  await settle();
  tab.runTimers();
  await settle();
  assert.deepEqual(tab.requests.map(({ url }) => url), ["http://shop.example/refunds?1", "http://shop.example/refunds?2"]);
});

const OFFER = ["taler-contract", "{}"];
const RESERVE = ["taler-create-reserve", { amount: "KUDOS:1", callback_url: "http://shop.example/back" }];

test("the wallet hears whether the person has done something in the page since it last asked", async () => {
  const tab = await openTab();
  const offer = async () => {
    tab.dispatch(...OFFER);
    await settle();
    tab.runTimers();
  };
  await offer();
  tab.click();
  await offer();
  await offer();
  tab.dispatch("click");
  await offer();
  // A page may keep clicks from everybody else, and cannot keep the browser from seeing them.
  tab.activation.isActive = true;
  await offer();
  assert.deepEqual(tab.told.map(({ touched }) => touched), [false, true, false, false, true]);
});

test("a page that led to another one by a click says so when it goes, if it has to do with the wallet", async () => {
  const leave = async (before) => {
    const tab = await openTab();
    before(tab);
    tab.leave();
    await settle();
    return tab.told;
  };
  assert.deepEqual(await leave((tab) => { tab.dispatch("taler-probe"); tab.click(); }), [{ taler: "touched" }]);
  assert.deepEqual(await leave((tab) => tab.click()), []);
  assert.deepEqual(await leave((tab) => tab.dispatch("taler-probe")), []);
});

for (const event of [OFFER, RESERVE]) {
  test(`${event[0]} of a tab in the background waits until the person comes to it`, async () => {
    const tab = await openTab();
    tab.show("hidden");
    tab.dispatch(...event);
    await settle();
    tab.runTimers();
    await settle();
    assert.deepEqual(tab.told, []);
    tab.show("visible");
    await settle();
    assert.equal(tab.told.length, 1);
    tab.show("visible");
    await settle();
    assert.equal(tab.told.length, 1);
  });

  test(`${event[0]} of a page that goes away is not heard, and it cannot say that it stays`, async () => {
    const tab = await openTab();
    tab.leave(false);
    tab.leave();
    tab.comeBack(false);
    tab.dispatch(...event);
    await settle();
    assert.deepEqual(tab.told, []);
    tab.comeBack();
    tab.dispatch(...event);
    await settle();
    assert.equal(tab.told.length, 1);
  });
}

test("a page that only says that it goes away is heard", async () => {
  const tab = await openTab();
  tab.leave(false);
  tab.dispatch(...OFFER);
  await settle();
  assert.equal(tab.told.length, 1);
});

test("a page that the browser only prepares is heard when the person comes to it", async () => {
  const tab = await openTab({ prerendering: true, respond: () => ({ body: "{}" }) });
  tab.dispatch("taler-probe");
  tab.dispatch(...OFFER);
  tab.dispatch("taler-refund", { H_contract: "C", refund_url: "/refunds" });
  await settle();
  assert.deepEqual([tab.heard, tab.told, tab.requests], [[], [], []]);
  tab.document.prerendering = false;
  tab.document.dispatchEvent(new Event("prerenderingchange"));
  await settle();
  assert.deepEqual([tab.heard, tab.told.map(({ taler }) => taler)], [[PRESENT], ["offer", "refund"]]);
});
