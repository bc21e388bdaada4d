"""Runs the Python and SQL that the manual prints, against out/: every block in a fresh namespace or connection."""
import contextlib
import io
import os
import pathlib
import re
import warnings

import duckdb

root = pathlib.Path(__file__).resolve().parent.parent
os.chdir(root)
ran = 0
for page in [root / "README.md", *sorted((root / "docs").glob("*.md"))]:
    for language, code in re.findall(r"^```(python|sql)\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S):
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            if language == "python":
                exec(compile(code, f"{page.name}: python", "exec"), {})
            else:
                assert duckdb.sql(code).fetchall(), f"{page.name}: no rows from\n{code}"
        ran += 1
assert ran > 4, f"only {ran} blocks found"
print(f"{ran} blocks of Python and SQL ran")
