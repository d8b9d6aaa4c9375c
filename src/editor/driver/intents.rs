//! Commands and keys.

use trapwise_model::catalogue::prop;
use trapwise_model::{
    BuildRules, ComponentKind as K, Edit, Link, LinkId, LinkKind, PaletteItem, Props, Set, Target, Value,
    fixture,
};

use super::{BOARD, Driver, id};
use crate::{Command, Direction, Key, Mode};

#[test]
fn a_role_on_a_task_definition_asks_the_exams_own_question() {
    let driver = Driver::new(BOARD).run(Command::Connect(id("web-task"), id("role")));
    let labels: Vec<_> =
        driver.editor.question().unwrap().options.iter().map(|option| option.label.clone()).collect();
    assert_eq!(labels, ["Task role", "Task execution role"]);
    let driver = driver.run(Command::Answer(1)).expect_link("web-task", "role", "role").expect_one_step();
    let link = driver.editor.design().links().next().unwrap();
    assert_eq!(link.text(prop::AS), Some("executionRoleArn"));
}

#[test]
fn dismissing_the_question_draws_nothing() {
    Driver::new(BOARD)
        .run(Command::Connect(id("web-task"), id("role")))
        .key(Key::Escape)
        .expect_unchanged(BOARD);
}

#[test]
fn where_only_the_reverse_is_legal_it_is_offered() {
    let driver = Driver::new(BOARD).run(Command::Connect(id("web"), id("users")));
    let question = driver.editor.question().unwrap();
    assert!(question.text.contains("only in the other direction"), "{}", question.text);
    driver.run(Command::Answer(0)).expect_link("users", "sends", "web");
}

#[test]
fn a_meaningless_link_is_refused_with_what_is_possible() {
    Driver::new(BOARD)
        .run(Command::Connect(id("users"), id("bucket")))
        .expect_said("Nothing leads from Users to S3 bucket")
        .expect_said("Users can be linked to ALB, Web")
        .expect_unchanged(BOARD);
}

#[test]
fn a_link_that_only_one_may_be_of_replaces_it_when_asked() {
    let board = &format!("{BOARD}    other: task-definition\n    web -> web-task: runs");
    let driver = Driver::new(board).run(Command::Connect(id("web"), id("other")));
    assert!(driver.editor.question().unwrap().options[0].help.contains("Replaces: Web runs Web task"));
    driver.run(Command::Answer(0)).expect_link("web", "runs", "other").expect_links(1).expect_one_step();
}

#[test]
fn a_grant_starts_with_the_first_actions_of_its_target() {
    let driver = Driver::new(BOARD).run(Command::Connect(id("role"), id("bucket"))).expect_links(1);
    let link = driver.editor.design().links().next().unwrap();
    assert_eq!(link.list(prop::ACTIONS), ["s3:GetObject".into(), "s3:PutObject".into()]);
}

#[test]
fn a_new_forwarding_keeps_awss_own_default_so_that_its_trap_can_be_built() {
    let driver = Driver::new(BOARD).run(Command::Connect(id("alb"), id("web")));
    let link = driver.editor.design().links().next().unwrap();
    assert!(link.props.is_empty());
    assert_eq!(link.text(prop::TARGET_TYPE), Some("instance"));
}

#[test]
fn place_in_extends_and_shortens_a_band() {
    Driver::new(BOARD)
        .run(Command::PlaceIn(id("web"), vec![id("app-b"), id("app-a")]))
        .expect_in("web", &["app-a", "app-b"])
        .run(Command::PlaceIn(id("web"), vec![id("app-b")]))
        .expect_in("web", &["app-b"]);
}

#[test]
fn a_refused_property_says_why_and_changes_nothing() {
    let set = Set {
        of: Target::Component(id("web")),
        prop: prop::DESIRED_COUNT.into(),
        value: Some(Value::Int(-1)),
    };
    Driver::new(BOARD)
        .run(Command::SetProp(set))
        .expect_said("Desired tasks must be between 0")
        .expect_unchanged(BOARD);
}

#[test]
fn a_property_set_to_what_it_is_makes_no_step() {
    let set = |value| {
        Command::SetProp(Set { of: Target::Component(id("web")), prop: prop::DESIRED_COUNT.into(), value })
    };
    let driver = Driver::new(BOARD).run(set(None)).expect_unchanged(BOARD);
    driver.run(set(Some(Value::Int(2)))).expect_one_step().run(set(Some(Value::Int(2)))).expect_one_step();
}

#[test]
fn a_duplicate_has_the_links_that_are_possible_twice() {
    let board = &format!(
        "{BOARD}    alb -> web: forwards\n    web -> web-task: runs\n    policy: scaling-policy\n    policy -> web: scales"
    );
    Driver::new(board)
        .run(Command::Duplicate(id("web")))
        .expect_in("web-2", &["app-a"])
        .expect_link("alb", "forwards", "web-2")
        .expect_link("web-2", "runs", "web-task")
        .expect_links(5)
        .expect_one_step();
}

#[test]
fn a_duplicated_subnet_goes_to_the_next_zone() {
    let driver =
        Driver::new(BOARD).run(Command::Duplicate(id("app-a"))).expect_selected("app-c").expect_one_step();
    assert_eq!(driver.editor.design().component("app-c").unwrap().text(prop::AVAILABILITY_ZONE), Some("c"));
}

#[test]
fn removing_takes_what_stood_there_and_comes_back_with_undo() {
    let driver =
        Driver::new(BOARD).run(Command::Remove(Target::Component(id("vpc")))).expect_said("Removed VPC");
    assert!(driver.editor.design().component("app-a").is_none());
    let driver = driver.key(Key::Undo).expect_said("Undone: Removed VPC");
    assert_eq!(**driver.editor.design(), fixture::parse(BOARD).unwrap().design);
    let driver = driver.key(Key::Redo);
    assert!(driver.editor.design().component("vpc").is_none());
}

#[test]
fn a_fix_is_one_step() {
    let link = Link::new(LinkId::new("fix").unwrap(), LinkKind::Runs, id("web"), id("web-task"));
    let edits = vec![Edit::Link(link), Edit::Remove(id("bucket"))];
    Driver::new(BOARD)
        .run(Command::ApplyEdits { label: "Applied the fix".into(), edits })
        .expect_links(1)
        .expect_one_step();
}

#[test]
fn limits_of_the_palette_hold() {
    let item = PaletteItem {
        kind: K::EcsService,
        preset: Some("orders".into()),
        label: Some("Orders service".into()),
        help: None,
        props: Props::new(),
        limit: Some(1),
    };
    let rules = BuildRules { palette: vec![item], ..BuildRules::default() };
    let design = fixture::parse(BOARD).unwrap().design;
    let add = || Command::Add { item: 0, into: vec![id("app-a")] };
    Driver::with(design, rules)
        .run(add())
        .expect_in("orders-service", &["app-a"])
        .run(add())
        .expect_said("this scenario allows 1 × Orders service".replace("this", "This").as_str())
        .run(Command::PickItem(0))
        .expect_said("no more of Orders service")
        .expect_one_step();
}

#[test]
fn what_needs_a_container_says_which() {
    let board = "a: vpc\nb: vpc";
    let driver = Driver::new(board);
    let item = driver.item(K::Subnet);
    driver
        .run(Command::Add { item, into: vec![] })
        .expect_said("It belongs in a VPC")
        .expect_unchanged(board);
}

#[test]
fn arrows_select_the_nearest_part_that_way() {
    Driver::new(BOARD)
        .run(Command::Select(Some(Target::Component(id("alb")))))
        .key(Key::Arrow(Direction::Down))
        .key(Key::Arrow(Direction::Down))
        .expect_selected("web")
        .expect_said("Web, ECS service, in App a, 0 links");
}

#[test]
fn a_part_is_moved_by_keys_alone() {
    Driver::new(BOARD)
        .run(Command::Select(Some(Target::Component(id("web")))))
        .key(Key::Place)
        .key(Key::Arrow(Direction::Right))
        .key(Key::Enter)
        .expect_in("web", &["public-a"])
        .expect_idle()
        .expect_one_step();
}

#[test]
fn parts_are_connected_by_keys_alone() {
    let driver =
        Driver::new(BOARD).run(Command::Select(Some(Target::Component(id("alb"))))).key(Key::Connect);
    let Mode::Connect(_) = driver.editor.mode() else { panic!("connecting") };
    let mut driver = driver.key(Key::Arrow(Direction::Right));
    for _ in 0..10 {
        let Mode::Connect(draw) = driver.editor.mode() else { panic!("connecting") };
        if draw.target == Some(id("web")) {
            break;
        }
        driver = driver.key(Key::Arrow(Direction::Right));
    }
    driver.key(Key::Enter).expect_link("alb", "forwards", "web").expect_idle();
}

#[test]
fn keys_have_the_meanings_of_their_names() {
    assert_eq!(Key::from_name("z", true, false, false), Some(Key::Undo));
    assert_eq!(Key::from_name("Z", true, true, false), Some(Key::Redo));
    assert_eq!(Key::from_name("y", true, false, false), Some(Key::Redo));
    assert_eq!(Key::from_name("c", false, false, false), Some(Key::Connect));
    assert_eq!(Key::from_name("c", true, false, false), Some(Key::Copy));
    assert_eq!(Key::from_name("x", true, false, false), None, "cutting text stays the browser's");
    assert_eq!(Key::from_name("Tab", false, false, false), None);
}
