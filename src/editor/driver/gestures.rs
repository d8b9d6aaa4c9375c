//! Pointer, touch and wheel.

use trapwise_model::ComponentKind as K;
use trapwise_model::catalogue::prop;

use super::{BOARD, Driver, id};
use crate::geometry::Point;
use crate::{Button, Device, Gesture, Input, Key, Mode};

#[test]
fn a_part_is_dragged_from_the_palette_into_a_subnet() {
    let driver = Driver::new(BOARD);
    let to = driver.inside("app-b");
    driver
        .drag_from_palette(K::EcsService, to)
        .expect_in("ecs-service", &["app-b"])
        .expect_selected("ecs-service")
        .expect_idle()
        .expect_one_step();
}

#[test]
fn what_belongs_to_the_vpc_may_be_dropped_on_a_subnet_of_it() {
    let driver = Driver::new(BOARD);
    let to = driver.inside("app-b");
    driver.drag_from_palette(K::SecurityGroup, to).expect_in("security-group", &["vpc"]);
}

#[test]
fn an_illegal_area_says_why_and_what_would_do() {
    let driver = Driver::new(BOARD);
    let to = driver.inside("app-b");
    driver
        .drag_from_palette(K::S3Bucket, to)
        .expect_said("S3 bucket does not stand in Subnet. It belongs outside the VPC.")
        .expect_unchanged(BOARD);
}

#[test]
fn a_subnet_takes_zone_and_tier_of_where_it_is_dropped() {
    let driver = Driver::new(BOARD);
    let cell =
        driver.editor.layout().cells.iter().find(|cell| cell.zone == "b" && cell.tier == "data").unwrap();
    let to = driver.page(cell.rect.center());
    let driver = driver.drag_from_palette(K::Subnet, to).expect_in("subnet", &["vpc"]).expect_one_step();
    let subnet = driver.editor.design().component("subnet").unwrap();
    assert_eq!((subnet.text(prop::AVAILABILITY_ZONE), subnet.text(prop::TIER)), (Some("b"), Some("data")));
}

#[test]
fn moving_a_subnet_to_another_cell_sets_zone_and_tier_in_one_step() {
    let driver = Driver::new(BOARD);
    let cell =
        driver.editor.layout().cells.iter().find(|cell| cell.zone == "c" && cell.tier == "data").unwrap();
    let (from, to) = (driver.over("app-b"), driver.page(cell.rect.center()));
    let driver = driver.drag(from, to).expect_one_step();
    let subnet = driver.editor.design().component("app-b").unwrap();
    assert_eq!((subnet.text(prop::AVAILABILITY_ZONE), subnet.text(prop::TIER)), (Some("c"), Some("data")));
}

#[test]
fn a_band_keeps_its_zones_when_it_changes_rows() {
    let driver = Driver::new(BOARD);
    let (from, to) = (driver.over("alb").shifted(-60.0, 0.0), driver.inside("app-a"));
    driver.drag(from, to).expect_in("alb", &["app-a", "app-b"]).expect_one_step();
}

#[test]
fn dragging_the_end_of_a_band_extends_it() {
    let driver = Driver::new(BOARD);
    let at = driver.over("web");
    let driver = driver.tap(at).expect_selected("web");
    let grip = driver.editor.grips("web").into_iter().find(|grip| grip.1).unwrap().2.center();
    // Off the middle, where the knob for links is.
    let (from, to) = (driver.page(grip.shifted(0.0, 14.0)), driver.inside("app-b"));
    driver.drag(from, to).expect_in("web", &["app-a", "app-b"]).expect_one_step();
}

#[test]
fn dragging_the_end_of_a_band_back_shortens_it_but_never_to_nothing() {
    let driver = Driver::new(BOARD);
    let at = driver.over("alb");
    let driver = driver.tap(at);
    let grip = driver.editor.grips("alb").into_iter().find(|grip| grip.1).unwrap().2.center();
    let (from, to) = (driver.page(grip.shifted(0.0, 9.0)), driver.page(Point::new(-500.0, grip.y)));
    driver.drag(from, to).expect_in("alb", &["public-a"]).expect_one_step();
}

#[test]
fn a_link_is_drawn_from_a_handle() {
    let driver = Driver::new(BOARD);
    let at = driver.over("alb");
    let driver = driver.tap(at);
    let handle = driver.editor.handles("alb")[0];
    let (from, to) = (driver.page(handle), driver.over("web"));
    driver.drag(from, to).expect_link("alb", "forwards", "web").expect_idle().expect_one_step();
}

#[test]
fn a_link_let_go_over_nothing_is_not_drawn() {
    let driver = Driver::new(BOARD);
    let at = driver.over("alb");
    let driver = driver.tap(at);
    let from = driver.page(driver.editor.handles("alb")[0]);
    driver.drag(from, Point::new(1590.0, 990.0)).expect_unchanged(BOARD).expect_idle();
}

#[test]
fn a_press_is_a_drag_only_beyond_the_slop() {
    let driver = Driver::new(BOARD);
    let at = driver.over("web");
    let driver = driver.down(at).move_to(at.shifted(2.0, 1.0));
    assert!(matches!(driver.editor.gesture(), Gesture::Pressing { .. }));
    driver.up().expect_selected("web").expect_unchanged(BOARD);
}

#[test]
fn escape_and_a_taken_pointer_leave_nothing_behind() {
    for end in [Input::Key(Key::Escape), Input::Cancel { pointer: 1 }] {
        let driver = Driver::new(BOARD);
        let (from, to) = (driver.over("web"), driver.inside("public-a"));
        let mut driver = driver.down(from).move_to(to);
        assert!(matches!(driver.editor.gesture(), Gesture::Carrying(..)));
        driver.send(end);
        driver.up().expect_unchanged(BOARD).expect_idle();
    }
}

#[test]
fn escape_puts_the_board_back_where_it_was_before_panning() {
    let driver = Driver::new(BOARD);
    let before = *driver.editor.viewport();
    let driver = driver.down(Point::new(1590.0, 990.0)).move_to(Point::new(1400.0, 900.0));
    assert_ne!(driver.editor.viewport(), &before);
    assert_eq!(driver.key(Key::Escape).editor.viewport(), &before);
}

#[test]
fn a_finger_pans_until_a_part_is_selected_and_then_moves_it() {
    let driver = Driver::new(BOARD).touch();
    let (from, to) = (driver.over("web"), driver.over("web").shifted(0.0, 80.0));
    let before = *driver.editor.viewport();
    let driver = driver.drag(from, to).expect_unchanged(BOARD);
    assert_ne!(driver.editor.viewport(), &before);
    let (from, to) = (driver.over("web"), driver.inside("public-a"));
    driver.tap(from).drag(from, to).expect_in("web", &["public-a"]);
}

#[test]
fn a_finger_held_still_picks_a_part_up() {
    let driver = Driver::new(BOARD).touch();
    let (from, to) = (driver.over("web"), driver.inside("app-b"));
    let mut driver = driver.down(from);
    driver.send(Input::Held { pointer: 1 });
    driver.move_to(to).up().expect_in("web", &["app-b"]);
}

#[test]
fn by_tapping_a_part_is_picked_then_placed() {
    let driver = Driver::new(BOARD).touch();
    let (item, to) = (driver.item(K::EcsService), driver.inside("app-b"));
    driver.run(crate::Command::PickItem(item)).tap(to).expect_in("ecs-service", &["app-b"]).expect_idle();
}

#[test]
fn by_tapping_a_handle_and_then_a_part_they_are_connected() {
    let driver = Driver::new(BOARD).touch();
    let at = driver.over("web");
    let driver = driver.tap(at);
    let handle = driver.page(driver.editor.handles("web")[1]);
    let driver = driver.tap(handle);
    assert!(matches!(driver.editor.mode(), Mode::Connect(_)));
    let to = driver.over("web-task");
    driver.tap(to).expect_link("web", "runs", "web-task").expect_idle();
}

#[test]
fn two_fingers_zoom_around_their_middle() {
    let mut driver = Driver::new(BOARD).touch();
    let (a, b) = (Point::new(600.0, 500.0), Point::new(800.0, 500.0));
    for (pointer, at) in [(1, a), (2, b)] {
        driver.send(Input::Down { pointer, at, device: Device::Touch, button: Button::Primary });
    }
    let zoom = driver.editor.viewport().zoom;
    let fixed = driver.editor.viewport().to_board(Point::new(700.0, 500.0));
    driver.send(Input::Move { pointer: 1, at: Point::new(550.0, 500.0) });
    driver.send(Input::Move { pointer: 2, at: Point::new(850.0, 500.0) });
    assert!((driver.editor.viewport().zoom / zoom - 1.5).abs() < 0.01);
    assert!(driver.editor.viewport().to_board(Point::new(700.0, 500.0)).distance(fixed) < 1.0);
    driver.send(Input::Up { pointer: 1, at: a });
    driver.send(Input::Up { pointer: 2, at: b });
    driver.expect_idle();
}

#[test]
fn a_part_dropped_between_two_subnets_goes_into_the_nearer_one() {
    let driver = Driver::new(BOARD);
    let gap = driver.editor.layout().rect("app-b").unwrap();
    let to = driver.page(Point::new(gap.x - 6.0, gap.center().y));
    driver.drag_from_palette(K::EcsService, to).expect_in("ecs-service", &["app-b"]);
}

#[test]
fn what_is_dragged_in_over_the_edge_does_not_pan() {
    let mut driver = Driver::new(BOARD);
    let item = driver.item(K::EcsService);
    driver.send(Input::DownOnPalette { pointer: 1, at: Point::new(40.0, 300.0), item });
    driver.send(Input::Move { pointer: 1, at: Point::new(210.0, 500.0) });
    assert!(!driver.editor.wants_ticks());
    driver.send(Input::Move { pointer: 1, at: Point::new(500.0, 500.0) });
    driver.send(Input::Move { pointer: 1, at: Point::new(210.0, 500.0) });
    assert!(driver.editor.wants_ticks());
}

#[test]
fn dragging_at_the_edge_pans() {
    let driver = Driver::new(BOARD);
    let from = driver.over("web");
    let mut driver = driver.down(from).move_to(Point::new(205.0, 500.0));
    assert!(driver.editor.wants_ticks());
    let before = driver.editor.viewport().offset.x;
    driver.send(Input::Tick);
    assert!(driver.editor.viewport().offset.x > before);
    assert!(!driver.up().editor.wants_ticks());
}

#[test]
fn reordering_within_an_area_is_one_step_and_keeps_the_place() {
    let board =
        "vpc: vpc\n  s: subnet\n    a: lambda-function\n    b: lambda-function\n    c: lambda-function";
    let driver = Driver::new(board);
    let order = |driver: &Driver| {
        let mut ids = ["a", "b", "c"];
        ids.sort_by(|x, y| driver.over(x).y.total_cmp(&driver.over(y).y));
        ids.concat()
    };
    assert_eq!(order(&driver), "abc");
    let (from, to) = (driver.over("c"), driver.over("a").shifted(0.0, -20.0));
    let driver = driver.drag(from, to).expect_in("c", &["s"]).expect_one_step();
    assert_eq!(order(&driver), "cab");
}

#[test]
fn reordering_numbers_no_more_neighbours_than_it_has_to() {
    let board = "vpc: vpc\n  s: subnet\n    a: lambda-function\n    b: lambda-function\n    c: lambda-function\n    d: lambda-function";
    let places =
        |driver: &Driver| ["a", "b", "c", "d"].map(|id| driver.editor.design().component(id).unwrap().at);
    let driver = Driver::new(board);
    let (from, to) = (driver.over("d"), driver.over("b").shifted(0.0, -20.0));
    let driver = driver.drag(from, to).expect_one_step();
    assert_eq!(places(&driver), [Some(0), None, None, Some(1)]);
    let (from, to) = (driver.over("c"), driver.over("b").shifted(0.0, -20.0));
    let driver = driver.drag(from, to);
    assert_eq!(places(&driver), [Some(0), None, Some(2), Some(1)]);
    // Room that a part has left is taken, and who is in the way moves on.
    let (from, to) = (driver.over("b"), driver.over("d").shifted(0.0, -20.0));
    let driver = driver.drag(from, to);
    assert_eq!(places(&driver), [Some(0), Some(1), Some(3), Some(2)]);
}

#[test]
fn a_given_part_stays_where_it_is() {
    let design = trapwise_model::fixture::parse(BOARD).unwrap().design;
    let lock = trapwise_model::Lock { component: id("web"), except: trapwise_model::SortedSet::new() };
    let rules = trapwise_model::BuildRules { locks: vec![lock], ..Default::default() };
    let driver = Driver::with(design, rules);
    let (from, to) = (driver.over("web"), driver.inside("public-a"));
    driver.drag(from, to).expect_in("web", &["app-a"]).expect_said("locked").expect_unchanged(BOARD);
}
