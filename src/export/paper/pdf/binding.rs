//! Binds PDFs into one: their pages, their structure trees, their bookmarks.
//!
//! It handles what typst writes and nothing else: one level of pages, one bookmark per file, a structure tree whose number
//! tree has one node (PDF 1.7, ISO 32000-1, sections 7.7.3, 12.3.3 and 14.7).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::error::{BindError, Bound};
use super::file::{Section, file, numbers_for};
use super::leaf::{Leaf, Printout};
use super::links::sheet_of;
use super::roots::{OUTLINES, PAGES, STRUCTURE};
use crate::parallel;

/// The number of pages including an empty one at the end if the next sheet would otherwise not begin on a front page.
pub fn to_front_page(pages: usize) -> usize {
    pages.next_multiple_of(2)
}

/// A bookmark: the name of a sheet, below that of its chapter.
#[derive(Clone, Copy)]
pub struct Bookmark<'a> {
    pub chapter: Option<&'a str>,
    pub name: &'a str,
}

/// Binds the printouts in order, each on a front page. The contents have no bookmark.
pub fn bind(printouts: &[(&Printout, Option<Bookmark<'_>>)]) -> Bound<Vec<u8>> {
    let mut last = OUTLINES.0;
    let numbered: Vec<(usize, &Printout, u32)> = (0..)
        .zip(printouts)
        .map(|(index, (printout, _))| {
            let before = last;
            last += printout.numbers();
            (index, *printout, before)
        })
        .collect();
    let leaves = parallel::map_nested(&numbered, |(index, printout, before)| Leaf::new(printout, *index, *before));
    let mut whole = Whole::behind(last);
    for (leaf, (_, bookmark)) in leaves.into_iter().zip(printouts) {
        whole.add(leaf?, *bookmark);
    }
    whole.write()
}

/// The bound file, which grows leaf by leaf.
struct Whole<'a> {
    /// The highest number of an object.
    last: u32,
    sections: Vec<Section>,
    /// Objects that are written at the end.
    objects: BTreeMap<ObjectId, Object>,
    cover: Option<(Dictionary, Dictionary)>,
    pages: Vec<Object>,
    bookmarks: Vec<(Bookmark<'a>, ObjectId)>,
    tops: Vec<Object>,
    parents: Vec<Object>,
    ids: Vec<Object>,
    roles: Dictionary,
}

impl<'a> Whole<'a> {
    fn behind(last: u32) -> Self {
        Self {
            last,
            sections: Vec::new(),
            objects: BTreeMap::new(),
            cover: None,
            pages: Vec::new(),
            bookmarks: Vec::new(),
            tops: Vec::new(),
            parents: Vec::new(),
            ids: Vec::new(),
            roles: Dictionary::new(),
        }
    }

    fn next_id(&mut self) -> ObjectId {
        self.last += 1;
        (self.last, 0)
    }

    fn put(&mut self, object: Dictionary) -> ObjectId {
        let id = self.next_id();
        self.objects.insert(id, object.into());
        id
    }

    fn add(&mut self, leaf: Leaf, bookmark: Option<Bookmark<'a>>) {
        if let (Some(bookmark), Some(first)) = (bookmark, leaf.pages.first()) {
            self.bookmarks.push((bookmark, *first));
        }
        self.pages.extend(leaf.pages.into_iter().map(Object::from));
        if self.pages.len() % 2 == 1 {
            self.add_back(leaf.paper);
        }
        self.sections.push(leaf.section);
        self.cover.get_or_insert(leaf.cover);
        self.tops.extend(leaf.tops);
        self.parents.extend(leaf.parents);
        self.ids.extend(leaf.ids);
        self.roles.extend(&leaf.roles);
        self.objects.extend(leaf.links);
    }

    /// Adds an empty page, the back of a sheet of paper.
    fn add_back(&mut self, paper: Object) {
        let page = self.put(dictionary! {
            "Type" => "Page",
            "Parent" => PAGES,
            "MediaBox" => paper,
            "Resources" => Dictionary::new(),
            "Tabs" => "S",
        });
        self.pages.push(page.into());
    }

    fn write(mut self) -> Bound<Vec<u8>> {
        let (mut catalog, cover) = self.cover.take().ok_or(BindError::NoPage)?;
        self.lead_links();
        let outlines = self.outlines();
        let pages = dictionary! {
            "Type" => "Pages",
            "Count" => self.pages.len() as i64,
            "Kids" => std::mem::take(&mut self.pages),
        };
        let structure = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => std::mem::take(&mut self.tops),
            "ParentTree" => dictionary! { "Nums" => std::mem::take(&mut self.parents) },
            // Keys are shifted as far as the numbers of objects, so none of them is higher.
            "ParentTreeNextKey" => i64::from(self.last) + 1,
            "IDTree" => self.id_tree(),
            "RoleMap" => std::mem::take(&mut self.roles),
        };
        for (id, object) in [(PAGES, pages), (STRUCTURE, structure), (OUTLINES, outlines)] {
            self.objects.insert(id, object.into());
        }
        catalog.set("Pages", PAGES);
        catalog.set("StructTreeRoot", STRUCTURE);
        catalog.set("Outlines", OUTLINES);
        let mut trailer = dictionary! { "Root" => self.put(catalog) };
        for key in ["Info", "ID"] {
            if let Ok(value) = cover.get(key.as_bytes()) {
                trailer.set(key, value.clone());
            }
        }
        let mut section = Section::default();
        let behind = self.last + numbers_for(self.objects.len() as u32) + 1;
        section.write(self.objects, self.last + 1)?;
        self.sections.push(section);
        file(self.sections, behind, trailer)
    }

    /// Turns the addresses of links from the contents into pages.
    fn lead_links(&mut self) {
        for object in self.objects.values_mut() {
            if let Object::Dictionary(link) = object
                && let Some((_, first)) = sheet_of(link).and_then(|sheet| self.bookmarks.get(sheet))
            {
                link.remove(b"A");
                link.set("Dest", to_top_of(*first));
            }
        }
    }

    /// Chapters, and in them their sheets (section 12.3.3).
    fn outlines(&mut self) -> Dictionary {
        let bookmarks = std::mem::take(&mut self.bookmarks);
        let mut chapters = Vec::new();
        for run in bookmarks.chunk_by(|a, b| a.0.chapter == b.0.chapter) {
            let sheets = run.iter().map(|(bookmark, page)| {
                dictionary! { "Title" => text(bookmark.name), "Dest" => to_top_of(*page) }
            });
            match run[0] {
                (Bookmark { chapter: Some(chapter), .. }, page) => {
                    let id = self.next_id();
                    let mut item = dictionary! { "Title" => text(chapter), "Dest" => to_top_of(page) };
                    let sheets = sheets.map(|sheet| (self.next_id(), sheet)).collect();
                    self.chain(&mut item, id, sheets);
                    chapters.push((id, item));
                }
                (Bookmark { chapter: None, .. }, _) => chapters.extend(sheets.map(|sheet| (self.next_id(), sheet))),
            }
        }
        let mut outlines = dictionary! { "Type" => "Outlines" };
        self.chain(&mut outlines, OUTLINES, chapters);
        outlines
    }

    /// Links items to their parent and to one another, in order.
    fn chain(&mut self, parent: &mut Dictionary, parent_id: ObjectId, items: Vec<(ObjectId, Dictionary)>) {
        let ids: Vec<ObjectId> = items.iter().map(|(id, _)| *id).collect();
        for (index, (id, mut item)) in items.into_iter().enumerate() {
            item.set("Parent", parent_id);
            if let Some(before) = index.checked_sub(1).and_then(|before| ids.get(before)) {
                item.set("Prev", *before);
            }
            if let Some(next) = ids.get(index + 1) {
                item.set("Next", *next);
            }
            self.objects.insert(id, item.into());
        }
        if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
            parent.set("First", *first);
            parent.set("Last", *last);
            parent.set("Count", ids.len() as i64);
        }
    }

    /// A name tree is sorted by its keys (section 7.9.6).
    fn id_tree(&mut self) -> Dictionary {
        let pairs = std::mem::take(&mut self.ids);
        let mut pairs: Vec<&[Object]> = pairs.chunks_exact(2).collect();
        pairs.sort_by(|a, b| a[0].as_str().unwrap_or_default().cmp(b[0].as_str().unwrap_or_default()));
        dictionary! { "Names" => pairs.concat() }
    }
}

/// The top of the page, at the current zoom.
fn to_top_of(page: ObjectId) -> Object {
    vec![page.into(), "XYZ".into(), Object::Null, Object::Null, Object::Null].into()
}

/// A text string: UTF-16 with its mark (section 7.9.2.2).
fn text(said: &str) -> Object {
    let units = [0xfeff].into_iter().chain(said.encode_utf16());
    Object::string_literal(units.flat_map(u16::to_be_bytes).collect::<Vec<_>>())
}
