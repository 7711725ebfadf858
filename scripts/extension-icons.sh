#!/bin/sh
# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later

# Makes the PNGs of the extension's icon from icons/icon.svg, in the sizes that the manifest names. Needs Debian's chromium.
set -eu
cd "$(dirname "$0")/../wallet-extension/icons"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/draw.html" <<PAGE
<!doctype html><pre></pre><img src="data:image/svg+xml;base64,$(base64 -w 0 icon.svg)">
<script>
const picture = document.querySelector("img");
picture.onload = () => {
    for (const size of [16, 32, 48, 128]) {
        const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
        canvas.getContext("2d").drawImage(picture, 0, 0, size, size);
        document.querySelector("pre").append(size + " " + canvas.toDataURL("image/png").split(",")[1] + "\n");
    }
    document.querySelector("img").remove();
};
</script>
PAGE

chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$work/profile" --virtual-time-budget=5000 --dump-dom "file://$work/draw.html" 2>"$work/log" |
    sed -n 's/^.*<pre>//; s/^\([0-9]\{2,3\}\) \([A-Za-z0-9+\/=]\{80,\}\)$/\1 \2/p' > "$work/drawn"

[ "$(wc -l < "$work/drawn")" -eq 4 ] || { cat "$work/log" >&2; echo "chromium has not drawn four pictures" >&2; exit 1; }
while read -r size picture; do
    echo "$picture" | base64 -d > "icon-$size.png"
    echo "icon-$size.png"
done < "$work/drawn"
