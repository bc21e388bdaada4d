"""Tells whether the rows of `timeline` that README shows are still in out/: sample_rows.py [--write]

With --write the rows follow: the same events by their day and type, or what stands nearest to them.
"""
import csv
import pathlib
import sys

root = pathlib.Path(__file__).resolve().parent.parent
readme = root / "README.md"
lines = readme.read_text(encoding="utf-8").splitlines(keepends=True)
with open(root / "out/timeline.csv", newline="", encoding="utf-8") as f:
    timeline = [r for r in csv.DictReader(f) if r["precision"] == "day"]


def cells(line):
    return [c.strip() for c in line.strip().strip("|").split("|")]


def row(event):
    return f"| {event['date_start']} | {event['label']} | {event['languages'].replace('|', ', ')} | {event['document_count']} |\n"


start = lines.index("| date | event | languages | pages |\n") + 2
stale = 0
for i in range(start, len(lines)):
    if not lines[i].startswith("|"):
        break
    day_shown, label = cells(lines[i])[:2]
    same_day = [e for e in timeline if e["date_start"] == day_shown] or timeline
    kind = label.split(":")[0].split(" ")[0]
    nearest = max(same_day, key=lambda e: (e["label"] == label, e["label"].startswith(kind), int(e["document_count"])))
    if row(nearest) != lines[i]:
        stale += 1
        print("README shows ", lines[i], "out/ has     ", row(nearest), sep="", end="")
        lines[i] = row(nearest)
if "--write" in sys.argv:
    readme.write_text("".join(lines), encoding="utf-8")
elif stale:
    print(f"{stale} rows of README are not in out/ as shown: run .ci/sample_rows.py --write")
