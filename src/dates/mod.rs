//! Dates: every time expression of a document found, resolved, and its year accounted for.
//!
//! The language is data: `rules/dates.*.toml` lists words and patterns, one engine reads them all.
//! Finding (`grammar`) knows only the sentence; resolving (`context`) knows the document. The two are
//! kept apart so that `annalist dates` and the pipeline share both and differ in the frame alone.

mod calendar;
mod context;
mod filter;
mod grammar;
mod heading;
mod lexicon;
mod line;
mod machine;
mod mark;
mod meaning;
mod pattern;
mod plain;
mod relative;
mod row;
mod slot;
#[cfg(test)]
mod tests;
mod token;
mod usage;
mod year;

use crate::model::{Cleaned, DateContext, Dated, Diagnostic, DumpKind, Language, Severity, TimeExpression};
use calendar::Calendar;
use context::{Frame, Sentence};
use grammar::Grammar;
use heading::headings;
use jiff::civil::Date;
use meaning::Meaning;
use row::Resolved;
use token::Token;

pub use plain::{PlainTime, resolve_text};

/// Compiled rules of this stage.
pub struct Rules {
    en: Grammar,
    zh: Grammar,
    ru: Grammar,
    uk: Grammar,
}

impl Rules {
    pub fn builtin() -> Self {
        Rules {
            en: Grammar::new("dates.en.toml"),
            zh: Grammar::new("dates.zh.toml"),
            ru: Grammar::new("dates.ru.toml"),
            uk: Grammar::new("dates.uk.toml"),
        }
    }

    /// The grammar for a sentence: by its language, else by its script.
    fn grammar(&self, language: Language, text: &str) -> &Grammar {
        match language.rules_key() {
            Some("en") => &self.en,
            Some("zh") => &self.zh,
            Some("ru") => &self.ru,
            Some("uk") => &self.uk,
            _ => self.by_script(text),
        }
    }

    /// The grammar of the page as a whole.
    fn of_page(&self, outline: &Outline) -> &Grammar {
        if outline.language.rules_key().is_some() {
            return self.grammar(outline.language, "");
        }
        let mut sample = String::new();
        for (text, ..) in &outline.sentences {
            sample.push_str(text);
            if sample.len() > SAMPLE {
                break;
            }
        }
        self.by_script(&sample)
    }

    /// The grammar of a sentence of no known language: the page's where the script allows it, as a
    /// short sentence does not tell Ukrainian from Russian.
    fn of_sentence<'a>(&'a self, language: Language, text: &str, page: &'a Grammar) -> &'a Grammar {
        if language.rules_key().is_some() {
            return self.grammar(language, text);
        }
        let own = self.by_script(text);
        let cyrillic = |grammar: &Grammar| std::ptr::eq(grammar, &self.ru) || std::ptr::eq(grammar, &self.uk);
        if cyrillic(own) && cyrillic(page) { page } else { own }
    }

    fn by_script(&self, text: &str) -> &Grammar {
        let (mut latin, mut han, mut cyrillic, mut ukrainian) = (0, 0, 0, 0);
        for c in text.chars().take(SAMPLE) {
            match c {
                'a'..='z' | 'A'..='Z' => latin += 1,
                // a character weighs as much as a word
                '\u{4E00}'..='\u{9FFF}' => han += 3,
                'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => {
                    cyrillic += 1;
                    ukrainian += 1;
                }
                '\u{400}'..='\u{4FF}' => cyrillic += 1,
                _ => {}
            }
        }
        match () {
            () if han > latin && han > cyrillic => &self.zh,
            () if cyrillic > latin && ukrainian * 50 > cyrillic => &self.uk,
            () if cyrillic > latin => &self.ru,
            () => &self.en,
        }
    }
}

/// How much of a text is read to tell its script, in bytes or characters.
const SAMPLE: usize = 2000;

/// A text of sentences under headings, with what is known of it: all that resolving needs.
pub(crate) struct Outline<'a> {
    pub title: &'a str,
    pub language: Language,
    /// Heading and parent of each section; the first stands for the text before any heading.
    pub sections: Vec<(&'a str, Option<usize>)>,
    /// Text, section and language of each sentence.
    pub sentences: Vec<(&'a str, usize, Language)>,
    pub published: Option<Date>,
    /// The page is known to be a news item.
    pub news: bool,
    /// The page is known to be one of a wiki, which tells no day as its own.
    pub wiki: bool,
}

/// Finds and resolves the time expressions of an outline; with the context of each section.
pub(crate) fn resolve_outline(outline: &Outline, rules: &Rules) -> (Vec<Resolved>, Vec<DateContext>) {
    let page = rules.of_page(outline);
    let mut scratch = Vec::new();
    let sentences: Vec<Sentence> = outline
        .sentences
        .iter()
        .map(|&(text, section, language)| {
            read(text, section, rules.of_sentence(language, text, page), &mut scratch)
        })
        .collect();
    let grammar = rules.of_sentence(outline.language, outline.title, page);
    let title = read(outline.title, 0, grammar, &mut scratch);
    let title_year = title.found.iter().find_map(|found| match &found.meaning {
        Meaning::Date { calendar, .. } if calendar.span == calendar::YearSpan::One => calendar.year,
        _ => None,
    });
    let year = title_year.or(outline.published.map(|day| i32::from(day.year())));
    let (headings, contexts) = headings(outline, year, rules, page);
    let told = headings.iter().any(|heading| heading.bounds.is_some());
    let own = outline
        .published
        .or_else(|| if told || outline.wiki { None } else { own_date(&sentences, outline.news) });
    let frame = Frame {
        headings,
        title_year,
        published: own,
        news: own.is_some() && (outline.news || outline.published.is_none() || tells_news(&sentences, own)),
        dated: own.is_some() && !outline.wiki,
    };
    (context::resolve(&frame, &sentences), contexts)
}

/// Reads a sentence; `scratch` holds its tokens, which are kept only where something is found.
fn read<'a>(text: &str, section: usize, grammar: &'a Grammar, scratch: &mut Vec<Token>) -> Sentence<'a> {
    let mut found = Vec::new();
    grammar.split(text, scratch);
    grammar.parse(text, scratch, &mut found);
    found.shrink_to_fit();
    let tokens = if found.is_empty() { Vec::new() } else { scratch.clone() };
    Sentence { grammar, section, tokens, found }
}

/// Whether most years that the text names are the one it was published in, or it names none.
fn tells_news(sentences: &[Sentence], published: Option<Date>) -> bool {
    let Some(published) = published else { return false };
    let year = i32::from(published.year());
    let (mut near, mut far) = (0, 0);
    for found in sentences.iter().flat_map(|sentence| &sentence.found) {
        if let Meaning::Date { calendar, .. } = &found.meaning
            && let Some(told) = calendar.year
        {
            if (told - year).abs() <= 1 { near += 1 } else { far += 1 }
        }
    }
    far <= near + 3
}

/// Days after the last one named in full within which a day without a year is later news.
const LATER_NEWS: i32 = 62;

/// The day of writing of a news item that does not say it: the last day it names in full, or one without
/// a year soon after it. An item is news where it counts from its own day (`this year`, 今年) and most of
/// its days have no year.
fn own_date(sentences: &[Sentence], news: bool) -> Option<Date> {
    let (mut from_now, mut partial) = (0, 0);
    let (mut full, mut days) = (Vec::new(), Vec::new());
    for found in sentences.iter().flat_map(|sentence| &sentence.found) {
        match &found.meaning {
            Meaning::Date { shift: Some(shift), .. } if shift.base == slot::NOW => from_now += 1,
            Meaning::Date { calendar, shift: None, .. }
                if calendar.weekday.is_some() && calendar.day.is_none() =>
            {
                from_now += 1
            }
            Meaning::Range { from, to, .. } if from.day.is_some() && to.year.is_none() => partial += 1,
            Meaning::Date { calendar, shift: None, .. }
                if calendar.month.is_some() && calendar.day.is_some() =>
            {
                match calendar.date() {
                    Some(date) => full.push(date),
                    None => {
                        partial += 1;
                        days.push(*calendar);
                    }
                }
            }
            _ => {}
        }
    }
    let tells = news || from_now >= 1 && partial >= 2 && partial >= 2 * full.len();
    let last = full.into_iter().max().filter(|_| tells)?;
    let year = Some(i32::from(last.year()));
    let soon = |date: &Date| last.until(*date).is_ok_and(|span| (0..=LATER_NEWS).contains(&span.get_days()));
    let later = days.iter().filter_map(|day| Calendar { year, ..*day }.date()).filter(soon).max();
    later.or(Some(last))
}

/// Finds and resolves the time expressions of a cleaned document.
pub fn resolve(cleaned: &Cleaned, rules: &Rules) -> Dated {
    let document = &cleaned.document;
    let outline = Outline {
        title: &document.title,
        language: document.language,
        sections: cleaned.sections.iter().map(|section| (section.heading.as_str(), section.parent)).collect(),
        sentences: cleaned
            .sentences
            .iter()
            .map(|sentence| (sentence.text.as_str(), sentence.section, sentence.language))
            .collect(),
        published: document.published,
        news: matches!(document.dump_kind, DumpKind::News | DumpKind::Feed),
        wiki: matches!(document.dump_kind, DumpKind::WikiText | DumpKind::Mirror),
    };
    let (resolved, contexts) = resolve_outline(&outline, rules);
    let diagnostics =
        resolved.iter().filter(|row| row.wrong_weekday).map(|row| weekday(row, cleaned)).collect();
    Dated { times: resolved.into_iter().map(expression).collect(), contexts, diagnostics }
}

/// The page contradicts itself; the date is kept, as it is what the page says in full.
fn weekday(row: &Resolved, cleaned: &Cleaned) -> Diagnostic {
    let sentence = &cleaned.sentences[row.sentence];
    Diagnostic {
        source_start: sentence.source.start,
        severity: Severity::Info,
        code: "weekday-contradicts-date",
        message: format!("{} is not the weekday named beside it", row.edtf),
        excerpt: row.span.of(&sentence.text).to_owned(),
    }
}

fn expression(mut row: Resolved) -> TimeExpression {
    // A range that ends before it begins is a slip of the page, and no time is known.
    if row.start.zip(row.end).is_some_and(|(start, end)| start > end) {
        row.edtf.clear();
        (row.start, row.end) = (None, None);
    }
    TimeExpression {
        sentence: row.sentence,
        span: row.span,
        kind: row.kind,
        used_as: row.used_as,
        timex_value: row.timex,
        edtf: row.edtf,
        start: row.start,
        end: row.end,
        precision: row.precision,
        modifier: row.modifier,
        basis: row.basis,
        year_from: row.year_from,
        anchor: row.anchor,
        rule: row.rule,
    }
}
