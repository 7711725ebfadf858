// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Word that something was written, for this context and, over a BroadcastChannel, for the wallet's other windows and its background. */

const NAME = "taler-wallet";

export class Changes {
  #listeners = new Set();
  #channel;

  /** `channel` is a BroadcastChannel, or null where only this context is to hear. */
  constructor(channel = null) {
    this.#channel = channel;
    channel?.addEventListener("message", ({ data }) => {
      if (Array.isArray(data?.stores)) this.#tell(data.stores);
    });
  }

  static overBroadcast() {
    return new Changes(new BroadcastChannel(NAME));
  }

  /** `callback` gets {stores: [name]} after each write, of any context; gives the function that ends it. */
  subscribe(callback) {
    this.#listeners.add(callback);
    return () => this.#listeners.delete(callback);
  }

  /** Something was committed to these stores. */
  announce(stores) {
    this.#tell(stores);
    this.#channel?.postMessage({ stores });
  }

  /** One listener's mistake is not the writer's, nor the other listeners'. */
  #tell(stores) {
    for (const listener of this.#listeners) {
      try {
        listener({ stores });
      } catch (error) {
        console.error(error);
      }
    }
  }
}
