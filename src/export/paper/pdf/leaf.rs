//! One PDF of a batch, prepared for binding: its objects are written, except those that go into the trees of the bound
//! file.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::error::{BindError, Bound};
use super::file::{Section, numbers_for};
use super::links::sheet_of;
use super::roots::{PAGES, STRUCTURE};

/// A PDF as typst wrote it, with what binding needs to know about it.
pub struct Printout {
    bytes: Vec<u8>,
    pages: usize,
    /// One more than its highest object.
    size: u32,
}

impl Printout {
    pub fn new(bytes: Vec<u8>, pages: usize) -> Bound<Self> {
        let size = size(&bytes).ok_or(BindError::NoTrailer)?;
        Ok(Self { bytes, pages, size })
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub fn pages(&self) -> usize {
        self.pages
    }

    /// How many object numbers it takes in the bound file.
    pub fn numbers(&self) -> u32 {
        numbers_for(self.size)
    }
}

/// "/Size 831" in the trailer, at the end of the file (section 7.5.5).
fn size(bytes: &[u8]) -> Option<u32> {
    const KEY: &[u8] = b"/Size ";
    let at = bytes.windows(KEY.len()).rposition(|window| window == KEY)?;
    let digits: Vec<u8> = bytes[at + KEY.len()..].iter().copied().take_while(u8::is_ascii_digit).collect();
    std::str::from_utf8(&digits).ok()?.parse().ok()
}

/// A printout that is ready to be bound.
pub struct Leaf {
    pub section: Section,
    pub pages: Vec<ObjectId>,
    /// The media box of its first page.
    pub paper: Object,
    /// The catalog and the trailer. Those of the first leaf become those of the bound file.
    pub cover: (Dictionary, Dictionary),
    /// The roots of its structure tree.
    pub tops: Vec<Object>,
    /// The number tree from marked content to structure elements, in pairs.
    pub parents: Vec<Object>,
    /// The ids of table heads with their elements, in pairs.
    pub ids: Vec<Object>,
    /// The mapping from typst's element types to standard ones.
    pub roles: Dictionary,
    /// Links to other sheets. They are written when the pages of those are known.
    pub links: BTreeMap<ObjectId, Object>,
}

impl Leaf {
    /// The printout at that index of the bound file, with its objects numbered from after `last`.
    pub fn new(printout: &Printout, index: usize, last: u32) -> Bound<Self> {
        let mut document = Document::load_mem(&printout.bytes)?;
        shift(&mut document, last);
        let catalog_id = document.trailer.get(b"Root")?.as_reference()?;
        let catalog = document.catalog()?.clone();
        let root_id = catalog.get(b"StructTreeRoot")?.as_reference()?;
        let root = document.get_dictionary(root_id)?.clone();
        let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
        let first = pages.first().ok_or(BindError::NoPage)?;
        let mut leaf = Self {
            section: Section::default(),
            paper: document.get_dictionary(*first)?.get(b"MediaBox")?.clone(),
            cover: (catalog.clone(), document.trailer.clone()),
            tops: root.get(b"K")?.as_array()?.clone(),
            parents: Vec::new(),
            ids: Vec::new(),
            roles: root.get(b"RoleMap").and_then(Object::as_dict).cloned().unwrap_or_default(),
            links: BTreeMap::new(),
            pages,
        };
        leaf.take_pages(&mut document, last)?;
        leaf.take_structure(&mut document, &root, &format!("{index}-"), last)?;
        // Binding writes these for the whole file. The description of the document stays in the first leaf.
        let mut gone = vec![catalog_id, root_id, catalog.get(b"Pages")?.as_reference()?];
        if let Ok(outlines) = catalog.get(b"Outlines").and_then(Object::as_reference) {
            let items = document.get_dictionary(outlines)?.get(b"First").and_then(Object::as_reference);
            gone.extend(items.ok());
            gone.push(outlines);
        }
        if index > 0 {
            gone.extend(catalog.get(b"Metadata").and_then(Object::as_reference).ok());
            gone.extend(document.trailer.get(b"Info").and_then(Object::as_reference).ok());
        }
        for id in gone {
            document.objects.remove(&id);
        }
        leaf.section.write(std::mem::take(&mut document.objects), last + printout.size)?;
        Ok(leaf)
    }

    /// Moves its pages under the common root and shifts their keys in the number tree.
    fn take_pages(&mut self, document: &mut Document, last: u32) -> Bound<()> {
        for id in &self.pages {
            let page = document.get_dictionary_mut(*id)?;
            page.set("Parent", PAGES);
            shift_key(page, b"StructParents", last);
            let annotations: Vec<ObjectId> = match page.get(b"Annots") {
                Ok(Object::Array(all)) => all.iter().filter_map(|each| each.as_reference().ok()).collect(),
                _ => Vec::new(),
            };
            for annotation in annotations {
                let link = document.get_dictionary_mut(annotation)?;
                shift_key(link, b"StructParent", last);
                if sheet_of(link).is_some()
                    && let Some(link) = document.objects.remove(&annotation)
                {
                    self.links.insert(annotation, link);
                }
            }
        }
        Ok(())
    }

    /// Moves its structure tree under the common root.
    fn take_structure(&mut self, document: &mut Document, root: &Dictionary, prefix: &str, last: u32) -> Bound<()> {
        for top in &self.tops {
            document.get_dictionary_mut(top.as_reference()?)?.set("P", STRUCTURE);
        }
        for object in document.objects.values_mut() {
            if let Object::Dictionary(element) = object
                && element.has(b"S")
                && element.has(b"P")
            {
                rename_heads(element, prefix);
            }
        }
        if let Ok(ids) = root.get(b"IDTree").and_then(Object::as_dict) {
            self.ids.clone_from(ids.get(b"Names")?.as_array()?);
            self.ids.iter_mut().for_each(|name| prefix_string(name, prefix));
        }
        let numbers = root.get(b"ParentTree")?.as_dict()?.get(b"Nums")?.as_array()?;
        for pair in numbers.chunks_exact(2) {
            self.parents.extend([Object::Integer(pair[0].as_i64()? + i64::from(last)), pair[1].clone()]);
        }
        Ok(())
    }
}

/// Renumbers all objects so that they begin after `last`.
fn shift(document: &mut Document, last: u32) {
    let mut move_references = |inside: &mut Object| {
        if let Object::Reference(to) = inside {
            to.0 += last;
        }
    };
    let objects = std::mem::take(&mut document.objects);
    document.objects = objects
        .into_iter()
        .map(|((number, generation), mut object)| {
            each_inside(&mut object, &mut move_references);
            ((number + last, generation), object)
        })
        .collect();
    document.trailer.iter_mut().for_each(|(_, each)| each_inside(each, &mut move_references));
}

/// Applies `change` to an object and to everything inside it.
fn each_inside(object: &mut Object, change: &mut impl FnMut(&mut Object)) {
    change(object);
    match object {
        Object::Array(all) => all.iter_mut().for_each(|each| each_inside(each, change)),
        Object::Dictionary(fields) => fields.iter_mut().for_each(|(_, each)| each_inside(each, change)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, each)| each_inside(each, change)),
        _ => {}
    }
}

/// Shifts a key of the number tree as far as the objects. No file has more keys than objects, so keys stay unique.
fn shift_key(dictionary: &mut Dictionary, key: &[u8], last: u32) {
    if let Ok(Object::Integer(number)) = dictionary.get_mut(key) {
        *number += i64::from(last);
    }
}

/// Makes the ids of table heads unique in the bound file, and the references to them.
fn rename_heads(element: &mut Dictionary, prefix: &str) {
    if let Ok(id) = element.get_mut(b"ID") {
        prefix_string(id, prefix);
    }
    let Ok(attributes) = element.get_mut(b"A") else { return };
    each_inside(attributes, &mut |inside| {
        if let Object::Dictionary(attribute) = inside
            && let Ok(Object::Array(heads)) = attribute.get_mut(b"Headers")
        {
            for head in heads {
                prefix_string(head, prefix);
            }
        }
    });
}

fn prefix_string(object: &mut Object, prefix: &str) {
    if let Object::String(bytes, _) = object {
        bytes.splice(0..0, prefix.bytes());
    }
}
