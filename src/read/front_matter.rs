//! Front matter: the block of `key: value` lines between `---` (or `+++`) fences that heads a Markdown
//! file. Only top-level scalars are read, which is all that a page says of itself; the nested rest
//! (infoboxes, tags) is skipped, so a full YAML parser is not needed.

use crate::model::{Hints, Span};

/// The block and its top-level scalars, keys in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the opening fence to the end of the line of the closing one.
    pub span: Span,
    pub fields: Vec<(String, String)>,
}

/// The front matter of a text that starts with one.
pub fn parse(text: &str) -> Option<FrontMatter> {
    let (fence, separator) = match text.get(..3)? {
        "---" => ("---", ':'),
        "+++" => ("+++", '='),
        _ => return None,
    };
    let mut front = FrontMatter::default();
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        at += line.len();
        let content = line.trim_end();
        if number == 0 {
            if content != fence {
                return None;
            }
        } else if content == fence || (fence == "---" && content == "...") {
            front.span = Span::new(0, at);
            return (!front.fields.is_empty()).then_some(front);
        } else {
            field(content, separator, &mut front.fields);
        }
    }
    None
}

fn field(line: &str, separator: char, fields: &mut Vec<(String, String)>) {
    if line.starts_with([' ', '\t']) {
        if let Some((_, value)) = fields.last_mut()
            && !line.trim_start().starts_with('-')
            && !value.is_empty()
        {
            value.push(' ');
            value.push_str(line.trim());
        }
        return;
    }
    if let Some((key, value)) = line.split_once(separator)
        && !key.is_empty()
        && key.trim_end().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':'))
    {
        fields.push((key.trim().to_ascii_lowercase(), unquote(value.trim()).to_owned()));
    }
}

fn unquote(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inner;
        }
    }
    if matches!(value, ">" | "|" | ">-" | "|-" | "~" | "null") { "" } else { value }
}

/// Fills what is still open in `hints`.
pub(super) fn fill(hints: &mut Hints, front: &FrontMatter) {
    let get = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| front.fields.iter().find(|(name, value)| name == key && !value.is_empty()))
            .map(|(_, value)| value.clone())
    };
    let open = |slot: &mut String, keys: &[&str]| {
        if slot.is_empty() {
            *slot = get(keys).unwrap_or_default();
        }
    };
    open(&mut hints.title, &["title"]);
    open(&mut hints.url, &["original_url", "url", "source", "link", "canonical", "permalink"]);
    open(&mut hints.published, &["date", "published", "pubdate", "publish_date", "created", "datepublished"]);
    open(&mut hints.language, &["lang", "language", "locale"]);
}
