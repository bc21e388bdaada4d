"""Every file of a folder stands in `documents`: all_accounted.py RAW DOCUMENTS.csv"""
import collections
import csv
import pathlib
import sys

csv.field_size_limit(1 << 30)
raw = pathlib.Path(sys.argv[1])
files = {p.relative_to(raw).as_posix() for p in raw.rglob("*") if p.is_file()}
with open(sys.argv[2], newline="", encoding="utf-8") as f:
    rows = list(csv.DictReader(f))
seen = {r["source"].split("#")[0] for r in rows}
missing = sorted(f for f in files if f not in seen and not any(s.startswith(f + "/") for s in seen))
print(f"{len(files)} files, {len(rows)} documents,", dict(sorted(collections.Counter(r["status"] for r in rows).items())))
if missing:
    sys.exit("no row in documents for: " + ", ".join(missing))
