//! A reading: one sentence with its triggers, marks and clauses.
//!
//! The boundary: this knows the words of the sentence and how its clauses hang together, and
//! nothing of dates or names. Clauses are found by punctuation and by the words that open them; no
//! parser is used, because dumps are often damaged and four languages must behave alike.

use super::cues::{Class, Cues, Hit, Mark};
use super::pattern::fold;
use crate::model::Span;
use crate::text::letters;

/// How a clause hangs on its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clause {
    Main,
    /// What is said.
    Complement,
    Relative,
    After,
    Before,
    When,
}

/// A stretch of the sentence between two clause boundaries.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub span: Span,
    pub clause: Clause,
    /// The cost of crossing into this part from the one before.
    pub cost: f64,
}

/// One sentence, read.
pub struct Reading<'a> {
    pub cues: &'a Cues,
    pub folded: String,
    /// Triggers in order of start.
    pub hits: Vec<Hit>,
    pub marks: Vec<(Span, Mark)>,
    pub parts: Vec<Part>,
    quotes: Vec<Span>,
    /// Triggers inside the name of an event or agreement.
    titled: Vec<Span>,
}

/// A boundary before it is made a part.
struct Cut {
    at: usize,
    kind: Option<Mark>,
    /// A semicolon or the like, which cuts deeper than a comma.
    full: bool,
}

impl<'a> Reading<'a> {
    /// `inside` says that a quotation still runs as the sentence begins; `names` are the spans of
    /// names; `titles` of those that name events or agreements.
    pub fn new(cues: &'a Cues, text: &str, inside: bool, names: &[Span], titles: &[Span]) -> Self {
        let folded = fold(text);
        let (mut hits, mut marks) = cues.scan(&folded);
        hits.retain(|h| !names.iter().any(|n| n.contains(h.span)) && !capital(text, h));
        // 将姆拉迪奇引渡: before a name the sign of the future leads the object.
        let object = |span: &Span| {
            cues.object_marker.iter().any(|m| m == span.of(&folded))
                && names.iter().any(|n| n.start == span.end)
        };
        marks.retain(|(span, mark)| *mark != Mark::Planned || !object(span));
        let titled: Vec<Span> =
            hits.iter().map(|h| h.span).filter(|h| titles.iter().any(|t| t.contains(*h))).collect();
        let quotes = quotes(&folded, inside, cues);
        let mut reading = Reading { cues, folded, hits, marks, parts: Vec::new(), quotes, titled };
        reading.parts = reading.split();
        reading.drop_quoted_openers();
        reading
    }

    /// Marks of one kind, in order.
    pub fn marks_of(&self, mark: Mark) -> impl Iterator<Item = Span> + '_ {
        self.marks.iter().filter(move |(_, m)| *m == mark).map(|(span, _)| *span)
    }

    /// The part that holds this byte.
    pub fn part_at(&self, at: usize) -> usize {
        self.parts.iter().rposition(|p| p.span.start <= at).unwrap_or(0)
    }

    pub fn clause_at(&self, at: usize) -> Clause {
        self.parts[self.part_at(at)].clause
    }

    /// Nothing but a short word (`on`, 在) stands before it in its part.
    pub fn opens_part(&self, span: Span) -> bool {
        let part = self.parts[self.part_at(span.start)].span;
        self.folded[part.start..span.start].trim().len() <= 9
    }

    /// What lies between quotation marks is what somebody said.
    pub fn quoted(&self, at: usize) -> bool {
        self.quotes.iter().any(|q| (q.start < at || q.start == 0) && at < q.end)
    }

    /// The trigger is a word of an event's name: the Istanbul talks.
    pub fn in_title(&self, span: Span) -> bool {
        self.titled.contains(&span)
    }

    /// The trigger only describes its noun: the captured village, 占领的城市.
    pub fn attribute(&self, hit: &Hit) -> bool {
        if hit.trigger.class != Class::Act {
            return false;
        }
        let word = hit.span.of(&self.folded);
        if !self.cues.spaced {
            // After the verb, or between it and its noun: 派出的代表.
            let inside = word.char_indices().skip(1).take(2).any(|(at, _)| self.attributes(&word[at..]));
            return inside || self.attributes(&self.folded[hit.span.end..]);
        }
        let single = !word.contains(' ');
        let described = self.marks_of(Mark::Determiner).any(|m| m.end + 1 == hit.span.start);
        single
            && ((described && self.cues.past_form(word))
                || self.cues.attributive.iter().any(|a| word.ends_with(a.as_str())))
    }

    fn attributes(&self, rest: &str) -> bool {
        self.cues.attributive.iter().any(|a| rest.starts_with(a.as_str()))
    }

    /// The verb only goes along with another deed: a rally condemning it. After an auxiliary it
    /// tells a deed of its own.
    pub fn accompanies(&self, hit: &Hit) -> bool {
        let first = hit.span.of(&self.folded).split(' ').next().unwrap_or_default();
        matches!(hit.trigger.class, Class::Act | Class::Say | Class::Report)
            && self.cues.gerund.iter().any(|g| first.ends_with(g.as_str()))
            && !self
                .marks_of(Mark::PassiveAux)
                .any(|m| m.end < hit.span.start && hit.span.start - m.end <= 12)
    }

    /// The word before says that a verb in its base form begins here: to ratify.
    pub fn infinitive_at(&self, at: usize) -> bool {
        let before = &self.folded[..at];
        self.cues.infinitive_sign.iter().any(|sign| before.ends_with(sign.as_str()))
    }

    /// What stands here is not told by the sentence itself: it is said, quoted, or describes a noun.
    pub fn embedded(&self, at: usize) -> bool {
        let part = self.part_at(at);
        self.quoted(at)
            || self.parts[part].clause == Clause::Relative
            || self.parts[..=part]
                .iter()
                .any(|p| p.clause == Clause::Complement && !self.quoted(p.span.start))
    }

    /// The time only says which thing is meant: `the June plan`, 2015年的协议.
    pub fn described(&self, time: Span) -> bool {
        if !self.cues.spaced {
            return self.cues.attributive.iter().any(|a| self.folded[time.end..].starts_with(a.as_str()));
        }
        self.marks_of(Mark::Article).any(|m| m.end + 1 == time.start)
    }

    /// The cost of going from one byte to another over the boundaries between.
    pub fn crossing(&self, from: usize, to: usize) -> f64 {
        let (a, b) = (self.part_at(from.min(to)), self.part_at(from.max(to)));
        self.parts[a + 1..=b].iter().map(|p| p.cost).sum()
    }

    /// The first verb of saying outside quotation marks, after which the rest is what is said.
    pub fn saying(&self) -> Option<&Hit> {
        self.hits
            .iter()
            .find(|h| matches!(h.trigger.class, Class::Say | Class::Report) && !self.quoted(h.span.start))
    }

    /// Where what is said begins: after `that`, or a few words after the verb, so that a time of the
    /// saying itself (`said on Monday`) stands before it.
    pub fn said_from(&self) -> usize {
        let Some(saying) = self.saying() else { return usize::MAX };
        let linked =
            self.parts.iter().find(|p| p.clause == Clause::Complement && p.span.start >= saying.span.end);
        linked.map_or(saying.span.end + if self.cues.spaced { 12 } else { 0 }, |p| p.span.start)
    }

    fn cuts(&self) -> Vec<Cut> {
        let mut cuts: Vec<Cut> = self
            .marks
            .iter()
            .filter(|(_, m)| {
                matches!(m, Mark::Complement | Mark::Relative | Mark::Coordinate)
                    || (self.cues.spaced && matches!(m, Mark::After | Mark::Before | Mark::When))
            })
            .map(|(span, mark)| Cut { at: span.start, kind: Some(*mark), full: false })
            .collect();
        for (at, c) in self.folded.char_indices() {
            let mark = match c {
                ',' | ';' | ':' => !self.digit_follows(at),
                '，' | '；' | '：' | '—' | '(' | ')' | '（' | '）' => true,
                _ => false,
            };
            if mark {
                cuts.push(Cut { at: at + c.len_utf8(), kind: None, full: matches!(c, ';' | '；') });
            }
        }
        cuts.sort_by_key(|c| (c.at, c.kind.is_some()));
        cuts
    }

    fn digit_follows(&self, at: usize) -> bool {
        self.folded.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit)
    }

    fn split(&self) -> Vec<Part> {
        let mut parts = vec![Part { span: Span::new(0, 0), clause: Clause::Main, cost: 0.0 }];
        let mut said = false;
        for cut in self.cuts() {
            let clause = parts[parts.len() - 1].clause;
            let resting = if said { Clause::Complement } else { Clause::Main };
            let (clause, cost) = match cut.kind {
                None if cut.full => (resting, 2.0),
                None => (resting, 0.7),
                Some(Mark::Complement) if self.after_source(cut.at) => (clause, 0.4),
                Some(Mark::Complement) => {
                    said = true;
                    (Clause::Complement, 3.5)
                }
                Some(Mark::Relative) => (Clause::Relative, 2.0),
                Some(Mark::After) => (Clause::After, 1.5),
                Some(Mark::Before) => (Clause::Before, 1.5),
                Some(Mark::When) => (Clause::When, 1.0),
                _ => (clause, 0.4),
            };
            parts.push(Part { span: Span::new(cut.at, cut.at), clause, cost });
        }
        let ends: Vec<usize> =
            parts.iter().skip(1).map(|p| p.span.start).chain([self.folded.len()]).collect();
        for (part, end) in parts.iter_mut().zip(ends) {
            part.span.end = end;
        }
        if !self.cues.spaced {
            self.close_time_clauses(&mut parts);
        }
        parts
    }

    /// `It was reported that`: what follows is told by the text itself.
    fn after_source(&self, at: usize) -> bool {
        let before = self.hits.iter().rfind(|h| h.span.start <= at);
        before.is_some_and(|h| h.trigger.class == Class::Source)
    }

    /// Languages that put `after` and `before` at the end of the clause.
    fn close_time_clauses(&self, parts: &mut [Part]) {
        for part in parts {
            for (mark, clause) in
                [(Mark::After, Clause::After), (Mark::Before, Clause::Before), (Mark::When, Clause::When)]
            {
                let closes = self.marks_of(mark).any(|m| {
                    part.span.contains(m)
                        && m.start > part.span.start
                        && self.folded[m.end..part.span.end].chars().count() <= 1
                });
                if closes && part.clause == Clause::Main {
                    part.clause = clause;
                }
            }
        }
    }

    /// Words inside quotation marks open no clauses of the sentence itself.
    fn drop_quoted_openers(&mut self) {
        for at in 1..self.parts.len() {
            if self.quoted(self.parts[at].span.start) {
                self.parts[at].clause = Clause::Complement;
                self.parts[at].cost = 0.5;
            }
        }
    }
}

/// A capital letter inside the sentence: part of a name such as `Ministry of War` that no list knows.
fn capital(text: &str, hit: &Hit) -> bool {
    let start = hit.span.start;
    let Some(first) = text[start..].chars().next() else { return false };
    if !first.is_uppercase() || start == 0 {
        return false;
    }
    let mut before = text[..start].chars().rev().filter(|c| !c.is_whitespace());
    let opens =
        before.next().is_none_or(|c| matches!(c, '.' | '!' | '?' | ':' | '"' | '“' | '«' | '(' | '-' | '—'));
    let words = text.split_whitespace().filter(|w| w.chars().count() > 3);
    let (capital, all) =
        words.fold((0, 0), |(c, n), w| (c + usize::from(w.starts_with(char::is_uppercase)), n + 1));
    !opens && capital * 2 < all
}

/// Spans between quotation marks; one that never closes quotes nothing.
fn quotes(text: &str, inside: bool, cues: &Cues) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    let closed = text.find(|c| cues.quote_close.contains(&c)).filter(|_| inside);
    let from = closed.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    if from > 0 {
        out.push(Span::new(0, from));
    }
    // No mark of quotation is a letter.
    let marks = text.char_indices().filter(|&(at, c)| at >= from && !letters::is_alphanumeric(c));
    for (at, c) in marks {
        match open {
            None if cues.quote_open.contains(&c) => open = Some(at),
            Some(start) if cues.quote_close.contains(&c) => {
                out.push(Span::new(start, at + c.len_utf8()));
                open = None;
            }
            _ => {}
        }
    }
    out
}
