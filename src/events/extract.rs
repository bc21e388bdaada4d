//! Extraction: the dated event mentions of one document, in order of sentence and time.
//!
//! A mention is made for each time expression that places something in time, and for sentences
//! without one that take up a dated report ([`super::carry`]). What a sentence says once for two
//! dates gives two mentions; two deeds at one date give one mention each.

use super::Rules;
use super::carry::Carry;
use super::reading::Reading;
use super::sentence::View;
use crate::model::{
    Basis, Block, Cleaned, Dated, EntityKind, EventMention, Modifier, NameMention, Named, Span,
    TimeExpression, TimeKind, TimeUse,
};
use crate::text::letters;

/// Bytes of the longest text that is read as a sentence; what is longer is a table or debris, and
/// comparing all its words with all its dates would not end.
const LONGEST: usize = 8_000;

/// Everything that extraction looks at.
pub struct Document<'a> {
    pub cleaned: &'a Cleaned,
    pub dated: &'a Dated,
    pub named: &'a Named,
    pub rules: &'a Rules,
    /// Each block is a single sentence, as in dumps that break the line after every full stop; then
    /// the end of a block says nothing.
    pub lines: bool,
}

impl<'a> Document<'a> {
    pub fn new(cleaned: &'a Cleaned, dated: &'a Dated, named: &'a Named, rules: &'a Rules) -> Self {
        let sentences = &cleaned.sentences;
        let joined = sentences.windows(2).filter(|w| w[0].block_no == w[1].block_no).count();
        Document { cleaned, dated, named, rules, lines: joined * 5 < sentences.len() }
    }
}

pub fn extract(document: &Document) -> Vec<EventMention> {
    let mut mentions = Vec::new();
    let mut carry = Carry::default();
    let mut next = 0;
    let mut quote = Quote::default();
    for (sentence, text) in document.cleaned.sentences.iter().enumerate() {
        let times = times_of(document.dated, sentence, &mut next);
        if text.text.len() > LONGEST {
            continue;
        }
        let Some(cues) = document.rules.cues(text.language, document.cleaned.document.language) else {
            continue;
        };
        let usable = main_times(document.dated, &times);
        let inside = quote.inside(cues, text);
        // What somebody goes on to say, unless the sentence closes the quotation and names the speaker.
        let speech = inside && !text.text.contains(|c| cues.quote_close.contains(&c));
        let usable = outside_addresses(document.dated, &text.text, usable);
        if usable.is_empty()
            && (speech || text.block == Block::TableCell || !carry.possible(document, sentence))
        {
            continue;
        }
        let (names, titles) = name_spans(document.named, sentence);
        let reading = Reading::new(cues, &text.text, inside, &names, &titles);
        let spans: Vec<Span> = times.iter().map(|&t| document.dated.times[t].span).collect();
        let view = View { document, reading: &reading, sentence, spans: &spans };
        let mut usable = usable;
        if let Some(day) = view.dateline(&usable) {
            carry.report_of(&document.dated.times[day]);
            let alone = usable.len() == 1 && !reading.hits.is_empty();
            usable.retain(|&t| t != day || alone);
            if usable.is_empty() {
                continue;
            }
        }
        let from = mentions.len();
        if usable.is_empty() {
            if let Some(carried) = carry.take(document, &reading, sentence) {
                view.carried(&carried, &mut mentions);
            }
        } else {
            let around = (view.all_aside(&usable) || view.ahead_of_entry(&usable))
                .then(|| carry.around(document, &reading, sentence, view.times_from(&usable)))
                .flatten();
            if let Some(carried) = &around {
                view.carried(carried, &mut mentions);
            }
            let choices = view.choices(&usable);
            for nth in 0..usable.len() {
                view.dated(&usable, nth, &choices, around.is_some(), &mut mentions);
            }
        }
        single(&mut mentions, from);
        carry.after(document, sentence, &mentions[from..], &reading);
    }
    mentions
}

/// Whether a quotation opened in an earlier sentence of the block still runs.
#[derive(Default)]
struct Quote {
    block: usize,
    open: bool,
}

impl Quote {
    /// The sentence begins inside a quotation; then counts the marks of the sentence itself.
    fn inside(&mut self, cues: &super::cues::Cues, sentence: &crate::model::Sentence) -> bool {
        if sentence.block_no != self.block {
            *self = Quote { block: sentence.block_no, open: false };
        }
        let began = self.open;
        // No mark of quotation is a letter.
        for c in sentence.text.chars().filter(|&c| !letters::is_alphanumeric(c)) {
            let (opens, closes) = (cues.quote_open.contains(&c), cues.quote_close.contains(&c));
            self.open = if opens && closes { !self.open } else { (self.open || opens) && !closes };
        }
        began
    }
}

/// Spans of the names of a sentence, and of those that name events and agreements: the words of
/// the first tell nothing, those of the second may.
fn name_spans(named: &Named, sentence: usize) -> (Vec<Span>, Vec<Span>) {
    let title =
        |m: &NameMention| matches!(named.entities[m.entity].kind, EntityKind::Event | EntityKind::Agreement);
    let from = named.mentions.partition_point(|m| m.sentence < sentence);
    let (titles, names): (Vec<_>, Vec<_>) =
        named.mentions[from..].iter().take_while(|m| m.sentence == sentence).partition(|m| title(m));
    (names.iter().map(|m| m.span).collect(), titles.iter().map(|m| m.span).collect())
}

/// One word tells one thing at one time.
fn single(mentions: &mut Vec<EventMention>, from: usize) {
    let mut at = from;
    while at < mentions.len() {
        let m = &mentions[at];
        let twice = m.trigger != Span::default()
            && mentions[from..at].iter().any(|o| o.trigger == m.trigger && o.time == m.time);
        if twice {
            mentions.remove(at);
        } else {
            at += 1;
        }
    }
}

/// The times of a sentence; `next` walks the list once for the whole document.
fn times_of(dated: &Dated, sentence: usize, next: &mut usize) -> Vec<usize> {
    let mut out = Vec::new();
    while let Some(time) = dated.times.get(*next) {
        if time.sentence > sentence {
            break;
        }
        if time.sentence == sentence {
            out.push(*next);
        }
        *next += 1;
    }
    out
}

/// Rules of expressions that only point back to what was told, as `later` does; what they date is
/// for carrying to say.
const POINTING: &[&str] = &["later", "later-opening", "before-that", "same-time"];

/// The expression places something in time and has a date.
fn usable(time: &TimeExpression) -> bool {
    matches!(time.kind, TimeKind::Date | TimeKind::Time)
        && time.used_as == TimeUse::When
        && !time.edtf.is_empty()
        && !POINTING.contains(&time.rule)
}

/// The usable times of a sentence. Beside a date of its own, `since the start of …` only compares.
fn main_times(dated: &Dated, times: &[usize]) -> Vec<usize> {
    let kept: Vec<usize> = times.iter().copied().filter(|&t| usable(&dated.times[t])).collect();
    let compares = |t: &TimeExpression| t.modifier == Modifier::Since && t.basis == Basis::Relative;
    let own = kept.iter().any(|&t| !compares(&dated.times[t]));
    kept.into_iter().filter(|&t| !own || !compares(&dated.times[t])).collect()
}

/// Without the dates inside web addresses.
fn outside_addresses(dated: &Dated, text: &str, mut usable: Vec<usize>) -> Vec<usize> {
    if text.contains("://") {
        usable.retain(|&t| {
            let word = text[..dated.times[t].span.start].rsplit(char::is_whitespace).next().unwrap_or("");
            !word.contains("://")
        });
    }
    usable
}
