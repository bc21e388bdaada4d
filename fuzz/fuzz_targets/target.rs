//! The one binary that cargo-fuzz builds; `ANNALIST_FUZZ_TARGET` names the target, so that one build
//! of the dependencies serves all of them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

#[path = "../src/invariants.rs"]
mod invariants;
#[path = "../src/targets.rs"]
mod targets;

fn chosen() -> &'static targets::Target {
    static CHOSEN: OnceLock<&targets::Target> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let name = std::env::var("ANNALIST_FUZZ_TARGET").unwrap_or_default();
        targets::TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| {
            let names: Vec<&str> = targets::TARGETS.iter().map(|target| target.name).collect();
            panic!("ANNALIST_FUZZ_TARGET is none of {}", names.join(", "))
        })
    })
}

fuzz_target!(|data: &[u8]| (chosen().run)(data));
