"""Scores single stages against floors: stage_scores.py SHARED ANNALIST WORK < FLOORS

A floor is a line `name value`; names are those that the scorers print, after the part's name:
`dates.en.value_f1`, `match.persons_zh_en`, `html.en.article.f1`.
"""
import json
import pathlib
import re
import subprocess
import sys

shared, annalist, work = map(pathlib.Path, sys.argv[1:4])
score = shared / "score"
got = {}


def run(*command, out=None):
    result = subprocess.run([str(c) for c in command], check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    if out:
        out.write_text(result.stdout, encoding="utf-8")
    return result.stdout


for language in ("en", "uk"):
    gold = shared / "data/dates" / f"wikiwars_{language}.jsonl"
    found = work / f"dates.{language}.jsonl"
    run(annalist, "dates", gold, out=found)
    for name, value in json.loads(run(sys.executable, score / "date_score.py", gold, found, "--json")).items():
        got[f"dates.{language}.{name}"] = value

for task in sorted(p for p in (shared / "data/names/dev").iterdir() if p.is_dir()):
    links = work / f"{task.name}.tsv"
    run(annalist, "match", "--no-gazetteer", task / "A.tsv", task / "B.tsv", out=links)
    got[f"match.{task.name}"] = json.loads(run(sys.executable, score / "match_score.py", task, links))["F1_1to1"]

pages = sorted((shared / "data/html/pages").glob("*.html.gz"))
cleaned = work / "html.jsonl"
run(annalist, "clean", "--format", "jsonl", *pages, out=cleaned)
for name, value in re.findall(r"^(html\.\S+) ([\d.]+)", run(sys.executable, score / "html_score.py", cleaned), re.M):
    got[name] = float(value)

for name in sorted(got):
    print(f"{name:36s} {got[name]:.4f}")
low = []
for line in sys.stdin:
    if line.strip() and not line.startswith("#"):
        name, floor = line.split()
        if got.get(name, 0.0) < float(floor):
            low.append(f"{name} {got.get(name, 0.0):.4f} < {floor}")
if low:
    sys.exit("below the floor: " + "; ".join(low))
