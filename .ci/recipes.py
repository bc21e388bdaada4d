"""Runs the shell steps of action.yml as a runner would, in a scratch repository: recipes.py ANNALIST

The scratch repository commits the sample pages and their dataset, then changes a page; the action has to show
the change in the summary, leave a comment file and a report, and fail only where a gate does. What only GitHub
can do (`uses:`) is left out.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

here = pathlib.Path(__file__).resolve().parent.parent
annalist = pathlib.Path(sys.argv[1]).resolve()
action = yaml.safe_load((here / "action.yml").read_text(encoding="utf-8"))


def run_action(repo, given):
    """Runs the steps with the inputs; returns outputs, summary and the name of the step that failed, if any."""
    temp = pathlib.Path(tempfile.mkdtemp(dir=repo.parent))
    values = {f"inputs.{name}": given.get(name, str(spec["default"])) for name, spec in action["inputs"].items()}
    summary, failed = temp / "summary.md", None
    summary.touch()
    for step in action["runs"]["steps"]:
        condition = step.get("if")
        if condition:
            name, empty = re.fullmatch(r"(\S+) != '(.*)'", condition).groups()
            if values.get(name, "") == empty:
                continue
        if "run" not in step:
            continue
        output = temp / "output"
        output.write_text("")
        fill = lambda text: re.sub(r"\$\{\{ *(\S+) *\}\}", lambda m: values.get(m.group(1), ""), text)
        env = {**os.environ, "PATH": f"{annalist.parent}:{os.environ['PATH']}", "RUNNER_TEMP": str(temp),
               "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output), "GITHUB_ACTION_PATH": str(here),
               "XDG_CACHE_HOME": str(temp), **{k: fill(v) for k, v in step.get("env", {}).items()}}
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], cwd=repo, env=env, stdout=subprocess.DEVNULL)
        for line in output.read_text().splitlines():
            name, _, value = line.partition("=")
            values[f"steps.{step['id']}.outputs.{name}"] = value
        if done.returncode:
            failed = step["name"]
            break
    outputs = {name: values.get(spec["value"].strip("${} "), "") for name, spec in action["outputs"].items()}
    return outputs, summary.read_text(encoding="utf-8"), failed


def git(repo, *args):
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *args], cwd=repo, check=True, stdout=subprocess.DEVNULL)


with tempfile.TemporaryDirectory() as scratch:
    repo = pathlib.Path(scratch, "repo")
    for part in ("raw", "out"):
        shutil.copytree(here / part, repo / part)
    git(repo, "init", "-q")
    git(repo, "add", ".")
    git(repo, "commit", "-qm", "base")

    outputs, summary, failed = run_action(repo, {"base": "HEAD"})
    assert failed is None, f"step {failed} failed where nothing had changed"

    # Another page on something new: the diff has to tell of it.
    (repo / "raw/new.txt").write_text("The presidents of Chile and Peru signed an agreement in Lima on 4 May 2021.\n")
    outputs, summary, failed = run_action(repo, {"base": "HEAD"})
    assert failed is None, f"step {failed} failed"
    assert "4 May 2021" in summary, f"the summary leaves out the new event:\n{summary}"
    assert pathlib.Path(outputs["diff"]).read_text(encoding="utf-8") in summary
    assert pathlib.Path(outputs["diff"]).stat().st_size < 65536
    assert "<html" in pathlib.Path(outputs["report"]).read_text(encoding="utf-8")

    # No base, and a base without a dataset.
    outputs, summary, failed = run_action(repo, {"base": ""})
    assert (failed, outputs["diff"]) == (None, ""), f"step {failed}: {outputs}"
    git(repo, "checkout", "-q", "--orphan", "empty")
    git(repo, "rm", "-rqf", "--cached", ".")
    git(repo, "commit", "-qm", "nothing", "--allow-empty")
    outputs, summary, failed = run_action(repo, {"base": "HEAD"})
    assert failed is None and "nothing to compare with" in summary

    # A gate that does not hold fails the last step, after the report is there.
    outputs, summary, failed = run_action(repo, {"base": "", "check-args": "--min-documents 100000"})
    assert failed == "Check" and outputs["report"], f"failed at {failed}"

manual = (here / "docs/ci.md").read_text(encoding="utf-8")
assert all(f"`{name}`" in manual for name in action["inputs"]), "docs/ci.md leaves out an input of the action"
hooks = yaml.safe_load((here / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
assert all({"id", "name", "entry", "language", "files"} <= set(hook) for hook in hooks)
print("the steps of action.yml do what they say")
