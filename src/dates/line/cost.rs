//! Cost: what speaks against a step of the line, and against a year beside the dates around it.
//!
//! The weights were set on histories whose dates are annotated, in two languages; they are round, as
//! the figures hardly move between a half and the double of most.

use super::{Course, Liner};
use crate::dates::calendar::Calendar;
use jiff::civil::Date;

/// Days of a month.
const MONTH: f32 = 30.4;

/// A month forward; past half a year a pause is nearly as good as any.
const FORWARD: f32 = 0.1;
const HALF_YEAR: f32 = 6.0;
const PAUSE: f32 = 0.03;
const LONGEST: f32 = 12.0;

/// A step back, and a month of it; less where a new section begins.
const BACK: f32 = 0.15;
const BACKWARD: f32 = 0.15;
const BACK_ANEW: f32 = 0.05;
const BACKWARD_ANEW: f32 = 0.105;

/// Leaving a date off the line, in the middle and at the head of a sentence.
pub const SKIP: f32 = 2.0;
pub const SKIP_HEAD: f32 = 3.0;

/// Share of a step that a date off the line costs.
pub const PAST: f32 = 0.7;

/// A date after `until` that lies before what it ends.
pub const LATE: f32 = 1.5;

/// Taking `the next year` for an aside, or `the year before` for the story.
pub const STEP: f32 = 1.0;

/// Days past which a date of another year is a leap.
const LEAP_DAYS: i32 = 75;
const LEAP: f32 = 0.4;

/// The same in news, which is told from its own day.
const NEWS_LEAP: f32 = 0.6;

/// Where news looks back, the most that its own day still costs the days that follow in the story, and the
/// sentences from one to the next, or from a year alone to its days.
const LOOKING_BACK: f32 = 0.4;
const NEAR: usize = 2;
const NEAR_YEAR: usize = 6;

/// Another year than that in which the date would go on with what was just told in full.
const LEAVING: f32 = 1.0;

/// Another year than that told before in the sentence.
const OTHER_YEAR: f32 = 0.8;

/// A year away from the topic's, up to four.
const OFF_TOPIC: f32 = 0.25;

/// Outside the time of the heading, and a month of it.
const OUTSIDE: f32 = 1.0;
const OUTSIDE_MONTH: f32 = 0.05;
const OUTSIDE_MOST: f32 = 2.5;

/// The same day named in full elsewhere.
const NAMED: f32 = 0.1;

/// The weekday beside the date is that of the year, or is not.
const WEEKDAY: f32 = 1.0;

/// Days from the first to the last that a date can mean, counted from an arbitrary day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub first: i32,
    pub last: i32,
    pub year: i32,
}

impl Point {
    pub fn of(calendar: &Calendar) -> Option<Point> {
        let (first, last) = calendar.bounds()?;
        Some(Point { first: number(first), last: number(last), year: calendar.year? })
    }

    pub fn of_date(date: Date) -> Point {
        let day = number(date);
        Point { first: day, last: day, year: i32::from(date.year()) }
    }

    /// Whether it is no finer than a year.
    pub fn is_year(&self) -> bool {
        self.last - self.first > 300
    }
}

/// Number of a day, for distances.
fn number(date: Date) -> i32 {
    let year = i32::from(date.year()) - i32::from(date.month() <= 2);
    let month = (i32::from(date.month()) + 9) % 12;
    year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + i32::from(date.day())
}

/// Days between a point and a stretch; 0 where they meet.
pub fn gap(point: &Point, start: &Point, end: &Point) -> i32 {
    (point.first - end.last).max(start.first - point.last).max(0)
}

/// From the line to a date.
pub fn step(course: &Course, to: &Point, section: usize) -> f32 {
    let Some(line) = course.line else { return 0.0 };
    let ahead = (to.first - line.last) as f32 / MONTH;
    let back = (line.first - to.last) as f32 / MONTH;
    if ahead > 0.0 {
        FORWARD * ahead.min(HALF_YEAR) + PAUSE * (ahead - HALF_YEAR).clamp(0.0, LONGEST)
    } else if back > 0.0 {
        let within = section == course.section;
        let (again, month) = if within { (BACK, BACKWARD) } else { (BACK_ANEW, BACKWARD_ANEW) };
        again + month * back.min(LONGEST) + PAUSE * (back - LONGEST).clamp(0.0, LONGEST)
    } else {
        0.0
    }
}

impl Liner<'_> {
    /// What speaks for or against a year beside the dates around it. Heading, topic and day of writing
    /// count where the story enters the year, so that a long run of dates is not drawn to them.
    pub(super) fn own(&self, course: &Course, calendar: &Calendar, point: &Point, sentence: usize) -> f32 {
        let section = self.sentences[sentence].section;
        let mut cost = 0.0;
        if let Some(&Some(year)) = calendar.month.zip(calendar.day).and_then(|day| self.full.get(&day))
            && year == point.year
        {
            cost -= NAMED;
        }
        if let (Some(told), Some(date)) = (calendar.weekday, calendar.date()) {
            cost += if date.weekday().to_monday_one_offset() == told as i8 { -WEEKDAY } else { WEEKDAY };
        }
        let stays = course.line.is_some_and(|line| line.year == point.year);
        // who leaps into another year says so
        let leaps = |line: Point| !stays && gap(point, &line, &line) > LEAP_DAYS;
        // news comes back to its own days at every date, but where it looks back, it stays there
        if self.frame.news {
            let leap = course.line.is_some_and(|line| !line.is_year() && leaps(line));
            let leap = if leap { NEWS_LEAP } else { 0.0 };
            cost += if self.leaves(calendar, point, sentence) { LEAVING } else { 0.0 };
            let since = sentence.wrapping_sub(course.sentence);
            let goes_on = |line: Point| match line.is_year() {
                true => stays && course.section == section && since <= NEAR_YEAR,
                false => {
                    let soon = line.last <= point.last && gap(point, &line, &line) <= LEAP_DAYS;
                    stays && soon && since <= NEAR
                }
            };
            let most = if course.line.is_some_and(goes_on) { LOOKING_BACK } else { f32::MAX };
            return cost + self.written(point).min(most) + leap;
        }
        if course.section == section && stays {
            return cost;
        }
        let heading = self.frame.headings.get(section).and_then(|heading| heading.bounds);
        let heading = heading.filter(|_| !self.doubted.contains(&section));
        let outside = |(start, end)| gap(point, &Point::of_date(start), &Point::of_date(end)) as f32 / MONTH;
        match heading.map(outside) {
            Some(months) if months > 0.0 => cost += (OUTSIDE + OUTSIDE_MONTH * months).min(OUTSIDE_MOST),
            Some(_) => return cost,
            None => {}
        }
        cost += if course.line.is_some_and(leaps) { LEAP } else { 0.0 };
        if let Some(topic) = self.topic {
            cost += OFF_TOPIC * (point.year - topic).abs().min(4) as f32;
        }
        cost + self.written(point)
    }

    /// The date would go on with one told in full just before, but for its year.
    fn leaves(&self, calendar: &Calendar, point: &Point, sentence: usize) -> bool {
        let Some((told_in, told)) = self.told.filter(|(_, told)| !told.is_year()) else { return false };
        let there = Point::of(&Calendar { year: Some(told.year), ..*calendar });
        let goes_on = |there: Point| told.first <= there.first && there.first - told.last <= LEAP_DAYS;
        sentence - told_in <= NEAR && told.year != point.year && there.is_some_and(goes_on)
    }

    /// News tells of its own days, and rarely of what is to come; no page of what is far ahead of it.
    fn written(&self, point: &Point) -> f32 {
        let Some(published) = self.frame.published else { return 0.0 };
        let day = number(published);
        let ahead = (point.first - day) as f32 / MONTH;
        let past = (day - point.last) as f32 / MONTH;
        match self.frame.news {
            true if ahead > 0.0 => (0.8 + 0.25 * ahead).min(4.0),
            true => (0.12 * past.max(0.0)).min(2.2),
            false if ahead > 1.0 => (0.8 + 0.1 * ahead).min(3.0),
            false => 0.0,
        }
    }

    /// A sentence mostly stays in the year it has told, but goes from December to January.
    pub(super) fn other_year(&self, course: &Course, sentence: usize, point: &Point) -> f32 {
        let told = self.told.filter(|told| told.0 == sentence).map(|told| told.1);
        let told = told.or(course.line.filter(|_| course.sentence == sentence));
        match told {
            Some(told) if told.year != point.year && gap(point, &told, &told) > LEAP_DAYS => OTHER_YEAR,
            _ => 0.0,
        }
    }
}
