//! Markdown: pages whose structure stands in light marks, with front matter before them.

use super::Rules;
use super::page::Page;
use crate::model::Decoded;

/// Cleans a page of Markdown.
pub fn clean(decoded: &Decoded, rules: &Rules) -> Page {
    super::plain::clean(decoded, rules)
}
