//! The documents of a dataset: in memory what the global stages ask of each, the rest on disk.
//!
//! Documents come in any order and are [gathered](Gathering) as they come. Then they stand in the
//! order of their sources, and each can be opened again, as often as needed, with what people know
//! better put right.

use super::ids::{self, DocumentIds};
use super::near_duplicates::{self, Sketch};
use super::spill::{Place, Spill};
use crate::model::{
    Brief, DocumentEntity, Extracted, KnownEntity, NameLink, NameMention, RowId, Status, ToldEvent,
};
use crate::names::reconcile::census::Census;
use crate::overrides::Overrides;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Bytes of a chunk of documents that one thread opens, and chunks that are read at a time.
const CHUNK_BYTES: usize = 1 << 19;
const CHUNKS: usize = 16;

/// A document with the ids of its parts.
pub struct Whole {
    pub extracted: Extracted,
    pub ids: DocumentIds,
}

/// Documents as they lie on disk, each with its number.
pub type Chunk = Vec<(usize, Vec<u8>)>;

/// What a run read, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    pub documents: usize,
    pub rejected: usize,
    pub sentences: usize,
    /// Of the records.
    pub bytes: u64,
}

/// A document ready to be gathered: what the global half needs of it, and all of it as bytes.
pub struct Packed {
    brief: Brief,
    entities: Vec<DocumentEntity>,
    links: Vec<NameLink>,
    sketch: Option<Box<Sketch>>,
    extent: Extent,
    bytes: Vec<u8>,
}

/// Packs a document; none where it is to be left out. Depends on nothing but its arguments.
pub fn pack(extracted: Extracted, overrides: &Overrides) -> Option<Packed> {
    if !overrides.keeps(&extracted.cleaned.document.source) {
        return None;
    }
    let mut ids = ids::of_document(&extracted);
    let bytes = postcard::to_stdvec(&(&extracted, &ids)).unwrap_or_default();
    let mut extracted = extracted;
    overrides.mentions(&mut extracted, &mut ids);
    let document = &extracted.cleaned.document;
    let extent = Extent {
        documents: 1,
        rejected: usize::from(document.status == Status::Rejected),
        sentences: extracted.cleaned.sentences.len(),
        bytes: document.bytes,
    };
    Some(Packed {
        brief: brief(&extracted, &ids),
        sketch: near_duplicates::sketch(&extracted.cleaned).map(Box::new),
        entities: extracted.named.entities,
        links: extracted.named.links,
        extent,
        bytes,
    })
}

/// What the global stages see of a document; its profiles are not known yet.
fn brief(extracted: &Extracted, ids: &DocumentIds) -> Brief {
    let named = named(&extracted.named.mentions, extracted.named.entities.len());
    let mentions = crate::events::told(extracted).into_iter().zip(&extracted.mentions).zip(&ids.mentions);
    let mentions = mentions.map(|((told, mention), id)| ToldEvent {
        id: RowId::new(id),
        words: RowId::new(&ids::signature(extracted, mention)),
        ..told
    });
    Brief {
        source: extracted.cleaned.document.source.clone(),
        sha256: extracted.cleaned.document.sha256.clone(),
        entities: named.into_iter().map(|named| KnownEntity { profile: 0, named }).collect(),
        mentions: mentions.collect(),
    }
}

/// How often each entity of a document is named.
fn named(mentions: &[NameMention], entities: usize) -> Vec<u32> {
    let mut named = vec![0; entities];
    for mention in mentions {
        if let Some(count) = named.get_mut(mention.entity) {
            *count += 1;
        }
    }
    named
}

/// Documents on their way into a dataset.
pub struct Gathering<'a> {
    gathered: Vec<Gathered>,
    census: Census,
    spill: Spill,
    extent: Extent,
    overrides: &'a Overrides,
}

struct Gathered {
    brief: Brief,
    sketch: Option<Box<Sketch>>,
    place: Place,
}

impl<'a> Gathering<'a> {
    /// None yet. They will lie on the disk of `folder`.
    pub fn new(folder: &Path, overrides: &'a Overrides) -> io::Result<Self> {
        let spill = Spill::new(folder)?;
        Ok(Gathering {
            gathered: Vec::new(),
            census: Census::default(),
            spill,
            extent: Extent::default(),
            overrides,
        })
    }

    pub fn add(&mut self, packed: Packed) -> io::Result<()> {
        let Packed { mut brief, entities, links, sketch, extent, bytes } = packed;
        for (known, entity) in brief.entities.iter_mut().zip(&entities) {
            known.profile = self.census.add(entity);
        }
        links.iter().for_each(|link| self.census.link(link));
        self.extent.documents += extent.documents;
        self.extent.rejected += extent.rejected;
        self.extent.sentences += extent.sentences;
        self.extent.bytes += extent.bytes;
        self.gathered.push(Gathered { brief, sketch, place: self.spill.add(&bytes)? });
        Ok(())
    }

    /// The documents in the order of their sources, what they know of names, and for each the index of
    /// the one that it nearly repeats.
    pub fn finish(mut self) -> io::Result<(Documents<'a>, Census, Vec<Option<usize>>)> {
        self.gathered.sort_by(|a, b| a.brief.source.cmp(&b.brief.source));
        self.rename()?;
        let near_duplicates =
            near_duplicates::mark(self.gathered.iter_mut().map(|document| document.sketch.take()));
        let (mut briefs, mut places) = (Vec::new(), Vec::new());
        for document in self.gathered {
            briefs.push(document.brief);
            places.push(document.place);
        }
        self.census.order(&mut briefs);
        let documents = Documents {
            briefs,
            places,
            spill: Mutex::new(self.spill),
            extent: self.extent,
            overrides: self.overrides,
            parted: BTreeMap::new(),
        };
        Ok((documents, self.census, near_duplicates))
    }

    /// Where records of one file have one name, the later ones are numbered. They are sorted again then.
    fn rename(&mut self) -> io::Result<()> {
        let (mut first, mut renamed) = (0, Vec::new());
        for at in 1..self.gathered.len() {
            let source = &self.gathered[at].brief.source;
            if *source == self.gathered[first].brief.source {
                renamed.push((at, format!("{source}~{}", at - first + 1)));
            } else {
                first = at;
            }
        }
        for (at, source) in &renamed {
            let document = &mut self.gathered[*at];
            let mut whole = parse(&self.spill.read(document.place)?)?;
            whole.extracted.cleaned.document.source.clone_from(source);
            whole.ids = ids::of_document(&whole.extracted);
            let bytes = postcard::to_stdvec(&(&whole.extracted, &whole.ids)).map_err(io::Error::other)?;
            document.place = self.spill.add(&bytes)?;
            self.overrides.mentions(&mut whole.extracted, &mut whole.ids);
            document.brief = with_profiles(&whole, &document.brief);
        }
        if !renamed.is_empty() {
            self.gathered.sort_by(|a, b| a.brief.source.cmp(&b.brief.source));
        }
        Ok(())
    }
}

/// The brief of a document, with the profiles that an earlier one had.
fn with_profiles(whole: &Whole, earlier: &Brief) -> Brief {
    let mut brief = brief(&whole.extracted, &whole.ids);
    let both = brief.entities.iter_mut().zip(&earlier.entities);
    both.for_each(|(known, earlier)| known.profile = earlier.profile);
    brief
}

fn parse(bytes: &[u8]) -> io::Result<Whole> {
    let broken = |error| io::Error::new(io::ErrorKind::InvalidData, format!("a document on disk: {error}"));
    let (extracted, ids) = postcard::from_bytes(bytes).map_err(broken)?;
    Ok(Whole { extracted, ids })
}

/// Names to be parted: the entity of the document, and the spelling that becomes another.
type Parted = Vec<(usize, String)>;

/// All documents of a dataset, in the order of their sources.
pub struct Documents<'a> {
    pub briefs: Vec<Brief>,
    places: Vec<Place>,
    spill: Mutex<Spill>,
    pub extent: Extent,
    overrides: &'a Overrides,
    parted: BTreeMap<usize, Parted>,
}

impl Documents<'_> {
    /// Documents from disk, a batch of chunks at a time, in order.
    pub fn batches(&self) -> impl Iterator<Item = io::Result<Vec<Chunk>>> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let mut batch = Vec::new();
            while next < self.places.len() && batch.len() < CHUNKS {
                match self.chunk(&mut next) {
                    Ok(chunk) => batch.push(chunk),
                    Err(error) => return Some(Err(error)),
                }
            }
            (!batch.is_empty()).then_some(Ok(batch))
        })
    }

    fn chunk(&self, next: &mut usize) -> io::Result<Chunk> {
        let mut spill = self.spill.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while *next < self.places.len() && bytes < CHUNK_BYTES {
            let place = self.places[*next];
            chunk.push((*next, spill.read(place)?));
            bytes += place.bytes as usize;
            *next += 1;
        }
        Ok(chunk)
    }

    /// A document from its bytes, with what people know better put right.
    pub fn open(&self, at: usize, bytes: &[u8]) -> io::Result<Whole> {
        let mut whole = parse(bytes)?;
        self.overrides.mentions(&mut whole.extracted, &mut whole.ids);
        for (entity, name) in self.parted.get(&at).into_iter().flatten() {
            crate::overrides::part_mentions(&mut whole.extracted, *entity, name);
        }
        Ok(whole)
    }

    /// The number of each document by its id.
    pub fn numbers(&self) -> HashMap<String, usize> {
        self.briefs.iter().enumerate().map(|(at, brief)| (ids::document(&brief.source), at)).collect()
    }

    /// Calls `work` with each document in order.
    pub fn each(&self, mut work: impl FnMut(usize, Whole)) -> io::Result<()> {
        for batch in self.batches() {
            for (at, bytes) in batch?.into_iter().flatten() {
                work(at, self.open(at, &bytes)?);
            }
        }
        Ok(())
    }

    /// Makes `name`, a spelling of entity `entity` of a document, an entity of its own with the
    /// profile `theirs`; the others have the profile `ours`.
    pub fn part(&mut self, at: usize, entity: usize, name: &str, ours: u32, theirs: u32) -> io::Result<()> {
        self.parted.entry(at).or_default().push((entity, name.to_owned()));
        let bytes = self.spill.get_mut().unwrap_or_else(PoisonError::into_inner).read(self.places[at])?;
        let whole = self.open(at, &bytes)?;
        let mut brief = with_profiles(&whole, &self.briefs[at]);
        brief.entities[entity].profile = ours;
        if let Some(last) = brief.entities.last_mut() {
            last.profile = theirs;
        }
        self.briefs[at] = brief;
        Ok(())
    }
}
