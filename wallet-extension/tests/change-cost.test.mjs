// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What the buyer is told that change will cost is what it costs. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { now } from "../core/time.js";
import { offerFor } from "./support/shopping.mjs";
import { makeWorld, withdraw } from "./support/world.mjs";

const PAGE = { page: "http://shop.example/essay", origin: "http://shop.example" };

/** {choice, cost}: what was planned, and what is missing beyond the total when the payment and its change are done. */
async function paid(world, price) {
  const { terms, text } = await offerFor(world.exchange, price);
  const { offer, choice, context } = await world.wallet.payments.look(text, PAGE);
  const [{ free: before }] = await world.wallet.balances();
  const purchase = await world.wallet.payments.commit(offer, choice, context);
  await world.exchange.deposit(purchase.permission, terms);
  await world.wallet.payments.record(purchase.id, { status: 200, url: "http://shop.example/fulfillment", body: "" });
  assert.deepEqual((await world.wallet.refreshes.run()).problems, []);
  const [{ free }] = await world.wallet.balances();
  return { choice, cost: before.subtract(choice.plan.total).subtract(free).toString() };
}

test("the cost of refreshing what is left of a split coin is known before the payment", async () => {
  const world = await makeWorld();
  await withdraw(world, "5");
  let split = 0;
  for (const price of ["0.3", "0.7", "1"]) {
    const { choice, cost } = await paid(world, price);
    assert.equal(choice.change.toString(), cost, price);
    if (!choice.change.isZero) split += 1;
  }
  assert.ok(split > 0);
});
