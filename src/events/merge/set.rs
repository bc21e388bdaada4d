//! Small ordered sets: what reports are compared by.
//!
//! A mention names a handful of entities, and there are millions of mentions. As trees, seven sets of a
//! few numbers take more than a kilobyte; as sorted lists they take their numbers.

use std::ops::RangeInclusive;

/// A sorted list without repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set<T>(Vec<T>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Set(Vec::new())
    }
}

impl<T: Ord + Copy> Set<T> {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn contains(&self, item: &T) -> bool {
        self.0.binary_search(item).is_ok()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    pub fn insert(&mut self, item: T) {
        if let Err(at) = self.0.binary_search(&item) {
            self.0.insert(at, item);
        }
    }

    /// Adds all of another set. One that is small against this one is put in place by place, so that a
    /// large group takes a report in little more than the time of the report.
    pub fn absorb(&mut self, other: &Self) {
        if other.len() * 8 < self.len() {
            other.iter().for_each(|item| self.insert(*item));
        } else if !other.is_empty() {
            self.0.extend_from_slice(&other.0);
            self.0.sort();
            self.0.dedup();
        }
    }

    /// The things that both have, in order.
    pub fn intersection<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = &'s T> {
        let (few, many) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        few.iter().filter(|item| many.contains(item))
    }

    /// Whether both have a thing in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.intersection(other).next().is_some()
    }

    /// The things from the first to the last of a range.
    pub fn range(&self, range: RangeInclusive<T>) -> &[T] {
        let from = self.0.partition_point(|item| item < range.start());
        let to = self.0.partition_point(|item| item <= range.end());
        &self.0[from..to]
    }
}

impl<T: Ord + Copy> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items: Vec<T> = items.into_iter().collect();
        items.sort();
        items.dedup();
        // There are millions of them, kept for long: no room to grow.
        items.shrink_to_fit();
        Set(items)
    }
}

impl<T: Ord + Copy, const N: usize> From<[T; N]> for Set<T> {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn sets_do_as_trees_do(
            a in proptest::collection::vec(0u8..40, 0..60),
            b in proptest::collection::vec(0u8..40, 0..6),
            low in 0u8..40,
            high in 0u8..40,
        ) {
            let (x, y): (BTreeSet<u8>, BTreeSet<u8>) = (a.iter().copied().collect(), b.iter().copied().collect());
            let (s, t): (Set<u8>, Set<u8>) = (a.iter().copied().collect(), b.iter().copied().collect());
            let shared: Vec<u8> = x.intersection(&y).copied().collect();
            prop_assert_eq!(s.intersection(&t).copied().collect::<Vec<_>>(), shared.clone());
            prop_assert_eq!(t.intersection(&s).copied().collect::<Vec<_>>(), shared.clone());
            prop_assert_eq!(s.meets(&t), !shared.is_empty());
            if low <= high {
                let within: Vec<u8> = x.range(low..=high).copied().collect();
                prop_assert_eq!(s.range(low..=high), within.as_slice());
            }
            for (mut into, more) in [(s.clone(), &t), (t.clone(), &s)] {
                into.absorb(more);
                prop_assert_eq!(into.iter().copied().collect::<Vec<_>>(), x.union(&y).copied().collect::<Vec<_>>());
            }
        }
    }
}
