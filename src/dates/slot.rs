//! Slots: the parts of a time expression that a pattern fills, and the codes their values are written
//! with in the rules. All values are integers so that a capture is a plain copy.

macro_rules! slots {
    ($($variant:ident => $name:literal),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Slot { $($variant),+ }

        impl Slot {
            pub fn from_name(name: &str) -> Option<Slot> {
                match name { $($name => Some(Slot::$variant),)+ _ => None }
            }
        }
    };
}

slots! {
    Year => "year", Month => "month", Day => "day", Weekday => "weekday", Season => "season",
    Quarter => "quarter", Half => "half", Century => "century", Decade => "decade", Era => "era",
    Hour => "hour", Minute => "minute", Meridiem => "meridiem", DayPart => "daypart",
    Count => "count", Unit => "unit", Offset => "offset", Base => "base", Mod => "mod", Ref => "ref",
    WeekOf => "weekof", Every => "every", Yy => "yy", Fraction => "fraction", Part => "part", Event => "event", Holiday => "holiday",
}

/// Vague amounts: `several`, `几`. Any count below zero is vague.
pub const VAGUE: i32 = -1;

macro_rules! codes {
    ($($name:ident $code:literal = $value:expr),+ $(,)?) => {
        $(#[allow(dead_code, reason = "some codes are only named by the rules")] pub const $name: i32 = $value;)+

        /// The value of a code word of the rules, or of a plain integer.
        pub fn code(word: &str) -> Option<i32> {
            match word { $($code => Some($value),)+ _ => word.parse().ok() }
        }
    };
}

codes! {
    // units, from short to long
    SECOND "second" = 1, MINUTE "minute" = 2, HOUR "hour" = 3, DAY "day" = 4, WEEK "week" = 5,
    WEEKEND "weekend" = 6, MONTH "month" = 7, QUARTER "quarter" = 8, SEASON "season" = 9, HALF "half" = 10,
    YEAR "year" = 11, DECADE "decade" = 12, CENTURY "century" = 13, MILLENNIUM "millennium" = 14,
    TIME "time" = 15,
    // years counted from a day to the same day of another year
    YEARDAY "yearday" = 16,
    // modifiers
    M_START "START" = 1, M_MID "MID" = 2, M_END "END" = 3, M_BEFORE "BEFORE" = 4, M_AFTER "AFTER" = 5,
    M_SINCE "SINCE" = 6, M_APPROX "APPROX" = 7, M_UNTIL "UNTIL" = 8,
    // parts of the day
    MORNING "TMO" = 1, AFTERNOON "TAF" = 2, EVENING "TEV" = 3, NIGHT "TNI" = 4, DAYTIME "TDT" = 5,
    NOON "T12:00" = 6, MIDNIGHT "T24:00" = 7,
    // seasons, by their EDTF number
    SPRING "SP" = 21, SUMMER "SU" = 22, AUTUMN "FA" = 23, WINTER "WI" = 24,
    // references without a date
    PAST "PAST_REF" = 1, PRESENT "PRESENT_REF" = 2, FUTURE "FUTURE_REF" = 3, UNKNOWN "UNKNOWN" = 4, SAME "LAST" = 5,
    // what an offset counts from
    LAST "last" = 1, NOW "now" = 2, NEAR "near" = 3,
    AM "am" = 1, PM "pm" = 2,
    BC "bc" = 1, AD "ad" = 2, ROC "roc" = 3, HEISEI "heisei" = 4, ANY "vague" = VAGUE,
}
