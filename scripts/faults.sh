#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
# scripts/faults.sh [PAYMENTS] [SEED]   the randomised run of payments with faults, longer than in ./test: 10000 payments with a seed
#                                       of its own choice, which it prints; the same seed makes the same plan again
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/setup.sh
case ${1:-} in -h | --help) sed -n '4,5s/^# //p' "$0"; exit 0 ;; esac
need_packages "${build_packages[@]}"
need_swift

TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
export FAULT_PAYMENTS=${1:-10000}
[ $# -lt 2 ] || export FAULT_SEED=$2
swift build --build-tests
swift test --skip-build --disable-xctest --filter FaultTests.RandomRunTests
