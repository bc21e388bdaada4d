#!/usr/bin/env bash
# Speed and memory of runs and stages: benches/measure.sh [MEGABYTES]...
#
# Makes its inputs from raw/ with a fixed seed, in a folder that is removed at the end, and prints a
# line for each measurement: megabytes a second of CPU time (user and system of all threads, so that
# other work on the machine counts little), of wall time, and the peak memory. MEGABYTES are the sizes
# that `run` is measured at (10 and 100 by default); stages are measured at the first.
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=("${@:-10}")
[ $# -gt 0 ] || sizes=(10 100)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --release --quiet --bin annalist --example bench_inputs
annalist=target/release/annalist
inputs=target/release/examples/bench_inputs

# measure NAME INPUT COMMAND...: INPUT is what the megabytes are counted of.
measure() {
    local name=$1 input=$2 bytes
    shift 2
    bytes=$(find "$input" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
    /usr/bin/time -f '%U %S %e %M' -o "$work/time" "$@" > "$work/out.txt" 2> "$work/err.txt" || {
        echo "$name failed: $(tail -n 1 "$work/err.txt")"; return; }
    awk -v name="$name" -v mb="$bytes" '{ cpu = $1 + $2; mb /= 1e6
        printf "%-34s %8.1f MB  %8.2f MB/s of CPU  %8.2f MB/s  peak %6d MB\n", name, mb, mb / cpu, mb / $3, $4 / 1024 }' "$work/time"
}

first=${sizes[0]}
for kind in en zh cyrillic en-html mixed-html; do
    "$inputs" "$kind" "$first" "$work/$kind" > /dev/null
    measure "clean $kind" "$work/$kind" "$annalist" clean "$work/$kind"
    case $kind in *-html) ;; *)
        cat "$work/$kind"/*/* > "$work/$kind.txt"
        measure "dates $kind" "$work/$kind.txt" "$annalist" dates "$work/$kind.txt" ;;
    esac
    for jobs in 1 2; do
        measure "run $kind, $jobs threads" "$work/$kind" \
            "$annalist" run "$work/$kind" --out "$work/out" --no-cache --no-previous --jobs $jobs
    done
done
for size in "${sizes[@]}"; do
    "$inputs" mixed "$size" "$work/mixed" > /dev/null
    measure "run mixed" "$work/mixed" "$annalist" run "$work/mixed" --out "$work/out" --no-cache --no-previous
    rm -rf "$work/mixed"
done
