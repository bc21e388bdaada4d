//! Whether a text is an EDTF date of level 0 or 1, or one of the level 2 seasons, quarters and halves.

use jiff::civil::Date;

/// A date, or an interval whose ends are dates, open (`..`) or unknown (empty).
pub fn is_valid(text: &str) -> bool {
    match text.split_once('/') {
        None => date(text),
        Some((start, end)) => {
            let side = |side: &str| side.is_empty() || side == ".." || date(side);
            let known = |side: &str| !side.is_empty() && side != "..";
            side(start) && side(end) && (known(start) || known(end))
        }
    }
}

/// `2022`, `2022-03`, `2022-03-14`, `202X`, `2022-XX`, `XXXX-05-22`, `2022-21`, `Y-17000`, each with `?`, `~` or `%`.
fn date(text: &str) -> bool {
    let text = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    if let Some(year) = text.strip_prefix('Y') {
        let digits = year.strip_prefix('-').unwrap_or(year);
        return digits.len() > 4 && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    }
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let mut parts = unsigned.split('-');
    let year = parts.next().unwrap_or("");
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() || !digits(year, 4) {
        return false;
    }
    match (month, day) {
        (None, _) => true,
        (Some(month), None) => digits(month, 2) && number(month).is_none_or(is_month_or_season),
        (Some(month), Some(day)) => digits(month, 2) && digits(day, 2) && in_calendar(year, month, day),
    }
}

/// Digits and, from some digit on or alone, `X` for those that are not known.
fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit() || b == b'X')
}

fn number(text: &str) -> Option<i16> {
    text.parse().ok()
}

fn is_month_or_season(number: i16) -> bool {
    (1..=12).contains(&number) || (21..=41).contains(&number)
}

/// A day that some year has; where the year is not known, one that a leap year has.
fn in_calendar(year: &str, month: &str, day: &str) -> bool {
    let (year, month, day) = (number(year).unwrap_or(2000), number(month), number(day));
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month as i8, day as i8).is_ok(),
        (Some(month), None) => (1..=12).contains(&month),
        (None, Some(day)) => (1..=31).contains(&day),
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn dates_and_intervals_of_level_0_and_1() {
        for good in [
            "2022",
            "2022-03",
            "2022-03-14",
            "202X",
            "20XX",
            "2022-XX",
            "2022-XX-XX",
            "XXXX-05-22",
            "XXXX-02-29",
            "2022-21",
            "2022-33",
            "2022-41",
            "2022-03-14~",
            "2022?",
            "-0043-03-15",
            "Y-17000",
            "Y170000",
            "2022-03-14/2022-03-17",
            "2022-03-27/..",
            "../2022",
            "2022/",
            "2022-03~/2022-04",
        ] {
            assert!(is_valid(good), "{good}");
        }
        for bad in [
            "",
            "22",
            "2022-13",
            "2022-20",
            "2022-02-30",
            "2023-02-29",
            "2022-3-1",
            "2022-03-14T10",
            "../..",
            "/",
            "2022/2023/2024",
            "March 2022",
            "2022-03-",
            "Y2022",
            "2022-42",
        ] {
            assert!(!is_valid(bad), "{bad}");
        }
    }
}
