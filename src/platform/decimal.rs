//! Numbers as CSS and SVG take them.

use std::fmt;

/// A number, written to a ten-thousandth. The standard library writes fractions exactly, with 15 KB of
/// code that nothing else on the page needs.
#[derive(Clone, Copy)]
pub struct Decimal(pub f32);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "what no screen can show becomes the largest number"
        )]
        let parts = (f64::from(self.0) * 10_000.0).round() as i64;
        if parts < 0 {
            f.write_str("-")?;
        }
        let (whole, mut fraction) = (parts.unsigned_abs() / 10_000, parts.unsigned_abs() % 10_000);
        write!(f, "{whole}")?;
        if fraction == 0 {
            return Ok(());
        }
        let mut digits = 4;
        while fraction % 10 == 0 {
            (fraction, digits) = (fraction / 10, digits - 1);
        }
        write!(f, ".{fraction:0digits$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_short_as_it_can_be() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (12.0, "12"),
            (12.5, "12.5"),
            (-0.25, "-0.25"),
            (0.0625, "0.0625"),
            (1.000_04, "1"),
            (100_000.0, "100000"),
            (f32::NAN, "0"),
        ] {
            assert_eq!(Decimal(number).to_string(), text);
        }
    }
}
