//! Calendar: a date to any precision, its bounds in days, and its spelling in EDTF and TIMEX3.
//!
//! Years before Christ are negative without a zero (480 BC is -480), as the text counts them; EDTF
//! counts astronomically, so it is shifted on the way out.

use super::slot;
use crate::model::Precision;
use jiff::civil::{Date, Weekday};

/// How many years `year` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum YearSpan {
    #[default]
    One,
    /// `year` is the first of the decade.
    Decade,
    /// `year` is the first digits: 19 for the 20th century.
    Century,
}

/// The parts of a date that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Calendar {
    pub year: Option<i32>,
    pub span: YearSpan,
    /// The year is given in its last two digits.
    pub short_year: bool,
    pub month: Option<u8>,
    pub day: Option<u8>,
    /// 1 is Monday.
    pub weekday: Option<u8>,
    /// 21 spring to 24 winter.
    pub season: Option<u8>,
    pub quarter: Option<u8>,
    pub half: Option<u8>,
    /// The week of that day.
    pub week: bool,
    /// Code of a part of the day, see [`slot`].
    pub day_part: Option<u8>,
    pub hour: Option<u8>,
    pub minute: Option<u8>,
}

impl Calendar {
    pub fn of_date(date: Date) -> Self {
        let year = i32::from(date.year());
        Calendar {
            year: Some(if year <= 0 { year - 1 } else { year }),
            month: Some(date.month() as u8),
            day: Some(date.day() as u8),
            ..Calendar::default()
        }
    }

    pub fn has_time(&self) -> bool {
        self.day_part.is_some() || self.hour.is_some()
    }

    /// Whether nothing below the year is given.
    pub fn year_only(&self) -> bool {
        self.month.is_none()
            && self.day.is_none()
            && self.weekday.is_none()
            && self.season.is_none()
            && self.quarter.is_none()
            && self.half.is_none()
            && !self.has_time()
    }

    /// The year, where it is one and written in full.
    pub fn one_year(&self) -> Option<i32> {
        self.year.filter(|_| self.span == YearSpan::One && !self.short_year)
    }

    /// The astronomical year, where one year is meant and lies in the calendar.
    fn civil_year(&self) -> Option<i16> {
        let year = self.year?;
        let year = if year < 0 { year + 1 } else { year };
        i16::try_from(year).ok().filter(|year| (-9999..=9999).contains(year))
    }

    pub fn date(&self) -> Option<Date> {
        if self.span != YearSpan::One {
            return None;
        }
        Date::new(self.civil_year()?, self.month? as i8, self.day? as i8).ok()
    }

    pub fn precision(&self) -> Precision {
        match self.span {
            YearSpan::Decade => return Precision::Decade,
            YearSpan::Century => return Precision::Century,
            YearSpan::One => {}
        }
        if self.week {
            Precision::Week
        } else if self.day.is_some() {
            Precision::Day
        } else if self.month.is_some() {
            Precision::Month
        } else if self.season.is_some() {
            Precision::Season
        } else if self.quarter.is_some() {
            Precision::Quarter
        } else if self.half.is_some() {
            Precision::Half
        } else if self.year.is_some() {
            Precision::Year
        } else {
            Precision::None
        }
    }

    /// First and last day; none where the year is not known or no such day exists.
    pub fn bounds(&self) -> Option<(Date, Date)> {
        let year = self.civil_year()?;
        match self.span {
            YearSpan::Decade => return years(year, year.saturating_add(9)),
            YearSpan::Century => {
                let first = year.saturating_mul(100);
                return years(first, first.saturating_add(99));
            }
            YearSpan::One => {}
        }
        if self.day.is_some() {
            let date = self.date()?;
            return if self.week { Some(week(date)) } else { Some((date, date)) };
        }
        if let Some(month) = self.month {
            return months(year, month, 1);
        }
        if let Some(season) = self.season {
            let first = [3, 6, 9, 12][usize::from(season.clamp(21, 24) - 21)];
            return months(year, first, 3);
        }
        if let Some(quarter) = self.quarter {
            return months(year, quarter.clamp(1, 4) * 3 - 2, 3);
        }
        if let Some(half) = self.half {
            return months(year, half.clamp(1, 2) * 6 - 5, 6);
        }
        years(year, year)
    }

    /// EDTF level 1; empty where there is neither year nor month.
    pub fn edtf(&self) -> String {
        let year = match (self.year, self.span) {
            (None, _) if self.month.is_none() && self.season.is_none() => return String::new(),
            (None, _) => "XXXX".to_owned(),
            (Some(_), _) if self.civil_year().is_none() => return String::new(),
            (Some(year), YearSpan::Decade) => format!("{}X", signed(year, year.abs() / 10, 3)),
            (Some(year), YearSpan::Century) => format!("{}XX", signed(year, year.abs(), 2)),
            (Some(year), YearSpan::One) => {
                let year = if year < 0 { year + 1 } else { year };
                signed(year, year.abs(), 4)
            }
        };
        if self.span != YearSpan::One {
            return year;
        }
        match (self.month, self.day) {
            (Some(_), Some(_)) if self.week && self.year.is_some() => self.interval(),
            (Some(_), Some(_)) if !self.is_in_calendar() => String::new(),
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            (None, _) => match self.season {
                Some(season) => format!("{year}-{season}"),
                None if self.quarter.is_some() || self.half.is_some() => self.interval_of_months(),
                None => year,
            },
        }
    }

    /// Whether the year has that day; a leap year stands for one that is not known. Pages name days
    /// that never were, such as 29 February 2023.
    fn is_in_calendar(&self) -> bool {
        let year = self.civil_year().unwrap_or(2000);
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        Date::new(year, month as i8, day as i8).is_ok()
    }

    fn interval(&self) -> String {
        let day = |date: Date| Calendar::of_date(date).edtf();
        self.bounds().map_or(String::new(), |(start, end)| format!("{}/{}", day(start), day(end)))
    }

    fn interval_of_months(&self) -> String {
        let month = |date: Date| Calendar { day: None, ..Calendar::of_date(date) }.edtf();
        self.bounds().map_or(String::new(), |(start, end)| format!("{}/{}", month(start), month(end)))
    }

    /// Value as in TIMEX3.
    pub fn timex(&self) -> String {
        let mut value = self.timex_date();
        if let Some(hour) = self.hour {
            value.push_str(&format!("T{hour:02}"));
            value.push_str(&self.minute.map_or(":00".to_owned(), |minute| format!(":{minute:02}")));
        } else if let Some(part) = self.day_part {
            value.push_str(part_code(part));
        }
        value
    }

    fn timex_date(&self) -> String {
        let era = |year: i32| if year < 0 { "BC" } else { "" };
        let year = match (self.year, self.span) {
            (None, _) => "XXXX".to_owned(),
            (Some(year), YearSpan::Decade) => return format!("{}{:03}", era(year), year.abs() / 10),
            (Some(year), YearSpan::Century) => return format!("{}{:02}", era(year), year.abs()),
            (Some(year), YearSpan::One) => format!("{}{:04}", era(year), year.abs()),
        };
        if self.week
            && let Some(date) = self.date().filter(|date| date.year() > 0)
        {
            let week = date.iso_week_date();
            return format!("{:04}-W{:02}", week.year(), week.week());
        }
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) if self.has_time() => format!("{year}-{month:02}-XX"),
            (Some(month), None) => format!("{year}-{month:02}"),
            (None, Some(day)) => format!("{year}-XX-{day:02}"),
            (None, None) => match (self.season, self.quarter, self.half, self.weekday) {
                (Some(season), ..) => format!("{year}-{}", season_code(season)),
                (_, Some(quarter), ..) => format!("{year}-Q{quarter}"),
                (_, _, Some(half), _) => format!("{year}-H{half}"),
                (_, _, _, Some(weekday)) => format!("{year}-WXX-{weekday}"),
                _ if self.has_time() => format!("{year}-XX-XX"),
                _ => year,
            },
        }
    }

    /// Day `amount` days, weeks, months or years away, at the precision of the unit; finer parts are dropped.
    pub fn shifted(&self, amount: i32, unit: i32) -> Option<Calendar> {
        let by_months = |months: i32| -> Option<Calendar> {
            let year = self.year?;
            let month = self.month?;
            let civil = if year < 0 { year + 1 } else { year };
            let total = civil.checked_mul(12)?.checked_add(i32::from(month) - 1)?.checked_add(months)?;
            let year = total.div_euclid(12);
            Some(Calendar {
                year: Some(if year <= 0 { year - 1 } else { year }),
                month: Some(total.rem_euclid(12) as u8 + 1),
                ..Calendar::default()
            })
        };
        let days = |days: i32| -> Option<Calendar> {
            let date = self.date()?;
            let span = jiff::Span::new().try_days(days).ok()?;
            date.checked_add(span).ok().map(Calendar::of_date)
        };
        if self.span != YearSpan::One && !matches!(unit, slot::DECADE | slot::CENTURY) {
            return None;
        }
        match unit {
            slot::SECOND..=slot::HOUR => days(0),
            slot::DAY => days(amount),
            slot::WEEK => days(amount.checked_mul(7)?).map(|week| Calendar { week: true, ..week }),
            slot::WEEKEND => days(amount.checked_mul(7)?).map(|week| Calendar { week: true, ..week }),
            slot::MONTH => by_months(amount),
            slot::YEAR | slot::SEASON | slot::HALF => self.years_on(amount),
            // where the year has no 29 February, its 28th
            slot::YEARDAY => {
                let span = jiff::Span::new().try_years(amount).ok()?;
                self.date()?.checked_add(span).ok().map(Calendar::of_date)
            }
            slot::QUARTER => by_months(amount.checked_mul(3)?).map(|moved| Calendar {
                quarter: moved.month.map(|month| (month - 1) / 3 + 1),
                month: None,
                ..moved
            }),
            slot::DECADE => self.years_on(amount.checked_mul(10)?).map(|moved| Calendar {
                year: moved.year.map(|year| year - year % 10),
                span: YearSpan::Decade,
                ..moved
            }),
            slot::CENTURY => {
                let whole = Calendar { span: YearSpan::One, ..*self };
                let base = if self.span == YearSpan::Century {
                    self.year
                } else {
                    whole.year.map(|year| year / 100)
                };
                Some(Calendar { year: Some(base? + amount), span: YearSpan::Century, ..Calendar::default() })
            }
            _ => None,
        }
    }

    fn years_on(&self, amount: i32) -> Option<Calendar> {
        let year = self.year?;
        let civil = (if year < 0 { year + 1 } else { year }).checked_add(amount)?;
        Some(Calendar { year: Some(if civil <= 0 { civil - 1 } else { civil }), ..Calendar::default() })
    }
}

fn signed(year: i32, digits: i32, width: usize) -> String {
    format!("{}{digits:0width$}", if year < 0 { "-" } else { "" })
}

fn years(first: i16, last: i16) -> Option<(Date, Date)> {
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

fn months(year: i16, first: u8, count: u8) -> Option<(Date, Date)> {
    let start = Date::new(year, first as i8, 1).ok()?;
    let last = i16::from(first) - 1 + i16::from(count) - 1;
    let end = Date::new(year.checked_add(last / 12)?, (last % 12 + 1) as i8, 1).ok()?;
    Some((start, end.last_of_month()))
}

fn week(date: Date) -> (Date, Date) {
    let monday =
        date.checked_sub(jiff::Span::new().days(date.weekday().since(Weekday::Monday))).unwrap_or(date);
    (monday, monday.checked_add(jiff::Span::new().days(6)).unwrap_or(monday))
}

fn season_code(season: u8) -> &'static str {
    match i32::from(season) {
        slot::SPRING => "SP",
        slot::SUMMER => "SU",
        slot::AUTUMN => "FA",
        _ => "WI",
    }
}

fn part_code(part: u8) -> &'static str {
    match i32::from(part) {
        slot::MORNING => "TMO",
        slot::AFTERNOON => "TAF",
        slot::EVENING => "TEV",
        slot::NIGHT => "TNI",
        slot::DAYTIME => "TDT",
        slot::NOON => "T12:00",
        _ => "T24:00",
    }
}
