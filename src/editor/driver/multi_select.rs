//! Several components together: selected, moved, duplicated and removed, each as one step.

use trapwise_model::{BuildRules, Lock, fixture};

use super::{Driver, id};
use crate::geometry::Point;
use crate::{Button, Command, Device, Direction, Input, Key};

const BOARD: &str = "
    vpc: vpc
      app-a: subnet availabilityZone=a tier=app
        web: ecs-service
        api: ecs-service
      app-b: subnet availabilityZone=b tier=app
    web-task: task-definition
    bucket: s3-bucket
    web -> web-task: runs
    api -> bucket: calls
    web -> api: calls
";

impl Driver {
    fn additive_drag(mut self, at: Point, to: Point) -> Self {
        self.send(Input::Down { pointer: 1, at, device: Device::Mouse, button: Button::Additive });
        self.send(Input::Move { pointer: 1, at: to });
        self.send(Input::Up { pointer: 1, at: to });
        self
    }

    fn further_tap(self, id: &str) -> Self {
        let at = self.over(id);
        self.additive_drag(at, at)
    }

    fn expect_all_selected(self, ids: &[&str]) -> Self {
        let mut now: Vec<_> =
            self.editor.selected_components().iter().map(|id| id.as_str().to_owned()).collect();
        now.sort();
        assert_eq!(now, ids, "{:?}", self.announced);
        self
    }
}

#[test]
fn further_taps_select_and_unselect() {
    let driver = Driver::new(BOARD);
    let (web, board) = (driver.over("web"), driver.inside("app-b"));
    driver
        .tap(web)
        .further_tap("api")
        .expect_all_selected(&["api", "web"])
        .expect_said("2 components selected")
        .further_tap("api")
        .expect_all_selected(&["web"])
        .further_tap("api")
        .tap(board)
        .expect_all_selected(&["app-b"]);
}

#[test]
fn a_frame_selects_what_it_touches() {
    let driver = Driver::new(BOARD);
    let (from, to) = (driver.over("api").shifted(-200.0, -40.0), driver.over("web"));
    driver.additive_drag(from, to).expect_all_selected(&["api", "web"]).expect_idle();
}

#[test]
fn a_finger_gathers_by_taps() {
    let driver = Driver::new(BOARD).touch().run(Command::MultiSelect(true));
    let (web, api, below) = (driver.over("web"), driver.over("api"), driver.inside("app-b"));
    let driver = driver.tap(web).tap(api).expect_all_selected(&["api", "web"]);
    // What is not a card leaves the selection alone, and the next Escape ends the multi_select only.
    let driver = driver.tap(below).key(Key::Escape).expect_all_selected(&["api", "web"]);
    assert!(!driver.editor.is_multi_selecting());
}

#[test]
fn shift_and_arrows_extend() {
    let driver = Driver::new(BOARD);
    let api = driver.over("api");
    let driver = driver.tap(api).key(Key::Extend(Direction::Down)).key(Key::Extend(Direction::Up));
    driver
        .expect_all_selected(&["api", "web"])
        .expect_selected("api")
        .key(Key::SelectAll)
        .expect_all_selected(&["api", "bucket", "web", "web-task"]);
}

#[test]
fn several_are_moved_as_one_step() {
    let driver = Driver::new(BOARD);
    let (web, to) = (driver.over("web"), driver.inside("app-b"));
    driver
        .tap(web)
        .further_tap("api")
        .drag(web, to)
        .expect_in("web", &["app-b"])
        .expect_in("api", &["app-b"])
        .expect_said("Moved 2 components in App b")
        .expect_all_selected(&["api", "web"])
        .expect_one_step();
}

#[test]
fn where_one_cannot_go_none_goes() {
    let driver = Driver::new(BOARD);
    let (web, to) = (driver.over("web"), driver.inside("app-b"));
    driver.tap(web).further_tap("bucket").drag(web, to).expect_unchanged(BOARD);
}

#[test]
fn several_are_duplicated_with_what_joins_them() {
    let driver = Driver::new(BOARD);
    let web = driver.over("web");
    let driver = driver.tap(web).further_tap("api").key(Key::Duplicate);
    // The copies call each other, and the bucket and the task definition as the originals do.
    driver
        .expect_link("web-2", "calls", "api-2")
        .expect_link("api-2", "calls", "bucket")
        .expect_link("web-2", "runs", "web-task")
        .expect_links(6)
        .expect_all_selected(&["api-2", "web-2"])
        .expect_one_step();
}

#[test]
fn what_is_given_stays_when_several_are_removed() {
    let rules = BuildRules {
        locks: vec![Lock { component: id("api"), except: Default::default() }],
        ..BuildRules::default()
    };
    let driver = Driver::with(fixture::parse(BOARD).unwrap().design, rules);
    let driver = driver.key(Key::SelectAll).key(Key::Delete).expect_said("1 locked").expect_one_step();
    let left: Vec<_> = driver.editor.design().components().map(|part| part.id.as_str().to_owned()).collect();
    assert_eq!(left, ["api", "app-a", "app-b", "vpc"]);
}

#[test]
fn what_is_copied_is_pasted_as_often_as_one_likes() {
    let driver = Driver::new(BOARD).key(Key::Paste).expect_said("Nothing to paste").expect_unchanged(BOARD);
    let web = driver.over("web");
    let driver = driver.tap(web).key(Key::Copy).key(Key::Paste).key(Key::Paste).expect_said("Copied Web");
    driver.expect_all_selected(&["web-3"]).expect_link("web-2", "runs", "web-task");
}
