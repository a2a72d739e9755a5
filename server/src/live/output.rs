//! What goes out on one stream, compressed for browsers that read gzip.
//!
//! Each piece is deflated once, for everyone who gets it. It builds on nothing before it and ends with a full flush, so
//! that pieces can follow one another in any stream; a connection keeps no window of its own, only a sum.

use std::{
    collections::VecDeque,
    sync::{Arc, OnceLock},
};

use axum::{
    body::Bytes,
    http::{HeaderMap, header},
};
use flate2::{Compress, Compression, Crc, FlushCompress};

/// What a gzip stream begins with: deflated, no name, no time, no system in particular.
const HEAD: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// The last block of a deflated stream, with nothing in it.
const LAST: [u8; 5] = [1, 0, 0, 0xff, 0xff];
/// What is shorter than this is not worth deflating.
const SHORT: usize = 128;
/// The most that a block holds as it is.
const BLOCK: usize = 0xffff;

/// A piece of a stream; clones share the text and its compressed form.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    plain: Bytes,
    deflated: Arc<OnceLock<Bytes>>,
}

impl Piece {
    pub(super) fn new(plain: impl Into<Bytes>) -> Self {
        Self {
            plain: plain.into(),
            deflated: Arc::default(),
        }
    }

    /// The text.
    pub(super) fn plain(&self) -> &Bytes {
        &self.plain
    }

    fn deflated(&self) -> Bytes {
        (self.deflated.get_or_init(|| deflate(&self.plain))).clone()
    }
}

fn deflate(plain: &[u8]) -> Bytes {
    if plain.len() < SHORT {
        return stored(plain);
    }
    let mut compress = Compress::new(Compression::default(), false);
    let mut out = Vec::with_capacity(plain.len() / 4 + 64);
    loop {
        let taken = usize::try_from(compress.total_in()).unwrap_or(plain.len());
        let done = compress.compress_vec(&plain[taken..], &mut out, FlushCompress::Full);
        if done.is_err() {
            return stored(plain);
        }
        if out.len() < out.capacity() {
            return out.into();
        }
        out.reserve(out.len());
    }
}

/// The text as it is, in blocks of a deflated stream.
fn stored(plain: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(plain.len() + 5);
    for block in plain.chunks(BLOCK) {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(0);
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    out.into()
}

/// See the module.
pub(super) struct Output {
    waiting: VecDeque<Bytes>,
    /// The sum of what has been put, when it is compressed.
    sum: Option<Crc>,
    begun: bool,
}

impl Output {
    /// A stream that nothing has been put in; compressed or not.
    pub(super) fn new(gzip: bool) -> Self {
        Self {
            waiting: VecDeque::new(),
            sum: gzip.then(Crc::new),
            begun: false,
        }
    }

    /// Whether anything has been put in it.
    pub(super) fn has_begun(&self) -> bool {
        self.begun
    }

    pub(super) fn put(&mut self, piece: &Piece) {
        let bytes = match &mut self.sum {
            None => piece.plain.clone(),
            Some(sum) => {
                if !self.begun {
                    self.waiting.push_back(Bytes::from_static(HEAD));
                }
                sum.update(&piece.plain);
                piece.deflated()
            }
        };
        self.begun = true;
        self.waiting.push_back(bytes);
    }

    /// Nothing more will be put.
    pub(super) fn end(&mut self) {
        if let (Some(sum), true) = (&self.sum, self.begun) {
            let mut end = LAST.to_vec();
            end.extend(sum.sum().to_le_bytes());
            end.extend(sum.amount().to_le_bytes());
            self.waiting.push_back(end.into());
        }
    }

    /// What is to be sent next.
    pub(super) fn next(&mut self) -> Option<Bytes> {
        self.waiting.pop_front()
    }
}

/// Whether a browser says that it reads gzip.
pub(super) fn reads_gzip(headers: &HeaderMap) -> bool {
    (headers.get_all(header::ACCEPT_ENCODING).iter())
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let refused = (weight.trim().strip_prefix("q="))
                .and_then(|weight| weight.parse::<f32>().ok())
                .is_some_and(|weight| weight <= 0.0);
            name.trim().eq_ignore_ascii_case("gzip") && !refused
        })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::{Decompress, FlushDecompress, read::GzDecoder};

    use super::*;

    fn sent(output: &mut Output) -> Vec<u8> {
        std::iter::from_fn(|| output.next()).flatten().collect()
    }

    /// Texts of every length that matters: short, long, longer than a block, and nothing that can be made shorter.
    fn pieces() -> Vec<Piece> {
        let mut number = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            number.to_be_bytes()[0]
        })
        .take(200_000)
        .collect();
        let cards = "<li class=\"card\">Samverka om arkiv</li>".repeat(4000);
        ["puls\n\n", &cards, "a", &cards[..SHORT], ""]
            .map(|text| Piece::new(text.to_owned()))
            .into_iter()
            .chain([Piece::new(noise)])
            .collect()
    }

    #[test]
    fn pieces_in_any_order_are_a_gzip_stream_with_a_right_sum() {
        let pieces = pieces();
        for begin in 0..pieces.len() {
            let order = pieces.iter().cycle().skip(begin).take(2 * pieces.len());
            let mut output = Output::new(true);
            let mut plain: Vec<u8> = Vec::new();
            for piece in order {
                output.put(piece);
                plain.extend_from_slice(piece.plain());
            }
            output.end();
            let mut read = Vec::new();
            let bytes = sent(&mut output);
            (GzDecoder::new(&*bytes).read_to_end(&mut read))
                .expect("it is whole, and its sum is right");
            assert_eq!(read, plain);
        }
    }

    #[test]
    fn a_piece_can_be_read_as_soon_as_it_has_come() {
        let mut output = Output::new(true);
        let mut inflate = Decompress::new(false);
        for (nth, piece) in pieces().iter().enumerate() {
            output.put(piece);
            let bytes = sent(&mut output);
            let bytes = if nth == 0 {
                &bytes[HEAD.len()..]
            } else {
                &bytes
            };
            let mut read = Vec::with_capacity(piece.plain().len() + 1);
            (inflate.decompress_vec(bytes, &mut read, FlushDecompress::Sync))
                .expect("it is deflated");
            assert_eq!(read, *piece.plain());
        }
    }

    #[test]
    fn html_becomes_much_shorter_once_for_all() {
        let piece = &pieces()[1];
        assert!(piece.deflated().len() * 20 < piece.plain().len());
        assert_eq!(piece.clone().deflated().as_ptr(), piece.deflated().as_ptr());
    }

    #[test]
    fn without_gzip_the_text_goes_out_as_it_is() {
        let mut output = Output::new(false);
        assert!(!output.has_begun());
        output.put(&Piece::new("event: puls\n\n"));
        output.end();
        assert!(output.has_begun());
        assert_eq!(sent(&mut output), b"event: puls\n\n");
    }

    #[test]
    fn gzip_is_read_where_it_is_said_and_not_refused() {
        let reads = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().expect("a value"));
            reads_gzip(&headers)
        };
        assert!(reads("gzip, deflate, br, zstd"));
        assert!(reads("br;q=1.0, GZIP;q=0.5"));
        assert!(!reads("br, gzip;q=0"));
        assert!(!reads("identity"));
        assert!(!reads_gzip(&HeaderMap::new()));
    }
}
