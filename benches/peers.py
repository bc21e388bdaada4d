#!/usr/bin/env python3
"""Speed beside public tools, on the same inputs in the same run.

    pip install trafilatura dateparser rapidfuzz duckdb
    cargo build --release --bin annalist --example bench_inputs
    python3 benches/peers.py [MEGABYTES]

Each line tells megabytes (or pairs, or rows) a second of CPU time of one thread or of all threads of a
process together, and how many times the peer's speed that is. Peers that are not installed are left
out. They do other things than annalist and some of them do more: a ratio of speeds says nothing of
quality.
"""
import csv
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ANNALIST = HERE / "target/release/annalist"
INPUTS = HERE / "target/release/examples/bench_inputs"
# Peers are slow: they work on this many bytes, or names, and are scaled.
PEER_BYTES = 2_000_000
SEARCH_BYTES = 20_000
NAMES = 2000
ROWS = 1_000_000


def call(*arguments):
    """CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(a) for a in arguments], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def clock(work):
    before = time.process_time()
    work()
    return time.process_time() - before


def tell(what, unit, ours, peer, theirs):
    ratio = f"{ours / theirs:9.1f} times" if theirs else ""
    print(f"{what:<28} {ours:12.2f} {unit}   {peer:<14} {theirs or 0:12.4f} {unit} {ratio}", flush=True)


def installed(name):
    try:
        return __import__(name)
    except ImportError:
        return None


def pages(work, kind, megabytes):
    folder = work / kind
    subprocess.run([INPUTS, kind, str(megabytes), folder], check=True, stdout=subprocess.DEVNULL)
    return folder, sorted(path for path in folder.rglob("*") if path.is_file())


def some(paths, limit):
    taken, size = [], 0
    for path in paths:
        taken.append(path.read_text())
        size += len(taken[-1].encode())
        if size >= limit:
            break
    return taken, size


def html(work, megabytes):
    folder, paths = pages(work, "en-html", megabytes)
    ours = sum(p.stat().st_size for p in paths) / 1e6 / call(ANNALIST, "clean", folder)
    texts, size = some(paths, PEER_BYTES)
    if trafilatura := installed("trafilatura"):
        spent = clock(lambda: [trafilatura.extract(text) for text in texts])
        tell("main text of HTML", "MB/s", ours, "trafilatura", size / 1e6 / spent)


def dates(work, megabytes):
    _, paths = pages(work, "en", megabytes)
    whole = work / "en.txt"
    whole.write_text("".join(path.read_text() for path in paths))
    ours = whole.stat().st_size / 1e6 / call(ANNALIST, "dates", whole)
    if installed("dateparser"):
        from dateparser.search import search_dates

        text = whole.read_text()[:SEARCH_BYTES]
        lines = [line for line in text.splitlines() if line]
        spent = clock(lambda: [search_dates(line, languages=["en"]) for line in lines])
        tell("dates in English text", "MB/s", ours, "dateparser", len(text) / 1e6 / spent)


def match(work):
    syllables = [line.split("\t") for line in (HERE / "benches/inputs/syllables.tsv").read_text().splitlines()]
    names = list(itertools.islice(itertools.product(syllables, repeat=3), 7, None, 101))[:NAMES]
    sides = [["".join(part[script] for part in name).capitalize() for name in names] for script in (0, 1)]
    for side, file in zip(sides, ("left", "right")):
        (work / file).write_text("\n".join(side) + "\n")
    pairs = len(sides[0]) * len(sides[1])
    ours = pairs / 1e6 / call(ANNALIST, "match", work / "left", work / "right", "--no-gazetteer")
    if rapidfuzz := installed("rapidfuzz"):
        from rapidfuzz import process

        work_on = lambda: process.cdist(sides[0], sides[1], scorer=rapidfuzz.fuzz.ratio, workers=1)
        tell("pairs of names", "M/s", ours, "rapidfuzz", pairs / 1e6 / clock(work_on))


def diff(work):
    for name, changed in (("a.csv", False), ("b.csv", True)):
        with open(work / name, "w", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(["id", "name", "count", "text"])
            for row in range(ROWS):
                count = row + 1 if changed and row % 100 == 7 else row
                rows.writerow([f"id{row:08}", f"name {row % 9973}", count, f"text of row {row}"])
    a, b = work / "a.csv", work / "b.csv"
    ours = ROWS / 1e6 / call(ANNALIST, "diff", a, b, "--limit", "20", "--exit-zero")
    if duckdb := installed("duckdb"):
        query = f"""select count(*) from (from read_csv('{a}', all_varchar=true)) x
            full join (from read_csv('{b}', all_varchar=true)) y using (id)
            where x.name is distinct from y.name or x.count is distinct from y.count
            or x.text is distinct from y.text"""
        spent = clock(lambda: duckdb.sql(query).fetchall())
        tell("rows of two tables compared", "M/s", ours, "duckdb", ROWS / 1e6 / spent)


def main():
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        html(work, megabytes)
        dates(work, megabytes)
        match(work)
        diff(work)


if __name__ == "__main__":
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    main()
