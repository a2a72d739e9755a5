//! Inter, the only typeface of pictures and reports; the system's own are never used, so that a file looks the same
//! wherever it was made.

/// Inter Regular (400), as TrueType.
pub const INTER_REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");

/// Inter `SemiBold` (600), as TrueType.
pub const INTER_SEMIBOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.ttf");
