//! Streams of bytes in any encoding as UTF-8.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::encoding::is_utf16;

/// How much is read at once, in bytes.
const BLOCK: usize = 64 << 10;

/// More bytes than a character, and those that show that one is damaged, have.
const LONGEST_CHARACTER: usize = 8;
/// Room for what is decoded instead of invalid bytes: each becomes a character of at most three bytes.
const REPLACEMENT: usize = 3 * LONGEST_CHARACTER;
/// The most bytes that one record, element or text may have.
const LONGEST_RECORD: u64 = 32 << 20;

/// Decodes a stream: UTF-8 and UTF-16 with or without a byte-order mark, or the encoding that an XML declaration names. In
/// UTF-8, a byte that is invalid counts as Windows-1252.
pub struct Utf8Reader<R> {
    inner: R,
    decoder: Decoder,
    /// Read and not decoded yet.
    raw: Vec<u8>,
    raw_at: usize,
    /// The last bytes of the block before.
    before: Vec<u8>,
    /// Of a fixed length, of which the first `filled` bytes are decoded and those before `at` were given away.
    decoded: Box<[u8]>,
    filled: usize,
    at: usize,
    is_at_end: bool,
    is_finished: bool,
    watch: Watch,
}

/// What is noticed while a stream is read. The copies of a watch share it.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    since_record: Rc<Cell<u64>>,
    is_guessed: Rc<Cell<bool>>,
}

impl Watch {
    /// A record ends here: the next one may be as long again.
    pub fn end_record(&self) {
        self.since_record.set(0);
    }

    /// Whether bytes were read as Windows-1252.
    pub fn is_guessed(&self) -> bool {
        self.is_guessed.get()
    }
}

impl<R: Read> Utf8Reader<R> {
    /// # Errors
    /// The stream cannot be read.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let mut raw = Vec::new();
        inner.by_ref().take(4096).read_to_end(&mut raw)?;
        let decoder = encoding_of(&raw).new_decoder_with_bom_removal();
        Ok(Self {
            inner,
            decoder,
            raw,
            raw_at: 0,
            decoded: vec![0; BLOCK].into_boxed_slice(),
            filled: 0,
            at: 0,
            is_at_end: false,
            is_finished: false,
            before: Vec::new(),
            watch: Watch::default(),
        })
    }

    pub fn watch(&self) -> Watch {
        self.watch.clone()
    }

    /// Decodes the next bytes.
    fn fill(&mut self) -> io::Result<()> {
        (self.filled, self.at) = (0, 0);
        while self.filled == 0 && !self.is_finished {
            if self.raw_at == self.raw.len() && !self.is_at_end {
                // What is wrong at the begin of a block may have begun in the one before.
                self.before.extend_from_slice(&self.raw);
                self.before.drain(..self.before.len().saturating_sub(LONGEST_CHARACTER));
                self.raw.resize(BLOCK, 0);
                let read = self.inner.read(&mut self.raw)?;
                self.raw.truncate(read);
                self.raw_at = 0;
                self.is_at_end = read == 0;
            }
            self.decode();
        }
        let since = self.watch.since_record.get() + self.filled as u64;
        self.watch.since_record.set(since);
        if since > LONGEST_RECORD {
            let most = LONGEST_RECORD >> 20;
            return Err(io::Error::other(format!("a record or text in it is longer than {most} MB")));
        }
        Ok(())
    }

    /// Decodes what has been read into the empty block, until an invalid character.
    fn decode(&mut self) {
        let rest = &self.raw[self.raw_at..];
        let room = &mut self.decoded[..BLOCK - REPLACEMENT];
        if self.decoder.encoding() != UTF_8 {
            let (result, read, written, _) = self.decoder.decode_to_utf8(rest, room, self.is_at_end);
            self.raw_at += read;
            self.filled = written;
            self.is_finished = self.is_at_end && result == CoderResult::InputEmpty;
            return;
        }
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(rest, room, self.is_at_end);
        self.filled = written;
        if let DecoderResult::Malformed(length, after) = result {
            let near = [
                &self.before[..],
                &self.raw[(self.raw_at + read).saturating_sub(LONGEST_CHARACTER)..self.raw_at + read],
            ];
            let near = near.concat();
            let end = near.len().saturating_sub(usize::from(after));
            let first = end.saturating_sub(usize::from(length));
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&near[first..end]);
            let end = written + text.len();
            self.decoded[written..end].copy_from_slice(text.as_bytes());
            self.filled = end;
            self.watch.is_guessed.set(true);
        }
        self.raw_at += read;
        self.is_finished = self.is_at_end && result == DecoderResult::InputEmpty;
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.filled {
            self.fill()?;
        }
        let rest = &self.decoded[self.at..self.filled];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

/// The encoding of a stream by its first bytes.
fn encoding_of(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    if is_utf16(head) {
        let is_little = head.get(1) == Some(&0);
        return if is_little { UTF_16LE } else { UTF_16BE };
    }
    let first = String::from_utf8_lossy(head.get(..head.len().min(200)).unwrap_or_default());
    let declared = first.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("encoding="));
    let label = declared.and_then(|(_, rest)| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    });
    // A declaration that can be read as bytes is not in UTF-16, whatever it says.
    let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    named.filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(UTF_8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, bool) {
        let mut text = String::new();
        let mut reader = Utf8Reader::new(bytes).unwrap();
        let watch = reader.watch();
        reader.read_to_string(&mut text).unwrap();
        (text, watch.is_guessed())
    }

    #[test]
    fn streams_are_decoded_by_mark_declaration_or_guess() {
        let wide = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        for (bytes, text, is_guessed) in [
            ("Zoë".as_bytes().to_vec(), "Zoë", false),
            ("\u{feff}Zoë".as_bytes().to_vec(), "Zoë", false),
            (wide("\u{feff}Zoë", u16::to_le_bytes), "Zoë", false),
            (wide("\u{feff}Zoë", u16::to_be_bytes), "Zoë", false),
            (wide("<Zoe/>", u16::to_le_bytes), "<Zoe/>", false),
            (b"Zo\xeb, \x80".to_vec(), "Zoë, €", true),
            (b"Zo\xeb".to_vec(), "Zoë", true),
            (
                b"<?xml version='1.0' encoding='iso-8859-2'?>\xb1".to_vec(),
                "<?xml version='1.0' encoding='iso-8859-2'?>ą",
                false,
            ),
            (b"<?xml encoding=\"UTF-16\"?>".to_vec(), "<?xml encoding=\"UTF-16\"?>", false),
            (Vec::new(), "", false),
        ] {
            assert_eq!(read(&bytes), (text.to_owned(), is_guessed), "{bytes:?}");
        }
    }

    #[test]
    fn characters_on_the_borders_of_blocks_stay_whole() {
        for shift in 0..4 {
            let text = "x".repeat(4094 + shift) + &"é€😀".repeat(20_000);
            assert_eq!(read(text.as_bytes()), (text.clone(), false), "{shift}");
        }
    }

    #[test]
    fn many_invalid_bytes_take_no_longer_than_others() {
        // Clearing a block for each of them would set 256 GB.
        let bytes = vec![0xfc; 4_000_000];
        let begun = std::time::Instant::now();
        let (text, is_guessed) = read(&bytes);
        assert!(is_guessed && text.len() == 8_000_000 && text.chars().all(|c| c == 'ü'));
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
        assert_eq!(read(&[b"x".repeat(BLOCK), b"\x80".repeat(9)].concat()).0.chars().last(), Some('€'));
    }

    #[test]
    fn endless_records_are_refused() {
        let mut reader = Utf8Reader::new(io::repeat(b'x')).unwrap();
        let error = reader.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "a record or text in it is longer than 32 MB");
    }
}
