//! A small seeded generator, the same on every machine and in the browser.

/// `SplitMix64` (Steele, Lea & Flood, 2014, "Fast splittable pseudorandom number
/// generators"): 64 bits of state, every seed good. For the bootstrap and example data;
/// never for secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// A generator that gives the same numbers for the same seed.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits, evenly spread.
    pub const fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number from 0 up to but not including `bound`, by multiplication and
    /// shift (Lemire, 2019, without the rejection step: the bias is below
    /// `bound`/2³²). A bound of 0 gives 0.
    pub const fn below(&mut self, bound: u32) -> u32 {
        (((self.next_u64() >> 32) * bound as u64) >> 32) as u32
    }

    /// A real number from 0 up to but not including 1, in steps of 2⁻³².
    pub fn unit(&mut self) -> f64 {
        f64::from((self.next_u64() >> 32) as u32) / 4_294_967_296.0
    }
}
