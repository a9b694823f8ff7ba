//! A PDF file, written object by object (PDF 1.7, ISO 32000-1, sections 7.5.7 and 7.5.8).
//!
//! What is written is compressed and done with: a batch of hundreds of packs has close to a million objects, and a tree of
//! all of them at once would take several hundred megabytes.

use std::collections::BTreeMap;
use std::io::Write;

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Object, ObjectId, ObjectStream, Stream, Writer, dictionary};

use super::binding::Bound;

/// Objects that are compressed together: the more, the smaller; a reader unpacks all of them to see one.
const TOGETHER: usize = 200;
/// The widths of an entry's fields in the table of where objects are: kind, place, index.
const WIDTHS: [usize; 3] = [1, 4, 2];
/// The predictor "PNG up", and its mark at the beginning of a row.
const UP: i64 = 12;
const ROW_UP: u8 = 2;

/// How many numbers so many objects need, those that they are packed in included.
pub fn numbers_for(objects: u32) -> u32 {
    objects + objects.div_ceil(TOGETHER as u32)
}

/// A run of objects, and where each of them is, counted from its beginning.
#[derive(Default)]
pub struct Section {
    bytes: Vec<u8>,
    places: Vec<(u32, XrefEntry)>,
}

impl Section {
    /// Writes all of them. What they are packed in is numbered from `next` on.
    pub fn write(&mut self, objects: BTreeMap<ObjectId, Object>, mut next: u32) -> Bound<()> {
        let mut packed = BTreeMap::new();
        for (id, object) in objects {
            if let Object::Stream(_) = object {
                self.write_one(id, &object)?;
            } else {
                packed.insert(id, object);
                if packed.len() == TOGETHER {
                    self.pack(std::mem::take(&mut packed), next)?;
                    next += 1;
                }
            }
        }
        if packed.is_empty() { Ok(()) } else { self.pack(packed, next) }
    }

    fn pack(&mut self, objects: BTreeMap<ObjectId, Object>, container: u32) -> Bound<()> {
        let mut stream = ObjectStream::builder().max_objects(TOGETHER).build();
        // They are stored in the order of their numbers.
        for (index, (id, object)) in (0..).zip(objects) {
            stream.add_object(id, object)?;
            self.places.push((id.0, XrefEntry::Compressed { container, index }));
        }
        self.write_one((container, 0), &Object::Stream(stream.to_stream_object()?))
    }

    fn write_one(&mut self, id: ObjectId, object: &Object) -> Bound<()> {
        self.places.push((id.0, XrefEntry::Normal { offset: self.bytes.len() as u32, generation: id.1 }));
        writeln!(self.bytes, "{} {} obj", id.0, id.1)?;
        Writer::write_object(&mut self.bytes, object)?;
        self.bytes.extend_from_slice(b"\nendobj\n");
        Ok(())
    }

    /// Puts a section behind this one.
    fn append(&mut self, section: Section) {
        let before = self.bytes.len() as u32;
        self.bytes.extend(section.bytes);
        self.places.extend(section.places.into_iter().map(|(id, place)| match place {
            XrefEntry::Normal { offset, generation } => (id, XrefEntry::Normal { offset: offset + before, generation }),
            other => (id, other),
        }));
    }
}

/// Each entry as the difference to the one before it: those of packed objects differ by one in their index, so that next
/// to nothing is left of them when they are compressed (section 7.4.4.4).
fn differences(table: &[XrefEntry]) -> Vec<u8> {
    let mut before = vec![0; WIDTHS.iter().sum()];
    let mut rows = Vec::with_capacity(table.len() * (before.len() + 1));
    for entry in table {
        let entry = entry.encode_for_xref_stream(&WIDTHS);
        rows.push(ROW_UP);
        rows.extend(entry.iter().zip(&before).map(|(now, before): (&u8, &u8)| now.wrapping_sub(*before)));
        before = entry;
    }
    rows
}

/// The file of these sections. `next` is a number that no object has; `trailer` says which of them is the root.
pub fn file(sections: Vec<Section>, next: u32, trailer: Dictionary) -> Bound<Vec<u8>> {
    let mut whole = Section::default();
    // Four bytes above 127 tell programs that carry it that this is no text (section 7.5.2).
    whole.bytes.extend_from_slice(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    for section in sections {
        whole.append(section);
    }
    let start = whole.bytes.len();
    whole.places.push((next, XrefEntry::Normal { offset: start as u32, generation: 0 }));
    let mut table = vec![XrefEntry::Free; next as usize + 1];
    for (id, place) in std::mem::take(&mut whole.places) {
        if let Some(entry) = table.get_mut(id as usize) {
            *entry = place;
        }
    }
    let mut fields = trailer;
    fields.set("Type", "XRef");
    fields.set("Size", i64::from(next) + 1);
    fields.set("W", WIDTHS.map(|width| Object::Integer(width as i64)).to_vec());
    let columns = WIDTHS.iter().sum::<usize>() as i64;
    let mut stream = Stream::new(fields, differences(&table));
    stream.compress()?;
    stream.dict.set("DecodeParms", dictionary! { "Predictor" => UP, "Columns" => columns });
    whole.write_one((next, 0), &Object::Stream(stream))?;
    write!(whole.bytes, "startxref\n{start}\n%%EOF\n")?;
    Ok(whole.bytes)
}
