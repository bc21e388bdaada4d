//! Marks: the classes of the lexicon that the code asks for by name, beside those that patterns name.
//!
//! They are looked up once, as a page asks for them at every expression.

use super::lexicon::{Class, Lexicon};

macro_rules! marks {
    ($($(#[$meta:meta])* $variant:ident => $name:literal),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Mark { $($(#[$meta])* $variant),+ }

        const NAMES: &[&str] = &[$($name),+];
    };
}

marks! {
    /// Joins the ends of a range.
    To => "to",
    /// What can have a date: invasion, treaty. The value tells the kinds apart.
    Event => "event",
    /// Ends a clause.
    Clause => "clause",
    /// Stands between a word of `LeadTo` and the date.
    Preposition => "preposition",
    /// Before a date of citation: retrieved, archived.
    Cited => "cited",
    /// After the name of an event.
    NameTail => "nametail",
    /// Before the name of an event.
    NameHead => "namehead",
    /// Parts the members of a list.
    Joiner => "joiner",
    /// Modifies the date it follows.
    Tail => "tail",
    /// Modifies the date it stands before.
    Lead => "lead",
    /// Modifies the date it stands before, with a preposition between.
    LeadTo => "leadto",
    /// Modifies a date earlier in its clause.
    FarTail => "fartail",
    Open => "open",
    Close => "close",
    /// Stands in brackets beside dates alone.
    BracketWord => "bracketword",
    /// Before a bracket that says when.
    Then => "then",
    /// Compares with a time: first, largest.
    Superlative => "superlative",
    /// Speaks of what is to come: a weekday beside it is the next one.
    Ahead => "ahead",
    /// After `until` it says that the thing was done then: 直到9月才恢复.
    OnlyThen => "onlythen",
    /// Words that are never what a number counts.
    Function => "function",
    /// Words that open an expression only beside a stronger one.
    Weak => "weak",
}

/// The class of each mark, where the language has it.
pub struct Marks([Option<Class>; NAMES.len()]);

impl Marks {
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut classes = [None; NAMES.len()];
        for (class, name) in classes.iter_mut().zip(NAMES) {
            *class = lexicon.class(name);
        }
        Marks(classes)
    }

    pub fn class(&self, mark: Mark) -> Option<Class> {
        self.0[mark as usize]
    }
}
