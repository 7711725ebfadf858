// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What a service worker asks of its modules, and nobody else would notice. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../", import.meta.url);
const MANIFEST = JSON.parse(readFileSync(new URL("manifest.json", ROOT), "utf8"));

function modulesOf(entry) {
  const found = new Map();
  const open = [new URL(entry, ROOT)];
  while (open.length > 0) {
    const url = open.pop();
    if (found.has(url.href)) continue;
    const text = readFileSync(url, "utf8");
    found.set(url.href, text);
    for (const [, path] of text.matchAll(/^(?:import|export)\b[^;]*?\bfrom "([^"]+)";$|^import "([^"]+)";$/gm)) open.push(new URL(path, url));
  }
  return found;
}

test("no module of the background awaits at its top level, or imports while it runs", () => {
  const modules = modulesOf(MANIFEST.background.service_worker);
  assert.ok(modules.size > 40, `${modules.size} modules`);
  for (const [url, text] of modules) {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    for (const line of code.split("\n")) {
      assert.ok(!/^\S.*\bawait\b/.test(line) || /\basync\b/.test(line), `${url}: ${line}`);
      assert.doesNotMatch(line, /\bimport\(/, url);
    }
  }
});

test("the manifest names files that are there", () => {
  const { background, content_scripts: [{ js }], icons, action } = MANIFEST;
  for (const path of [background.service_worker, ...background.scripts, ...js, ...Object.values(icons), ...Object.values(action.default_icon), action.default_popup]) {
    assert.ok(existsSync(new URL(path, ROOT)), path);
  }
});

test("the manifest asks for what is documented, and opens nothing to pages", () => {
  assert.deepEqual(MANIFEST.permissions, ["storage", "unlimitedStorage", "alarms", "webRequest", "scripting"]);
  assert.deepEqual(MANIFEST.host_permissions, ["http://*/*", "https://*/*"]);
  for (const member of ["web_accessible_resources", "externally_connectable", "optional_permissions", "sandbox"]) assert.equal(MANIFEST[member], undefined);
  assert.equal(MANIFEST.content_scripts[0].all_frames, false);
  assert.match(MANIFEST.content_security_policy.extension_pages, /default-src 'none'; script-src 'self';.*frame-ancestors 'none'/);
});
