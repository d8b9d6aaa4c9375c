//! Edits and fixtures put no component into itself, and say why.

#![allow(clippy::unwrap_used, reason = "tests")]

use trapwise_model::{Component, ComponentId, ComponentKind, Edit, Place, fixture};

#[test]
fn edits_and_fixtures_put_nothing_into_itself() {
    let text = "
        vpc: vpc
          a: subnet
            web: ecs-service";
    let mut design = fixture::parse(text).unwrap().design;
    let before = design.clone();
    let id = |text: &str| ComponentId::new(text).unwrap();
    let place = |what: &str, into: &str| {
        Edit::Place(Place { component: id(what), containers: vec![id(into)], at: None })
    };
    let mut refused = |edit: &Edit| design.apply(edit).unwrap_err().to_string();
    assert_eq!(refused(&place("a", "a")), "`a` is in itself");
    assert_eq!(refused(&place("vpc", "a")), "`vpc` is in `a`, which is in `vpc`");
    assert_eq!(refused(&place("vpc", "web")), "`vpc` is in `web`, which is in `a`, which is in `vpc`");
    let mut own = Component::new(id("b"), ComponentKind::Subnet);
    own.containers = vec![id("vpc"), id("b")];
    assert_eq!(refused(&Edit::Add(own)), "`b` is in itself");
    assert_eq!(design, before);
    let why = fixture::parse("x: subnet + y\ny: subnet + x\n").unwrap_err();
    assert_eq!(why, "line 1: `x` is in `y`, which is in `x`");
    let cross = "v: vpc\nrole: iam-role\nrole -> role: runs\n";
    assert!(fixture::parse(cross).unwrap_err().starts_with("line 3: "));
    assert_eq!(fixture::parse("v: vpc\nx: subnet + v x\n").unwrap_err(), "line 2: `x` is in itself");
}
