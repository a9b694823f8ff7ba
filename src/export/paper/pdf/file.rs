//! A PDF file, written object by object (PDF 1.7, ISO 32000-1, sections 7.5.7 and 7.5.8).
//!
//! Objects are compressed and dropped once they are written: hundreds of checklists have close to a million objects, and
//! keeping all of them would take several hundred megabytes.

use std::collections::BTreeMap;
use std::io::Write;

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Object, ObjectId, ObjectStream, Stream, Writer, dictionary};

use super::error::Bound;

/// Objects that are compressed together. More make a smaller file, but a reader unpacks all of them to see one.
const TOGETHER: usize = 200;
/// The widths of the fields of an entry in the cross-reference table: kind, offset, index.
const WIDTHS: [usize; 3] = [1, 4, 2];
/// The predictor "PNG up", and the byte for it at the beginning of a row.
const UP: i64 = 12;
const ROW_UP: u8 = 2;

/// How many object numbers that many objects need, including the streams that they are packed into.
pub fn numbers_for(objects: u32) -> u32 {
    objects + objects.div_ceil(TOGETHER as u32)
}

/// A run of objects, with the position of each of them from its beginning.
#[derive(Default)]
pub struct Section {
    bytes: Vec<u8>,
    entries: Vec<(u32, XrefEntry)>,
}

impl Section {
    /// Writes all objects. The streams that they are packed into are numbered from `next` on.
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
        // The map is sorted by number, as the stream must be.
        for (index, (id, object)) in (0..).zip(objects) {
            stream.add_object(id, object)?;
            self.entries.push((id.0, XrefEntry::Compressed { container, index }));
        }
        self.write_one((container, 0), &Object::Stream(stream.to_stream_object()?))
    }

    fn write_one(&mut self, id: ObjectId, object: &Object) -> Bound<()> {
        self.entries.push((id.0, XrefEntry::Normal { offset: self.bytes.len() as u32, generation: id.1 }));
        writeln!(self.bytes, "{} {} obj", id.0, id.1)?;
        Writer::write_object(&mut self.bytes, object)?;
        self.bytes.extend_from_slice(b"\nendobj\n");
        Ok(())
    }

    /// Appends a section.
    fn append(&mut self, section: Section) {
        let before = self.bytes.len() as u32;
        self.bytes.extend(section.bytes);
        self.entries.extend(section.entries.into_iter().map(|(id, entry)| match entry {
            XrefEntry::Normal { offset, generation } => (id, XrefEntry::Normal { offset: offset + before, generation }),
            other => (id, other),
        }));
    }
}

/// Each entry as the difference to the one before it. Entries of packed objects differ by one in their index, so they
/// compress to almost nothing (section 7.4.4.4).
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

/// The file of these sections. `next` is an unused object number; `trailer` names the root.
pub fn file(sections: Vec<Section>, next: u32, trailer: Dictionary) -> Bound<Vec<u8>> {
    let mut whole = Section::default();
    // Four bytes above 127 mark the file as binary for programs that transfer it (section 7.5.2).
    whole.bytes.extend_from_slice(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    for section in sections {
        whole.append(section);
    }
    let start = whole.bytes.len();
    whole.entries.push((next, XrefEntry::Normal { offset: start as u32, generation: 0 }));
    let mut table = vec![XrefEntry::Free; next as usize + 1];
    for (id, position) in std::mem::take(&mut whole.entries) {
        if let Some(entry) = table.get_mut(id as usize) {
            *entry = position;
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
