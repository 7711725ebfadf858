// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The POST of a deposit permission from the shop's own page. */

const PATIENCE = 120_000;
const LONGEST_BODY = 65_536;

/**
 * Posts the text and gives {status, url, body}: `url` the address after all redirects, to which the tab may go; status
 * 0 when there was no answer or the address is not of this page's origin. Only the address that was posted to can refuse: what is wrong with
 * the page that a redirect leads to says nothing of the money. No redirect takes the text to another origin. Never throws.
 */
export async function postPermission(payURL, permission) {
  const address = new URL(payURL, document.URL);
  if (address.origin !== location.origin) return { status: 0, url: null, body: "the address for the payment is of another site" };
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/html,application/json" },
      body: permission,
      mode: "same-origin",
      credentials: "same-origin",
      redirect: "follow",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const body = (await response.text()).slice(0, LONGEST_BODY);
    if (response.redirected && !response.ok) return { status: 0, url: null, body: `the page behind the payment answered ${response.status}` };
    return { status: response.status, url: destination(response, body), body: response.ok ? "" : body };
  } catch (error) {
    return { status: 0, url: null, body: error.message };
  }
}

/** Where a paid buyer goes: the end of the redirect, or the fulfillment_url of an answer without one. */
function destination(response, body) {
  if (!response.ok) return null;
  if (response.redirected) return response.url;
  try {
    const { fulfillment_url: address } = JSON.parse(body);
    const url = new URL(address, response.url);
    return url.origin === location.origin ? url.href : null;
  } catch {
    return null;
  }
}
