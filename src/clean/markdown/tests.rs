use crate::clean::{self, Rules};
use crate::model::{Block, Cleaned, Decoded, Markup};

fn cleaned(text: &str) -> Cleaned {
    let decoded = Decoded::sample("page.md", Markup::Markdown, "text/markdown", text);
    clean::clean(decoded, &Rules::builtin())
}

#[test]
fn marks_go_and_structure_stays() {
    let page = cleaned(
        "---\ntitle: The harbour accord\n---\n\n# The harbour accord\n\nThe **two sides** met in [Lusaka](https://example.org/a_(b)) on *4 May*.[^1]\n\n\
         Aims\n----\n\n> We want peace. We want it now.\n\n* ships may pass\n* mines are cleared\n\n![map](/map.png)\n\n## References\n\n[^1]: \"Talks open\". The Paper. 5 May 2021.\n",
    );
    let text: Vec<(&str, Block)> = page.sentences.iter().map(|s| (s.text.as_str(), s.block)).collect();
    assert_eq!(
        text,
        [
            ("The two sides met in Lusaka on 4 May.", Block::Paragraph),
            ("We want peace.", Block::Quote),
            ("We want it now.", Block::Quote),
            ("ships may pass", Block::ListItem),
            ("mines are cleared", Block::ListItem),
        ]
    );
    assert_eq!(page.document.title, "The harbour accord");
    assert_eq!(page.sections[1].heading, "Aims");
    assert_eq!(page.citations[0].title, "Talks open");
    assert_eq!(page.citation_marks.len(), 1);
}
