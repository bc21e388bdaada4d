//! Visible: text of pages as it may be shown to people. Characters that steer a terminal, turn the
//! direction of text or do not show at all are spelt out, so that a page can't paint over what stands
//! beside it or show a name other than the one that is there.

use std::borrow::Cow;

/// The text with hidden characters as `⟨U+202E⟩`; line breaks and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            out.push_str(&format!("⟨U+{:04X}⟩", c as u32));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Controls (C0 but for tab and line feed, DEL, C1), marks, embeddings, overrides and isolates of
/// direction, line and paragraph separators, tags, and the byte order mark.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_hides_is_spelt_out() {
        assert_eq!(visible("a\u{202E}b\u{2066}c\u{61C}"), "a⟨U+202E⟩b⟨U+2066⟩c⟨U+061C⟩");
        assert_eq!(visible("\u{1B}[2Jgone\r"), "⟨U+001B⟩[2Jgone⟨U+000D⟩");
        assert_eq!(visible("шёл\tдождь\n下雨 é"), "шёл\tдождь\n下雨 é");
    }
}
