// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Where a shop's answer to a payment leads when that is another site. The page that posted cannot know: the browser stops a request that may
 * not leave the origin. It is asked for within a second, so it is kept in memory: whoever has slept meanwhile sends the payment once more.
 */

const MOST = 64;

/** Redirects that are followed without what was sent. */
const BODILESS = new Set([301, 302, 303]);

export class Redirects {
  /** By request: {tabId, from, place}. */
  #posts = new Map();

  /** `details` of webRequest.onBeforeRedirect. */
  note({ requestId, tabId, frameId, method, statusCode, url, redirectUrl }) {
    if (tabId < 0 || frameId !== 0) return;
    const known = this.#posts.get(requestId);
    if (known === undefined && method !== "POST") return;
    const [from, to] = [new URL(url), new URL(redirectUrl)];
    const leaves = to.origin !== from.origin && /^https?:$/.test(to.protocol) && (method !== "POST" || BODILESS.has(statusCode));
    this.#posts.delete(requestId);
    this.#posts.set(requestId, { tabId, from: known?.from ?? from.href, place: leaves ? to.href : null });
    if (this.#posts.size > MOST) this.#posts.delete(this.#posts.keys().next().value);
  }

  /** Where the last POST from this tab to `address` was sent to, when that is another site; else null. Is said once. */
  take(tabId, address) {
    for (const [id, post] of [...this.#posts].reverse()) {
      if (post.tabId === tabId && post.from === address) {
        this.#posts.delete(id);
        return post.place;
      }
    }
    return null;
  }
}
