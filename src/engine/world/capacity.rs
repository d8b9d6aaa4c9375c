//! How many tasks run, where, and how many during a deployment.

use super::World;
use super::graph::Node;
use super::workload::{Compute, Workload};
use trapwise_model::LinkKind;
use trapwise_model::catalogue::{PropId, prop};

/// Fewest and most tasks that may run during a rolling deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeploymentRange {
    /// ceil(desired × minimumHealthyPercent / 100).
    pub least: u32,
    /// floor(desired × maximumPercent / 100).
    pub most: u32,
}

/// The bounds for that many tasks (`feat-rolling-default`). Percentages are whole and not negative.
#[must_use]
pub fn deployment_range(desired: u32, min_percent: u32, max_percent: u32) -> DeploymentRange {
    let share = |percent: u32| u64::from(desired) * u64::from(percent);
    let clamp = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    DeploymentRange { least: clamp(share(min_percent).div_ceil(100)), most: clamp(share(max_percent) / 100) }
}

/// Splits tasks over the entries of a strategy: bases first, in order, then the rest by weight. AWS does
/// not document how fractions are rounded; here the largest remainders get the odd tasks, earlier
/// entries first. All weights zero: the rest runs nowhere (the API refuses such a call).
#[must_use]
pub fn split(tasks: u32, entries: &[(u32, u32)]) -> Vec<u32> {
    let mut left = tasks;
    let mut shares: Vec<u32> = entries
        .iter()
        .map(|(base, _)| {
            let taken = left.min(*base);
            left -= taken;
            taken
        })
        .collect::<Vec<_>>();
    let weights: u64 = entries.iter().map(|(_, weight)| u64::from(*weight)).sum();
    if weights == 0 {
        return shares;
    }
    let rest = u64::from(left);
    let mut remainders: Vec<(u64, usize)> = Vec::new();
    let mut given = 0;
    for (index, ((_, weight), share)) in entries.iter().zip(&mut shares).enumerate() {
        let exact = rest * u64::from(*weight);
        let whole = exact / weights;
        *share += u32::try_from(whole).unwrap_or(u32::MAX);
        given += whole;
        remainders.push((exact % weights, index));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let odd = usize::try_from(rest - given).unwrap_or(0);
    for (_, index) in remainders.into_iter().take(odd) {
        if let Some(share) = shares.get_mut(index) {
            *share += 1;
        }
    }
    shares
}

impl<'d> World<'d> {
    /// The bounds of a service's rolling deployments.
    #[must_use]
    pub fn deployment_range(&self, workload: &Workload<'d>) -> DeploymentRange {
        let percent = |prop: PropId, fallback: u32| {
            workload.node.int(prop).and_then(|value| u32::try_from(value).ok()).unwrap_or(fallback)
        };
        deployment_range(
            workload.tasks(),
            percent(prop::MINIMUM_HEALTHY_PERCENT, 100),
            percent(prop::MAXIMUM_PERCENT, 200),
        )
    }

    /// How many of its tasks run on each entry of its strategy, in the strategy's order by provider id.
    #[must_use]
    pub fn strategy_split(&self, workload: &Workload<'d>) -> Vec<(Node<'d>, u32)> {
        let number = |value: Option<i64>| value.and_then(|value| u32::try_from(value).ok()).unwrap_or(0);
        let entries = workload
            .strategy
            .iter()
            .map(|edge| (number(edge.link.int(prop::BASE)), number(edge.link.int(prop::WEIGHT))))
            .collect::<Vec<_>>();
        let shares = split(workload.tasks(), &entries);
        workload.strategy.iter().map(|edge| edge.to).zip(shares).collect()
    }

    /// How many of its tasks run on capacity that AWS may take back: Fargate Spot, or a group of Spot
    /// instances.
    #[must_use]
    pub fn spot_tasks(&self, workload: &Workload<'d>) -> u32 {
        if workload.strategy.is_empty() {
            let all_spot = !workload.hosts.is_empty() && workload.hosts.iter().all(spot_host);
            return if all_spot && workload.compute == [Compute::Ec2] { workload.tasks() } else { 0 };
        }
        let split = self.strategy_split(workload);
        split.iter().filter(|(provider, _)| self.is_spot(*provider)).map(|(_, tasks)| tasks).sum()
    }

    /// How many of a thousand further tasks, beyond every base, run on capacity that AWS does not take back;
    /// none where no weight is set, since then no further task is started.
    #[must_use]
    pub fn on_demand_share(&self, workload: &Workload<'d>) -> Option<u32> {
        if workload.strategy.is_empty() {
            return Some(if self.spot_tasks(workload) > 0 { 0 } else { 1_000 });
        }
        let weight = |spot: Option<bool>| -> i64 {
            let entries = workload.strategy.iter();
            let counted = entries.filter(|edge| spot.is_none_or(|spot| self.is_spot(edge.to) == spot));
            counted.filter_map(|edge| edge.link.int(prop::WEIGHT)).sum()
        };
        u32::try_from((weight(Some(false)) * 1_000).checked_div(weight(None))?).ok()
    }

    /// Whether what a provider gives may be taken back.
    fn is_spot(&self, provider: Node<'d>) -> bool {
        provider.is(prop::TYPE, "FARGATE_SPOT")
            || self.graph().inc(provider, LinkKind::Backs).iter().any(|edge| spot_host(&edge.from))
    }
}

fn spot_host(host: &Node<'_>) -> bool {
    host.is(prop::MARKET, "spot")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deployment_bounds_are_those_of_the_documentation() {
        let range = |desired, min, max| {
            let DeploymentRange { least, most } = deployment_range(desired, min, max);
            (least, most)
        };
        assert_eq!(range(4, 50, 200), (2, 8));
        assert_eq!(range(2, 75, 200), (2, 4), "none can stop");
        assert_eq!(range(3, 100, 125), (3, 3), "none can start");
        assert_eq!(range(1, 100, 100), (1, 1));
        assert_eq!(range(0, 100, 200), (0, 0));
    }

    #[test]
    fn strategies_split_as_documented() {
        assert_eq!(split(10, &[(2, 1), (0, 3)]), [4, 6]);
        assert_eq!(split(1, &[(2, 1), (0, 3)]), [1, 0]);
        assert_eq!(split(5, &[(0, 1), (0, 1)]), [3, 2]);
        assert_eq!(split(5, &[(0, 0), (0, 0)]), [0, 0]);
        assert_eq!(split(5, &[]), Vec::<u32>::new());
        assert_eq!(split(7, &[(0, 1), (0, 1), (0, 1)]).iter().sum::<u32>(), 7);
    }
}
