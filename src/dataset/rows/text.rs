//! Rows about the text: its headings, its sentences, and what they say of time.

use super::CodePoints;
use crate::dataset::documents::Whole;
use crate::dataset::frame::Frame;

pub fn sections(frame: &mut Frame, Whole { extracted, ids }: &Whole) {
    for (ordinal, section) in extracted.cleaned.sections.iter().enumerate() {
        let context = extracted.dated.contexts.get(ordinal).map_or("", |context| context.edtf.as_str());
        frame.push([
            (&ids.sections[ordinal]).into(),
            (&ids.document).into(),
            section.parent.map_or("", |parent| ids.sections[parent].as_str()).into(),
            ordinal.into(),
            u32::from(section.level).into(),
            (&section.heading).into(),
            context.into(),
        ]);
    }
}

pub fn sentences(frame: &mut Frame, Whole { extracted, ids }: &Whole) {
    for (ordinal, sentence) in extracted.cleaned.sentences.iter().enumerate() {
        frame.push([
            (&ids.sentences[ordinal]).into(),
            (&ids.document).into(),
            (&ids.sections[sentence.section]).into(),
            ordinal.into(),
            sentence.block.code().into(),
            sentence.language.code().into(),
            (&sentence.text).into(),
            sentence.source.start.into(),
            sentence.source.end.into(),
        ]);
    }
}

pub fn time_expressions(frame: &mut Frame, Whole { extracted, ids }: &Whole) {
    let times = &extracted.dated.times;
    let mut order: Vec<usize> = (0..times.len()).collect();
    order.sort_by_key(|&at| (times[at].sentence, times[at].span));
    for at in order {
        let time = &times[at];
        let sentence = &extracted.cleaned.sentences[time.sentence];
        let places = CodePoints::of(sentence);
        frame.push([
            (&ids.times[at]).into(),
            (&ids.sentences[time.sentence]).into(),
            places.at(time.span.start).into(),
            places.at(time.span.end).into(),
            places.words(time.span).into(),
            time.kind.code().into(),
            (&time.timex_value).into(),
            (&time.edtf).into(),
            time.start.into(),
            time.end.into(),
            time.precision.code().into(),
            time.modifier.code().into(),
            time.basis.code().into(),
            time.year_from.code().into(),
            time.anchor.map_or("", |anchor| ids.times[anchor].as_str()).into(),
            time.rule.into(),
        ]);
    }
}
