//! Lines: blocks of the main text that their words, their place or their like give away as labels,
//! menus, notices, tail parts or repeats.

use super::element::Tag;
use super::entity;
use super::line_rules::LineRules;
use super::measure::Measure;
use super::prose::{Leaf, Prose};
use super::tree::{Kind, NodeId, Tree};
use super::verdict::Verdict;
use std::collections::HashSet;

/// Letters up to which a line may be known by its opening words alone.
const SHORT_LINE: u32 = 160;
/// Letters up to which a line before or after the prose is a label and no text.
const LABEL: u32 = 80;

/// Judges the lines that are kept so far. On a listing links are content.
pub fn judge(tree: &Tree<'_>, rules: &LineRules, title: &str, listing: bool, verdicts: &mut [Verdict]) {
    let prose = Prose::of(tree, verdicts);
    let line = |&leaf: &Leaf| Line::of(tree, &prose.measure, verdicts, leaf);
    let lines: Vec<Line> = prose.leaves.iter().map(line).collect();
    let mut out = vec![Verdict::Kept; lines.len()];
    openings(rules, &lines, &mut out);
    if !listing {
        menus(&lines, &mut out);
    }
    titles(&lines, title, &mut out);
    tails(rules, &lines, &mut out);
    legal(rules, &lines, &mut out);
    repeats(&lines, &mut out);
    if !listing {
        edges(&lines, &mut out);
    }
    orphans(&lines, &mut out);
    for (line, verdict) in lines.iter().zip(out).filter(|(_, verdict)| *verdict != Verdict::Kept) {
        let (start, end) = (line.leaf.start, line.leaf.end);
        for (node, slot) in tree.nodes[start..end].iter().zip(&mut verdicts[start..end]) {
            if node.kind == Kind::Text && *slot == Verdict::Kept {
                *slot = verdict;
            }
        }
    }
}

/// A block of text as the rules on lines see it.
struct Line {
    leaf: Leaf,
    /// In lower case, blanks folded.
    text: String,
    /// 1 to 6 for headings, else 0.
    level: u8,
    tag: Tag,
}

impl Line {
    fn of(tree: &Tree<'_>, measure: &Measure, verdicts: &[Verdict], leaf: Leaf) -> Line {
        let mut text = String::new();
        let nodes = tree.nodes[leaf.start..leaf.end].iter().zip(&verdicts[leaf.start..leaf.end]);
        for (node, _) in nodes.filter(|(node, verdict)| node.kind == Kind::Text && **verdict == Verdict::Kept)
        {
            for c in entity::decode(node.span.of(tree.source), false).chars() {
                if !c.is_whitespace() {
                    text.extend(c.to_lowercase());
                } else if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
        }
        text.truncate(text.trim_end().len());
        let (level, tag) = place(tree, measure, leaf.block);
        Line { leaf, text, level, tag }
    }
}

/// How far up the element is looked for that says what a line is.
const NEAR: usize = 8;

/// What a line in `block` is part of: the level of a heading, and the item or cell. Cells of tables
/// without header cells are layout and count as nothing.
fn place(tree: &Tree<'_>, measure: &Measure, block: NodeId) -> (u8, Tag) {
    let mut at = block;
    let mut cell = Tag::Other;
    for _ in 0..NEAR {
        let tag = tree.nodes[at].tag;
        match tag {
            _ if tag.is_heading() => return (tag.heading_level(), Tag::Other),
            Tag::Td | Tag::Th => cell = tag,
            Tag::Table if measure.size(tree, at).header_cells == 0 => return (0, Tag::Other),
            Tag::Table => return (0, cell),
            Tag::Li | Tag::Pre | Tag::Dd | Tag::Dt | Tag::Figcaption | Tag::Caption if cell == Tag::Other => {
                return (0, tag);
            }
            _ => {}
        }
        at = tree.nodes[at].parent;
    }
    (0, cell)
}

/// Short lines known by their opening words.
fn openings(rules: &LineRules, lines: &[Line], out: &mut [Verdict]) {
    for (line, verdict) in lines.iter().zip(out) {
        if line.leaf.size.text <= SHORT_LINE && line.level == 0 {
            *verdict = rules.line(&line.text).unwrap_or(Verdict::Kept);
        }
    }
}

/// Bars between words from which on a line is a menu.
const MENU_BARS: usize = 3;
/// Links in a row, a line each, from which on they are a list of other pages.
const LINK_RUN: usize = 3;

/// Menus written as text with bars, and runs of lines that are links.
fn menus(lines: &[Line], out: &mut [Verdict]) {
    let mut run = 0;
    for at in 0..=lines.len() {
        let is_link = lines.get(at).is_some_and(|line| {
            let size = line.leaf.size;
            line.level == 0 && line.tag == Tag::Other && size.link_density() >= 0.5 && size.text < SHORT_LINE
        });
        if is_link {
            run += 1;
            continue;
        }
        if run >= LINK_RUN {
            out[at - run..at].fill(Verdict::LinkBlock);
        }
        run = 0;
        if let Some(line) = lines.get(at) {
            let bars = line.text.matches(['|', '｜', '│']).count();
            if bars >= MENU_BARS && !line.leaf.ends && line.tag != Tag::Pre {
                out[at] = Verdict::LinkBlock;
            }
        }
    }
}

/// The title itself, where it is repeated before the prose.
fn titles(lines: &[Line], title: &str, out: &mut [Verdict]) {
    let title = title.to_lowercase();
    let first = lines.iter().position(|line| line.leaf.is_prose() && line.level == 0).unwrap_or(lines.len());
    for (line, verdict) in lines.iter().zip(out).take(first) {
        let same = line.leaf.size.text >= 6 && title.starts_with(line.text.as_str());
        if same || line.level == 1 {
            *verdict = Verdict::Title;
        }
    }
}

/// Parts under a heading that names furniture, up to the next heading of its level.
fn tails(rules: &LineRules, lines: &[Line], out: &mut [Verdict]) {
    let mut under = 0;
    for (line, verdict) in lines.iter().zip(out) {
        if line.level > 0 {
            if rules.opens_tail(&line.text) {
                under = line.level;
            } else if line.level <= under {
                under = 0;
            }
        }
        if under > 0 {
            *verdict = Verdict::Related;
        }
    }
}

/// Share of the text after which a legal notice may stand, and the most that may follow it.
const LEGAL_FROM: f64 = 0.5;
const LEGAL_REST: f64 = 0.25;

/// Notes on rights and the like at the end, with what follows them.
fn legal(rules: &LineRules, lines: &[Line], out: &mut [Verdict]) {
    let all: f64 = lines.iter().map(|line| f64::from(line.leaf.size.text)).sum();
    let mut before = 0.0;
    for at in 0..lines.len() {
        if before >= LEGAL_FROM * all && rules.is_legal(&lines[at].text) {
            out[at] = Verdict::Footer;
            if all - before <= LEGAL_REST * all {
                out[at..].fill(Verdict::Footer);
                return;
            }
        }
        before += f64::from(lines[at].leaf.size.text);
    }
}

/// Prose that has stood on the page before.
fn repeats(lines: &[Line], out: &mut [Verdict]) {
    let mut seen = HashSet::new();
    for (line, verdict) in lines.iter().zip(out) {
        if *verdict == Verdict::Kept
            && line.leaf.is_prose()
            && line.tag != Tag::Pre
            && !seen.insert(line.text.as_str())
        {
            *verdict = Verdict::Repeat;
        }
    }
}

/// Share of the text up to which short lines before the first prose are labels and no list.
const SMALL_HEAD: f64 = 0.3;
/// Share of the text up to which short lines after the last prose are no list of the article's own.
const SMALL_TAIL: f64 = 0.1;

/// Short lines before the first and after the last prose.
fn edges(lines: &[Line], out: &mut [Verdict]) {
    let prose = |(line, verdict): (&Line, &Verdict)| {
        line.leaf.is_prose() && *verdict == Verdict::Kept && line.level == 0
    };
    let Some(first) = lines.iter().zip(out.iter()).position(prose) else { return };
    let last = lines.iter().zip(out.iter()).rposition(prose).unwrap_or(first);
    let plain =
        |lines: &[Line]| lines.iter().map(|line| line.leaf.size.text - line.leaf.size.linked).sum::<u32>();
    let all = f64::from(plain(lines));
    let small_tail = f64::from(plain(&lines[last + 1..])) < SMALL_TAIL * all;
    let small_head = f64::from(plain(&lines[..first])) < SMALL_HEAD * all;
    for (at, line) in lines.iter().enumerate() {
        let is_label = line.level == 0 && line.leaf.size.text < LABEL && line.tag == Tag::Other;
        if out[at] != Verdict::Kept || !is_label {
            continue;
        }
        let linked = line.leaf.size.link_density() >= 0.3;
        if at < first && (small_head || linked) {
            out[at] = Verdict::Byline;
        } else if at > last && (linked || (small_tail && !line.leaf.ends)) {
            out[at] = Verdict::Outside;
        }
    }
}

/// Headings at the end with nothing under them.
fn orphans(lines: &[Line], out: &mut [Verdict]) {
    for at in (0..lines.len()).rev() {
        if out[at] != Verdict::Kept {
            continue;
        }
        if lines[at].level == 0 {
            break;
        }
        out[at] = Verdict::Outside;
    }
}
