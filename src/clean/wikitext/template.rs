//! Templates that stand for text.

use super::Cleaner;
use super::inline::Inline;
use super::rules::Action;
use super::tree::Node;
use crate::model::Span;

/// A parameter: its name (its number where it has none) and its value.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub name: String,
    pub value: Span,
}

impl<'a> Cleaner<'a> {
    /// The name of a template as the tables have it.
    pub(super) fn template_name(&self, node: &Node) -> String {
        let end = node.pipes.first().copied().unwrap_or(node.inner.end);
        let end = node.children.first().map_or(end, |child| end.min(child.span.start.max(node.inner.start)));
        let name = self.rules.template_name(self.of(Span::new(node.inner.start, end)));
        // A function of the parser: `formatnum:1234`.
        match name.split_once(':') {
            Some((function, _)) if !function.contains(' ') && function != "#tag" => function.to_owned(),
            _ => name,
        }
    }

    pub(super) fn parameters(&self, node: &Node) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        let mut number = 0;
        let head = Span::new(node.inner.start, node.pipes.first().copied().unwrap_or(node.inner.end));
        if let Some(colon) = self.of(head).find(':').filter(|_| self.of(head).starts_with("formatnum")) {
            let value = Span::new(head.start + colon + 1, head.end);
            return vec![Parameter { name: "1".to_owned(), value }];
        }
        for (index, &pipe) in node.pipes.iter().enumerate() {
            let end = node.pipes.get(index + 1).copied().unwrap_or(node.inner.end);
            let span = Span::new(pipe + 1, end);
            let limit = node.children.iter().find(|c| c.span.start >= span.start && c.span.start < span.end);
            let own = Span::new(span.start, limit.map_or(span.end, |child| child.span.start));
            let (name, value) = match self.of(own).find('=') {
                Some(equals) => {
                    let name = self.of(Span::new(span.start, span.start + equals)).trim().to_lowercase();
                    (name, Span::new(span.start + equals + 1, span.end))
                }
                None => {
                    number += 1;
                    (number.to_string(), span)
                }
            };
            parameters.push(Parameter { name, value: self.trimmed(value) });
        }
        parameters
    }

    fn trimmed(&self, span: Span) -> Span {
        let text = self.of(span);
        let start = span.start + text.len() - text.trim_start().len();
        Span::new(start, start + text.trim().len())
    }

    /// The first of the named parameters that says something.
    fn first(&self, parameters: &[Parameter], names: &[String]) -> Option<Span> {
        names
            .iter()
            .find_map(|name| parameters.iter().find(|p| &p.name == name && p.value.start < p.value.end))
            .map(|parameter| parameter.value)
    }

    /// The text of a template that stands for a block of quoted text.
    pub(super) fn quoted(&self, node: &Node) -> Option<Span> {
        let name = self.template_name(node);
        match self.rules.action(&name) {
            Action::Quote(names) => self.first(&self.parameters(node), names),
            _ => None,
        }
    }

    pub(super) fn template(&mut self, node: &'a Node, out: &mut Inline) {
        let name = self.template_name(node);
        let rules = self.rules;
        match rules.action(&name) {
            Action::Show(names) | Action::Quote(names) => match self.first(&self.parameters(node), names) {
                Some(value) => {
                    let shown = self.inline(value, &node.children);
                    out.append(shown);
                }
                None => self.remove(node.span, "template", "wikitext/template"),
            },
            Action::ShowOne(parameter) => {
                if let Some(value) = self.first(&self.parameters(node), &[parameter.to_owned()]) {
                    let shown = self.inline(value, &node.children);
                    out.append(shown);
                }
            }
            Action::Join("measure") => self.measure(node, out),
            Action::Join(separator) => self.join_all(node, separator, out),
            Action::Fixed(text) => out.text.push(text, node.span),
            Action::Date(before) => self.date(node, before, out),
            Action::Citation | Action::ShortCitation | Action::Note => self.cited(node, out),
            Action::Remove(kind) => self.remove(node.span, kind, "wikitext/template"),
        }
    }

    fn join_all(&mut self, node: &'a Node, separator: &str, out: &mut Inline) {
        let numbered = self.parameters(node).into_iter().filter(|p| p.name.parse::<u32>().is_ok());
        for (index, parameter) in numbered.enumerate() {
            if index > 0 {
                out.text.push_made(separator, parameter.value.start);
            }
            let shown = self.inline(parameter.value, &node.children);
            out.append(shown);
        }
    }

    /// A quantity as it is given, not what it converts to.
    fn measure(&mut self, node: &'a Node, out: &mut Inline) {
        let parameters = self.parameters(node);
        let numbered: Vec<Span> =
            parameters.iter().filter(|p| p.name.parse::<u32>().is_ok()).map(|p| p.value).collect();
        let range = ["-", "–", "to", "and", "x", "×", "by", "or"];
        for (shown, &value) in numbered.iter().take(4).enumerate() {
            let text = self.of(value);
            let joins = range.contains(&text);
            let number = text.starts_with(|c: char| c.is_ascii_digit());
            if shown > 0 && !matches!(text, "-" | "–") && !self.of(numbered[shown - 1]).ends_with(['-', '–'])
            {
                out.text.push_made(" ", value.start);
            }
            let inline = self.inline(value, &node.children);
            out.append(inline);
            if !joins && !number {
                break;
            }
        }
    }

    /// Year, month and day as a date, or the date as it is written.
    fn date(&mut self, node: &'a Node, before: &str, out: &mut Inline) {
        let parameters = self.parameters(node);
        let numbered: Vec<&str> = parameters
            .iter()
            .filter(|p| p.name.parse::<u32>().is_ok())
            .map(|p| self.of(p.value).trim())
            .filter(|value| !value.is_empty())
            .collect();
        let part = |index: usize| numbered.get(index).and_then(|value| value.parse::<u32>().ok());
        let written = match (part(0), part(1), part(2)) {
            (Some(year), Some(month @ 1..=12), Some(day @ 1..=31)) => {
                format!("{year:04}-{month:02}-{day:02}")
            }
            (Some(year), Some(month @ 1..=12), None) if numbered.len() == 2 => {
                format!("{year:04}-{month:02}")
            }
            _ => numbered.first().copied().unwrap_or("").to_owned(),
        };
        if written.is_empty() {
            return self.remove(node.span, "template", "wikitext/template");
        }
        out.text.push(&format!("{before}{written}"), node.span);
    }
}
