//! Fragments: short texts that a container hands over with markup in them, such as the title of a
//! feed item or of a JSON record. No offset is kept of them, so html5ever (by scraper) reads them.

use scraper::Html;

/// The text of a fragment of HTML, with white space folded; a text without markup as it is.
pub fn text_of(fragment: &str) -> String {
    if !fragment.contains(['<', '&']) {
        return fragment.to_owned();
    }
    let parsed = Html::parse_fragment(fragment);
    let text: String = parsed.root_element().text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_entities_go() {
        assert_eq!(text_of("Talks <b>resume</b> in Geneva &amp; Vienna"), "Talks resume in Geneva & Vienna");
        assert_eq!(text_of("停火  谈判"), "停火  谈判");
        assert_eq!(text_of("Q&A with a mediator"), "Q&A with a mediator");
    }
}
