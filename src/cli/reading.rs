//! Flags of reading: which fields hold text, and how far archives may go.

use crate::read::{Limits, Options};

#[derive(clap::Args, Debug, Clone)]
#[command(next_help_heading = "Reading")]
pub struct Reading {
    /// Further JSON field or table column that holds text; may be given again
    #[arg(long, value_name = "FIELD")]
    json_text: Vec<String>,
    /// Longest record, in MiB; what is longer is cut
    #[arg(long, value_name = "MIB", default_value_t = Limits::default().record_bytes >> 20, value_parser = clap::value_parser!(u64).range(1..=1 << 20))]
    max_record: u64,
    /// Most that one packed file may unpack to, in GiB
    #[arg(long, value_name = "GIB", default_value_t = Limits::default().unpacked_bytes >> 30, value_parser = clap::value_parser!(u64).range(1..=1 << 20))]
    max_unpacked: u64,
    /// Most times that packed bytes may grow
    #[arg(long, value_name = "N", default_value_t = Limits::default().ratio, value_parser = clap::value_parser!(u64).range(1..))]
    max_ratio: u64,
    /// Most archives within archives
    #[arg(long, value_name = "N", default_value_t = Limits::default().depth)]
    max_depth: u8,
}

impl Reading {
    pub fn options(&self) -> Options {
        Options {
            json_text: self.json_text.clone(),
            limits: Limits {
                record_bytes: self.max_record << 20,
                unpacked_bytes: self.max_unpacked << 30,
                ratio: self.max_ratio,
                depth: self.max_depth,
            },
            ..Options::default()
        }
    }
}
