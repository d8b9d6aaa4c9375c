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
