//! Binds PDFs into one: their pages, the trees of what those pages mean, their bookmarks.
//!
//! It is made for what typst writes and nothing else: one level of pages, one bookmark a file, a structure tree whose
//! number tree has one node (PDF 1.7, ISO 32000-1, sections 7.7.3, 12.3.3 and 14.7).

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, dictionary};

/// Addresses that begin like this lead to the sheet of the number behind it.
pub const ADDRESS: &str = "https://sheet.invalid/";

/// The program that wrote the parts is this one, so none of this is a person's fault.
#[derive(Debug, thiserror::Error)]
#[error("its sheets could not be bound: {0}")]
pub struct NotBound(#[from] lopdf::Error);

type Bound<T> = Result<T, NotBound>;

/// So many pages, with an empty one behind them where the next sheet would not begin on a front page.
pub fn to_front_page(pages: usize) -> usize {
    pages.next_multiple_of(2)
}

/// A PDF that is to be bound.
pub struct Printout {
    document: Document,
    name: String,
    chapter: Option<String>,
}

impl Printout {
    pub fn read(bytes: &[u8]) -> Bound<Self> {
        Ok(Self { document: Document::load_mem(bytes)?, name: String::new(), chapter: None })
    }

    /// With a bookmark of its own.
    pub fn called(self, name: String, chapter: Option<String>) -> Self {
        Self { name, chapter, ..self }
    }

    pub fn pages(&self) -> usize {
        self.document.get_pages().len()
    }

    /// Numbers all objects anew so that they begin behind `last`.
    fn shifted(mut self, last: u32) -> Self {
        let objects = std::mem::take(&mut self.document.objects);
        let shift = |id: ObjectId| (id.0 + last, id.1);
        self.document.objects = objects
            .into_iter()
            .map(|(id, mut object)| {
                each_inside(&mut object, &mut |inside| {
                    if let Object::Reference(to) = inside {
                        *to = shift(*to);
                    }
                });
                (shift(id), object)
            })
            .collect();
        let mut trailer = Object::Dictionary(std::mem::take(&mut self.document.trailer));
        each_inside(&mut trailer, &mut |inside| {
            if let Object::Reference(to) = inside {
                *to = shift(*to);
            }
        });
        if let Object::Dictionary(trailer) = trailer {
            self.document.trailer = trailer;
        }
        self.document.max_id += last;
        self
    }
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

/// A file that grows by one printout after the other.
pub struct Binding {
    out: Document,
    /// The catalog, the document's information and its identity of the first: they are those of the whole.
    cover: Option<(Dictionary, Dictionary)>,
    pages_id: ObjectId,
    structure_id: ObjectId,
    outlines_id: ObjectId,
    pages: Vec<Object>,
    /// The first page of each sheet that has a name.
    firsts: Vec<ObjectId>,
    bookmarks: Vec<(Option<String>, String, ObjectId)>,
    /// The tops of the structure trees.
    tops: Vec<Object>,
    /// The number tree from marked content to what it means, in pairs.
    parents: Vec<Object>,
    /// The identities of table heads, in pairs.
    ids: Vec<Object>,
    next_parent: i64,
    /// What typst's own kinds of elements are in the terms of the standard.
    roles: Dictionary,
    links: Vec<ObjectId>,
}

impl Binding {
    pub fn new() -> Self {
        let mut out = Document::with_version("1.7");
        let [pages_id, structure_id, outlines_id] = [(); 3].map(|()| out.new_object_id());
        Self {
            out,
            cover: None,
            pages_id,
            structure_id,
            outlines_id,
            pages: Vec::new(),
            firsts: Vec::new(),
            bookmarks: Vec::new(),
            tops: Vec::new(),
            parents: Vec::new(),
            ids: Vec::new(),
            next_parent: 0,
            roles: Dictionary::new(),
            links: Vec::new(),
        }
    }

    /// Binds them in their order, each on a front page.
    pub fn with(mut self, printouts: Vec<Printout>) -> Bound<Self> {
        for printout in printouts {
            if self.pages.len() % 2 == 1 {
                self.add_empty_page()?;
            }
            self.add(printout)?;
        }
        Ok(self)
    }

    fn add(&mut self, printout: Printout) -> Bound<()> {
        let mut printout = printout.shifted(self.out.max_id);
        let document = &mut printout.document;
        let catalog_id = document.trailer.get(b"Root")?.as_reference()?;
        let catalog = document.catalog()?.clone();
        let root_id = catalog.get(b"StructTreeRoot")?.as_reference()?;
        let root = document.get_dictionary(root_id)?.clone();
        let page_ids: Vec<ObjectId> = document.get_pages().into_values().collect();
        for id in &page_ids {
            self.take_page(document, *id)?;
        }
        self.take_structure(document, &root)?;
        if !printout.name.is_empty()
            && let Some(first) = page_ids.first()
        {
            self.firsts.push(*first);
            self.bookmarks.push((printout.chapter, printout.name, *first));
        }
        // What is made anew for the whole goes; of the first, what describes the document stays.
        let outlines = catalog.get(b"Outlines").and_then(Object::as_reference).ok();
        let mut gone = vec![catalog_id, root_id, catalog.get(b"Pages")?.as_reference()?];
        if let Some(outlines) = outlines {
            let items = document.get_dictionary(outlines)?.get(b"First").and_then(Object::as_reference);
            gone.extend(items.ok());
            gone.push(outlines);
        }
        if self.cover.is_none() {
            self.cover = Some((catalog, document.trailer.clone()));
        } else {
            gone.extend(catalog.get(b"Metadata").and_then(Object::as_reference).ok());
            gone.extend(document.trailer.get(b"Info").and_then(Object::as_reference).ok());
        }
        for id in gone {
            document.objects.remove(&id);
        }
        self.out.max_id = document.max_id;
        self.out.objects.append(&mut document.objects);
        Ok(())
    }

    /// Puts a page under the common root and moves its keys in the number tree.
    fn take_page(&mut self, document: &mut Document, id: ObjectId) -> Bound<()> {
        let page = document.get_dictionary_mut(id)?;
        page.set("Parent", self.pages_id);
        shift_number(page, b"StructParents", self.next_parent);
        let annotations = match page.get(b"Annots") {
            Ok(Object::Array(all)) => all.iter().filter_map(|each| each.as_reference().ok()).collect(),
            _ => Vec::new(),
        };
        for annotation in annotations {
            shift_number(document.get_dictionary_mut(annotation)?, b"StructParent", self.next_parent);
            self.links.push(annotation);
        }
        self.pages.push(id.into());
        Ok(())
    }

    /// Takes the structure tree below `root` into the common one.
    fn take_structure(&mut self, document: &mut Document, root: &Dictionary) -> Bound<()> {
        let prefix = format!("{}-", self.tops.len());
        for top in root.get(b"K")?.as_array()? {
            document.get_dictionary_mut(top.as_reference()?)?.set("P", self.structure_id);
            self.tops.push(top.clone());
        }
        for object in document.objects.values_mut() {
            if let Object::Dictionary(element) = object
                && element.has(b"S")
                && element.has(b"P")
            {
                rename_heads(element, &prefix);
            }
        }
        if let Ok(roles) = root.get(b"RoleMap").and_then(Object::as_dict) {
            self.roles.extend(roles);
        }
        if let Ok(ids) = root.get(b"IDTree").and_then(Object::as_dict) {
            let mut names = ids.get(b"Names")?.as_array()?.clone();
            for name in &mut names {
                prefix_string(name, &prefix);
            }
            self.ids.extend(names);
        }
        let numbers = root.get(b"ParentTree")?.as_dict()?.get(b"Nums")?.as_array()?;
        for pair in numbers.chunks_exact(2) {
            self.parents.extend([Object::Integer(pair[0].as_i64()? + self.next_parent), pair[1].clone()]);
        }
        self.next_parent += root.get(b"ParentTreeNextKey").and_then(Object::as_i64).unwrap_or(0);
        Ok(())
    }

    /// The back of a sheet of paper.
    fn add_empty_page(&mut self) -> Bound<()> {
        let Some(before) = self.pages.last() else { return Ok(()) };
        let size = self.out.get_dictionary(before.as_reference()?)?.get(b"MediaBox")?.clone();
        let page = dictionary! {
            "Type" => "Page",
            "Parent" => self.pages_id,
            "MediaBox" => size,
            "Resources" => Dictionary::new(),
            "Tabs" => "S",
        };
        let id = self.out.add_object(page);
        self.pages.push(id.into());
        Ok(())
    }

    /// The whole as a file.
    pub fn write(mut self) -> Bound<Vec<u8>> {
        let Some((mut catalog, trailer)) = self.cover.take() else { return Ok(Vec::new()) };
        self.lead_links()?;
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
            "ParentTreeNextKey" => self.next_parent,
            "IDTree" => self.id_tree(),
            "RoleMap" => std::mem::take(&mut self.roles),
        };
        self.out.set_object(self.pages_id, pages);
        self.out.set_object(self.structure_id, structure);
        self.out.set_object(self.outlines_id, outlines);
        catalog.set("Pages", self.pages_id);
        catalog.set("StructTreeRoot", self.structure_id);
        catalog.set("Outlines", self.outlines_id);
        let root = self.out.add_object(catalog);
        for key in ["Info", "ID"] {
            if let Ok(value) = trailer.get(key.as_bytes()) {
                self.out.trailer.set(key, value.clone());
            }
        }
        self.out.trailer.set("Root", root);
        let mut bytes = Vec::new();
        let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
        self.out.save_with_options(&mut bytes, options).map_err(lopdf::Error::from)?;
        Ok(bytes)
    }

    /// Links from the contents lead to pages.
    fn lead_links(&mut self) -> Bound<()> {
        for id in std::mem::take(&mut self.links) {
            let link = self.out.get_dictionary_mut(id)?;
            let address = link.get(b"A").and_then(Object::as_dict).and_then(|action| action.get(b"URI"));
            let number = address
                .and_then(Object::as_str)
                .ok()
                .and_then(|address| std::str::from_utf8(address).ok()?.strip_prefix(ADDRESS)?.parse::<usize>().ok());
            if let Some(first) = number.and_then(|number| self.firsts.get(number)) {
                link.remove(b"A");
                link.set("Dest", to_top_of(*first));
            }
        }
        Ok(())
    }

    /// Chapters, and in them their sheets (section 12.3.3).
    fn outlines(&mut self) -> Dictionary {
        let bookmarks = std::mem::take(&mut self.bookmarks);
        let mut chapters = Vec::new();
        for run in bookmarks.chunk_by(|a, b| a.0 == b.0) {
            let sheets = run.iter().map(|(_, name, page)| {
                dictionary! { "Title" => text(name), "Dest" => to_top_of(*page) }
            });
            match &run[0] {
                (Some(chapter), _, page) => {
                    let id = self.out.new_object_id();
                    let mut item = dictionary! { "Title" => text(chapter), "Dest" => to_top_of(*page) };
                    let sheets = sheets.map(|sheet| (self.out.new_object_id(), sheet)).collect();
                    self.chain(&mut item, id, sheets);
                    chapters.push((id, item));
                }
                (None, ..) => chapters.extend(sheets.map(|sheet| (self.out.new_object_id(), sheet))),
            }
        }
        let mut outlines = dictionary! { "Type" => "Outlines" };
        self.chain(&mut outlines, self.outlines_id, chapters);
        outlines
    }

    /// Hangs items below their parent, in their order.
    fn chain(&mut self, parent: &mut Dictionary, parent_id: ObjectId, items: Vec<(ObjectId, Dictionary)>) {
        let ids: Vec<ObjectId> = items.iter().map(|(id, _)| *id).collect();
        for (place, (id, mut item)) in items.into_iter().enumerate() {
            item.set("Parent", parent_id);
            if let Some(before) = place.checked_sub(1).and_then(|before| ids.get(before)) {
                item.set("Prev", *before);
            }
            if let Some(next) = ids.get(place + 1) {
                item.set("Next", *next);
            }
            self.out.set_object(id, item);
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

/// The page from its top, at the size at which it is read.
fn to_top_of(page: ObjectId) -> Object {
    vec![page.into(), "XYZ".into(), Object::Null, Object::Null, Object::Null].into()
}

/// A text string: UTF-16 with its mark (section 7.9.2.2).
fn text(said: &str) -> Object {
    let units = [0xfeff].into_iter().chain(said.encode_utf16());
    Object::string_literal(units.flat_map(u16::to_be_bytes).collect::<Vec<_>>())
}

fn shift_number(of: &mut Dictionary, key: &[u8], by: i64) {
    if let Ok(Object::Integer(number)) = of.get_mut(key) {
        *number += by;
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
