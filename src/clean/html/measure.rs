//! Sizes of subtrees: text, text in links, paragraphs and the like, each in constant time.
//!
//! Nodes stand in document order, so the sum over a subtree is a difference of two prefix sums.

use super::element::Tag;
use super::tree::{Kind, NodeId, Tree};

/// What stands in a subtree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Letters of text, blanks left out; a Han character counts three.
    pub text: u32,
    /// Those of `text` that stand in a link.
    pub linked: u32,
    /// Marks that end or part a sentence.
    pub stops: u32,
    /// Links with text or picture.
    pub links: u32,
    pub paragraphs: u32,
    pub headings: u32,
    /// Elements that don't stand in a plain cell of a table: paragraphs, lists, headings, tables.
    pub structures: u32,
    /// Header cells of tables.
    pub header_cells: u32,
}

impl Size {
    fn add(&mut self, other: &Size) {
        self.text += other.text;
        self.linked += other.linked;
        self.stops += other.stops;
        self.links += other.links;
        self.paragraphs += other.paragraphs;
        self.headings += other.headings;
        self.structures += other.structures;
        self.header_cells += other.header_cells;
    }

    fn minus(&self, other: &Size) -> Size {
        Size {
            text: self.text - other.text,
            linked: self.linked - other.linked,
            stops: self.stops - other.stops,
            links: self.links - other.links,
            paragraphs: self.paragraphs - other.paragraphs,
            headings: self.headings - other.headings,
            structures: self.structures - other.structures,
            header_cells: self.header_cells - other.header_cells,
        }
    }

    /// Share of the text that stands in links, 0 to 1.
    pub fn link_density(&self) -> f64 {
        if self.text == 0 { 0.0 } else { f64::from(self.linked) / f64::from(self.text) }
    }
}

/// Prefix sums over the nodes of a tree.
pub struct Measure {
    before: Vec<Size>,
}

impl Measure {
    /// Measures the text of all nodes for which `counts` holds.
    pub fn of(tree: &Tree<'_>, counts: impl Fn(NodeId) -> bool) -> Measure {
        let mut before = Vec::with_capacity(tree.nodes.len() + 1);
        let mut sum = Size::default();
        let mut link_end = 0;
        for (id, node) in tree.nodes.iter().enumerate() {
            before.push(sum);
            if !counts(id) {
                continue;
            }
            match node.kind {
                Kind::Text => {
                    let (text, stops) = (node.letters, node.stops);
                    let linked = if id < link_end { text } else { 0 };
                    sum.add(&Size { text, linked, stops, ..Size::default() });
                }
                Kind::Raw => {}
                Kind::Element => {
                    if node.tag == Tag::A {
                        link_end = link_end.max(node.end);
                    }
                    sum.add(&element(node.tag));
                }
            }
        }
        before.push(sum);
        Measure { before }
    }

    /// What stands in the subtree of `id`, itself included.
    pub fn size(&self, tree: &Tree<'_>, id: NodeId) -> Size {
        self.between(id, tree.nodes[id].end)
    }

    /// What stands in the nodes from `start` to before `end`.
    pub fn between(&self, start: NodeId, end: NodeId) -> Size {
        self.before[end].minus(&self.before[start])
    }
}

fn element(tag: Tag) -> Size {
    let paragraph = u32::from(tag == Tag::P);
    let heading = u32::from(tag.is_heading());

    let structure = paragraph + heading + u32::from(tag.is_list() || matches!(tag, Tag::Table | Tag::Form));
    Size {
        links: u32::from(tag == Tag::A),
        paragraphs: paragraph,
        headings: heading,
        structures: structure,
        header_cells: u32::from(tag == Tag::Th),
        ..Size::default()
    }
}

/// Letters and stops of a text: bytes that begin a character and are no blank, Han characters three
/// times. References count as written, which is near enough.
pub fn weigh(text: &str) -> (u32, u32) {
    let (mut letters, mut stops) = (0, 0);
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        letters += match byte {
            b'\t' | b'\n' | b'\r' | b' ' => 0,
            0x80..0xC0 => 0,
            0xE3..=0xE9 => 3,
            _ => 1,
        };
        stops += match byte {
            b'.' | b',' | b'!' | b'?' | b';' | b':' => 1,
            // U+3001 and U+3002, and the full-width marks of U+FF01 to U+FF1F
            0xE3 if matches!(bytes[at + 1..], [0x80, 0x81 | 0x82, ..]) => 1,
            0xEF if matches!(bytes[at + 1..], [0xBC, 0x81 | 0x8C | 0x9A | 0x9B | 0x9F, ..]) => 1,
            _ => 0,
        };
    }
    (letters, stops)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtrees_are_sums() {
        let tree = Tree::parse("<div><p>One, two.</p><p><a>一、二。</a></p></div><p>x</p>");
        let measure = Measure::of(&tree, |_| true);
        let div = measure.size(&tree, 1);
        assert_eq!((div.text, div.linked, div.stops), (8 + 12, 12, 4));
        assert_eq!((div.paragraphs, div.links), (2, 1));
        assert_eq!(measure.size(&tree, 0).text, 21);
    }
}
