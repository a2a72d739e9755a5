//! The one place where a number is rounded and written.

/// Half a unit in the last place is met exactly by means of levels, but not by their binary fractions.
const PRECISION: f64 = 1e-9;

/// What stands between whole numbers and decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalMark {
    /// 2,3 as in Swedish.
    #[default]
    Comma,
    /// 2.3 as in English.
    Point,
}

impl DecimalMark {
    /// A number as people read it, with a true minus sign (U+2212). What is no number (NaN, infinite) is "–".
    pub fn write(self, value: f64, decimals: u8) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let plain = plain(value, decimals).replace('-', "−");
        match self {
            Self::Comma => plain.replace('.', ","),
            Self::Point => plain,
        }
    }

    /// A difference: as [`DecimalMark::write`] with a plus sign when it is above zero after rounding.
    pub fn write_signed(self, value: f64, decimals: u8) -> String {
        let sign = if rounded(value, decimals) > 0.0 {
            "+"
        } else {
            ""
        };
        format!("{sign}{}", self.write(value, decimals))
    }
}

/// A number in Swedish: decimal comma and true minus sign.
pub fn swedish_number(value: f64, decimals: u8) -> String {
    DecimalMark::Comma.write(value, decimals)
}

/// Rounds half away from zero, as people do by hand: 2,05 to one decimal is 2,1. Never −0.
pub fn rounded(value: f64, decimals: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(decimals));
    let nudge = PRECISION.copysign(value);
    (value * scale + nudge).round() / scale + 0.0
}

/// A number for machines: ASCII, decimal point. Empty for what is no number.
pub(crate) fn plain(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return String::new();
    }
    format!("{:.*}", usize::from(decimals), rounded(value, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_a_decimal_comma_and_a_true_minus() {
        assert_eq!(swedish_number(2.34, 1), "2,3");
        assert_eq!(swedish_number(-0.44, 1), "−0,4");
        assert_eq!(swedish_number(57.0, 0), "57");
        assert_eq!(DecimalMark::Point.write(-1.5, 1), "−1.5");
    }

    #[test]
    fn half_a_unit_is_rounded_away_from_zero_even_where_binary_fractions_fall_short() {
        assert_eq!(swedish_number(41.0 / 20.0, 1), "2,1");
        assert_eq!(swedish_number(-2.5, 0), "−3");
        assert_eq!(swedish_number(1.005, 2), "1,01");
    }

    #[test]
    fn nothing_is_neither_negative_nor_a_surplus() {
        assert_eq!(swedish_number(-0.04, 1), "0,0");
        assert_eq!(DecimalMark::Comma.write_signed(0.04, 1), "0,0");
        assert_eq!(DecimalMark::Comma.write_signed(0.05, 1), "+0,1");
        assert_eq!(DecimalMark::Comma.write_signed(-1.0, 1), "−1,0");
    }

    #[test]
    fn what_is_no_number_is_never_written_as_one() {
        assert_eq!(swedish_number(f64::NAN, 1), "–");
        assert_eq!(swedish_number(f64::INFINITY, 0), "–");
    }
}
