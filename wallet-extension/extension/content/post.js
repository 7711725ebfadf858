// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The POST of a deposit permission, and the question for refunds: requests of the shop's own page, with its origin and its cookies. */

var talerWallet = talerWallet ?? {};

talerWallet.post = (() => {
  const PATIENCE = 120_000;
  const LONGEST_BODY = 65_536;

  /** `text` as an absolute address of this page's origin; null for every other. */
  function own(text) {
    try {
      const address = new URL(text, location.href);
      const isPlain = /^https?:$/.test(address.protocol) && address.username === "" && address.password === "";
      return isPlain && address.origin === location.origin ? address : null;
    } catch {
      return null;
    }
  }

  /**
   * Posts the text and gives {status, url, body}: `url` the end of the redirects, where the tab may go; status 0 when there was no answer.
   * Only the address that was posted to can refuse: what is wrong with the page that a redirect leads to says nothing of the money. Never throws.
   *
   * `mode: same-origin` lets no redirect take the text to another origin: the browser stops there. When the shop's answer was of the kind
   * that is followed without the text (301, 302, 303), `elsewhere` knows where to: that is the shop's answer, and the tab may go there.
   */
  async function postPermission(payURL, permission, elsewhere) {
    const address = own(payURL);
    if (address === null) return { status: 0, url: null, body: "the address for the payment is of another site" };
    try {
      const response = await fetch(address.href, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "text/html,application/json" },
        body: permission,
        mode: "same-origin",
        credentials: "same-origin",
        redirect: "follow",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
      const body = await beginning(response, LONGEST_BODY);
      if (response.redirected && !response.ok) return { status: 0, url: null, body: `the page behind the payment answered ${response.status}` };
      return { status: response.status, url: destination(response, body), body: response.ok ? "" : body };
    } catch (error) {
      const place = await elsewhere(address.href);
      return place === null ? { status: 0, url: null, body: String(error?.message ?? error) } : { status: 200, url: place, body: "" };
    }
  }

  /** The first `most` bytes of an answer as text: one that never ends is not waited for. Throws when it breaks off before. */
  async function beginning(response, most) {
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    let [text, length] = ["", 0];
    while (reader !== undefined && length < most) {
      const { done, value } = await reader.read();
      if (done) return text;
      length += value.length;
      text += decoder.decode(value, { stream: true });
    }
    reader?.cancel().catch(() => {});
    return text.slice(0, most);
  }

  /** Where a paid buyer goes: the end of the redirects, or the fulfillment_url of an answer without one. */
  function destination(response, body) {
    if (!response.ok) return null;
    if (response.redirected) return response.url;
    try {
      return own(JSON.parse(body).fulfillment_url)?.href ?? null;
    } catch {
      return null;
    }
  }

  /** What the shop says was given back, as its text; null when it does not say. */
  async function refundText(refundURL) {
    const address = own(refundURL);
    if (address === null) return null;
    try {
      const response = await fetch(address.href, {
        headers: { Accept: "application/json" }, mode: "same-origin", credentials: "same-origin", cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
      const text = response.ok ? await beginning(response, talerWallet.details.LONGEST_TEXT + 1) : "";
      return text === "" || text.length > talerWallet.details.LONGEST_TEXT ? null : text;
    } catch {
      return null;
    }
  }

  return { postPermission, refundText };
})();
