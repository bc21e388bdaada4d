//! Compiled tables: which counts make the table of which two scripts.

use super::chunks::Inventories;
use super::classes::Classes;
use super::compose::{Source, Through};
use super::counts::{Counts, Rows};
use super::keys::Skeletons;
use super::letters::Script;
use super::native;
use super::tables::{Background, Columns, Table};
use super::ukrainian::Ukrainian;
use Script::{Cyrillic, Han, Latin};
use std::sync::Arc;

/// Everything that is made of counts.
pub struct Compiled {
    pub inventories: Inventories,
    pub tables: Vec<Table>,
    pub skeletons: Skeletons,
    /// By script.
    backgrounds: [Background; 3],
}

/// The share of regional pairs of characters that were counted, beside those that share a sound.
const COUNTED: f32 = 0.7;
/// How often a letter stands for itself in two spellings of one script.
const ITSELF: f32 = 0.5;

impl Compiled {
    /// From the rule files that `file` gives by their path.
    pub fn new(file: &dyn Fn(&str) -> String, ukrainian: &Ukrainian) -> Self {
        let mut all = Inventories::new();
        let counts = Learned::read(file, ukrainian, &mut all);
        let classes = Classes::new(&file("translit/sound_classes.tsv"));
        let tables = counts.tables(&all, &classes);
        let skeletons = Skeletons::new(&[&counts.han_latin, &counts.cyrillic_latin], &all, classes);
        let backgrounds = [
            Background::new(Han, &[&counts.han_latin], &all),
            Background::new(Latin, &[&counts.han_latin, &counts.cyrillic_latin], &all),
            Background::new(Cyrillic, &[&counts.cyrillic_latin], &all),
        ];
        Compiled { tables, inventories: all, skeletons, backgrounds }
    }

    pub fn background(&self, script: Script) -> &Background {
        &self.backgrounds[script as usize]
    }
}

/// The counts of the rule files, with what rules add to them.
struct Learned {
    han_latin: Counts,
    han_cyrillic: Counts,
    cyrillic_latin: Counts,
    han_han: Counts,
    /// Characters of one region for those of another, through Latin.
    han_through: (Arc<Rows>, Arc<Rows>),
}

impl Learned {
    fn read(file: &dyn Fn(&str) -> String, ukrainian: &Ukrainian, all: &mut Inventories) -> Self {
        let mut read = |path: &str, left, right| Counts::read(&file(path), left, right, all);
        let mut counts = Learned {
            han_latin: read("translit/han_latin.tsv", Han, Latin),
            han_cyrillic: read("translit/han_cyrillic.tsv", Han, Cyrillic),
            cyrillic_latin: read("translit/cyrillic_latin.tsv", Cyrillic, Latin),
            han_han: read("translit/han_han.tsv", Han, Han),
            han_through: (Arc::default(), Arc::default()),
        };
        let sources = native::Sources {
            readings: &file("translit/han_readings.tsv"),
            abroad: &file("translit/han_readings_abroad.tsv"),
            japanese: &file("translit/han_readings_japanese.tsv"),
            habits: &file("translit/han_habits.toml"),
        };
        counts.han_through = (Arc::new(counts.han_latin.rows()), Arc::new(counts.han_latin.columns()));
        native::add(&mut counts.han_latin, &mut counts.han_cyrillic, &sources, all);
        ukrainian.add_to(&mut counts.han_cyrillic, all.of_mut(Cyrillic));
        ukrainian.add_to(&mut counts.cyrillic_latin, all.of_mut(Cyrillic));
        counts
    }

    fn tables(&self, all: &Inventories, classes: &Classes) -> Vec<Table> {
        let latin = Arc::new(Columns::new(Latin, &[&self.han_latin, &self.cyrillic_latin], all, classes));
        let cyrillic =
            Arc::new(Columns::new(Cyrillic, &[&self.han_cyrillic, &self.cyrillic_latin], all, classes));
        let han = Arc::new(Columns::new(Han, &[&self.han_latin], all, classes));
        let direct = |counts: &Counts| Source { direct: Some((counts.rows(), 1.0)), through: None };
        let (to_latin, from_latin) =
            (Arc::new(self.cyrillic_latin.rows()), Arc::new(self.cyrillic_latin.columns()));
        let through = |script, to: &Arc<Rows>, from: &Arc<Rows>, identity| Through {
            to: to.clone(),
            from: from.clone(),
            identity,
            single: all.of(script).single_letters(),
        };
        let only = |through| Source { direct: None, through: Some((through, 1.0)) };
        let regional = Source {
            direct: Some((self.han_han.rows(), COUNTED)),
            through: Some((through(Han, &self.han_through.0, &self.han_through.1, 0.0), 1.0 - COUNTED)),
        };
        let table = |left, right, widest, source, columns: &Arc<Columns>| {
            Table::new((left, right), widest, source, columns.clone(), all)
        };
        vec![
            table(Han, Latin, 1, direct(&self.han_latin), &latin),
            table(Han, Cyrillic, 1, direct(&self.han_cyrillic), &cyrillic),
            table(Cyrillic, Latin, 2, direct(&self.cyrillic_latin), &latin),
            table(Latin, Latin, 4, only(through(Latin, &from_latin, &to_latin, ITSELF)), &latin),
            table(Cyrillic, Cyrillic, 2, only(through(Cyrillic, &to_latin, &from_latin, ITSELF)), &cyrillic),
            table(Han, Han, 1, regional, &han),
        ]
    }
}
