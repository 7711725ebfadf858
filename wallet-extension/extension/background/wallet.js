// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Wallet } from "../../engine/wallet.js";

let opened = null;

/** The wallet, opened once in the life of this worker. */
export function openWallet() {
  opened ??= Wallet.open().catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}
