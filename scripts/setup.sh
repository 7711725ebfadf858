# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
# Sourced by ./demo and ./test: says what it does, installs what is missing.

say() { printf '\033[1m%s\033[0m\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# need_packages PACKAGE… installs those that are missing; without root it prints the one line that does.
need_packages() {
    local missing=() package
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ]; then
        die "These Debian packages are missing. As root:  apt-get install --no-install-recommends ${missing[*]}"
    fi
    say "Installing Debian packages: ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

need_swift() {
    command -v swift >/dev/null || die "The Swift toolchain (6.2 or later) is missing: see https://www.swift.org/install/linux/"
}

# One of Debian's two builds of libcurl is needed, and installing one removes the other: whichever is there stays.
curl_package() {
    if dpkg-query -W -f='${db:Status-Status}' libcurl4-gnutls-dev 2>/dev/null | grep -q '^installed$'; then
        echo libcurl4-gnutls-dev
    else
        echo libcurl4-openssl-dev
    fi
}

build_packages=(libmicrohttpd-dev libsodium-dev libsqlite3-dev libssl-dev zlib1g-dev pkg-config "$(curl_package)")
