//! XML fragments as a list of elements. quick-xml is seen by this module only.
//!
//! Fragments are one page or feed item long, cut out of the stream before, so that an error in one
//! costs only the rest of that one.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with what stands directly in it.
#[derive(Debug, Default, Clone)]
pub(super) struct Element {
    /// Without its prefix, in lower case.
    pub name: String,
    /// With the prefix that it was written with.
    pub prefix: String,
    pub attributes: Vec<(String, String)>,
    /// Character data with entities resolved; those that only HTML knows are kept as written.
    pub text: String,
    /// Where its content stands in the fragment.
    pub inner: (usize, usize),
    pub depth: usize,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// All elements in the order in which they open, and the error that ended the reading, if any.
pub(super) fn elements(fragment: &str) -> (Vec<Element>, Option<String>) {
    let mut reader = Reader::from_str(fragment);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_dangling_amp = true;
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event() {
            Err(error) => return (close(elements, open, fragment.len()), Some(error.to_string())),
            Ok(Event::Eof) => return (close(elements, open, fragment.len()), None),
            Ok(Event::Start(tag)) => {
                let at = reader.buffer_position() as usize;
                elements.push(element(&tag, at, open.len()));
                open.push(elements.len() - 1);
            }
            Ok(Event::Empty(tag)) => {
                let at = reader.buffer_position() as usize;
                elements.push(element(&tag, at, open.len()));
            }
            Ok(Event::End(_)) => {
                if let Some(index) = open.pop() {
                    elements[index].inner.1 = before;
                }
            }
            Ok(Event::Text(text)) => append(&mut elements, &open, &text.xml10_content()),
            Ok(Event::CData(data)) => append(&mut elements, &open, &data),
            Ok(Event::GeneralRef(name)) => {
                let resolved = match name.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => entity(&name),
                };
                append(&mut elements, &open, &resolved);
            }
            Ok(_) => {}
        }
    }
}

fn append(elements: &mut [Element], open: &[usize], text: &str) {
    if let Some(&index) = open.last() {
        elements[index].text.push_str(text);
    }
}

fn entity(name: &str) -> String {
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

fn element(tag: &BytesStart, at: usize, depth: usize) -> Element {
    let name = tag.name();
    let attributes = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|attribute| {
            let key = attribute.key.as_ref().to_lowercase();
            let raw = attribute.value.into_owned();
            let value = quick_xml::escape::unescape(&raw).map(|value| value.into_owned());
            (key, value.unwrap_or(raw))
        })
        .collect();
    Element {
        name: name.local_name().as_ref().to_lowercase(),
        prefix: name.prefix().map(|p| p.as_ref().to_lowercase()).unwrap_or_default(),
        attributes,
        text: String::new(),
        inner: (at, at),
        depth,
    }
}

fn close(mut elements: Vec<Element>, open: Vec<usize>, end: usize) -> Vec<Element> {
    for index in open {
        elements[index].inner.1 = end;
    }
    elements
}
