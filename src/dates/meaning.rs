//! Meaning: what a matched pattern says, before anything around it has been looked at.

use super::calendar::{Calendar, YearSpan};
use super::machine::Capture;
use super::pattern::{Action, Pattern};
use super::slot::{self, Slot, VAGUE};
use super::token::Token;

/// So many units from a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// None: a vague number of units, in the direction of `sign`.
    pub amount: Option<i32>,
    pub sign: i32,
    pub unit: i32,
    /// [`slot::LAST`]: the last date told; [`slot::NOW`]: when the text was written;
    /// [`slot::NEAR`]: the first in a story, the second in news.
    pub base: i32,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    Date {
        calendar: Calendar,
        shift: Option<Shift>,
        modifier: i32,
    },
    Range {
        from: Calendar,
        to: Calendar,
        shift: Option<Shift>,
        modifier: i32,
    },
    /// Counted from an event named beside it.
    Event {
        shift: Option<Shift>,
        modifier: i32,
        event: Option<i32>,
    },
    /// PAST_REF, PRESENT_REF, FUTURE_REF; with a modifier where it leans on the last date.
    Reference {
        value: i32,
        modifier: i32,
    },
    /// A weekday so many weeks away: `last Friday`.
    Weekday {
        calendar: Calendar,
        weeks: i32,
    },
    /// A part of no day in particular.
    Generic(Calendar),
    Duration(String),
    Set(String),
}

impl Meaning {
    /// `since`, `until` and the like, where the expression itself says it; 0 where it does not.
    pub fn modifier(&self) -> i32 {
        match self {
            Meaning::Date { modifier, .. }
            | Meaning::Range { modifier, .. }
            | Meaning::Event { modifier, .. }
            | Meaning::Reference { modifier, .. } => *modifier,
            _ => 0,
        }
    }
}

/// The values of one end of a match.
struct Values<'a> {
    set: &'a [(Slot, i32)],
    captures: &'a [Capture],
    second: bool,
}

impl Values<'_> {
    fn get(&self, slot: Slot) -> Option<i32> {
        self.captures
            .iter()
            .find(|capture| capture.slot == Some(slot) && capture.second == self.second)
            .map(|capture| capture.value)
            .or_else(|| self.set.iter().find(|(name, _)| *name == slot).map(|&(_, value)| value))
    }

    fn small(&self, slot: Slot) -> Option<u8> {
        self.get(slot).and_then(|value| u8::try_from(value).ok())
    }

    fn calendar(&self) -> Calendar {
        let mut calendar = Calendar {
            month: self.small(Slot::Month),
            day: self.small(Slot::Day),
            weekday: self.small(Slot::Weekday),
            season: self.small(Slot::Season),
            quarter: self.small(Slot::Quarter),
            half: self.small(Slot::Half),
            day_part: self.small(Slot::DayPart),
            week: self.get(Slot::WeekOf).is_some(),
            ..Calendar::default()
        };
        if let Some(holiday) = self.get(Slot::Holiday) {
            (calendar.month, calendar.day) = (Some((holiday / 100) as u8), Some((holiday % 100) as u8));
        }
        self.year_into(&mut calendar);
        self.clock_into(&mut calendar);
        calendar
    }

    fn year_into(&self, calendar: &mut Calendar) {
        // 2021世纪 is no century.
        if let Some(century) = self.get(Slot::Century).filter(|century| *century <= 99) {
            let before = self.get(Slot::Era) == Some(slot::BC);
            (calendar.year, calendar.span) =
                (Some(if before { -(century - 1).max(1) } else { century - 1 }), YearSpan::Century);
            if let Some(decade) = self.get(Slot::Decade) {
                (calendar.year, calendar.span) = (Some((century - 1) * 100 + decade), YearSpan::Decade);
            }
            return;
        }
        if let Some(decade) = self.get(Slot::Decade) {
            let before = self.get(Slot::Era) == Some(slot::BC);
            calendar.short_year = decade < 100;
            (calendar.year, calendar.span) = (Some(if before { -decade } else { decade }), YearSpan::Decade);
            return;
        }
        calendar.year = match (self.get(Slot::Year), self.get(Slot::Era)) {
            (Some(year), Some(slot::BC)) => Some(-year),
            (Some(year), Some(slot::ROC)) => Some(year + 1911),
            (Some(year), Some(slot::HEISEI)) => Some(year + 1988),
            (year, _) => year,
        };
        if calendar.year.is_none()
            && let Some(short) = self.get(Slot::Yy)
        {
            (calendar.year, calendar.short_year) = (Some(short), true);
        }
    }

    fn clock_into(&self, calendar: &mut Calendar) {
        let Some(hour) = self.get(Slot::Hour) else { return };
        let afternoon = self.get(Slot::Meridiem) == Some(slot::PM)
            || matches!(calendar.day_part.map(i32::from), Some(slot::AFTERNOON | slot::EVENING));
        let night = calendar.day_part.map(i32::from) == Some(slot::NIGHT) && (6..12).contains(&hour);
        let hour = match hour {
            12 if self.get(Slot::Meridiem) == Some(slot::AM) => 0,
            1..=11 if afternoon || night => hour + 12,
            hour => hour,
        };
        calendar.hour = u8::try_from(hour).ok();
        calendar.minute = self.small(Slot::Minute);
    }

    fn shift(&self) -> Option<Shift> {
        let unit = self.get(Slot::Unit)?;
        let offset = self.get(Slot::Offset);
        let count = self.get(Slot::Count);
        let sign = offset.unwrap_or(0).signum();
        let amount = match (count, offset) {
            (Some(count), _) if count < 0 => None,
            (Some(count), offset) => Some(count.saturating_mul(offset.unwrap_or(1))),
            (None, Some(VAGUE_MARK)) => None,
            (None, offset) => Some(offset.unwrap_or(0)),
        };
        Some(Shift { amount, sign, unit, base: self.get(Slot::Base).unwrap_or(slot::LAST) })
    }

    fn modifier(&self) -> i32 {
        self.get(Slot::Mod).unwrap_or(0)
    }
}

/// An offset that says nothing of how far.
const VAGUE_MARK: i32 = i32::MAX;

/// What the match says; none where its parts can't be (31 June, month 13).
pub fn of(pattern: &Pattern, captures: &[Capture], _tokens: &[Token]) -> Option<Meaning> {
    let values = Values { set: &pattern.set, captures, second: false };
    let modifier = values.modifier();
    Some(match pattern.action {
        Action::Date => Meaning::Date { calendar: checked(values.calendar())?, shift: None, modifier },
        Action::Shift => {
            Meaning::Date { calendar: checked(values.calendar())?, shift: values.shift(), modifier }
        }
        Action::Range => {
            let second = Values { set: &[], captures, second: true };
            let (from, to) = spread(values.calendar(), second.calendar());
            Meaning::Range { from: checked(from)?, to: checked(to)?, shift: values.shift(), modifier }
        }
        Action::Event => Meaning::Event { shift: values.shift(), modifier, event: values.get(Slot::Event) },
        Action::Weekday => Meaning::Weekday { calendar: values.calendar(), weeks: values.get(Slot::Offset)? },
        Action::Generic => Meaning::Generic(values.calendar()),
        Action::Ref => Meaning::Reference { value: values.get(Slot::Ref)?, modifier },
        Action::Duration => Meaning::Duration(duration(&values)?),
        Action::Set => Meaning::Set(set(&values)),
        Action::Nothing => return None,
    })
}

fn checked(calendar: Calendar) -> Option<Calendar> {
    let longest = match calendar.month {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) => 29,
        Some(month) if month > 12 || month == 0 => return None,
        _ => 31,
    };
    calendar.day.is_none_or(|day| (1..=longest).contains(&day)).then_some(calendar)
}

/// The ends of a range lend each other what only one of them says.
fn spread(mut from: Calendar, mut to: Calendar) -> (Calendar, Calendar) {
    if to.day.is_some() && to.month.is_none() {
        to.month = from.month;
    }
    if from.day.is_some() && from.month.is_none() {
        from.month = to.month;
    }
    if from.season.is_none() && from.month.is_none() && from.year.is_none() && from.day.is_none() {
        from.season = to.season;
    }
    if to.short_year
        && let (Some(short), Some(year)) = (to.year, from.year)
    {
        (to.year, to.short_year) = (Some(year - year.rem_euclid(100) + short), false);
    }
    if from.year.is_none() && to.year.is_some() && to.span == YearSpan::One {
        let back = matches!((from.month, to.month), (Some(a), Some(b)) if a > b);
        from.year = to.year.map(|year| if back { year - 1 } else { year });
        from.short_year = to.short_year;
    } else if to.year.is_none() && from.year.is_some() && from.span == YearSpan::One {
        let on = matches!((from.month, to.month), (Some(a), Some(b)) if a > b);
        to.year = from.year.map(|year| if on { year + 1 } else { year });
    }
    if from.year.is_some_and(|year| year > 0) && to.year.is_some_and(|year| year < 0) {
        from.year = from.year.map(|year| -year);
    }
    (from, to)
}

fn duration(values: &Values) -> Option<String> {
    let unit = values.get(Slot::Unit)?;
    let (prefix, letter) = match unit {
        slot::SECOND => ("PT", "S"),
        slot::MINUTE => ("PT", "M"),
        slot::HOUR => ("PT", "H"),
        slot::DAY => ("P", "D"),
        slot::WEEK => ("P", "W"),
        slot::WEEKEND => ("P", "WE"),
        slot::MONTH => ("P", "M"),
        slot::QUARTER => ("P", "Q"),
        slot::SEASON => ("P", "X"),
        slot::YEAR => ("P", "Y"),
        slot::DECADE => ("P", "DE"),
        slot::CENTURY => ("P", "CE"),
        slot::MILLENNIUM => ("P", "ML"),
        slot::TIME => return Some("PX".to_owned()),
        _ => return None,
    };
    let count = match (values.get(Slot::Count), values.get(Slot::Fraction)) {
        (Some(VAGUE) | None, None) => "X".to_owned(),
        (Some(VAGUE) | None, Some(fraction)) => format!("0.{fraction}"),
        (Some(count), Some(fraction)) => format!("{count}.{fraction}"),
        (Some(count), None) => count.to_string(),
    };
    Some(format!("{prefix}{count}{letter}"))
}

fn set(values: &Values) -> String {
    if let Some(weekday) = values.get(Slot::Weekday) {
        return format!("XXXX-WXX-{weekday}");
    }
    let calendar = values.calendar();
    if calendar.month.is_some() || calendar.has_time() || calendar.season.is_some() {
        return calendar.timex();
    }
    if let (Some(count), Some(_)) = (values.get(Slot::Count), values.get(Slot::Every)) {
        let _ = count;
        return duration(values).unwrap_or_default();
    }
    match values.get(Slot::Unit) {
        Some(slot::DAY) => "XXXX-XX-XX",
        Some(slot::WEEK) => "XXXX-WXX",
        Some(slot::MONTH) => "XXXX-XX",
        Some(slot::QUARTER) => "XXXX-QX",
        Some(slot::HOUR) => "XXXX-XX-XXTXX",
        _ => "XXXX",
    }
    .to_owned()
}
