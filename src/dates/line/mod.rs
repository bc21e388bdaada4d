//! Line: the course of a document's dates, which gives its year to a month or day without one.
//!
//! A story mostly goes forward, in small steps, and comes back from its asides (`until the end of
//! 2022`). So the year of a date is not read off the date before it alone: of all ways to fill in the
//! years the cheapest course through all dates is taken, those told in full included, where a step
//! costs by its length and direction, and a date may be left off the line at a price.

mod cost;
mod told;

use super::calendar::Calendar;
use super::context::{Frame, Sentence};
use super::meaning::Meaning;
use super::slot;
use cost::Point;
use std::collections::{BTreeMap, BTreeSet};
use told::{Item, Told};

/// Year by sentence and place of the expression in it.
pub type Years = BTreeMap<(usize, usize), i32>;

/// Courses that are kept at each date.
const BEAM: usize = 10;

/// No choice yet.
const NONE: u32 = u32::MAX;

/// A way to fill in the years up to some date.
#[derive(Debug, Clone, Copy)]
struct Course {
    /// The last date on the line, with its section and sentence.
    line: Option<Point>,
    section: usize,
    sentence: usize,
    cost: f32,
    /// Last of its choices, in the list of all.
    trace: u32,
}

struct Choice {
    before: u32,
    sentence: usize,
    index: usize,
    year: i32,
}

/// The years that the cheapest course gives. `full` holds the days named in full anywhere.
pub fn years(frame: &Frame, sentences: &[Sentence], full: &BTreeMap<(u8, u8), Option<i32>>) -> Years {
    let told = told::told(frame, sentences);
    if !told.iter().any(|told| matches!(told.item, Item::Free(..))) {
        return Years::default();
    }
    let ahead = told::years_ahead(&told);
    let mut liner = Liner {
        frame,
        sentences,
        full,
        doubted: told::doubted(frame, sentences, &told),
        topic: topic(frame, sentences),
        told: None,
        choices: Vec::new(),
        next: Vec::new(),
    };
    let start = frame.published.filter(|_| frame.news).map(Point::of_date);
    let mut courses =
        vec![Course { line: start, section: usize::MAX, sentence: usize::MAX, cost: 0.0, trace: NONE }];
    for (told, ahead) in told.iter().zip(ahead) {
        liner.go_on(told, ahead, &mut courses);
    }
    let best = courses.iter().min_by(|a, b| a.cost.total_cmp(&b.cost)).map_or(NONE, |course| course.trace);
    let mut years = Years::new();
    let mut at = best;
    while let Some(choice) = liner.choices.get(at as usize) {
        years.insert((choice.sentence, choice.index), choice.year);
        at = choice.before;
    }
    years
}

/// The year that the page is about: that of its title, else the only one that its first sentence tells
/// and does not only count from.
fn topic(frame: &Frame, sentences: &[Sentence]) -> Option<i32> {
    let mut years = sentences.first()?.found.iter().filter_map(|found| match &found.meaning {
        Meaning::Date { calendar, shift: None, modifier } if *modifier != slot::M_SINCE => {
            calendar.one_year()
        }
        Meaning::Range { from, to, .. } if from.year == to.year => from.one_year(),
        _ => None,
    });
    let first = years.next();
    let one = years.all(|year| Some(year) == first);
    frame.title_year.or(first.filter(|_| one))
}

struct Liner<'a> {
    frame: &'a Frame,
    sentences: &'a [Sentence<'a>],
    full: &'a BTreeMap<(u8, u8), Option<i32>>,
    /// Sections whose heading does not date them.
    doubted: BTreeSet<usize>,
    topic: Option<i32>,
    /// The last date told in full, with its sentence.
    told: Option<(usize, Point)>,
    choices: Vec<Choice>,
    next: Vec<Course>,
}

impl Liner<'_> {
    /// Leads every course over one more date.
    fn go_on(&mut self, told: &Told, ahead: [Option<i32>; 2], courses: &mut Vec<Course>) {
        self.next.clear();
        let section = self.sentences[told.sentence].section;
        for course in courses.iter() {
            match &told.item {
                Item::Fixed(from, to) => self.pass(course, told, (from, to), section),
                Item::Step(years, parts) => self.step(course, *years, parts, section),
                Item::Free(from, to) => self.fill(course, told, (from, to), ahead),
            }
        }
        if let Item::Fixed(point, _) = told.item
            && !told.until
        {
            self.told = Some((told.sentence, point));
        }
        self.next.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        self.next.truncate(BEAM);
        std::mem::swap(courses, &mut self.next);
    }

    /// Over a date with its year: onto it, or past it.
    fn pass(&mut self, course: &Course, told: &Told, (from, to): (&Point, &Point), section: usize) {
        let same = course.sentence == told.sentence;
        let late = told.until && same && course.line.is_some_and(|line| line.first > from.last);
        let start = course.cost + if late { cost::LATE } else { 0.0 };
        let cost = start + cost::step(course, from, section) + told.adopt;
        self.add(Course { line: Some(*to), section, sentence: told.sentence, cost, ..*course });
        self.add(Course { cost: start + told.skip, ..*course });
    }

    /// `the next year` leads on, `the year before` mostly looks back.
    fn step(&mut self, course: &Course, years: i32, parts: &Calendar, section: usize) {
        let moved = course
            .line
            .and_then(|line| Point::of(&Calendar { year: line.year.checked_add(years), ..*parts }));
        let (stay, go) = if years < 0 { (0.0, cost::STEP) } else { (cost::STEP, 0.0) };
        self.add(Course { line: moved.or(course.line), section, cost: course.cost + go, ..*course });
        self.add(Course { cost: course.cost + stay, ..*course });
    }

    /// Tries the years that a date without one may have.
    fn fill(&mut self, course: &Course, told: &Told, ends: (&Calendar, &Calendar), ahead: [Option<i32>; 2]) {
        let section = self.sentences[told.sentence].section;
        let wraps = matches!((ends.0.month, ends.1.month), (Some(a), Some(b)) if a > b);
        for year in self.candidates(course, section, ahead).into_iter().flatten() {
            let from = Calendar { year: Some(year), ..*ends.0 };
            let end_year = year + i32::from(wraps);
            let to = Calendar { year: Some(end_year), ..*ends.1 };
            let (Some(first), Some(last)) = (Point::of(&from), Point::of(&to)) else { continue };
            let step = cost::step(course, &first, section);
            let own = self.own(course, &from, &first, told.sentence);
            let cost = course.cost + own + self.other_year(course, told.sentence, &first);
            let trace = self.choices.len() as u32;
            self.choices.push(Choice {
                before: course.trace,
                sentence: told.sentence,
                index: told.index,
                year: end_year,
            });
            self.add(Course {
                line: Some(last),
                section,
                sentence: told.sentence,
                cost: cost + step + told.adopt,
                trace,
            });
            self.add(Course { cost: cost + step * cost::PAST + told.skip, trace, ..*course });
        }
    }

    /// Years near the line, those told next, and those of the heading, topic and day of writing.
    fn candidates(&self, course: &Course, section: usize, ahead: [Option<i32>; 2]) -> [Option<i32>; 11] {
        let line = course.line.map(|line| line.year);
        let bounds = self.frame.headings.get(section).and_then(|heading| heading.bounds);
        let published = self.frame.published.map(|date| i32::from(date.year()));
        let on = |year: Option<i32>, by: i32| year.map(|year| year + by);
        let mut years = [
            line,
            on(line, -1),
            on(line, 1),
            ahead[0],
            on(ahead[0], -1),
            bounds.map(|(start, _)| i32::from(start.year())),
            bounds.map(|(_, end)| i32::from(end.year())),
            self.topic,
            published,
            on(published, -1),
            self.told.map(|(_, told)| told.year),
        ];
        for i in 1..years.len() {
            if years[..i].contains(&years[i]) {
                years[i] = None;
            }
        }
        years
    }

    /// Keeps a course, one for each place of the line.
    fn add(&mut self, course: Course) {
        match self.next.iter_mut().find(|other| other.line == course.line) {
            Some(other) if other.cost > course.cost => *other = course,
            Some(_) => {}
            None => self.next.push(course),
        }
    }
}
