//! One sentence: the mentions that its times and what it takes up give.

use super::carry::{Carried, heading_day};
use super::confidence;
use super::cues::{Class, Hit, Mark};
use super::extract::Document;
use super::modality::{self, modality};
use super::ordinal;
use super::reading::{Clause, Reading};
use super::roles;
use super::typing::{self, Choice};
use crate::model::{Basis, EventMention, EventType, Modality, Modifier, Precision, Span};

/// Bytes that may stand between the day of a dateline and the dash that closes it.
const LINE: usize = 24;

/// One sentence on its way to mentions.
pub struct View<'a> {
    pub document: &'a Document<'a>,
    pub reading: &'a Reading<'a>,
    pub sentence: usize,
    /// Of all its time expressions, durations too.
    pub spans: &'a [Span],
}

impl View<'_> {
    /// No time is that of the main clause: each stands in what somebody says, in a clause that
    /// describes a noun, or right before the noun it dates.
    pub fn all_aside(&self, usable: &[usize]) -> bool {
        let said_from = self.reading.said_from();
        usable.iter().all(|&t| {
            let span = self.document.dated.times[t].span;
            span.start >= said_from || self.reading.embedded(span.start) || self.reading.described(span)
        })
    }

    /// Under a heading that is a day, times after it are what the deed of that day is about: `agreed to
    /// give themselves until 7 July`.
    pub fn ahead_of_entry(&self, usable: &[usize]) -> bool {
        let day = heading_day(self.document, self.sentence).and_then(|day| day.end);
        let ahead = |&t: &usize| self.document.dated.times[t].start > day;
        day.is_some() && usable.iter().all(ahead)
    }

    /// The day in the line that opens a report: with a place or an agency beside it, before a dash.
    pub fn dateline(&self, usable: &[usize]) -> Option<usize> {
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

    pub fn times_from(&self, usable: &[usize]) -> usize {
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
    pub fn choices(&self, usable: &[usize]) -> Vec<Option<Choice>> {
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
    pub fn dated(
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
    pub fn carried(&self, carried: &Carried, out: &mut Vec<EventMention>) {
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
