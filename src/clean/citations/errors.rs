//! Cite errors: messages that the wiki software prints where a note should stand.
//!
//! Matched after folding widths and quotation marks away, since mirrors change both.

use regex::Regex;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    prefixes: Vec<String>,
    help: Vec<String>,
    messages: Vec<String>,
    quotes: Vec<String>,
}

/// All messages, compiled.
pub struct Errors {
    pub prefixes: Vec<String>,
    help: Regex,
    messages: Vec<Regex>,
    quotes: Vec<char>,
}

/// A message found at the start of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct CiteError {
    /// The name of the note that is not defined, where the message gives one.
    pub name: String,
    /// Bytes of the text that are the message, its help link included.
    pub len: usize,
}

impl Errors {
    pub(super) fn new(file: File) -> Self {
        let quotes: Vec<char> = file.quotes.iter().flat_map(|quote| quote.chars()).collect();
        let class: String = quotes.iter().map(|c| regex::escape(&c.to_string())).collect();
        let messages = file.messages.iter().map(|message| {
            let folded: String = message.chars().filter(|c| !quotes.contains(c)).map(fold).collect();
            let words: Vec<String> = folded.split_whitespace().map(regex::escape).collect();
            let pattern = words
                .join(r"\s*")
                .replace("<ref>", r"<?/?ref>?")
                .replace(r"\$1", &format!(r"\s*[{class}]*(?P<name>.{{1,120}}?)[{class}]*\s*"))
                .replace(r"\$2", r".{1,120}?");
            // A name that ends the message goes to its stop, its help link or the end of the line.
            let close = if message.ends_with("$1") { r"(?:\.?\s*(?:$|\()|\.\s)" } else { "" };
            Regex::new(&format!(r"^(?i)(?P<all>{pattern}){close}"))
                .unwrap_or_else(|error| panic!("{message}: {error}"))
        });
        let messages: Vec<Regex> = messages.collect();
        let help: Vec<String> =
            file.help.iter().map(|help| regex::escape(&help.chars().map(fold).collect::<String>())).collect();
        Errors {
            help: Regex::new(&format!(r"^\s*(?:{})", help.join("|"))).expect("help links make a pattern"),
            prefixes: file.prefixes,
            messages,
            quotes,
        }
    }

    /// The message at the start of `text`, if one stands there.
    pub fn at(&self, text: &str) -> Option<CiteError> {
        let prefix = self.prefixes.iter().find(|prefix| text.starts_with(prefix.as_str()))?;
        let after = &text[prefix.len()..];
        let mut lead = 0;
        let separators: usize = after
            .chars()
            .take_while(|&c| matches!(c, ':' | '：' | ';' | '；' | '?' | ' ' | '\u{a0}'))
            .map(char::len_utf8)
            .sum();
        lead += separators;
        let numbered = after[lead..].chars().take_while(char::is_ascii_digit).count();
        if numbered > 0 && after[lead + numbered..].starts_with(['；', ';', ':', '：']) {
            lead += numbered
                + after[lead + numbered..]
                    .chars()
                    .take_while(|&c| matches!(c, ';' | '；' | ':' | '：' | ' '))
                    .map(char::len_utf8)
                    .sum::<usize>();
        }
        let message_at = prefix.len() + lead;
        let line = text[message_at..].lines().next().unwrap_or("");
        let folded = Folded::new(line, &self.quotes);
        // The longest message wins: one may be the beginning of another.
        let found = self
            .messages
            .iter()
            .filter_map(|message| message.captures(&folded.text))
            .max_by_key(|found| found["all"].len());
        let (name, mut end) = match found {
            Some(found) => {
                let name = found
                    .name("name")
                    .map_or("", |name| &line[folded.source(name.start())..folded.source(name.end())]);
                (
                    name.trim_matches(|c: char| self.quotes.contains(&c) || c.is_whitespace()).to_owned(),
                    folded.source(found["all"].len()),
                )
            }
            None => (String::new(), sentence_end(line)),
        };
        let rest = Folded::new(&line[end..], &[]);
        if let Some(help) = self.help.find(rest.text.trim_start_matches(['.', '。'])) {
            let skipped = rest.text.len() - rest.text.trim_start_matches(['.', '。']).len();
            end += rest.source(skipped + help.end());
        }
        end +=
            line[end..].chars().take_while(|&c| matches!(c, '.' | '。')).map(char::len_utf8).sum::<usize>();
        Some(CiteError { name, len: message_at + end })
    }
}

/// An unknown message goes to the end of its sentence, which no stop inside a tag or name ends.
fn sentence_end(line: &str) -> usize {
    let stops = line.match_indices(['.', '。']);
    let mut ends = stops
        .map(|(at, stop)| at + stop.len())
        .filter(|&end| line[end..].starts_with([' ', '\u{a0}']) || end == line.len());
    ends.next().unwrap_or(line.len())
}

/// A character in the width and form that messages are compared in.
fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '。' => '.',
        '、' => ',',
        '\u{a0}' | '\u{3000}' => ' ',
        _ => c,
    }
}

/// A text with folded characters and without quotation marks and invisible characters, and the way
/// back to its bytes.
struct Folded {
    text: String,
    /// For each byte of `text` the byte of the source, and the end.
    map: Vec<usize>,
}

impl Folded {
    fn new(line: &str, drop: &[char]) -> Self {
        let (mut text, mut map) = (String::new(), Vec::new());
        // Messages are short; a longer line is not read on.
        for (at, c) in line.char_indices().take_while(|&(at, _)| at < 600) {
            if matches!(c, '\u{200b}' | '\u{200e}' | '\u{feff}')
                || (drop.contains(&c) && c != '\'' && c != '`')
            {
                continue;
            }
            let c = fold(c);
            text.push(c);
            map.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
        let end = line.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|&end| end <= 604).last();
        map.push(end.unwrap_or(0));
        Folded { text, map }
    }

    fn source(&self, at: usize) -> usize {
        self.map.get(at).or(self.map.last()).copied().unwrap_or(0)
    }
}
