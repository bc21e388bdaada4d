//! A cover: which parts of a text some spans take up, answered in logarithmic time however many there are.

use crate::model::Span;

/// Disjoint spans in order.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    spans: Vec<Span>,
}

impl Cover {
    pub fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.filter(|span| span.start < span.end).collect();
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        Cover { spans: merged }
    }

    /// Some span has a byte in common with this one.
    pub fn overlaps(&self, span: Span) -> bool {
        let at = self.spans.partition_point(|known| known.end <= span.start);
        self.spans.get(at).is_some_and(|known| known.overlaps(span))
    }

    /// This span lies inside the covered part.
    pub fn contains(&self, span: Span) -> bool {
        let at = self.spans.partition_point(|known| known.end <= span.start);
        self.spans.get(at).is_some_and(|known| known.contains(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_merge_where_they_overlap() {
        let spans = [Span::new(4, 8), Span::new(0, 2), Span::new(6, 10), Span::new(12, 12)];
        let cover = Cover::new(spans.into_iter());
        assert!(cover.contains(Span::new(5, 9)) && cover.overlaps(Span::new(1, 5)));
        assert!(!cover.overlaps(Span::new(2, 4)) && !cover.overlaps(Span::new(10, 14)));
    }
}
