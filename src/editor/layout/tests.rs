//! Layout, by its properties and by a few boards.

use super::*;
use trapwise_model::fixture;

const BOARD: &str = "
    users: users
    vpc: vpc
      igw: internet-gateway
      web-sg: security-group
      public-a: subnet availabilityZone=a tier=public
        alb: load-balancer + public-b
        nat: nat-gateway
      public-b: subnet availabilityZone=b tier=public
      app-a: subnet availabilityZone=a tier=app
        web: ecs-service desiredCount=3 + app-b
      app-b: subnet availabilityZone=b tier=app
        jobs: ecs-service + public-a
    web-task: task-definition
    role: iam-role
    users -> alb: sends
    alb -> web: forwards
    web -> web-task: runs
    web-task -> role: role as=taskRoleArn
    web-sg -> web: guards
    public-a -> igw: routes
    web-sg -> web-sg: allows
";

fn board(flow: Flow) -> Layout {
    layout(&fixture::parse(BOARD).unwrap().design, Options { flow, free_cells: false })
}

#[test]
fn a_component_in_subnets_of_a_row_is_one_band() {
    let layout = board(Flow::Wide);
    let alb = layout.card("alb").unwrap();
    assert_eq!(alb.parts.len(), 1);
    assert_eq!(alb.parts[0].spans.len(), 2);
    let (a, b) = (layout.rect("public-a").unwrap(), layout.rect("public-b").unwrap());
    assert!(alb.head().x > a.x && alb.head().right() < b.right() && alb.head().right() > b.x);
}

#[test]
fn tasks_are_spread_over_the_subnets() {
    let layout = board(Flow::Wide);
    let tasks: Vec<_> = layout.card("web").unwrap().parts[0].spans.iter().map(|span| span.tasks).collect();
    assert_eq!(tasks, [2, 1]);
}

#[test]
fn subnets_that_do_not_line_up_make_joined_pieces() {
    let layout = board(Flow::Wide);
    let jobs = layout.card("jobs").unwrap();
    assert_eq!((jobs.parts.len(), jobs.joints.len()), (2, 1));
}

#[test]
fn zones_are_columns_and_tiers_are_rows() {
    let layout = board(Flow::Wide);
    let rect = |id: &str| layout.rect(id).unwrap();
    assert_eq!(rect("public-a").x, rect("app-a").x);
    assert_eq!(rect("public-a").y, rect("public-b").y);
    assert!(rect("public-a").bottom() < rect("app-a").y);
    assert!(rect("public-a").right() < rect("public-b").x);
    assert!(rect("web-task").x > rect("vpc").right());
    assert!(rect("role").x > rect("web-task").right());
    assert!(rect("users").bottom() < rect("vpc").y);
}

#[test]
fn on_a_narrow_screen_shelves_are_beneath() {
    let layout = board(Flow::Narrow);
    assert!(layout.rect("web-task").unwrap().y > layout.rect("vpc").unwrap().bottom());
    assert!(layout.bounds.w < 560.0, "{:?}", layout.bounds);
}

#[test]
fn every_link_has_a_way_of_upright_and_level_pieces() {
    for flow in [Flow::Wide, Flow::Medium, Flow::Narrow] {
        let layout = board(flow);
        assert_eq!(layout.routes.len(), 7);
        for route in &layout.routes {
            assert!(route.points.len() >= 2, "{route:?}");
            for pair in route.points.windows(2) {
                assert!(pair[0].x == pair[1].x || pair[0].y == pair[1].y, "{route:?}");
            }
        }
    }
}

/// A shelf of each kind, whose links share the stripes beside them.
const CROWDED: &str = "
    task: task-definition
    cluster: ecs-cluster
    provider: capacity-provider
    app: iam-role
    launch: iam-role
    key: kms-key
    image: ecr-repository
    password: secret
    bucket: s3-bucket
    table: dynamodb-table
    queue: sqs-queue
    logs: log-group
    task -> app: role as=taskRoleArn
    task -> launch: role as=executionRoleArn
    task -> image: image
    task -> password: secret as=valueFrom
    task -> logs: logs
    app -> bucket: grants
    app -> table: grants
    app -> queue: grants
    launch -> image: grants
    launch -> password: grants
    launch -> logs: grants
    key -> password: encrypts
    key -> bucket: encrypts
    provider -> cluster: provides
";

#[test]
fn ways_go_around_cards() {
    for board in [BOARD, CROWDED] {
        let design = fixture::parse(board).unwrap().design;
        for flow in [Flow::Wide, Flow::Medium, Flow::Narrow] {
            check_ways(&design, &layout(&design, Options { flow, free_cells: false }));
        }
    }
}

fn check_ways(design: &Design, layout: &Layout) {
    for route in &layout.routes {
        let link = design.link(route.link.id.as_str()).unwrap();
        for card in layout.cards.iter().filter(|card| !link.touches(card.id.as_str())) {
            for (part, pair) in card.parts.iter().flat_map(|p| route.points.windows(2).map(move |w| (p, w))) {
                let piece = Rect::new(
                    pair[0].x.min(pair[1].x),
                    pair[0].y.min(pair[1].y),
                    (pair[0].x - pair[1].x).abs(),
                    (pair[0].y - pair[1].y).abs(),
                );
                assert!(!part.rect.overlaps(&piece.grown(0.1)), "{} crosses {}", route.link.id, card.id);
            }
        }
    }
}

#[test]
fn a_link_straight_down_has_no_bend() {
    let layout = board(Flow::Wide);
    assert_eq!(layout.route("l2").unwrap().points.len(), 2);
}

#[test]
fn free_cells_are_shown_where_a_subnet_may_be_added() {
    let design = fixture::parse("vpc: vpc").unwrap().design;
    let layout = layout(&design, Options { free_cells: true, ..Options::default() });
    assert_eq!(layout.cells.len(), 9);
    assert!(layout.cells.iter().all(|cell| !cell.used && cell.rect.w > 0.0 && cell.rect.h > 0.0));
}

#[test]
fn unchanged_parts_are_shared() {
    let before = board(Flow::Wide);
    let options = Options { flow: Flow::Wide, free_cells: false };
    let after = layout_after(&fixture::parse(BOARD).unwrap().design, options, &before);
    assert!(before.cards.iter().zip(&after.cards).all(|(a, b)| Rc::ptr_eq(a, b)));
    assert!(before.routes.iter().zip(&after.routes).all(|(a, b)| Rc::ptr_eq(a, b)));
}

#[test]
fn users_stand_above_the_stripe_between_two_zones() {
    let layout = board(Flow::Wide);
    assert_eq!(layout.route("l1").unwrap().points.len(), 2, "straight down to the load balancer");
}

#[test]
fn labels_that_fit_cover_no_card_no_name_and_no_other_label() {
    for flow in [Flow::Wide, Flow::Medium, Flow::Narrow] {
        let design = fixture::parse(BOARD).unwrap().design;
        let layout = layout(&design, Options { flow, free_cells: false });
        let mut taken: Vec<Rect> = Vec::new();
        for route in layout.routes.iter().filter(|route| route.label_fits) {
            let link = design.link(route.link.id.as_str()).unwrap();
            let w = crate::words::label_width(link);
            let label = Rect::new(route.label.x - w / 2.0, route.label.y - 9.0, w, 18.0);
            for card in layout.cards.iter().flat_map(|card| &card.parts) {
                assert!(!card.rect.overlaps(&label), "{} over a card in {flow:?}", route.link.id);
            }
            for caption in &layout.captions {
                assert!(!caption.rect.overlaps(&label), "{} over {}", route.link.id, caption.text);
            }
            if crate::words::is_prominent(link.kind) {
                assert!(taken.iter().all(|other| !other.overlaps(&label)), "{} over a label", route.link.id);
                taken.push(label);
            }
        }
        assert!(taken.len() >= 2, "{flow:?} has no room for labels");
    }
}
