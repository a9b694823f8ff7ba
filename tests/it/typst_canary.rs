//! What `src/export/paper/pdf` relies on in the files that typst writes. A test here that fails after an update of
//! typst says what changed and which file has to follow.
//!
//! One sheet alone comes as typst wrote it; several are taken apart and bound into one file.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};
use windowsill::export::paper::{Paper, pdf};

use crate::support::papers::packs;
use windowsill::progress::Progress;

const LEAF: &str = "src/export/paper/pdf/leaf.rs";
const BINDING: &str = "src/export/paper/pdf/binding.rs";

/// Two pages with a table, headings and a bookmark, as typst writes them.
struct Written {
    bytes: Vec<u8>,
    document: Document,
}

impl Written {
    fn new() -> Self {
        let bytes = pdf(&packs(1, 12, "Core"), Paper::A4, &Progress::default()).unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        Self { bytes, document }
    }

    fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    fn dictionary(&self, dictionary: &Dictionary, key: &str, file: &str) -> &Dictionary {
        let id = dictionary.get(key.as_bytes()).and_then(Object::as_reference);
        let id = id.unwrap_or_else(|_| panic!("/{key} no longer refers to an object: {file} relies on it"));
        self.document.get_dictionary(id).unwrap()
    }

    fn structure(&self) -> &Dictionary {
        self.dictionary(self.catalog(), "StructTreeRoot", LEAF)
    }

    fn pages(&self) -> Vec<(ObjectId, &Dictionary)> {
        self.document.get_pages().into_values().map(|id| (id, self.document.get_dictionary(id).unwrap())).collect()
    }
}

fn keys(dictionary: &Dictionary) -> BTreeSet<String> {
    dictionary.iter().map(|(key, _)| String::from_utf8_lossy(key).into_owned()).collect()
}

/// Fails where `dictionary` has a key that is not listed: nobody would carry it over.
#[track_caller]
fn has_only(dictionary: &Dictionary, known: &[&str], what: &str, file: &str) {
    let unknown: Vec<String> = keys(dictionary).into_iter().filter(|key| !known.contains(&key.as_str())).collect();
    assert!(unknown.is_empty(), "{what} has {unknown:?}, which {file} does not carry into a bound file");
}

/// The array at `key`, which has to be in the dictionary itself.
#[track_caller]
fn array<'a>(dictionary: &'a Dictionary, key: &str, file: &str) -> &'a [Object] {
    let found = dictionary.get(key.as_bytes()).and_then(Object::as_array);
    found.unwrap_or_else(|_| panic!("/{key} is no longer a direct array: {file} relies on it"))
}

#[test]
fn objects_are_numbered_from_one_without_gaps_of_generations_and_the_trailer_says_how_many() {
    let written = Written::new();
    let key = b"/Size ";
    let at = written.bytes.windows(key.len()).rposition(|window| window == key);
    let at = at.unwrap_or_else(|| panic!("no /Size can be read from the end of the file: {LEAF} (size) relies on it"));
    let digits: String = written.bytes[at + key.len()..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    let size: u32 = digits.parse().unwrap();
    let last = written.document.objects.keys().map(|id| id.0).max().unwrap();
    assert_eq!(size, last + 1, "/Size is one more than the highest number: {LEAF} (size, shift) relies on it");
    let generations: BTreeSet<u16> = written.document.objects.keys().map(|id| id.1).collect();
    assert_eq!(generations, BTreeSet::from([0]), "{LEAF} (shift) and src/export/paper/pdf/file.rs rely on it");
    has_only(&written.document.trailer, &["Size", "Root", "Info", "ID"], "The trailer", BINDING);
}

#[test]
fn the_catalog_has_only_what_is_bound() {
    let written = Written::new();
    let known = ["Type", "Pages", "Metadata", "Lang", "StructTreeRoot", "MarkInfo", "ViewerPreferences", "Outlines"];
    has_only(written.catalog(), &known, "The catalog", BINDING);
    for key in ["Pages", "StructTreeRoot", "Metadata", "Outlines"] {
        written.catalog().get(key.as_bytes()).and_then(Object::as_reference).unwrap_or_else(|_| {
            panic!("/{key} of the catalog is no longer a reference: {LEAF} (Leaf::new) relies on it")
        });
    }
}

#[test]
fn pages_are_one_level_below_their_root_and_inherit_nothing() {
    let written = Written::new();
    let root = written.dictionary(written.catalog(), "Pages", LEAF);
    has_only(root, &["Type", "Count", "Kids"], "The root of the pages", BINDING);
    let kids: Vec<ObjectId> = array(root, "Kids", LEAF).iter().map(|kid| kid.as_reference().unwrap()).collect();
    let pages = written.pages();
    assert!(pages.len() > 1, "the document has several pages");
    assert_eq!(kids, pages.iter().map(|(id, _)| *id).collect::<Vec<_>>(), "{BINDING} has one level of pages");
    for (_, page) in pages {
        array(page, "MediaBox", LEAF);
        assert!(page.has(b"Resources"), "a page has its own /Resources: {BINDING} has nothing to inherit them from");
        let key = page.get(b"StructParents").and_then(Object::as_i64);
        assert!(key.is_ok(), "/StructParents of a page is a number: {LEAF} (take_pages) moves it");
    }
}

#[test]
fn the_structure_tree_holds_its_parts_directly() {
    let written = Written::new();
    let root = written.structure();
    let known = ["Type", "RoleMap", "K", "ParentTree", "ParentTreeNextKey", "IDTree"];
    has_only(root, &known, "The root of the structure tree", LEAF);
    for top in array(root, "K", LEAF) {
        let top =
            top.as_reference().unwrap_or_else(|_| panic!("the tops of the tree are references: {LEAF} relies on it"));
        let parent = written.document.get_dictionary(top).unwrap().get(b"P").and_then(Object::as_reference).unwrap();
        assert_eq!(written.document.get_dictionary(parent).unwrap(), root);
    }
    let tree = |key: &str| {
        let tree = root.get(key.as_bytes()).and_then(Object::as_dict);
        tree.unwrap_or_else(|_| panic!("/{key} is no longer a direct dictionary: {LEAF} (take_structure) relies on it"))
    };
    has_only(tree("ParentTree"), &["Nums"], "The number tree, which is one node,", LEAF);
    has_only(tree("IDTree"), &["Names"], "The tree of identities, which is one node,", LEAF);
    let size = written.document.objects.keys().map(|id| id.0).max().unwrap();
    let mut numbers = BTreeSet::new();
    for pair in array(tree("ParentTree"), "Nums", LEAF).chunks_exact(2) {
        let number = pair[0].as_i64().unwrap();
        assert!(number <= i64::from(size), "keys are no more than objects: {LEAF} (shift_key) moves both alike");
        assert!(numbers.insert(number), "keys differ");
    }
    let of_pages =
        written.pages().iter().map(|(_, page)| page.get(b"StructParents").unwrap().as_i64().unwrap()).collect();
    assert!(numbers.is_superset(&of_pages), "the number tree has the keys of all pages");
}

#[test]
fn elements_that_cells_name_can_be_renamed() {
    let written = Written::new();
    let ids = array(written.structure().get(b"IDTree").unwrap().as_dict().unwrap(), "Names", LEAF);
    let named: BTreeSet<&[u8]> = ids.chunks_exact(2).map(|pair| pair[0].as_str().unwrap()).collect();
    assert!(!named.is_empty(), "heads of tables have identities");
    let elements = || {
        let dictionaries = written.document.objects.values().filter_map(|object| object.as_dict().ok());
        dictionaries.filter(|object| object.has(b"S") && object.has(b"P"))
    };
    let found: BTreeSet<&[u8]> =
        elements().filter_map(|element| element.get(b"ID").ok()).map(|id| id.as_str().unwrap()).collect();
    assert_eq!(found, named, "an element's /ID is a string beside /S and /P: {LEAF} (rename_heads) looks for it there");
    let mut heads: BTreeSet<&[u8]> = BTreeSet::new();
    for element in elements() {
        let Ok(attributes) = element.get(b"A") else { continue };
        let attributes = match attributes {
            Object::Array(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        for attribute in attributes {
            let attribute = attribute.as_dict();
            let attribute =
                attribute.unwrap_or_else(|_| panic!("attributes are direct: {LEAF} (rename_heads) relies on it"));
            let of_cell = attribute.get(b"Headers").and_then(Object::as_array).into_iter().flatten();
            heads.extend(of_cell.map(|head| head.as_str().unwrap()));
        }
    }
    assert!(heads.is_subset(&named), "cells name heads that have an identity");
    assert!(!heads.is_empty(), "cells name their heads: {LEAF} (rename_heads) renames them");
}

#[test]
fn a_file_has_one_bookmark() {
    let written = Written::new();
    let outlines = written.dictionary(written.catalog(), "Outlines", LEAF);
    let item = |key: &str| outlines.get(key.as_bytes()).and_then(Object::as_reference).unwrap();
    assert_eq!(item("First"), item("Last"), "{LEAF} (Leaf::new) removes one bookmark a file");
    let bookmark = written.document.get_dictionary(item("First")).unwrap();
    assert!(!bookmark.has(b"First"), "a bookmark has none below it: {LEAF} (Leaf::new) would leave those behind");
}

#[test]
fn links_of_the_contents_are_found_and_lead_to_pages() {
    let bytes = pdf(&packs(3, 1, "Core"), Paper::A4, &Progress::default()).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    let first = document.get_dictionary(document.get_pages()[&1]).unwrap();
    let links: Vec<&Dictionary> = array(first, "Annots", LEAF)
        .iter()
        .map(|link| document.get_dictionary(link.as_reference().unwrap()).unwrap())
        .collect();
    assert!(links.len() >= 3, "the contents have a link for each sheet");
    for link in links {
        assert!(link.has(b"Dest") && !link.has(b"A"), "a link is no longer a direct /URI action: {LEAF} (sheet_of)");
    }
}
