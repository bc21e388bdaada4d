//! Assignment: at most one partner a name, the surest links first.

use super::{Evidence, Link, Options};

/// Two names that were compared.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    pub left: usize,
    pub right: usize,
    /// The evidence of their sound.
    pub sound: f32,
    /// Both are names of one row of the list of known names.
    pub known: bool,
}

/// How much the next best of each side takes from a link's evidence.
const HUB: f32 = 0.75;

/// Chooses partners and gives the links, for each left name its candidates sorted by evidence.
pub fn assign(compared: Vec<Vec<Candidate>>, rights: usize, options: Options) -> Vec<Link> {
    let left_best: Vec<[f32; 2]> =
        compared.iter().map(|list| best_two(list.iter().map(|c| c.sound))).collect();
    let mut right_best = vec![[0.0f32; 2]; rights];
    for candidate in compared.iter().flatten() {
        let best = &mut right_best[candidate.right];
        *best = best_two(best.iter().copied().chain([candidate.sound]));
    }
    let judged = |candidate: &Candidate| -> (f32, f32) {
        let (l, r) = (left_best[candidate.left], right_best[candidate.right]);
        let adjusted = candidate.sound - HUB * (l[0] + l[1] + r[0] + r[1]) / 4.0;
        (adjusted, other(l, candidate.sound).max(other(r, candidate.sound)))
    };
    let mut all: Vec<(Candidate, f32, f32)> = compared
        .iter()
        .flatten()
        .map(|candidate| {
            let (adjusted, next) = judged(candidate);
            (*candidate, adjusted, next)
        })
        .collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| (a.0.left, a.0.right).cmp(&(b.0.left, b.0.right))));
    let mut partner: Vec<Option<usize>> = vec![None; compared.len()];
    let mut taken = vec![false; rights];
    let mut links: Vec<Vec<Link>> = vec![Vec::new(); compared.len()];
    for (candidate, adjusted, next) in all {
        let assigned = partner[candidate.left].is_none() && !taken[candidate.right];
        if assigned {
            partner[candidate.left] = Some(candidate.right);
            taken[candidate.right] = true;
        }
        let score = probability(adjusted) * if assigned { 1.0 } else { TAKEN };
        let evidence = Evidence { sound: candidate.sound, next, known: candidate.known, assigned };
        links[candidate.left].push(Link { left: candidate.left, right: candidate.right, score, evidence });
    }
    for links in &mut links {
        links.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.right.cmp(&b.right)));
        links.retain(|link| link.score >= options.least);
        links.truncate(options.top);
    }
    links.into_iter().flatten().collect()
}

/// What a link keeps of its score where one of its names has a better partner.
const TAKEN: f64 = 0.5;

/// The odds of a link as a probability.
fn probability(adjusted: f32) -> f64 {
    1.0 / (1.0 + (-(f64::from(adjusted) - MIDDLE) / SPREAD).exp())
}

const MIDDLE: f64 = 1.0;
const SPREAD: f64 = 0.55;

/// The two greatest, at least 0, the greatest first.
fn best_two(values: impl Iterator<Item = f32>) -> [f32; 2] {
    values.fold([0.0; 2], |[first, second], value| match value {
        _ if value > first => [value, first],
        _ if value > second => [first, value],
        _ => [first, second],
    })
}

/// The best besides a value.
fn other(best: [f32; 2], value: f32) -> f32 {
    if value >= best[0] { best[1] } else { best[0] }
}
