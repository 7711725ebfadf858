#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
# scripts/fuzz.sh [SECONDS] [TARGET…]     each target for so long (60 s); what is new is kept in .build-fuzz/found/TARGET
# scripts/fuzz.sh --runs N [TARGET…]      each target N times from a fixed seed, after every file of the corpus; says `fuzzed TARGET: N runs`
# scripts/fuzz.sh --input FILE TARGET     one input again
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
targets=(json amounts times base32 payto configuration permission exchange http proposition)
scratch=$PWD/.build-fuzz

seconds=60 runs='' input=''
case ${1:-} in
    --runs) runs=${2:?a number of runs}; shift 2 ;;
    --input) input=$(readlink -f "${2:?a file}"); shift 2 ;;
    [0-9]*) seconds=$1; shift ;;
esac
[ $# -eq 0 ] || targets=("$@")

mkdir -p "$scratch"
if ! swift build --package-path Fuzz --scratch-path "$scratch" --sanitize=fuzzer -Xswiftc -sanitize=fuzzer,address >"$scratch/build.log" 2>&1; then
    grep -v 'ld.gold: warning' "$scratch/build.log" | tail -n 40
    exit 1
fi
program=$scratch/debug/fuzz
# The runtime's own backtraces and the sanitizer's handlers get into each other's way.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
failed=0
for target in "${targets[@]}"; do
    export FUZZ_TARGET=$target
    found=$scratch/found/$target
    mkdir -p "$found" "$scratch/artifacts"
    options=(-artifact_prefix="$scratch/artifacts/$target-" -dict=Fuzz/Dictionaries/words.dict -timeout=10 -rss_limit_mb=2048 -max_len=16384 -verbosity=0 -print_final_stats=1)
    log=$scratch/$target.log
    if [ -n "$input" ]; then
        "$program" -timeout=10 "$input" || failed=1
        continue
    elif [ -n "$runs" ]; then
        # An empty folder first: nothing is written into the corpus of the sources.
        fresh=$(mktemp -d)
        "$program" "${options[@]}" -seed=1 -runs="$runs" "$fresh" "Fuzz/Corpus/$target" >"$log" 2>&1
        status=$?
        rm -rf "$fresh"
    else
        "$program" "${options[@]}" -max_total_time="$seconds" "$found" "Fuzz/Corpus/$target" >"$log" 2>&1
        status=$?
    fi
    done_runs=$(sed -nE 's/^stat::number_of_executed_units: *([0-9]+)$/\1/p' "$log" | tail -n 1)
    if [ $status -eq 0 ] && [ "${done_runs:-0}" -ge "${runs:-1}" ]; then
        echo "fuzzed $target: $done_runs runs"
    else
        echo "FOUND by $target:"
        grep -E 'does not hold|Fatal error|ERROR:|SUMMARY|Test unit written' "$log" | head -n 6
        failed=1
    fi
done
exit $failed
