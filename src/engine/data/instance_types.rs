//! What EC2 instance types have that rules ask for.

/// Whether instances of that type have GPUs that ECS can reserve.
///
/// Source: ECS Developer Guide, "Amazon ECS task definitions for GPU workloads": the g and p families.
#[must_use]
pub fn has_gpu(instance_type: &str) -> bool {
    let family = instance_type.split('.').next().unwrap_or_default();
    let mut chars = family.chars();
    matches!(chars.next(), Some('g' | 'p')) && chars.next().is_some_and(|next| next.is_ascii_digit())
}

/// How many network interfaces an instance of that type takes, its own included; none for a type unknown here.
///
/// Source: Amazon EC2 User Guide, "Maximum IP addresses per network interface": the usual types only.
#[must_use]
pub fn interfaces(instance_type: &str) -> Option<i64> {
    match instance_type {
        "t3.small" | "t3.medium" | "t3.large" | "c5.large" | "m5.large" | "r5.large" | "m7g.large" => Some(3),
        "c5.xlarge" | "m5.xlarge" | "r5.xlarge" | "m7g.xlarge" | "c5.2xlarge" | "m5.2xlarge" => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::has_gpu;

    #[test]
    fn gpu_families() {
        for with in ["g4dn.xlarge", "g5.xlarge", "p3.2xlarge", "g6f.large", "p4d.24xlarge"] {
            assert!(has_gpu(with), "{with}");
        }
        for without in ["m5.large", "c7g.large", "t3.medium", "", "gpu"] {
            assert!(!has_gpu(without), "{without}");
        }
    }
}
