//! Random sound designs and random well-typed conditions, both read off a tape of numbers so that a
//! failing case shrinks with the tape.

use trapwise_engine::condition::{
    Attr, AttrTest, Attribute, Budget, Condition, Connected, Counted, Distinct, IfThen, Lookup, OnEmpty, Op,
    PathTest, Quantified, Reachable, Ref, RoleGrants, SameAs, Selector, Survives, Within, WorkloadTest,
};
use trapwise_model::catalogue::{PropSpec, PropType, prop};
use trapwise_model::{
    Component, ComponentId, ComponentKind as K, Design, Edit, Link, LinkId, LinkKind, Place, Props, Set,
    SortedMap, Target, Value, check_containers, link_choices, may_contain,
};

/// Numbers to decide by; zero for ever once they have run out.
pub struct Tape<'a>(pub std::slice::Iter<'a, u16>);

impl Tape<'_> {
    /// A number below `count`.
    fn below(&mut self, count: usize) -> usize {
        self.0.next().map_or(0, |number| usize::from(*number) % count.max(1))
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// True once in so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    fn is_over(&self) -> bool {
        self.0.len() == 0
    }
}

/// Kinds that designs and conditions are made of: enough for every operator, few enough to collide.
const KINDS: &[K] = &[
    K::Subnet,
    K::EcsService,
    K::TaskDefinition,
    K::IamRole,
    K::LoadBalancer,
    K::SecurityGroup,
    K::S3Bucket,
    K::EcrRepository,
    K::LogGroup,
    K::Secret,
    K::Users,
    K::Vpc,
    K::VpcEndpoint,
    K::InternetGateway,
    K::EcsCluster,
    K::AutoScalingGroup,
    K::CapacityProvider,
    K::StandaloneTask,
    K::RdsDatabase,
    K::ScalingPolicy,
    K::NatGateway,
];
const PRESETS: &[&str] = &["red", "blue"];

/// The design that random edits make of a small start; edits that do not fit are passed over.
pub fn design(tape: &mut Tape<'_>) -> Design {
    let start = r#"
        v: vpc
          s: subnet
            w: ecs-service(red) launchType=FARGATE + t
            e: ecs-service(blue) launchType=FARGATE
          t: subnet availabilityZone=b
        td: task-definition(red) cpu=256 memory=512
        te: task-definition(blue) cpu=512 memory=512
        r: iam-role(red) managedPolicies=["AmazonECSTaskExecutionRolePolicy"]
        q: iam-role(blue)
        i: ecr-repository
        b: s3-bucket(red)
        w -> td: runs
        e -> te: runs
        w -> e: calls
        td -> r: role as=executionRoleArn
        td -> q: role as=taskRoleArn
        te -> r: role as=taskRoleArn
        td -> i: image
        q -> b: grants actions=["s3:Get*"]
        r -> b: grants actions=["s3:*"]"#;
    let mut design = crate::design(start);
    while !tape.is_over() {
        if let Some(edit) = edit(tape, &design) {
            // An edit may be refused: the design is then as it was.
            let _ = design.apply(&edit);
        }
    }
    design
}

fn edit(tape: &mut Tape<'_>, design: &Design) -> Option<Edit> {
    let components: Vec<&Component> = design.components().map(AsRef::as_ref).collect();
    let links: Vec<&Link> = design.links().map(AsRef::as_ref).collect();
    match tape.below(12) {
        0..=4 => {
            let kind = tape.pick(KINDS);
            let mut component = Component::new(design.free_component_id(tape.pick(&["a", "k", "z"])), kind);
            component.preset = tape.once_in(2).then(|| tape.pick(PRESETS).to_owned());
            component.containers = containers(tape, design, kind);
            component.props = props(tape, kind.spec().props);
            Some(Edit::Add(component))
        }
        5..=9 => {
            let from = tape.pick(&components);
            // Most pairs have no link between them: choose among those that have.
            let choices: Vec<_> = components
                .iter()
                .flat_map(|to| link_choices(from.kind, to.kind).into_iter().map(move |choice| (*to, choice)))
                .collect();
            let (to, choice) = choices.get(tape.below(choices.len()))?;
            let id = design.free_link_id(tape.pick(&["b", "l", "y"]));
            let mut link = Link::new(id, choice.kind, from.id.clone(), to.id.clone());
            link.props = props(tape, choice.kind.spec().props);
            link.props.extend(choice.answer.map(|(prop, value)| (prop.into(), Value::from(value))));
            Some(Edit::Link(link))
        }
        10 if !links.is_empty() && tape.once_in(2) => {
            let link = tape.pick(&links);
            Some(if tape.once_in(3) {
                Edit::Unlink(link.id.clone())
            } else {
                let spec = link.kind.spec().props.get(tape.below(link.kind.spec().props.len()))?;
                let value = (!tape.once_in(4)).then(|| value(tape, spec));
                Edit::Set(Set { of: Target::Link(link.id.clone()), prop: spec.id.into(), value })
            })
        }
        _ => {
            let component = tape.pick(&components);
            Some(match tape.below(6) {
                0 => Edit::Remove(component.id.clone()),
                1 => Edit::Place(Place {
                    component: component.id.clone(),
                    containers: containers(tape, design, component.kind),
                    at: None,
                }),
                _ => {
                    let spec =
                        component.kind.spec().props.get(tape.below(component.kind.spec().props.len()))?;
                    let value = (!tape.once_in(4)).then(|| value(tape, spec));
                    Edit::Set(Set {
                        of: Target::Component(component.id.clone()),
                        prop: spec.id.into(),
                        value,
                    })
                }
            })
        }
    }
}

fn containers(tape: &mut Tape<'_>, design: &Design, kind: K) -> Vec<ComponentId> {
    let places: Vec<_> = design.components().filter(|place| may_contain(place.kind, kind)).collect();
    let mut chosen = Vec::new();
    for _ in 0..tape.below(4) {
        chosen.extend(places.get(tape.below(places.len())).map(|place| place.id.clone()));
    }
    chosen.dedup();
    let fits = check_containers(design, kind, &chosen).is_ok();
    if fits { chosen } else { chosen.into_iter().take(1).collect() }
}

fn props(tape: &mut Tape<'_>, specs: &'static [PropSpec]) -> Props {
    let mut props = Props::new();
    for _ in 0..tape.below(4).min(specs.len()) {
        let spec = &specs[tape.below(specs.len())];
        props.insert(spec.id.into(), value(tape, spec));
    }
    props
}

/// A value of the property's type, from few, so that values coincide.
fn value(tape: &mut Tape<'_>, spec: &'static PropSpec) -> Value {
    match &spec.ty {
        PropType::Bool => Value::Bool(tape.once_in(2)),
        PropType::Int { min, max, .. } => {
            let number = tape.pick(&[443, 512, 256, 1, 2, 80, 8080, 1024, 0, 100, 200]);
            Value::Int(number.clamp(*min, *max))
        }
        PropType::Text { suggestions } => match suggestions {
            [] => Value::from("text"),
            some => Value::from(tape.pick(some)),
        },
        PropType::Enum(choices) => Value::from(choices[tape.below(choices.len())].value),
        PropType::TextList { suggestions } => {
            let all =
                if suggestions.is_empty() { &["s3:*", "s3:GetObject", "logs:*"][..] } else { *suggestions };
            let mut items: Vec<_> = (0..tape.below(3)).map(|_| Value::from(tape.pick(&all[..3]))).collect();
            items.dedup();
            Value::List(items)
        }
        PropType::Records { fields, key, .. } => {
            let records = (0..tape.below(3)).map(|index| {
                let mut record: SortedMap<_, _> = props(tape, fields);
                if let Some(key) = key {
                    record.insert((*key).into(), Value::from(["app", "log"][index]));
                }
                Value::Record(record)
            });
            Value::List(records.collect())
        }
    }
}

/// What a condition may refer to: names with the kind bound, as far as it is known.
type Names = Vec<(String, Option<K>)>;

/// A condition, `depth` levels deep at most.
pub fn condition(tape: &mut Tape<'_>, names: &mut Names, depth: usize) -> Condition {
    if depth == 0 {
        return Condition::Op(Box::new(leaf(tape, names)));
    }
    let op = match tape.below(14) {
        0..=3 => leaf(tape, names),
        4 => Op::AllOf(parts(tape, names, depth)),
        5 => Op::AnyOf(parts(tape, names, depth)),
        6 => Op::Not(Box::new(condition(tape, names, depth - 1))),
        7 => {
            return Condition::IfThen(IfThen {
                condition: Box::new(condition(tape, names, depth - 1)),
                then: Box::new(condition(tape, names, depth - 1)),
            });
        }
        8 => Op::All(quantified(tape, names, depth)),
        9 | 10 => Op::Any(quantified(tape, names, depth)),
        11 => Op::None(quantified(tape, names, depth)),
        12 => Op::Exactly(counted(tape, names, depth)),
        _ if tape.once_in(2) => Op::AtLeast(counted(tape, names, depth)),
        _ => Op::AtMost(counted(tape, names, depth)),
    };
    Condition::Op(Box::new(op))
}

fn parts(tape: &mut Tape<'_>, names: &mut Names, depth: usize) -> Vec<Condition> {
    (0..tape.below(4)).map(|_| condition(tape, names, depth - 1)).collect()
}

fn quantified(tape: &mut Tape<'_>, names: &mut Names, depth: usize) -> Quantified {
    let select = selector(tape, names);
    let bind = tape.pick(&["x", "y", "z"]).to_owned();
    let on_empty = tape.pick(&[OnEmpty::Fail, OnEmpty::Pass, OnEmpty::NotApplicable]);
    names.push((bind.clone(), select.kind));
    // Often the shape that authors write most: what is asked starts with a link to what is bound.
    let hold = if tape.once_in(3) {
        let link = Condition::Op(Box::new(connected(tape, names)));
        let mut parts = parts(tape, names, depth);
        parts.insert(0, link);
        Condition::Op(Box::new(Op::AllOf(parts)))
    } else {
        condition(tape, names, depth - 1)
    };
    names.pop();
    Quantified { select, bind, on_empty, hold: Box::new(hold) }
}

fn counted(tape: &mut Tape<'_>, names: &mut Names, depth: usize) -> Counted {
    let count = u32::try_from(tape.below(4)).unwrap();
    let Quantified { select, bind, on_empty, hold } = quantified(tape, names, depth);
    Counted { count, select, bind, on_empty, hold }
}

fn leaf(tape: &mut Tape<'_>, names: &mut Names) -> Op {
    match tape.below(13) {
        0..=2 => {
            let (of, kind) = reference(tape, names);
            let (prop, is) = test_of(tape, names, kind);
            Op::Attr(Box::new(Attr { of, prop, is }))
        }
        3 | 4 => connected(tape, names),
        5 => Op::Within(Within { of: reference(tape, names).0, container: reference(tape, names).0 }),
        6 => Op::Path(PathTest {
            from: near(tape, names),
            to: near(tape, names),
            via: tape.once_in(2).then(|| reference(tape, names).0),
            avoid: tape.once_in(2).then(|| reference(tape, names).0),
            links: LinkKind::ALL.iter().copied().filter(|_| !tape.once_in(3)).collect(),
        }),
        7 => {
            let (of, kind) = reference(tape, names);
            let (attr, _) = prop(tape, kind);
            Op::Distinct(Distinct { of, attr, ge: u32::try_from(tape.below(4)).unwrap() })
        }
        8 => Op::Reachable(Reachable {
            from: reference(tape, names).0,
            to: reference(tape, names).0,
            port: tape.once_in(2).then(|| tape.pick(&[443, 80, 8080])),
        }),
        9 => Op::RoleGrants(RoleGrants {
            role: reference(tape, names).0,
            action: tape.pick(&["s3:GetObject", "s3:PutObject", "ecr:BatchGetImage"]).to_owned(),
            on: reference(tape, names).0,
        }),
        10 => Op::Survives(Survives {
            of: reference(tape, names).0,
            zone_loss: u32::try_from(tape.below(3)).unwrap(),
        }),
        11 => {
            let le = tape.once_in(2).then(|| tape.pick(&[3, 20, 60, 100, 140]));
            let best = (le.is_none() || tape.once_in(2)).then(|| tape.pick(&[100, 110, 200, 400]));
            let budget = Budget { le, le_best_percent: best };
            if tape.once_in(2) { Op::Operations(budget) } else { Op::Cost(budget) }
        }
        _ => {
            let of = || Selector { kind: Some(K::EcsService), ..Selector::default() };
            let test = WorkloadTest { of: Ref::Select(of()) };
            match tape.below(3) {
                0 => Op::CanPullImage(test),
                1 => Op::CanFetchSecret(test),
                _ => Op::CanWriteLogs(test),
            }
        }
    }
}

fn connected(tape: &mut Tape<'_>, names: &mut Names) -> Op {
    let mut ends = (reference(tape, names), reference(tape, names));
    let fitting = |(from, to): &(Option<K>, Option<K>)| -> Vec<LinkKind> {
        let joins =
            |kind: &LinkKind| from.zip(*to).is_none_or(|(from, to)| kind.spec().ends(from, to).is_some());
        LinkKind::ALL.iter().copied().filter(joins).collect()
    };
    // Some tries for ends that a link can join.
    let mut kinds = fitting(&(ends.0.1, ends.1.1));
    for _ in 0..6 {
        if kinds.is_empty() {
            ends = (reference(tape, names), reference(tape, names));
            kinds = fitting(&(ends.0.1, ends.1.1));
        }
    }
    let (from, to) = ends;
    let link = if kinds.is_empty() { tape.pick(LinkKind::ALL) } else { tape.pick(&kinds) };
    let mut tests = SortedMap::new();
    if tape.once_in(3) && !link.spec().props.is_empty() {
        let spec = &link.spec().props[tape.below(link.spec().props.len())];
        tests.insert(spec.id.into(), test(tape, names, spec));
    }
    Op::Connected(Connected { from: from.0, link, to: to.0, tests })
}

/// A name if there is one, or a selector; with the kind, if it is known.
fn reference(tape: &mut Tape<'_>, names: &Names) -> (Ref, Option<K>) {
    if !names.is_empty() && !tape.once_in(3) {
        let (name, _) = names[tape.below(names.len())].clone();
        // The innermost of that name counts.
        let kind = names.iter().rev().find(|(other, _)| *other == name).and_then(|(_, kind)| *kind);
        return (Ref::Bound(format!("${name}")), kind);
    }
    let selector = selector(tape, names);
    let kind = selector.kind;
    (Ref::Select(selector), kind)
}

/// One of few components, so that a path is likely to lead there.
fn near(tape: &mut Tape<'_>, names: &Names) -> Ref {
    if tape.once_in(3) {
        return reference(tape, names).0;
    }
    let kind = tape.pick(&[K::TaskDefinition, K::EcsService, K::IamRole, K::S3Bucket]);
    Ref::Select(Selector { kind: Some(kind), preset: Some("red".to_owned()), tests: SortedMap::new() })
}

fn selector(tape: &mut Tape<'_>, names: &Names) -> Selector {
    let by = tape.below(4);
    let kind = (by != 1).then(|| tape.pick(&KINDS[..8]));
    let preset = (by == 1 || by == 2).then(|| tape.pick(PRESETS).to_owned());
    let mut tests = SortedMap::new();
    if kind.is_some() && tape.once_in(3) {
        let (prop, test) = test_of(tape, names, kind);
        tests.insert(prop, test);
    }
    Selector { kind, preset, tests }
}

/// A property of a kind, with its description if it has a plain one.
fn prop(tape: &mut Tape<'_>, kind: Option<K>) -> (String, Option<&'static PropSpec>) {
    let kind = kind.unwrap_or(K::TaskDefinition);
    if tape.once_in(4) {
        return (tape.pick(Attribute::ALL).name().to_owned(), None);
    }
    let specs = kind.spec().props;
    if specs.is_empty() {
        return ("@zones".to_owned(), None);
    }
    let spec = &specs[tape.below(specs.len())];
    if let PropType::Records { fields, .. } = &spec.ty
        && tape.once_in(2)
    {
        let field = &fields[tape.below(fields.len())];
        return (format!("{}.{}", spec.id, field.id), Some(field));
    }
    (spec.id.into(), Some(spec))
}

fn test_of(tape: &mut Tape<'_>, names: &Names, kind: Option<K>) -> (String, AttrTest) {
    let (prop, spec) = prop(tape, kind);
    let test = match spec {
        Some(spec) => test(tape, names, spec),
        None => {
            let texts = ["public", "isolated", "fargate", "ec2", "awsvpc", "bridge"];
            match tape.below(4) {
                0 => AttrTest { ge: Some(i64::try_from(tape.below(4)).unwrap()), ..AttrTest::default() },
                1 => AttrTest { eq: Some(Value::from(tape.pick(&texts))), ..AttrTest::default() },
                2 => {
                    AttrTest { subset_of: Some(vec![Value::from(tape.pick(&texts))]), ..AttrTest::default() }
                }
                _ => AttrTest { exists: Some(tape.once_in(2)), ..AttrTest::default() },
            }
        }
    };
    (prop, test)
}

fn test(tape: &mut Tape<'_>, names: &Names, spec: &'static PropSpec) -> AttrTest {
    let mut test = AttrTest::default();
    let number = |value: &Value| value.as_int().unwrap_or(300);
    for _ in 0..=tape.below(2) {
        let value = value(tape, spec);
        match tape.below(15) {
            0 => test.eq = Some(value),
            1 => test.ne = Some(value),
            2 => test.one_of = Some(vec![value]),
            3 => test.lt = Some(number(&value)),
            4 => test.le = Some(number(&value)),
            5 => test.gt = Some(number(&value)),
            6 => test.ge = Some(number(&value)),
            7 => test.between = Some([number(&value) - 100, number(&value)]),
            8 => test.contains = value.as_list().and_then(<[Value]>::first).cloned().or(Some(value)),
            9 => {
                test.subset_of = Some(value.as_list().map_or_else(|| vec![value.clone()], <[Value]>::to_vec))
            }
            10 => test.matches = Some(tape.pick(&["*", "E*", "*A*", "s3:*", "?2", "text"]).to_owned()),
            11 => test.exists = Some(tape.once_in(2)),
            12 | 13 if !names.is_empty() => {
                let (name, kind) = &names[tape.below(names.len())];
                test.same_as = Some(SameAs { of: name.clone(), prop: prop(tape, *kind).0 });
            }
            _ if !names.is_empty() => {
                let (name, _) = &names[tape.below(names.len())];
                let key = SameAs { of: format!("${name}"), prop: prop::CPU.into() };
                test.lookup = Some(Lookup { table: "fargate-sizes".to_owned(), key });
            }
            _ => test.exists = Some(true),
        }
    }
    test
}

/// `any` (or `none`, or `all`) over what may have a link of the design to or from something else, bound or
/// selected, with more asked of it.
pub fn neighbourly(tape: &mut Tape<'_>, design: &Design) -> Condition {
    let links: Vec<&Link> = design.links().map(AsRef::as_ref).collect();
    let link = tape.pick(&links);
    let kind_of = |id: &ComponentId| design.component(id.as_str()).unwrap().kind;
    let (from, to) = (kind_of(&link.from), kind_of(&link.to));
    let candidate_starts = tape.once_in(2);
    let (near, far) = if candidate_starts { (from, to) } else { (to, from) };
    let of = |kind| Selector { kind: Some(kind), ..Selector::default() };
    let outer = tape.once_in(2);
    let far_end = if outer { Ref::Bound("$far".to_owned()) } else { Ref::Select(of(far)) };
    let near_end = Ref::Bound("$near".to_owned());
    let (from, to) = if candidate_starts { (near_end, far_end) } else { (far_end, near_end) };
    let mut tests = SortedMap::new();
    if let Some((prop, value)) = link.props.iter().next().filter(|_| tape.once_in(2)) {
        tests.insert(prop.clone(), AttrTest { eq: Some(value.clone()), ..AttrTest::default() });
    }
    let connected = Op::Connected(Connected { from, link: link.kind, to, tests });
    let mut names = vec![("near".to_owned(), Some(near))];
    if outer {
        names.push(("far".to_owned(), Some(far)));
    }
    let mut hold = vec![Condition::Op(Box::new(connected))];
    hold.extend((0..tape.below(3)).map(|_| condition(tape, &mut names, 1)));
    let quantifiers = [Op::Any, Op::Any, Op::None, Op::All];
    let mut quantify = |select, bind: &str, hold| {
        let on_empty = OnEmpty::Fail;
        let quantified = Quantified { select, bind: bind.to_owned(), on_empty, hold: Box::new(hold) };
        Condition::Op(Box::new(quantifiers[tape.below(4)](quantified)))
    };
    let inner = quantify(of(near), "near", Condition::Op(Box::new(Op::AllOf(hold))));
    if outer { quantify(of(far), "far", inner) } else { inner }
}

/// A count over components of paths to or from each of them.
pub fn pathological(tape: &mut Tape<'_>) -> Condition {
    let kinds =
        [K::TaskDefinition, K::EcsService, K::IamRole, K::S3Bucket, K::EcrRepository, K::LoadBalancer];
    let end = |tape: &mut Tape<'_>| match tape.below(4) {
        0 => Ref::Bound("$x".to_owned()),
        1 => Ref::Bound("$y".to_owned()),
        _ => Ref::Select(Selector { kind: Some(tape.pick(&kinds)), ..Selector::default() }),
    };
    let path = PathTest {
        from: end(tape),
        to: end(tape),
        via: tape.once_in(3).then(|| end(tape)),
        avoid: tape.once_in(3).then(|| end(tape)),
        links: LinkKind::ALL.iter().copied().filter(|_| !tape.once_in(5)).collect(),
    };
    let mut hold = Condition::Op(Box::new(Op::Path(path)));
    for bind in ["x", "y"] {
        let select = Selector { kind: Some(tape.pick(&kinds)), ..Selector::default() };
        hold = Condition::Op(Box::new(Op::AtLeast(Counted {
            count: u32::try_from(tape.below(3)).unwrap(),
            select,
            bind: bind.to_owned(),
            on_empty: OnEmpty::Fail,
            hold: Box::new(hold),
        })));
    }
    hold
}

/// The design with other ids, in another order: each component and link is renamed by its place in a
/// shuffled list. Labels and order must not matter to any verdict.
pub fn renamed(design: &Design, shuffle: &[u16]) -> Design {
    let order = |count: usize| {
        let mut places: Vec<_> = (0..count).collect();
        places.sort_by_key(|place| {
            (shuffle.get(place % shuffle.len().max(1)).copied().unwrap_or(0), place * 7 % 11)
        });
        places
    };
    let component_order = order(design.components().len());
    let names: SortedMap<ComponentId, ComponentId> = design
        .components()
        .zip(&component_order)
        .map(|(component, place)| (component.id.clone(), ComponentId::new(&format!("c{place}")).unwrap()))
        .collect();
    let components = design.components().rev_order().map(|component| {
        let mut component = Component::clone(component);
        component.id = names.get(&component.id).unwrap().clone();
        component.containers.iter_mut().for_each(|place| *place = names.get(place).unwrap().clone());
        component.containers.reverse();
        component.into()
    });
    let link_order = order(design.links().len());
    let links = design.links().zip(&link_order).map(|(link, place)| {
        let mut link = Link::clone(link);
        link.id = LinkId::new(&format!("k{place}")).unwrap();
        link.from = names.get(&link.from).unwrap().clone();
        link.to = names.get(&link.to).unwrap().clone();
        link.into()
    });
    Design::from_parts(components.collect(), links.collect()).unwrap()
}

trait RevOrder: Iterator + Sized {
    fn rev_order(self) -> std::iter::Rev<std::vec::IntoIter<Self::Item>> {
        self.collect::<Vec<_>>().into_iter().rev()
    }
}

impl<I: Iterator> RevOrder for I {}
