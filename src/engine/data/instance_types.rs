//! What EC2 instance types have that rules ask for.

/// Whether instances of that type have GPUs that ECS can reserve.
///
/// Source: ECS Developer Guide, "Amazon ECS task definitions for GPU workloads": the g and p families. ECS
/// reserves GPUs of NVIDIA, and those of g4ad are of another make.
#[must_use]
pub fn has_gpu(instance_type: &str) -> bool {
    let family = instance_type.split('.').next().unwrap_or_default();
    let mut chars = family.chars();
    family != "g4ad"
        && matches!(chars.next(), Some('g' | 'p'))
        && chars.next().is_some_and(|next| next.is_ascii_digit())
}

/// Whether instances of that type have Graviton processors (ARM64): a `g` after the generation, as in `m7g`.
#[must_use]
pub fn is_arm(instance_type: &str) -> bool {
    let family = instance_type.split('.').next().unwrap_or_default();
    let after = family.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    let attributes = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
    family == "a1" || (attributes.len() < after.len() && attributes.starts_with('g'))
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
    use super::{has_gpu, is_arm};

    #[test]
    fn graviton_families() {
        for arm in ["m7g.large", "t4g.small", "c6gn.xlarge", "g5g.xlarge", "a1.medium", "x2gd.large"] {
            assert!(is_arm(arm), "{arm}");
        }
        for x86 in ["m5.large", "g4dn.xlarge", "g5.xlarge", "c6i.large", "t3.medium", "", "g"] {
            assert!(!is_arm(x86), "{x86}");
        }
    }

    #[test]
    fn gpu_families() {
        for with in ["g4dn.xlarge", "g5.xlarge", "p3.2xlarge", "g6f.large", "p4d.24xlarge"] {
            assert!(has_gpu(with), "{with}");
        }
        for without in ["m5.large", "c7g.large", "t3.medium", "", "gpu", "g4ad.xlarge"] {
            assert!(!has_gpu(without), "{without}");
        }
    }
}
