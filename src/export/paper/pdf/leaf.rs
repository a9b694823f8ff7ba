//! One PDF of a batch, made ready to be bound: its objects are written, and what belongs into the trees of the whole is
//! taken out.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::binding::{ADDRESS, Bound, NotBound, PAGES, STRUCTURE};
use super::file::{Section, numbers_for};

/// A PDF that is to be bound, as typst wrote it.
pub struct Printout {
    bytes: Vec<u8>,
    pages: usize,
    /// One more than its highest object.
    size: u32,
}

impl Printout {
    pub fn new(bytes: Vec<u8>, pages: usize) -> Bound<Self> {
        let size = size(&bytes).ok_or(NotBound::NoTrailer)?;
        Ok(Self { bytes, pages, size })
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub fn pages(&self) -> usize {
        self.pages
    }

    /// How many numbers its objects take in the whole.
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

/// A printout between two covers.
pub struct Leaf {
    pub section: Section,
    pub pages: Vec<ObjectId>,
    /// The size of its paper.
    pub paper: Object,
    /// The catalog and the trailer: those of the first are the whole's.
    pub cover: (Dictionary, Dictionary),
    /// The tops of its structure tree.
    pub tops: Vec<Object>,
    /// The number tree from marked content to what it means, in pairs.
    pub parents: Vec<Object>,
    /// The identities of table heads, in pairs.
    pub ids: Vec<Object>,
    /// What typst's own kinds of elements are in the terms of the standard.
    pub roles: Dictionary,
    /// Links to other sheets. They are written when it is known where those are.
    pub links: BTreeMap<ObjectId, Object>,
}

impl Leaf {
    /// The printout at that place of the whole, with its objects numbered from behind `last`.
    pub fn new(printout: &Printout, place: usize, last: u32) -> Bound<Self> {
        let mut document = Document::load_mem(&printout.bytes)?;
        shift(&mut document, last);
        let catalog_id = document.trailer.get(b"Root")?.as_reference()?;
        let catalog = document.catalog()?.clone();
        let root_id = catalog.get(b"StructTreeRoot")?.as_reference()?;
        let root = document.get_dictionary(root_id)?.clone();
        let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
        let first = pages.first().ok_or(NotBound::NoPage)?;
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
        leaf.take_structure(&mut document, &root, &format!("{place}-"), last)?;
        // What is made anew for the whole goes; of the first, what describes the document stays.
        let mut gone = vec![catalog_id, root_id, catalog.get(b"Pages")?.as_reference()?];
        if let Ok(outlines) = catalog.get(b"Outlines").and_then(Object::as_reference) {
            let items = document.get_dictionary(outlines)?.get(b"First").and_then(Object::as_reference);
            gone.extend(items.ok());
            gone.push(outlines);
        }
        if place > 0 {
            gone.extend(catalog.get(b"Metadata").and_then(Object::as_reference).ok());
            gone.extend(document.trailer.get(b"Info").and_then(Object::as_reference).ok());
        }
        for id in gone {
            document.objects.remove(&id);
        }
        leaf.section.write(std::mem::take(&mut document.objects), last + printout.size)?;
        Ok(leaf)
    }

    /// Puts its pages under the common root and moves their keys in the number tree.
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

    /// Puts its structure tree below the common root.
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

/// The number of the sheet to which a link leads.
pub fn sheet_of(link: &Dictionary) -> Option<usize> {
    let address = link.get(b"A").and_then(Object::as_dict).and_then(|action| action.get(b"URI"));
    let address = address.and_then(Object::as_str).ok()?;
    std::str::from_utf8(address).ok()?.strip_prefix(ADDRESS)?.parse().ok()
}

/// Numbers all objects anew so that they begin behind `last`.
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

/// Does `change` to an object and to all that it holds.
fn each_inside(object: &mut Object, change: &mut impl FnMut(&mut Object)) {
    change(object);
    match object {
        Object::Array(all) => all.iter_mut().for_each(|each| each_inside(each, change)),
        Object::Dictionary(fields) => fields.iter_mut().for_each(|(_, each)| each_inside(each, change)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, each)| each_inside(each, change)),
        _ => {}
    }
}

/// Keys of the number tree move as far as the objects: no file has more of the ones than of the others.
fn shift_key(of: &mut Dictionary, key: &[u8], last: u32) {
    if let Ok(Object::Integer(number)) = of.get_mut(key) {
        *number += i64::from(last);
    }
}

/// Heads of tables have identities that are one file's own, and cells name them.
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

fn prefix_string(of: &mut Object, prefix: &str) {
    if let Object::String(bytes, _) = of {
        bytes.splice(0..0, prefix.bytes());
    }
}
