// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The browser's interface for extensions, under the name that it has in Chromium and in Firefox alike; promises, no callbacks. */
export const browser = globalThis.browser?.runtime === undefined ? globalThis.chrome : globalThis.browser;
