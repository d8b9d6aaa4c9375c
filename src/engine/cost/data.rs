//! Where state lives: file systems, volumes, buckets, databases, queues.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::bill::Bill;
use super::{HOURS, Volumes};
use crate::data::prices;
use crate::world::World;

/// Requests for one message: it is sent, received and deleted.
const REQUESTS_PER_MESSAGE: u64 = 3;

/// Adds it all.
pub(super) fn add(world: &World<'_>, volumes: &Volumes, bill: &mut Bill) {
    let month = HOURS * 1_000;
    let stored = u64::from(volumes.stored_gb) * 1_000;
    let requests = u64::from(volumes.requests) / 1_000;
    for node in world.graph().nodes().iter().copied() {
        match node.kind {
            ComponentKind::EfsFileSystem => bill.add(&prices::EFS, stored, node),
            ComponentKind::EbsVolume => {
                let mounts = world.graph().inc(node, LinkKind::Mounts).iter();
                let tasks: u64 =
                    mounts.flat_map(|edge| world.runners(edge.from)).map(|it| u64::from(it.tasks())).sum();
                let size = node.int(prop::SIZE_IN_GIB).and_then(|size| u64::try_from(size).ok()).unwrap_or(0);
                bill.add(&prices::EBS_VOLUME, size.saturating_mul(tasks) * 1_000, node);
            }
            ComponentKind::S3Bucket => bill.add(&prices::S3, stored, node),
            ComponentKind::RdsDatabase => {
                let copies = if node.flag(prop::MULTI_AZ) { 2 } else { 1 };
                if node.text(prop::ENGINE).is_some_and(|engine| engine.starts_with("aurora")) {
                    // Its instances share one volume that spans zones anyway.
                    bill.add(&prices::AURORA_HOUR, copies * month, node);
                    bill.add(&prices::AURORA_STORAGE, stored, node);
                } else {
                    bill.add(&prices::RDS_HOUR, copies * month, node);
                    bill.add(&prices::RDS_STORAGE, copies * stored, node);
                }
            }
            ComponentKind::DynamodbTable => {
                bill.add(&prices::DYNAMODB_REQUESTS, requests, node);
                bill.add(&prices::DYNAMODB_STORAGE, stored, node);
            }
            ComponentKind::Elasticache => bill.add(&prices::CACHE_HOUR, month, node),
            ComponentKind::SqsQueue => bill.add(&prices::SQS, requests * REQUESTS_PER_MESSAGE, node),
            ComponentKind::SnsTopic => bill.add(&prices::SNS, requests, node),
            _ => {}
        }
    }
}
