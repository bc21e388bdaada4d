//! Wikitext: pages in the markup of MediaWiki.

use super::Rules;
use super::page::Page;
use crate::model::Decoded;

/// Cleans a page of wikitext.
pub fn clean(decoded: &Decoded, rules: &Rules) -> Page {
    super::plain::clean(decoded, rules)
}
