//! Small workbooks in the formats .ods, .xls and .xlsb, byte by byte: no crate writes them.

/// What a cell of a workbook has.
#[derive(Clone, Copy, Debug)]
pub enum Cell {
    Text(&'static str),
    /// A formula with its value, or without one.
    Formula(Option<f64>),
}

/// A sheet of .ods.
pub fn ods(rows: &[&[Cell]]) -> Vec<u8> {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
        }
        Cell::Formula(None) => "<table:table-cell table:formula=\"of:=[.A9]\"/>".to_owned(),
        Cell::Formula(Some(value)) => format!(
            "<table:table-cell table:formula=\"of:=[.A9]\" office:value-type=\"float\" office:value=\"{value}\">\
             <text:p>{value}</text:p></table:table-cell>"
        ),
    };
    let row =
        |cells: &&[Cell]| format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>());
    let rows: String = rows.iter().map(row).collect();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Plan\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet".to_vec();
    let manifest = b"<?xml version=\"1.0\"?><manifest:manifest/>".to_vec();
    zip(&[("mimetype", mimetype), ("META-INF/manifest.xml", manifest), ("content.xml", content.into_bytes())])
}

/// A sheet of .xlsb.
pub fn xlsb(rows: &[&[Cell]]) -> Vec<u8> {
    let wide = |text: &str| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let length = u32::try_from(units.len()).unwrap().to_le_bytes();
        length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect::<Vec<u8>>()
    };
    let record = |kind: usize, body: &[u8]| {
        // Seven bits of a number are in each byte.
        let number = |number: usize| {
            if number < 0x80 { vec![number as u8] } else { vec![(number & 0x7F | 0x80) as u8, (number >> 7) as u8] }
        };
        let mut bytes = [number(kind), number(body.len())].concat();
        bytes.extend_from_slice(body);
        bytes
    };
    let sheet_body = [&[0; 8][..], &wide("rId1"), &wide("Plan")].concat();
    let book = [record(0x0083, &[]), record(0x008F, &[]), record(0x009C, &sheet_body), record(0x0090, &[])];
    let book = [book.concat(), record(0x0084, &[])].concat();
    let mut sheet = [record(0x0081, &[]), record(0x0094, &[0; 16]), record(0x0091, &[])].concat();
    for (row, cells) in (0_u32..).zip(rows) {
        sheet.extend(record(0x0000, &[&row.to_le_bytes()[..], &[0; 13]].concat()));
        for (column, cell) in (0_u32..).zip(*cells) {
            let head = [&column.to_le_bytes()[..], &[0; 4]].concat();
            // The formula is =9.
            let formula = [&[0, 0][..], &3_u32.to_le_bytes(), &[0x1E, 9, 0], &[0; 4]].concat();
            sheet.extend(match cell {
                Cell::Text(text) => record(0x0006, &[head, wide(text)].concat()),
                Cell::Formula(None) => record(0x0008, &[head, wide(""), formula].concat()),
                Cell::Formula(Some(value)) => record(0x0009, &[head, value.to_le_bytes().to_vec(), formula].concat()),
            });
        }
    }
    sheet.extend([record(0x0092, &[]), record(0x0082, &[])].concat());
    let relations =
        b"<?xml version=\"1.0\"?><Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/>\
                      </Relationships>";
    zip(&[
        ("xl/_rels/workbook.bin.rels", relations.to_vec()),
        ("xl/workbook.bin", book),
        ("xl/worksheets/sheet1.bin", sheet),
    ])
}

/// A sheet of .xls.
pub fn xls(rows: &[&[Cell]]) -> Vec<u8> {
    let record = |kind: u16, body: &[u8]| {
        let length = u16::try_from(body.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
    };
    let begin = |kind: u16| record(0x0809, &[&[0, 6][..], &kind.to_le_bytes(), &[0; 12]].concat());
    let end = record(0x000A, &[]);
    let name = [&[4, 0][..], b"Plan"].concat();
    let begin_book = begin(5);
    let sheet_at = begin_book.len() + 4 + 6 + name.len() + end.len();
    let bound = [&u32::try_from(sheet_at).unwrap().to_le_bytes()[..], &[0, 0], &name].concat();
    let mut stream = [begin_book, record(0x0085, &bound), end.clone(), begin(0x10)].concat();
    for (row, cells) in (0_u16..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*cells) {
            let head = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
            stream.extend(match cell {
                Cell::Text(text) => {
                    let length = u16::try_from(text.len()).unwrap().to_le_bytes();
                    record(0x0204, &[&head, &length[..], &[0], text.as_bytes()].concat())
                }
                Cell::Formula(value) => {
                    let value = value.map_or([3, 0, 0, 0, 0, 0, 0xFF, 0xFF], f64::to_le_bytes);
                    record(0x0006, &[&head, &value[..], &[0; 6], &[3, 0, 0x1E, 9, 0]].concat())
                }
            });
        }
    }
    stream.extend(end);
    compound(stream)
}

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;

/// A compound file with the stream "Workbook": a sector of allocations, one of the directory, and the stream.
fn compound(mut stream: Vec<u8>) -> Vec<u8> {
    // Shorter streams are kept elsewhere.
    stream.resize(stream.len().max(4096).next_multiple_of(SECTOR), 0);
    let sectors = u32::try_from(stream.len() / SECTOR).unwrap();
    let words = |list: &[u32]| list.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.resize(24, 0);
    file.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    file.resize(40, 0);
    file.extend(words(&[0, 1, 1, 0, 4096, END, 0, END, 0, 0]));
    file.resize(SECTOR, 0xFF);
    let mut next = vec![0xFFFF_FFFD, END];
    next.extend((3..2 + sectors).chain([END]));
    next.resize(SECTOR / 4, FREE);
    file.extend(words(&next));
    let mut entry = |name: &str, kind: u8, child: u32, start: u32, size: usize| {
        let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(bytes.len() + 2).unwrap();
        bytes.resize(64, 0);
        bytes.extend(length.to_le_bytes());
        bytes.extend([kind, 1]);
        bytes.extend(words(&[FREE, FREE, child]));
        bytes.resize(116, 0);
        bytes.extend(start.to_le_bytes());
        bytes.extend((size as u64).to_le_bytes());
        file.extend(bytes);
    };
    entry("Root Entry", 5, 1, END, 0);
    entry("Workbook", 2, FREE, 2, stream.len());
    file.resize(3 * SECTOR, 0);
    file.extend(stream);
    file
}

/// An archive whose files are not compressed.
fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let (at, size) = (u32::try_from(archive.len()).unwrap(), u32::try_from(content.len()).unwrap());
        let mut head = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        head.extend([checksum(content), size, size].into_iter().flat_map(u32::to_le_bytes));
        head.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        head.extend([0, 0]);
        archive.extend([&b"PK\x03\x04"[..], &head, name.as_bytes(), content].concat());
        directory.extend([&b"PK\x01\x02\x14\x00"[..], &head, &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let (at, size) = (u32::try_from(archive.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    archive.extend(directory);
    archive
        .extend([&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size.to_le_bytes(), &at.to_le_bytes(), &[0, 0]].concat());
    archive
}

/// CRC-32.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}
