//! Hash tables of words, with a hash that is quick on short keys. Its seed is fixed; still nothing may
//! depend on the order of a table.

use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};

pub type Map<K, V> = HashMap<K, V, FixedState>;
pub type Set<K> = HashSet<K, FixedState>;
