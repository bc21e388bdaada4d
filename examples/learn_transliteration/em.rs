//! Expectation maximisation for chunk pairs: both spellings of a name are cut into chunks, and how
//! often a chunk of one stands for a chunk of the other is learned from whole names alone.

use std::collections::HashMap;

/// One name in two spellings and how much it counts.
pub struct Pair {
    pub left: Vec<char>,
    pub right: Vec<char>,
    pub weight: f64,
}

/// How many letters a chunk may have, and how the learning runs.
#[derive(Clone, Copy)]
pub struct Options {
    pub max_left: usize,
    pub max_right: usize,
    pub rounds: usize,
}

/// The odds, before looking, that two spellings of the training data are not of one name.
const NOISE: f64 = 0.1;
/// Expected counts below this are dropped each round: rare chunk pairs are chance.
const FLOOR: f64 = 0.02;

/// The expected count of each (left chunk, right chunk).
pub fn learn(pairs: &[Pair], options: Options) -> Vec<(String, String, f64)> {
    let mut model = Model::new(options);
    let compiled: Vec<Compiled> = pairs.iter().map(|pair| model.compile(pair)).collect();
    let background = Background::new(pairs);
    model.start(&compiled);
    for round in 0..options.rounds {
        let mut counts = vec![0.0; model.probability.len()];
        for (pair, compiled) in pairs.iter().zip(&compiled) {
            let noise = if round < 3 { 0.0 } else { NOISE * background.probability(pair) };
            compiled.expect(&model.probability, noise, pair.weight, &mut counts);
        }
        model.maximise(&counts);
    }
    let mut counts = vec![0.0; model.probability.len()];
    for (pair, compiled) in pairs.iter().zip(&compiled) {
        compiled.expect(&model.probability, NOISE * background.probability(pair), pair.weight, &mut counts);
    }
    let named = model.names.into_iter().zip(counts).map(|((left, right), count)| (left, right, count));
    named.filter(|(_, _, count)| *count > 0.0).collect()
}

struct Edge {
    from: u16,
    to: u16,
    chunk: u32,
    start: f32,
}

/// The lattice of all cuts of a pair; nodes are `left position * (right length + 1) + right position`,
/// edges sorted by their first node.
struct Compiled {
    nodes: usize,
    edges: Vec<Edge>,
}

impl Compiled {
    /// Adds the expected counts of the pair, weighed by the odds that it is one name at all.
    fn expect(&self, probability: &[f64], noise: f64, weight: f64, counts: &mut [f64]) {
        let mut forward = vec![0.0; self.nodes];
        let mut backward = vec![0.0; self.nodes];
        forward[0] = 1.0;
        backward[self.nodes - 1] = 1.0;
        for edge in &self.edges {
            forward[edge.to as usize] += forward[edge.from as usize] * probability[edge.chunk as usize];
        }
        let total = forward[self.nodes - 1];
        if total <= 0.0 {
            return;
        }
        for edge in self.edges.iter().rev() {
            backward[edge.from as usize] += backward[edge.to as usize] * probability[edge.chunk as usize];
        }
        let scale = weight / (total + noise);
        for edge in &self.edges {
            let chunk = edge.chunk as usize;
            counts[chunk] +=
                forward[edge.from as usize] * probability[chunk] * backward[edge.to as usize] * scale;
        }
    }
}

struct Model {
    options: Options,
    ids: HashMap<(String, String), u32>,
    names: Vec<(String, String)>,
    probability: Vec<f64>,
}

impl Model {
    fn new(options: Options) -> Self {
        Model { options, ids: HashMap::new(), names: Vec::new(), probability: Vec::new() }
    }

    fn compile(&mut self, pair: &Pair) -> Compiled {
        let (n, m) = (pair.left.len(), pair.right.len());
        let ratio = m as f32 / n as f32;
        let mut edges = Vec::new();
        for i in 0..n {
            for j in 0..=m {
                for a in 1..=self.options.max_left.min(n - i) {
                    for b in 0..=self.options.max_right.min(m - j) {
                        let drift = ((i + a) as f32 * ratio - (j + b) as f32).abs();
                        if drift > 2.5 + ratio {
                            continue;
                        }
                        let left: String = pair.left[i..i + a].iter().collect();
                        let right: String = pair.right[j..j + b].iter().collect();
                        let from = (i * (m + 1) + j) as u16;
                        let to = ((i + a) * (m + 1) + j + b) as u16;
                        let start = (-drift - (b as f32 - a as f32 * ratio).abs() - (a as f32 - 1.0)).exp();
                        edges.push(Edge { from, to, chunk: self.id(left, right), start });
                    }
                }
            }
        }
        Compiled { nodes: (n + 1) * (m + 1), edges }
    }

    fn id(&mut self, left: String, right: String) -> u32 {
        let next = self.names.len() as u32;
        let names = &mut self.names;
        *self.ids.entry((left, right)).or_insert_with_key(|key| {
            names.push(key.clone());
            next
        })
    }

    /// First counts: each cut as likely as its chunks are even.
    fn start(&mut self, compiled: &[Compiled]) {
        let mut counts = vec![0.0; self.names.len()];
        for pair in compiled {
            for edge in &pair.edges {
                counts[edge.chunk as usize] += f64::from(edge.start);
            }
        }
        self.probability = vec![0.0; counts.len()];
        self.maximise(&counts);
    }

    fn maximise(&mut self, counts: &[f64]) {
        let kept = |count: f64| if count < FLOOR { 0.0 } else { count };
        let total: f64 = counts.iter().copied().map(kept).sum();
        for (probability, count) in self.probability.iter_mut().zip(counts) {
            *probability = kept(*count) / total;
        }
    }
}

/// Letters by themselves: how likely two spellings are when they have nothing to do with each other.
struct Background {
    left: HashMap<char, f64>,
    right: HashMap<char, f64>,
}

impl Background {
    fn new(pairs: &[Pair]) -> Self {
        Background {
            left: frequencies(pairs.iter().map(|p| &p.left)),
            right: frequencies(pairs.iter().map(|p| &p.right)),
        }
    }

    fn probability(&self, pair: &Pair) -> f64 {
        let of =
            |letters: &[char], table: &HashMap<char, f64>| letters.iter().map(|c| table[c]).product::<f64>();
        of(&pair.left, &self.left) * of(&pair.right, &self.right)
    }
}

/// Share of each letter; the end of a name counts as one, so that it is not free.
fn frequencies<'a>(names: impl Iterator<Item = &'a Vec<char>>) -> HashMap<char, f64> {
    let mut counts: HashMap<char, f64> = HashMap::new();
    let mut total = 0.0;
    for name in names {
        total += name.len() as f64;
        for c in name {
            *counts.entry(*c).or_default() += 1.0;
        }
    }
    counts.values_mut().for_each(|count| *count /= total);
    counts
}
