//! Spoils files the way that disks, programs and attackers do: the same seed, the same files.

/// A small generator (xorshift64*): the tests need the same numbers on every machine, not good ones.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }

    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// What is put in: pieces that readers trip over.
const PIECES: &[&[u8]] = &[
    b"\r\nBEGIN:VEVENT\r\n",
    b"\r\nEND:VEVENT\r\n",
    b"\nEND:VCALENDAR\nBEGIN:VCALENDAR\n",
    b"\r\nMETHOD:REPLY\r\n",
    b"\r\nRRULE:FREQ=DAILY;COUNT=1000000000\r\n",
    b"\r\nRRULE:FREQ=YEARLY;BYDAY=2T\xe2\x82\xac;INTERVAL=0\r\n",
    b"\r\nRRULE:FREQ=SECONDLY;UNTIL=99991231T235959Z\r\n",
    b"\r\nDTSTART:99991231T235959Z\r\n",
    b"\r\nDTSTART;TZID=Nowhere/At All:20270229T256199\r\n",
    b"\r\nDURATION:P99999999999999999999W\r\n",
    b"\r\nEXDATE:20270101,20270102T000000Z,,x\r\n",
    b"\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=\"\xff\":mailto:@@\r\n",
    b"\r\nSEQUENCE:-99999999999999999999\r\n",
    b"\r\n\t",
    b"\r\n ",
    b"\\\\\\n\\",
    b"\"",
    b";",
    b":",
    b",",
    b"=",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xe2\x80\xa8",
    b"4294967296",
    b"-1",
    b"\r\n\r\n",
    b"\r\n--",
    b"Content-Type: multipart/mixed; boundary=\"--\"\r\n\r\n",
    b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n",
    b"=3D=\r\n=ZZ",
];

/// `bytes` with one to four things changed; pieces of `other` may come in.
pub fn mutated(bytes: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        mutate(&mut out, other, dice);
    }
    out
}

fn mutate(out: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    let at = dice.below(out.len() + 1);
    let to = (at + dice.below(200)).min(out.len());
    match dice.below(8) {
        0 => out.truncate(at),
        1 => drop(out.drain(at..to)),
        2 => {
            let twice = out[at..to].to_vec();
            out.splice(at..at, twice);
        }
        3 => {
            let from = dice.below(other.len() + 1);
            let piece = &other[from..(from + dice.below(400)).min(other.len())];
            out.splice(at..to, piece.iter().copied());
        }
        4 => {
            if let Some(byte) = out.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
        5 => {
            if let Some(byte) = out.get_mut(at) {
                *byte = dice.below(256) as u8;
            }
        }
        _ => drop(out.splice(at..at, dice.pick(PIECES).iter().copied())),
    }
}
