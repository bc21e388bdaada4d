//! What the manual and `--help` say is so: examples run, lists are complete, links lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A copy of what a clone holds, to run commands in.
struct Clone(TempDir);

impl Clone {
    fn new() -> Self {
        let clone = Clone(tempfile::tempdir().unwrap());
        for part in ["raw", "out", "examples/names"] {
            copy(&root().join(part), &clone.0.path().join(part));
        }
        clone
    }

    /// Runs a line of shell with `annalist` on the path.
    fn run(&self, line: &str) -> Output {
        let bin = Path::new(env!("CARGO_BIN_EXE_annalist")).parent().unwrap();
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
        Command::new("sh")
            .args(["-c", line])
            .env("PATH", path)
            .env("HOME", self.0.path())
            .env("XDG_CACHE_HOME", self.0.path().join(".cache"))
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    /// Runs a line that has to do what it says; a comparison may find differences.
    fn works(&self, line: &str) {
        let out = self.run(line);
        let code = out.status.code().unwrap();
        let fine = code == 0 || (code == 1 && line.contains("annalist diff"));
        assert!(fine, "`{line}` ended with {code}: {}", String::from_utf8_lossy(&out.stderr));
        assert!(!out.stdout.is_empty() || !line.starts_with("annalist explain"), "`{line}` said nothing");
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

fn help(command: &str) -> String {
    let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
    let out = call.args([command, "--help"].iter().filter(|arg| !arg.is_empty())).output().unwrap();
    String::from_utf8(out.stdout).unwrap()
}

/// The commands that `annalist --help` lists.
fn commands() -> Vec<String> {
    let help = help("");
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let lines = list.lines().take_while(|line| !line.is_empty());
    let named = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = named.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

fn pages() -> Vec<(PathBuf, String)> {
    let mut paths = vec![root().join("README.md"), root().join("CONTRIBUTING.md")];
    paths.extend(fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    paths.sort();
    let markdown = paths.into_iter().filter(|path| path.extension().is_some_and(|e| e == "md"));
    markdown.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The lines of shell in the fenced blocks of a page, without their comments.
fn shell(page: &str) -> Vec<String> {
    let blocks = page.split("\n```sh\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let lines = blocks.flat_map(str::lines).map(|line| line.split("  #").next().unwrap_or(line).trim());
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn every_example_of_every_command_works() {
    let (clone, commands) = (Clone::new(), commands());
    assert!(commands.len() > 8, "{commands:?}");
    for command in &commands {
        let help = help(command);
        let (_, examples) = help.split_once("Example").unwrap_or_else(|| panic!("{command} has no example"));
        let lines: Vec<&str> = examples.lines().skip(1).take_while(|line| line.starts_with("  ")).collect();
        assert!(!lines.is_empty(), "{command} has no example");
        lines.iter().for_each(|line| clone.works(line.trim()));
    }
    let page = fs::read_to_string(clone.0.path().join("man1/annalist-run.1")).unwrap();
    assert!(page.contains(r"\-\-check") && page.contains("annalist run raw"));
    assert!(fs::read_to_string(clone.0.path().join("annalist.bash")).unwrap().contains("complete -F"));
}

#[cfg(unix)]
#[test]
fn commands_in_the_manual_work_as_printed() {
    let clone = Clone::new();
    let events = fs::read_to_string(clone.0.path().join("out/events.csv")).unwrap();
    let event = events.lines().nth(1).and_then(|row| row.split(',').next()).unwrap();
    // What the page on CI compares with is a branch; here it is the state that the clone was made in.
    let setup = "git init -q -b main && git add raw out && \
                 git -c user.name=a -c user.email=a@example.org commit -qm a && git update-ref refs/remotes/origin/main main";
    clone.works(setup);
    let mut ran = 0;
    for (_, page) in pages() {
        for line in shell(&page) {
            if line.starts_with("annalist") || line.starts_with("mkdir") || line.starts_with("echo") {
                clone.works(&line.replace("<event_id>", event));
                ran += 1;
            }
        }
    }
    assert!(ran > 8, "only {ran} commands found");
}

#[test]
fn the_front_page_lists_every_command_and_table() {
    let page = fs::read_to_string(root().join("README.md")).unwrap();
    for command in commands() {
        assert!(
            page.contains(&format!("`annalist {command}")) || page.contains(&format!("`{command}`")),
            "{command}"
        );
    }
    for table in annalist::dataset::schema::tables() {
        assert!(page.contains(&format!("`{}`", table.name)), "README leaves out {}", table.name);
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    for (path, page) in pages() {
        for target in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap();
            if !target.contains("://") && !file.is_empty() {
                assert!(path.parent().unwrap().join(file).exists(), "{} links to {target}", path.display());
            }
        }
    }
}

#[test]
fn paths_that_the_manual_names_are_there() {
    let roots = ["rules/", "src/", "raw/", "tests/", "schemas/", "docs/", "examples/", ".ci/"];
    let mut named = 0;
    for (path, page) in pages() {
        for code in page.split('`').skip(1).step_by(2) {
            let word = code.split_whitespace().next().unwrap_or_default().trim_end_matches([',', ':']);
            let fixed = roots.iter().any(|root| word.starts_with(root)) && !word.contains(['<', '*', '\\']);
            assert!(!fixed || root().join(word).exists(), "{} names {word}", path.display());
            named += usize::from(fixed);
        }
    }
    assert!(named > 20, "only {named} paths found");
}

/// The first cells of the table under a heading of a page, without their ticks.
fn first_cells(page: &str, column: &str) -> BTreeSet<String> {
    let rows = page.lines().skip_while(|line| !line.starts_with(&format!("| {column} |"))).skip(2);
    let cells = rows.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('|').nth(1));
    cells.flat_map(|cell| cell.split(',')).map(|name| name.trim().trim_matches('`').to_owned()).collect()
}

#[test]
fn tables_of_the_manual_name_what_there_is() {
    let read = |page: &str| fs::read_to_string(root().join("docs").join(page)).unwrap();
    let column = |table: &str, column: &str| {
        let table = annalist::dataset::schema::table(table).unwrap();
        table.columns.iter().find(|c| c.name == column).unwrap()
    };
    let evidence: BTreeSet<String> = column("name_links", "evidence").vocabulary.iter().cloned().collect();
    assert_eq!(first_cells(&read("names.md"), "evidence"), evidence);
    for name in first_cells(&read("dates.md"), "column") {
        column("time_expressions", &name);
    }
    for source in &column("time_expressions", "year_from").vocabulary {
        assert!(read("dates.md").contains(&format!("`{source}`")), "dates.md leaves out {source}");
    }
}

#[test]
fn the_corrections_of_the_manual_correct_the_sample() {
    let clone = Clone::new();
    let page = fs::read_to_string(root().join("docs/corrections.md")).unwrap();
    let file = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    fs::write(clone.0.path().join("overrides.toml"), file).unwrap();
    let out = clone.run("annalist run raw --out out");
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}");
    assert_eq!(said.matches(": used").count(), file.matches("[[").count(), "{said}");
}

/// Pairs of tables that a diagram joins.
fn joined(page: &str) -> BTreeSet<(String, String)> {
    let (_, diagram) = page.split_once("erDiagram\n").unwrap();
    let lines = diagram.lines().take_while(|line| !line.starts_with("```"));
    let sides = lines.map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        (words[0].to_owned(), words[2].to_owned())
    });
    sides.collect()
}

#[test]
fn the_diagram_of_the_front_page_joins_what_the_schemas_join() {
    let front = joined(&fs::read_to_string(root().join("README.md")).unwrap());
    let codebook = joined(&fs::read_to_string(root().join("docs/CODEBOOK.md")).unwrap());
    assert!(front.len() > 10);
    let invented: Vec<_> = front.difference(&codebook).collect();
    assert!(invented.is_empty(), "{invented:?}");
}
