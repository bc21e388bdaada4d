//! What all cleaners have in common once the markup is gone: sections, sentences, languages, the marks
//! that tie sentences to citations, and the row of the document.

use super::html::fragment;
use super::page::{Mark, Page, PageBlock};
use super::{Rules, limit, sentences};
use crate::model::{
    Block, Citation, CitationMark, Cleaned, Decoded, Diagnostic, Document, DumpKind, Language, Section,
    Sentence, Severity, Span, Status,
};
use crate::text::{language, variety};
use std::collections::{BTreeMap, BTreeSet};

/// Makes the cleaned document of a page.
pub fn finish(decoded: Decoded, page: Page, rules: &Rules) -> Cleaned {
    let language = document_language(&page, &decoded.hints.language);
    let mut body = Body::new(&page.citations);
    for block in &page.blocks {
        match block {
            PageBlock::Heading { level, text } => {
                body.heading(*level, limit::shortened(text.text()), text.source(whole(text.text())))
            }
            PageBlock::Text { block, text, marks } => body.text(*block, text, marks, language, rules),
        }
    }
    let mut diagnostics = decoded.diagnostics;
    diagnostics.extend(page.diagnostics);
    diagnostics.extend(body.long.map(|(at, count)| limit::diagnostic(at, count)));
    body.report(&page.citations, &mut diagnostics);
    diagnostics.sort();
    diagnostics.dedup();
    let mut removals = page.removals;
    removals.sort_by_key(|removal| (removal.source, removal.kind));
    let kept = body
        .sentences
        .iter()
        .map(|sentence| &sentence.text)
        .chain(body.sections.iter().map(|section| &section.heading));
    let chars_kept = kept.map(|text| text.chars().count()).sum();
    let first = |page: String, hint: String| if page.is_empty() { hint } else { page };
    let published =
        [&page.published, &decoded.hints.published].into_iter().find_map(|text| published(text, rules));
    let empty = body.sentences.is_empty() && body.sections.len() == 1 && decoded.status == Status::Ok;
    let Body { sections, sentences, marks, .. } = body;
    let texts = || sentences.iter().map(|sentence| sentence.text.as_str());
    let simplified = language == Language::ZhHans;
    let variety = language.is_chinese().then(|| variety::lean(texts(), simplified)).flatten();
    Cleaned {
        document: Document {
            title: limit::shortened(&first(page.title, fragment::text_of(&decoded.hints.title))).to_owned(),
            language,
            variety,
            dump_kind: if decoded.from_feed { DumpKind::Feed } else { page.dump_kind },
            url: first(page.url, decoded.hints.url),
            published,
            chars_source: decoded.text.chars().count(),
            chars_kept,
            source: decoded.source,
            media_type: decoded.media_type,
            encoding: decoded.encoding,
            encoding_from: decoded.encoding_from,
            sha256: decoded.sha256,
            bytes: decoded.bytes,
            status: if empty { Status::Empty } else { decoded.status },
            replacement_chars: decoded.replacement_chars,
        },
        sections,
        sentences,
        citations: page.citations,
        citation_marks: marks,
        glosses: page.glosses,
        removals,
        diagnostics,
    }
}

fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

/// The day a page was published, where it gives one to the day.
fn published(text: &str, rules: &Rules) -> Option<jiff::civil::Date> {
    rules.citations.calendar.find(text)?.date()
}

/// Characters below which a title does not tell its language.
const SHORT_TITLE: usize = 24;
/// Bytes of body text after which the language of a document is settled.
const ENOUGH: usize = 64 << 10;

/// The language of the body, else of the title, else the one that is declared.
fn document_language(page: &Page, hint: &str) -> Language {
    let mut sample = String::new();
    for block in &page.blocks {
        let (PageBlock::Text { text, .. } | PageBlock::Heading { text, .. }) = block;
        sample.push_str(text.text());
        sample.push('\n');
        if sample.len() > ENOUGH {
            break;
        }
    }
    let declared = [page.language.as_str(), hint].into_iter().filter(|code| !code.is_empty());
    // A short title is a name, which tells nothing of the language.
    let title = if page.title.chars().count() < SHORT_TITLE { "" } else { &page.title };
    let found = [language::detect(&sample)].into_iter();
    found
        .chain(declared.map(language::of_declared))
        .chain([language::detect(title)])
        .find(|&language| language != Language::Und)
        .unwrap_or(Language::Und)
}

/// The body as it grows, block by block.
struct Body<'a> {
    sections: Vec<Section>,
    sentences: Vec<Sentence>,
    marks: Vec<CitationMark>,
    /// The sections that are open, each under the one before.
    open: Vec<usize>,
    blocks: usize,
    /// Citations by number; the first of a number counts.
    entries: BTreeMap<&'a str, usize>,
    /// Numbers of marks without an entry, with the first place of each.
    unknown: BTreeMap<String, usize>,
    /// Place of the first sentence that had to be parted, and how many there are.
    long: Option<(usize, usize)>,
    /// Entries with the numbers of the marks that name them.
    named: BTreeSet<usize>,
}

impl<'a> Body<'a> {
    fn new(citations: &'a [Citation]) -> Self {
        let lead = Section { parent: None, level: 0, heading: String::new(), source: Span::default() };
        let mut entries = BTreeMap::new();
        for (i, citation) in citations.iter().enumerate().filter(|(_, citation)| !citation.number.is_empty())
        {
            entries.entry(citation.number.as_str()).or_insert(i);
        }
        Body {
            sections: vec![lead],
            sentences: Vec::new(),
            marks: Vec::new(),
            open: Vec::new(),
            blocks: 0,
            entries,
            unknown: BTreeMap::new(),
            named: BTreeSet::new(),
            long: None,
        }
    }

    fn heading(&mut self, level: u8, text: &str, source: Span) {
        while self.open.last().is_some_and(|&open| self.sections[open].level >= level) {
            self.open.pop();
        }
        let parent = self.open.last().copied();
        self.open.push(self.sections.len());
        let heading = text.trim().to_owned();
        self.sections.push(Section { parent, level, heading, source });
    }

    fn text(
        &mut self,
        block: Block,
        text: &super::page::Mapped,
        marks: &[Mark],
        language: Language,
        rules: &Rules,
    ) {
        let language = language::detect_in(text.text(), language);
        let (spans, long) = limit::parted(text.text(), sentences::split(text.text(), &rules.sentences));
        if spans.is_empty() {
            return;
        }
        let first = self.sentences.len();
        let sources = text.sources(&spans);
        if long > 0 {
            let (_, count) = self.long.get_or_insert((sources[0].start, 0));
            *count += long;
        }
        for (&span, source) in spans.iter().zip(sources) {
            self.sentences.push(Sentence {
                text: span.of(text.text()).to_owned(),
                section: self.sections.len() - 1,
                block_no: self.blocks,
                block,
                language,
                source,
            });
        }
        self.blocks += 1;
        for mark in marks {
            // A marker after the stop belongs to the sentence that ends there.
            let i = spans.partition_point(|span| span.start < mark.at).saturating_sub(1);
            let at = mark.at.clamp(spans[i].start, spans[i].end) - spans[i].start;
            match self.entries.get(mark.number.as_str()) {
                Some(&citation) => {
                    self.named.insert(citation);
                    self.marks.push(CitationMark { sentence: first + i, citation, at });
                }
                None => drop(
                    self.unknown.entry(mark.number.clone()).or_insert(self.sentences[first + i].source.end),
                ),
            }
        }
    }

    /// Markers that lead nowhere, and notes that were never defined.
    fn report(&self, citations: &[Citation], diagnostics: &mut Vec<Diagnostic>) {
        let mut add = |source_start: usize,
                       severity: Severity,
                       code: &'static str,
                       message: String,
                       excerpt: String| {
            diagnostics.push(Diagnostic { source_start, severity, code, message, excerpt });
        };
        if citations.is_empty() {
            if let Some(&first) = self.unknown.values().min() {
                let message = format!("{} footnote markers but no reference list", self.unknown.len());
                add(first, Severity::Info, "footnotes-without-list", message, String::new());
            }
        } else {
            for (number, &at) in &self.unknown {
                let message = format!("footnote marker [{number}] has no entry in the reference list");
                add(at, Severity::Warning, "footnote-without-source", message, format!("[{number}]"));
            }
        }
        for (i, citation) in
            citations.iter().enumerate().filter(|(_, citation)| !citation.cite_error.is_empty())
        {
            let used = if self.named.contains(&i) { "used" } else { "not used" };
            let message = format!(
                "reference \"{}\" is {used} as [{}] but not defined",
                citation.cite_error, citation.number
            );
            add(
                citation.source.start,
                Severity::Warning,
                "reference-not-defined",
                message,
                citation.text.clone(),
            );
        }
    }
}
