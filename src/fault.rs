//! Fault: an internal error, a panic of ours. It costs the page it happened on and is told as a
//! diagnostic that asks for a report; the run goes on.

use crate::model::{Diagnostic, Severity};
use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What to do about an internal error.
pub const INTERNAL_ERROR: &str = "please report it with the page or call that leads to it";

/// Code of the diagnostic of an internal error.
pub const CODE: &str = "internal-error";

/// What a panic said.
pub fn said(cause: &(dyn Any + Send)) -> &str {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no cause was given")
}

/// The diagnostic of a panic while `doing` something.
pub fn diagnostic(doing: &str, cause: &(dyn Any + Send)) -> Diagnostic {
    Diagnostic {
        source_start: 0,
        severity: Severity::Error,
        code: CODE,
        message: format!("internal error while {doing}: {}; {INTERNAL_ERROR}", said(cause)),
        excerpt: String::new(),
    }
}

/// What `work` gives; a panic in it is an error, since readers of other people's formats have faults
/// too and a damaged file must not end the call.
pub fn guarded<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let damaged = |cause: Box<dyn Any + Send>| {
        let message = format!("the file is damaged ({})", said(&*cause));
        Err(io::Error::new(io::ErrorKind::InvalidData, message))
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_is_told_and_a_report_asked_for() {
        let text = std::panic::catch_unwind(|| panic!("index {} is out", 3)).expect_err("a panic");
        let told = diagnostic("reading", &*text);
        assert_eq!((told.code, told.severity), ("internal-error", Severity::Error));
        assert!(told.message.contains("while reading: index 3 is out; please report"), "{}", told.message);
        let plain = std::panic::catch_unwind(|| panic!("plain")).expect_err("a panic");
        assert_eq!(said(&*plain), "plain");
    }
}
