//! Markdown: pages whose structure stands in light marks, with front matter before them.
//!
//! Boundary: reads the marks that fill lines (headings, rules, quotations, code, tables) and hands the
//! rest to the cleaner of plain text, since crawlers write plain pages under Markdown headings. A page
//! that is HTML but for its first lines goes to the cleaner of HTML instead.

#[cfg(test)]
mod tests;

use super::Rules;
use super::page::Page;
use super::plain::draft::{Draft, Role};
use super::plain::{self, lines};
use crate::model::{Decoded, Removal, Span};
use crate::read;

/// Cleans a page of Markdown.
pub fn clean(decoded: &Decoded, rules: &Rules) -> Page {
    let text = decoded.text.as_str();
    let body = read::front_matter(text).map_or(0, |front| front.span.end);
    if is_html(&text[body..]) {
        return through_html(decoded, body, rules);
    }
    let mut draft = Draft::new(text, rules);
    draft.markdown = true;
    front_matter(&mut draft, body);
    mark(&mut draft);
    plain::draft(draft, &decoded.hints.title)
}

/// The front matter goes in one piece.
fn front_matter(draft: &mut Draft, body: usize) {
    let Some(span) = lines::trim(draft.text, Span::new(0, body)) else { return };
    let within = draft.lines.iter().take_while(|line| line.span.start < body).count();
    draft.roles[..within].fill(Role::Gone);
    draft.cut(span, "front_matter", "front-matter");
}

/// Marks the lines that marks of Markdown make what they are.
fn mark(draft: &mut Draft) {
    let mut fenced = false;
    for i in 0..draft.lines.len() {
        if !draft.is_text(i) {
            continue;
        }
        let (line, span) = (draft.line(i), draft.lines[i].span);
        if line.starts_with("```") || line.starts_with("~~~") || fenced {
            fenced ^= line.starts_with("```") || line.starts_with("~~~");
            draft.drop_line(i, "code", "fenced-code");
        } else if let Some(level) = underline(line) {
            let above =
                (i > 0 && draft.lines[i].above == 0 && draft.is_text(i - 1)).then(|| draft.lines[i - 1].span);
            if let Some(above) = above.filter(|above| above.end - above.start <= 300) {
                let text = draft.line(i - 1).trim_start_matches(['#', ' ']);
                let start = above.end - text.len();
                draft.cut(Span::new(above.start, start), "markup", "heading-mark");
                draft.roles[i - 1] = Role::Heading { level: Some(level), span: Span::new(start, above.end) };
            }
            draft.drop_line(i, "markup", "rule");
        } else if let Some(rest) = line.strip_prefix('>') {
            let rest = rest.trim_start_matches(['>', ' ']);
            draft.cut(Span::new(span.start, span.end - rest.len()), "markup", "quotation-mark");
            draft.roles[i] = Role::Quote { start: span.end - rest.len() };
        } else if line.starts_with('|') && line.ends_with('|') {
            row(draft, i);
        } else if line.starts_with("<figcaption") {
            draft.roles[i] = Role::Caption;
        }
    }
}

/// The level that a line of `=` or `-` gives the line above; a rule where nothing stands there.
fn underline(line: &str) -> Option<u8> {
    let of = |mark: u8| line.len() >= 3 && line.bytes().all(|byte| byte == mark || byte == b' ');
    if of(b'=') {
        return Some(1);
    }
    (of(b'-') || of(b'*') || of(b'_')).then_some(2)
}

/// A row of a table keeps its cells; the row of dashes goes.
fn row(draft: &mut Draft, i: usize) {
    if draft.line(i).bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ')) {
        return draft.drop_line(i, "markup", "table-rule");
    }
    let span = draft.lines[i].span;
    draft.cut(Span::new(span.start, span.start + 1), "markup", "table-border");
    draft.cut(Span::new(span.end - 1, span.end), "markup", "table-border");
    draft.roles[i] = Role::Row;
}

/// Most lines begin with a tag, and its paragraphs are tagged.
fn is_html(body: &str) -> bool {
    let lines = lines::split(body);
    let starts = |tags: &[&str]| {
        lines.iter().filter(|line| tags.iter().any(|tag| line.span.of(body).starts_with(tag))).count()
    };
    starts(&["<p>", "<p ", "<div"]) >= 2 && starts(&["<"]) * 2 > lines.len()
}

/// Blanks out what stands before the first tag, so that offsets stay, and has the rest cleaned as HTML.
/// The first line is the title.
fn through_html(decoded: &Decoded, body: usize, rules: &Rules) -> Page {
    let text = decoded.text.as_str();
    let start = text[body..].find('<').map_or(body, |at| body + at);
    let blank = " ".repeat(start) + &text[start..];
    let mut page = super::html::clean(&Decoded { text: blank, ..decoded.clone() }, rules);
    let mut cut = |span: Span, kind: &'static str, rule: &'static str| {
        page.removals.push(Removal {
            source: span,
            kind,
            rule,
            excerpt: span.of(text).chars().take(80).collect(),
        });
    };
    if let Some(span) = lines::trim(text, Span::new(0, body)) {
        cut(span, "front_matter", "front-matter");
    }
    let mut title = String::new();
    for line in lines::split(&text[body..start]) {
        let span = Span::new(body + line.span.start, body + line.span.end);
        let words = span.of(text).trim_matches(['#', '=', '-', ' ']);
        if title.is_empty() {
            title = words.to_owned();
        }
        cut(span, "title", "markdown-head");
    }
    if !title.is_empty() {
        page.title = title;
    }
    page
}
