//! Extraction: the dated event mentions of one document, in order of sentence and time.
//!
//! A mention is made for each time expression that places something in time, and for sentences
//! without one that take up a dated report ([`super::carry`]). What a sentence says once for two
//! dates gives two mentions; two deeds at one date give one mention each.

use super::carry::{Carried, Carry, heading_day};
use super::cues::{Class, Hit, Mark};
use super::modality::{self, modality};
use super::ordinal;
use super::reading::{Clause, Reading};
use super::roles;
use super::typing::{self, Choice};
use super::{Rules, confidence};
use crate::model::{
    Basis, Block, Cleaned, Dated, EntityKind, EventMention, EventType, Modality, Modifier, NameMention,
    Named, Precision, Span, TimeExpression, TimeKind, TimeUse,
};
use crate::text::letters;

/// Bytes of the longest text that is read as a sentence; what is longer is a table or debris, and
/// comparing all its words with all its dates would not end.
const LONGEST: usize = 8_000;

/// Bytes that may stand between the day of a dateline and the dash that closes it.
const LINE: usize = 24;

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

/// One sentence on its way to mentions.
struct View<'a> {
    document: &'a Document<'a>,
    reading: &'a Reading<'a>,
    sentence: usize,
    /// Of all its time expressions, durations too.
    spans: &'a [Span],
}

impl View<'_> {
    /// No time is that of the main clause: each stands in what somebody says, in a clause that
    /// describes a noun, or right before the noun it dates.
    fn all_aside(&self, usable: &[usize]) -> bool {
        let said_from = self.reading.said_from();
        usable.iter().all(|&t| {
            let span = self.document.dated.times[t].span;
            span.start >= said_from || self.reading.embedded(span.start) || self.reading.described(span)
        })
    }

    /// Under a heading that is a day, times after it are what the deed of that day is about: `agreed to
    /// give themselves until 7 July`.
    fn ahead_of_entry(&self, usable: &[usize]) -> bool {
        let day = heading_day(self.document, self.sentence).and_then(|day| day.end);
        let ahead = |&t: &usize| self.document.dated.times[t].start > day;
        day.is_some() && usable.iter().all(ahead)
    }

    /// The day in the line that opens a report: with a place or an agency beside it, before a dash.
    fn dateline(&self, usable: &[usize]) -> Option<usize> {
        let &first = usable.first()?;
        let time = &self.document.dated.times[first];
        let text = &self.reading.folded;
        let ends_line = |c: char| matches!(c, '—' | '–') || c == '-';
        let after = text[time.span.end..].char_indices().take_while(|(at, _)| *at < LINE);
        let dash = after.clone().find(|(_, c)| ends_line(*c)).is_some_and(|(at, c)| {
            let (before, behind) = text[time.span.end..].split_at(at);
            c != '-' || (before.ends_with(' ') && behind[1..].starts_with([' ', '-']))
        });
        let named = self.reading.marks_of(Mark::Dateline).any(|m| m.start == time.span.end);
        let opens = time.span.start > 0
            && time.span.start <= LINE * 2
            && !self.reading.hits.iter().any(|h| h.span.start < time.span.end);
        (opens && (dash || named) && time.precision == Precision::Day && time.basis != Basis::Relative)
            .then_some(first)
    }

    fn text(&self) -> &str {
        &self.document.cleaned.sentences[self.sentence].text
    }

    fn times_from(&self, usable: &[usize]) -> usize {
        usable.iter().map(|&t| self.document.dated.times[t].span.start).min().unwrap_or(0)
    }

    /// Where a time governs: from the time before it to the one after it, cut at list commas.
    fn scope(&self, usable: &[usize], nth: usize) -> Span {
        let span = |t: usize| self.document.dated.times[t].span;
        let start = if nth == 0 { 0 } else { span(usable[nth - 1]).end };
        let end = usable.get(nth + 1).map_or(self.reading.folded.len(), |t| span(*t).start);
        Span::new(start, end)
    }

    /// The trigger of each time.
    fn choices(&self, usable: &[usize]) -> Vec<Option<Choice>> {
        let mut choices: Vec<Option<Choice>> = (0..usable.len())
            .map(|nth| {
                let time = self.document.dated.times[usable[nth]].span;
                typing::planned_for(self.reading, time)
                    .or_else(|| typing::dated_noun(self.reading, time))
                    .or_else(|| self.known_or_not(time, self.scope(usable, nth)))
            })
            .collect();
        for nth in 0..usable.len() {
            choices[nth] = self.own_verb(usable, nth, &choices).or(choices[nth]);
        }
        choices
    }

    /// The trigger of a time, or a verb that no list knows. Who says so is no deed beside one.
    fn known_or_not(&self, time: Span, scope: Span) -> Option<Choice> {
        let known = typing::choose(self.reading, Some(time), scope);
        let unknown = || {
            let told = typing::tells(self.reading, self.spans);
            let whole = Span::new(0, self.reading.folded.len());
            told.then(|| typing::unknown_verb(self.reading, self.text(), time, whole)).flatten()
        };
        match known {
            Some(choice) if choice.class != Class::Source => Some(choice),
            _ => {
                let deed = |h: &Hit| !matches!(h.trigger.class, Class::Source | Class::Noun);
                typing::choose_among(self.reading, Some(time), scope, deed).or_else(unknown).or(known)
            }
        }
    }

    /// The verb of the time's own clause, where the trigger is that of another time in its clause: `granted them a zone in 1998, but broke off the talks in 2002`.
    fn own_verb(&self, usable: &[usize], nth: usize, choices: &[Option<Choice>]) -> Option<Choice> {
        let span = |nth: usize| self.document.dated.times[usable[nth]].span;
        let part = |nth: usize| self.reading.part_at(span(nth).start);
        let choice = choices[nth]?;
        let home = self.reading.part_at(choice.span.start);
        let taken = (0..usable.len()).filter(|&other| other != nth && part(other) == home);
        let borrowed = home != part(nth)
            && taken.into_iter().any(|other| choices[other].is_some_and(|c| c.span == choice.span));
        let clause = self.reading.parts[part(nth)].span;
        let verb = |h: &Hit| h.trigger.class != Class::Noun && clause.contains(h.span);
        let own = || {
            typing::choose_among(self.reading, Some(span(nth)), clause, verb)
                .or_else(|| typing::unknown_verb(self.reading, self.text(), span(nth), clause))
        };
        borrowed.then(own).flatten()
    }

    /// Mentions for the `nth` usable time.
    /// `aside` says that the main clause has another date.
    fn dated(
        &self,
        usable: &[usize],
        nth: usize,
        choices: &[Option<Choice>],
        aside: bool,
        out: &mut Vec<EventMention>,
    ) {
        let time = &self.document.dated.times[usable[nth]];
        let scope = self.scope(usable, nth);
        let ordinals = ordinal::claimed(self.reading, self.spans);
        let ordinal =
            choices[nth].map_or(0, |c| ordinal::of_time(self.reading, &ordinals, nth, usable.len(), &c));
        let Some(choice) = choices[nth] else {
            if typing::tells(self.reading, self.spans) {
                out.push(self.mention(usable[nth], None, scope, ordinal));
            }
            return;
        };
        // A word shared by a list of dates lies outside the scope of all but one of them.
        let wide = if scope.contains(choice.span) { scope } else { Span::new(0, self.reading.folded.len()) };
        let mut first = self.mention(usable[nth], Some(&choice), wide, ordinal);
        if choice.rule == "dated-noun" {
            first.modality = Modality::Happened;
            out.push(first);
            return;
        }
        let ahead = aside && self.ahead_of_entry(usable) || self.foretold(usable, nth, &choice);
        if first.modality == Modality::Happened && ahead {
            first.modality = Modality::Planned;
        }
        let around = self.announced_or_reported(&first, &choice, usable.len() > 1);
        out.push(first);
        out.extend(around);
        if choice.rule == "planned-for" {
            return;
        }
        let beside = typing::beside(self.reading, time.span)
            .filter(|noun| noun.span != choice.span && noun.event_type != choice.event_type);
        if let Some(noun) = beside {
            out.push(self.mention(usable[nth], Some(&noun), scope, ordinal));
        }
        for other in typing::others(self.reading, Some(time.span), &choice, scope) {
            if aside && other.span.end <= time.span.start || self.claimed(usable, nth, choices, &other) {
                continue;
            }
            let mut mention = self.mention(usable[nth], Some(&other), scope, 0);
            if mention.modifier == Modifier::None {
                mention.modifier = self.relation(time.span, other.span);
            }
            out.push(mention);
        }
    }

    /// The time stands right before the noun, as its attribute.
    fn attribute(&self, time: Span, choice: &Choice) -> bool {
        let text = &self.reading.folded;
        let between = text.get(time.end..choice.span.start);
        self.reading.cues.spaced
            && matches!(choice.class, Class::Noun)
            && between.is_some_and(|gap| gap.len() <= 2 && gap.chars().all(|c| c == ' '))
    }

    /// Deeds without a date of their own in what is said: talks announced for the time to come, and
    /// what is told as done before. They are dated after and before the saying.
    fn announced_or_reported(
        &self,
        from: &EventMention,
        choice: &Choice,
        later_times: bool,
    ) -> Vec<EventMention> {
        let ordinals = ordinal::claimed(self.reading, self.spans);
        let announced = typing::announced(self.reading, choice).filter(|_| !later_times);
        let ahead = announced.map(|c| (c, Modifier::After, Modality::Planned, "announced"));
        let done = typing::reported(self.reading, choice);
        let back = done.into_iter().map(|c| (c, Modifier::Before, Modality::Happened, "reported-deed"));
        let mut out = Vec::new();
        for (deed, modifier, modality, rule) in ahead.into_iter().chain(back) {
            let ordinal = ordinal::of_time(self.reading, &ordinals, 0, 1, &deed);
            let mut mention = self.blank(Some(&deed), Span::new(0, self.reading.folded.len()), ordinal);
            mention.time = from.time;
            mention.edtf.clone_from(&from.edtf);
            (mention.start, mention.end, mention.precision) = (from.start, from.end, from.precision);
            (mention.basis, mention.modifier, mention.rule) = (Basis::Relative, modifier, rule);
            if mention.modality != Modality::Negated {
                mention.modality = modality;
            }
            mention.confidence = confidence::of(&mention);
            out.push(mention);
        }
        out
    }

    /// The deed belongs to another time of the sentence: chosen by it, or in its clause.
    fn claimed(&self, usable: &[usize], nth: usize, choices: &[Option<Choice>], deed: &Choice) -> bool {
        let part = self.reading.part_at(deed.span.start);
        (0..usable.len()).filter(|&other| other != nth).any(|other| {
            let at = self.document.dated.times[usable[other]].span.start;
            choices[other].is_some_and(|c| c.span == deed.span) || self.reading.part_at(at) == part
        })
    }

    /// Said at an earlier date in the same sentence to come at this one.
    fn foretold(&self, usable: &[usize], nth: usize, choice: &Choice) -> bool {
        let time = &self.document.dated.times[usable[nth]];
        let Some(saying) = self.reading.hits.iter().find(|h| {
            matches!(h.trigger.class, Class::Say | Class::Report | Class::Declare)
                && !self.reading.quoted(h.span.start)
        }) else {
            return false;
        };
        // 其后又……: the story itself goes on to the later date.
        let part = self.reading.parts[self.reading.part_at(time.span.start)].span;
        let told_next = self
            .reading
            .marks_of(Mark::CarryAfter)
            .any(|m| m.start >= part.start && m.start <= part.start + 3 && m.end <= time.span.start)
            || self.reading.marks_of(Mark::Coordinate).any(|m| m.start == time.span.end);
        // A verb in the past tells what was done then.
        let first = choice.span.of(&self.reading.folded).split(' ').next().unwrap_or_default();
        let done =
            self.reading.cues.spaced && choice.class == Class::Act && self.reading.cues.past_form(first);
        saying.span.end <= time.span.start
            && !told_next
            && !done
            && choice.span.start >= saying.span.end
            && usable[..nth].iter().any(|&t| {
                let earlier = &self.document.dated.times[t];
                earlier.span.end <= saying.span.start
                    && matches!((earlier.end, time.start), (Some(a), Some(b)) if a < b)
            })
    }

    /// The relation of a main clause to a time inside an `after` or `before` clause.
    fn relation(&self, time: Span, deed: Span) -> Modifier {
        let (clause, main) = (self.reading.clause_at(time.start), self.reading.clause_at(deed.start));
        let part = self.reading.parts[self.reading.part_at(deed.start)].span;
        if self.reading.marks_of(Mark::CarryAfter).any(|m| m.start >= part.start && m.start <= part.start + 3)
        {
            return Modifier::After;
        }
        match (clause, main) {
            // The deed of the time's own clause comes first and is not asked about here.
            (Clause::After, _) => Modifier::After,
            (Clause::Before, _) => Modifier::Before,
            (_, Clause::After) => Modifier::Before,
            (_, Clause::Before) => Modifier::After,
            _ => Modifier::None,
        }
    }

    fn mention(&self, at: usize, choice: Option<&Choice>, scope: Span, ordinal: u32) -> EventMention {
        let time = &self.document.dated.times[at];
        let mut mention = self.blank(choice, scope, ordinal);
        mention.time = Some(at);
        mention.edtf = time.edtf.clone();
        mention.start = time.start;
        mention.end = time.end;
        mention.precision = time.precision;
        mention.modifier = match time.modifier {
            // `ahead of the 29 March meeting`: the meeting is of that date, other things are before it.
            Modifier::Before | Modifier::After if choice.is_some_and(|c| self.attribute(time.span, c)) => {
                Modifier::None
            }
            modifier => modifier,
        };
        mention.basis = time.basis;
        if let (Some(published), Some(start)) = (self.document.cleaned.document.published, time.start)
            && start > published
            && mention.modality == Modality::Happened
        {
            mention.modality = Modality::Planned;
        }
        mention.confidence = confidence::of(&mention);
        mention
    }

    /// Mentions of a sentence that context dates: its head and other deeds beside it.
    fn carried(&self, carried: &Carried, out: &mut Vec<EventMention>) {
        let Some(head) = self.carried_deed(carried, carried.choice) else { return };
        let around = carried.choice.map_or(Vec::new(), |c| self.announced_or_reported(&head, &c, false));
        out.push(head);
        out.extend(around);
        let whole = Span::new(0, self.reading.folded.len());
        let others = carried.choice.map_or(Vec::new(), |c| typing::others(self.reading, None, &c, whole));
        out.extend(others.into_iter().filter_map(|other| self.carried_deed(carried, Some(other))));
    }

    fn carried_deed(&self, carried: &Carried, choice: Option<Choice>) -> Option<EventMention> {
        let whole = Span::new(0, self.reading.folded.len());
        let mut mention = self.blank(choice.as_ref(), whole, 0);
        mention.edtf = carried.edtf.clone();
        mention.start = carried.start;
        mention.end = carried.end;
        mention.precision = carried.precision;
        mention.modifier = carried.modifier;
        mention.basis = carried.basis;
        mention.rule = carried.rule;
        if choice.is_none() {
            mention.event_type = carried.event_type;
            mention.mode = carried.mode;
        }
        if !carried.actors.is_empty()
            && !mention
                .participants
                .iter()
                .any(|(e, _)| self.document.named.entities[*e].kind == crate::model::EntityKind::Person)
        {
            for actor in &carried.actors {
                if !mention.participants.iter().any(|(e, _)| e == &actor.0) {
                    mention.participants.push(*actor);
                }
            }
        }
        mention.confidence = confidence::of(&mention);
        (mention.modality != Modality::Planned && mention.modality != Modality::Hypothetical)
            .then_some(mention)
    }

    /// A mention with all but its date.
    fn blank(&self, choice: Option<&Choice>, scope: Span, ordinal: u32) -> EventMention {
        let named = self.document.named;
        let cast = choice.map(|c| roles::cast(self.reading, named, self.sentence, c, scope));
        let (participants, place) = cast.map_or((Vec::new(), None), |c| (c.participants, c.place));
        EventMention {
            sentence: self.sentence,
            time: None,
            edtf: String::new(),
            start: None,
            end: None,
            precision: crate::model::Precision::None,
            modifier: Modifier::None,
            basis: Basis::Explicit,
            event_type: choice.map_or(EventType::Other, |c| c.event_type),
            mode: choice.map_or("", |c| c.mode),
            modality: match choice {
                Some(choice) => modality(self.reading, choice, self.spans),
                None => modality::of_unknown(self.reading, self.spans),
            },
            ends: typing::ends(self.reading),
            trigger: choice.map_or(Span::default(), |c| c.span),
            ordinal_claimed: ordinal,
            participants,
            place,
            confidence: 0.0,
            rule: choice.map_or("no-trigger", |c| c.rule),
        }
    }
}
