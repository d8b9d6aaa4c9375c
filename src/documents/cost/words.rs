//! Figures in words.

/// Cents as dollars: `$1,234.50`.
#[must_use]
pub fn dollars(cents: u64) -> String {
    format!("${}.{:02}", grouped(cents / 100), cents % 100)
}

/// A number of `10^-digits` as a decimal number, without zeros at its end: thousandths 1500 as `1.5`.
#[must_use]
pub fn decimal(number: u64, digits: usize) -> String {
    let scale = 10_u64.saturating_pow(u32::try_from(digits).unwrap_or(u32::MAX));
    let (whole, part) = (number / scale, number % scale);
    if part == 0 {
        return grouped(whole);
    }
    let part = format!("{part:0digits$}");
    format!("{}.{}", grouped(whole), part.trim_end_matches('0'))
}

/// A whole number with a comma between thousands.
fn grouped(number: u64) -> String {
    let (high, low) = (number / 1_000, number % 1_000);
    if high == 0 { low.to_string() } else { format!("{},{low:03}", grouped(high)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(dollars(0), "$0.00");
        assert_eq!(dollars(123_456_789), "$1,234,567.89");
        assert_eq!(decimal(1_500, 3), "1.5");
        assert_eq!(decimal(40_480, 6), "0.04048");
        assert_eq!(decimal(730_000, 3), "730");
        assert_eq!(decimal(1_000_001, 3), "1,000.001");
    }
}
