//! Task sizes that Fargate offers.
//!
//! Source: ECS Developer Guide, "Amazon ECS task definition differences for Fargate" (with the 32 vCPU row of 2026).

/// CPU units, and the memory sizes in MiB valid with them.
const SIZES: &[(i64, Memory)] = &[
    (256, Memory::Listed(&[512, 1024, 2048])),
    (512, Memory::Steps { from: 1024, to: 4096, step: 1024 }),
    (1024, Memory::Steps { from: 2048, to: 8192, step: 1024 }),
    (2048, Memory::Steps { from: 4096, to: 16_384, step: 1024 }),
    (4096, Memory::Steps { from: 8192, to: 30_720, step: 1024 }),
    (8192, Memory::Steps { from: 16_384, to: 61_440, step: 4096 }),
    (16_384, Memory::Steps { from: 32_768, to: 122_880, step: 8192 }),
    (32_768, Memory::Listed(&[61_440, 122_880, 249_856])),
];

#[derive(Clone, Copy)]
enum Memory {
    Listed(&'static [i64]),
    Steps { from: i64, to: i64, step: usize },
}

impl Memory {
    fn sizes(self) -> Vec<i64> {
        match self {
            Self::Listed(sizes) => sizes.to_vec(),
            Self::Steps { from, to, step } => (from..=to).step_by(step).collect(),
        }
    }
}

/// The CPU values, in units of 1/1024 vCPU, ascending.
pub fn cpu_values() -> impl Iterator<Item = i64> {
    SIZES.iter().map(|(cpu, _)| *cpu)
}

/// The memory sizes in MiB valid with that CPU, ascending; empty for a CPU value that does not exist.
#[must_use]
pub fn memory_values(cpu: i64) -> Vec<i64> {
    SIZES.iter().find(|(value, _)| *value == cpu).map(|(_, memory)| memory.sizes()).unwrap_or_default()
}

/// Whether Fargate offers this pair.
#[must_use]
pub fn is_valid(cpu: i64, memory_mib: i64) -> bool {
    memory_values(cpu).contains(&memory_mib)
}

/// The smallest offered pair that has at least this CPU and memory, else the largest pair.
#[must_use]
pub fn nearest(cpu: i64, memory_mib: i64) -> (i64, i64) {
    let fits = cpu_values().filter(|value| *value >= cpu).find_map(|value| {
        memory_values(value).into_iter().find(|memory| *memory >= memory_mib).map(|memory| (value, memory))
    });
    fits.unwrap_or((32_768, 249_856))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_those_of_the_table() {
        for (cpu, memory) in
            [(256, 512), (256, 2048), (1024, 8192), (4096, 30_720), (8192, 20_480), (32_768, 249_856)]
        {
            assert!(is_valid(cpu, memory), "{cpu}/{memory}");
        }
        for (cpu, memory) in
            [(256, 4096), (512, 512), (1024, 1024), (8192, 17_408), (300, 512), (32_768, 65_536)]
        {
            assert!(!is_valid(cpu, memory), "{cpu}/{memory}");
        }
    }

    #[test]
    fn the_nearest_pair_is_never_smaller() {
        assert_eq!(nearest(256, 4096), (512, 4096));
        assert_eq!(nearest(300, 100), (512, 1024));
        assert_eq!(nearest(256, 512), (256, 512));
        assert_eq!(nearest(16_384, 200_000), (32_768, 249_856));
    }
}
