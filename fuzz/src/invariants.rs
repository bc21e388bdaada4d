//! What holds for every document, whatever its bytes were.

use annalist::check::edtf;
use annalist::model::{Cleaned, Decoded, Extracted, Span};
use jiff::civil::{Date, date};

/// A record as reading hands it over: no fault of ours, and every note at a place in the text.
pub fn decoded(record: &Decoded) {
    for told in &record.diagnostics {
        assert_ne!(told.code, annalist::fault::CODE, "{}: {}", record.source, told.message);
    }
    assert!(record.source.starts_with("file"), "{:?}", record.source);
    assert!(!record.source.chars().any(char::is_control), "{:?}", record.source);
}

fn inside(span: Span, text: &str, what: &str) {
    assert!(span.start <= span.end && span.end <= text.len(), "{what} {span:?} of {}", text.len());
    assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{what} {span:?}");
}

/// A cleaned document and the text it was made of.
pub fn cleaned(found: &Cleaned, text: &str) {
    assert_eq!(found.sections.first().map(|section| section.level), Some(0));
    for (at, section) in found.sections.iter().enumerate() {
        assert!(section.parent.is_none_or(|parent| parent < at), "section {at}");
        inside(section.source, text, "section");
    }
    for sentence in &found.sentences {
        assert!(sentence.section < found.sections.len() && !sentence.text.trim().is_empty());
        inside(sentence.source, text, "sentence");
    }
    found.citations.iter().for_each(|citation| inside(citation.source, text, "citation"));
    found.removals.iter().for_each(|removal| inside(removal.source, text, "removal"));
    found.glosses.iter().for_each(|gloss| inside(gloss.source, text, "gloss"));
    for mark in &found.citation_marks {
        assert!(mark.citation < found.citations.len());
        assert!(found.sentences[mark.sentence].text.is_char_boundary(mark.at), "mark at {}", mark.at);
    }
    for told in &found.diagnostics {
        assert_ne!(told.code, annalist::fault::CODE, "{}", told.message);
    }
}

/// A document after all stages.
pub fn extracted(found: &Extracted, text: &str) {
    cleaned(&found.cleaned, text);
    let sentences = &found.cleaned.sentences;
    assert_eq!(found.dated.contexts.len(), found.cleaned.sections.len());
    for time in &found.dated.times {
        inside(time.span, &sentences[time.sentence].text, "time");
        assert!(time.anchor.is_none_or(|anchor| anchor < found.dated.times.len()));
        dates(&time.edtf, time.start, time.end);
    }
    for context in &found.dated.contexts {
        dates(&context.edtf, context.start, context.end);
    }
    for mention in &found.named.mentions {
        inside(mention.span, &sentences[mention.sentence].text, "name");
        assert!(mention.entity < found.named.entities.len());
    }
    for event in &found.mentions {
        inside(event.trigger, &sentences[event.sentence].text, "trigger");
        assert!(event.time.is_none_or(|time| time < found.dated.times.len()));
        assert!(event.participants.iter().all(|&(entity, _)| entity < found.named.entities.len()));
        assert!(event.place.is_none_or(|entity| entity < found.named.entities.len()));
        assert!((0.0..=1.0).contains(&event.confidence), "{}", event.confidence);
        dates(&event.edtf, event.start, event.end);
    }
}

/// An EDTF value is valid, and says the days beside it where it is of days, months and years.
pub fn dates(text: &str, start: Option<Date>, end: Option<Date>) {
    assert!(text.is_empty() || edtf::is_valid(text), "{text:?}");
    if let (Some(start), Some(end)) = (start, end) {
        assert!(start <= end, "{text:?}: {start} to {end}");
    }
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    for (side, day, low) in [(first, start, true), (last, end, false)] {
        let (Some(said), Some(day)) = (days(side), day) else { continue };
        assert_eq!(if low { said.0 } else { said.1 }, day, "{text:?}");
    }
}

/// The first and last day of `2022`, `2022-03` or `2022-03-14`.
fn days(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.trim_end_matches(['?', '~', '%']).split('-').map(str::parse::<i16>);
    let year = parts.next()?.ok().filter(|_| !text.starts_with('-'))?;
    match (parts.next(), parts.next()) {
        (None, _) if text.len() >= 4 => Some((date(year, 1, 1), date(year, 12, 31))),
        (Some(Ok(month @ 1..=12)), None) => {
            let first = date(year, month as i8, 1);
            Some((first, first.last_of_month()))
        }
        (Some(Ok(month)), Some(Ok(day))) => {
            let day = Date::new(year, month as i8, day as i8).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}
