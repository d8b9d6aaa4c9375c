//! EC2 instances by type: price on demand (Linux) in the Region of [`super::prices`], and size.
//!
//! Source: <https://aws.amazon.com/ec2/pricing/on-demand/>. The figures of the m5, c5, r5 and t3
//! families were compared with other published tables; the rest are the list prices as known.

use super::instance_types::{has_gpu, is_arm};

/// One instance type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstancePrice {
    /// For example `m5.large`.
    pub name: &'static str,
    /// Millionths of a dollar an hour.
    pub micros: u64,
    /// CPU units, 1,024 a vCPU.
    pub cpu: u64,
    /// Memory in MiB.
    pub memory: u64,
}

const fn row(name: &'static str, micros: u64, vcpu: u64, gib: u64) -> InstancePrice {
    InstancePrice { name, micros, cpu: vcpu * 1_024, memory: gib * 1_024 }
}

/// By name.
static TYPES: &[InstancePrice] = &[
    row("c5.12xlarge", 2_040_000, 48, 96),
    row("c5.2xlarge", 340_000, 8, 16),
    row("c5.large", 85_000, 2, 4),
    row("c5.xlarge", 170_000, 4, 8),
    row("c6g.large", 68_000, 2, 4),
    row("c7g.large", 72_500, 2, 4),
    row("c7i.large", 89_250, 2, 4),
    row("g4dn.xlarge", 526_000, 4, 16),
    row("g5.xlarge", 1_006_000, 4, 16),
    row("m5.12xlarge", 2_304_000, 48, 192),
    row("m5.2xlarge", 384_000, 8, 32),
    row("m5.large", 96_000, 2, 8),
    row("m5.xlarge", 192_000, 4, 16),
    row("m6g.large", 77_000, 2, 8),
    row("m7g.large", 81_600, 2, 8),
    row("m7g.xlarge", 163_200, 4, 16),
    row("m7i.large", 100_800, 2, 8),
    row("p3.2xlarge", 3_060_000, 8, 61),
    row("r5.large", 126_000, 2, 16),
    row("r5.xlarge", 252_000, 4, 32),
    row("t3.large", 83_200, 2, 8),
    row("t3.medium", 41_600, 2, 4),
    row("t3.small", 20_800, 2, 2),
    row("t4g.medium", 33_600, 2, 4),
    row("t4g.small", 16_800, 2, 2),
];

/// The type of that name; none for a type that is not in the table.
#[must_use]
pub fn instance(name: &str) -> Option<&'static InstancePrice> {
    TYPES.iter().find(|row| row.name == name)
}

/// The cheapest type with that many CPU units and MiB, of the processor family of `like`, with GPUs if it has;
/// none when the table has none so large.
#[must_use]
pub fn cheapest(cpu: i64, memory_mib: i64, like: &str) -> Option<&'static str> {
    let alike = |row: &&InstancePrice| {
        is_arm(row.name) == is_arm(like) && has_gpu(row.name) == has_gpu(like) && row.fits(cpu, memory_mib)
    };
    TYPES.iter().filter(alike).min_by_key(|row| row.micros).map(|row| row.name)
}

impl InstancePrice {
    /// Whether a task of that size fits on an empty instance. What the system takes for itself is not counted.
    #[must_use]
    pub fn fits(&self, cpu: i64, memory_mib: i64) -> bool {
        let within = |wanted: i64, has: u64| u64::try_from(wanted).is_ok_and(|wanted| wanted <= has);
        within(cpu, self.cpu) && within(memory_mib, self.memory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trapwise_model::catalogue::prop;

    #[test]
    fn types_are_known_once_and_larger_ones_cost_more() {
        assert!(TYPES.windows(2).all(|pair| pair[0].name < pair[1].name));
        let hour = |name: String| instance(&name).unwrap().micros;
        for family in ["c5", "m5"] {
            assert_eq!(hour(format!("{family}.xlarge")), 2 * hour(format!("{family}.large")));
            assert_eq!(hour(format!("{family}.2xlarge")), 4 * hour(format!("{family}.large")));
        }
        assert_eq!(instance("m5.metal"), None);
    }

    #[test]
    fn the_cheapest_that_fits_is_of_the_same_kind() {
        assert_eq!(cheapest(2_048, 6_144, "c5.large"), Some("t3.large"));
        assert_eq!(cheapest(2_048, 4_096, "m7g.large"), Some("t4g.medium"));
        assert_eq!(cheapest(40_960, 81_920, "m5.large"), Some("c5.12xlarge"));
        assert_eq!(cheapest(4_096, 8_192, "g5.xlarge"), Some("g4dn.xlarge"));
        assert_eq!(cheapest(102_400, 8_192, "m5.large"), None);
    }

    #[test]
    fn what_the_catalogue_offers_has_a_price() {
        for kind in trapwise_model::ComponentKind::ALL {
            let Some(prop) = kind.spec().prop(prop::INSTANCE_TYPE) else { continue };
            let trapwise_model::catalogue::PropType::Text { suggestions, .. } = prop.ty else {
                panic!("{prop:?}")
            };
            for name in suggestions {
                assert!(instance(name).is_some(), "{name}");
            }
        }
    }
}
