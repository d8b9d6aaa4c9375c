//! A fix mends: applied to any variant, it clears its finding and brings no other, with one exception:
//! a mistake may have hidden a second one, and mending the first lets the second be seen. Such cases are
//! declared below, each with its reason.

use trapwise_engine::scenario::Scenario;
use trapwise_engine::trap::Finding;
use trapwise_engine::trap::Scene;
use trapwise_engine::traps::find_all;
use trapwise_engine::world::World;
use trapwise_model::{ComponentId, Design, LinkId, SortedMap};

use crate::library::LIBRARY;

/// What a fix may bring to light.
struct Masked {
    /// `scenario/variant`.
    variant: &'static str,
    /// `trap/fix`.
    fix: &'static str,
    /// The trap that is found after it.
    appears: &'static str,
    why: &'static str,
}

const MASKED: &[Masked] = &[
    Masked {
        variant: "rotation-that-never-arrives/secret-in-plain-environment",
        fix: "secret-in-plain-environment/use-value-from",
        appears: "kms-decrypt-missing",
        why: "In this design the code fetches the secret, so only the task role may use its key.",
    },
    Masked {
        variant: "rotation-that-never-arrives/task-role-lacks-app-permission",
        fix: "task-role-lacks-app-permission/move-grant",
        appears: "kms-decrypt-missing",
        why: "Two permissions are on the wrong role, on the secret and on its key; the fix moves the first.",
    },
    Masked {
        variant: "the-coat-that-is-not-handed-over/administrator",
        fix: "broad-managed-policy/narrow",
        appears: "pass-role-missing",
        why: "Only the administrator's policy let the pipeline hand roles over.",
    },
    Masked {
        variant: "the-coat-that-is-not-handed-over/no-task-role",
        fix: "task-role-lacks-app-permission/attach-task-role",
        appears: "pass-role-missing",
        why: "A role that no task had needed nobody to hand it over.",
    },
    Masked {
        variant: "what-stays-behind/daemon-on-fargate",
        fix: "daemon-on-fargate/replica",
        appears: "single-zone-service",
        why: "A daemon has no desired count; as a replica it has the default, one task.",
    },
];

/// What tells findings apart: their trap and what they are pinned on first.
type Culprit = (&'static str, Option<ComponentId>, Option<LinkId>);

/// Every finding with every fix there is, whatever palette and locks allow.
fn findings(scenario: &Scenario, design: &Design) -> Vec<Finding> {
    let world = World::new(design);
    find_all(&Scene { world: &world, needs: &scenario.needs })
}

fn culprit(finding: &Finding) -> Culprit {
    let detection = &finding.detection;
    (finding.trap.id, detection.components.first().cloned(), detection.links.first().cloned())
}

fn culprits(findings: &[Finding]) -> SortedMap<Culprit, usize> {
    let mut count = SortedMap::new();
    for finding in findings {
        *count.entry(culprit(finding)).or_default() += 1;
    }
    count
}

#[test]
fn every_fix_clears_its_finding_and_brings_no_other() {
    let (mut tried, mut wrong) = (0, Vec::new());
    let mut used = vec![false; MASKED.len()];
    for content in LIBRARY.iter() {
        for (name, _, design) in &content.variants {
            let variant = format!("{}/{name}", content.scenario.id);
            let before = findings(&content.scenario, design);
            let counted = culprits(&before);
            for finding in &before {
                for fix in &finding.detection.fixes {
                    tried += 1;
                    let key = format!("{}/{}", finding.trap.id, fix.key);
                    let mut mended = design.clone();
                    if let Err((index, why)) = mended.apply_all(&fix.edits) {
                        wrong.push(format!("{variant}: {key}: edit {index} cannot be made: {why}"));
                        continue;
                    }
                    let after = culprits(&findings(&content.scenario, &mended));
                    if after.get(&culprit(finding)) >= counted.get(&culprit(finding)) {
                        wrong.push(format!("{variant}: {key} does not clear its finding"));
                    }
                    for (new, count) in &after {
                        if counted.get(new).is_some_and(|before| count <= before) {
                            continue;
                        }
                        let declared = MASKED.iter().position(|masked| {
                            (masked.variant, masked.fix, masked.appears) == (&*variant, &*key, new.0)
                        });
                        match declared {
                            Some(index) => used[index] = true,
                            None => wrong.push(format!("{variant}: {key} brings {new:?}")),
                        }
                    }
                }
            }
        }
    }
    let idle = MASKED.iter().zip(used).filter(|(_, used)| !used);
    wrong.extend(idle.map(|(masked, _)| {
        format!("{}: {} no longer brings {}", masked.variant, masked.fix, masked.appears)
    }));
    assert!(MASKED.iter().all(|masked| masked.why.ends_with('.')), "every exception has its reason");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 200, "only {tried} fixes were tried");
}
