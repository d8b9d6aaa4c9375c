//! The semantics of the condition language, transcribed as literally as possible: every child is
//! evaluated, every component and link is looked at, nothing is remembered.

use trapwise_engine::condition::{
    AttrTest, Attribute, Budget, Condition, Counted, Evaluator, OnEmpty, Op, PathTest, Quantified, Ref,
    SameAs, Selector, attribute_value,
};
use trapwise_engine::cost::{Best, Volumes, estimate};
use trapwise_engine::data::fargate_sizes;
use trapwise_engine::report::Status::{self, Fail, NotApplicable, Pass, Unknown};
use trapwise_engine::texts::placeholders;
use trapwise_engine::world::{Hop, Node, Route, What, World, iam};
use trapwise_model::catalogue::{PropType, prop};
use trapwise_model::{Component, ComponentId, Design, Link, LinkKind, SortedMap, SortedSet, Value};

type Scope = SortedMap<String, ComponentId>;

/// What designs are estimated with, …
const VOLUMES: Volumes = Volumes {
    internet_gb: 100,
    s3_gb: 200,
    aws_gb: 30,
    log_gb: 7,
    stored_gb: 11,
    image_gb: 1,
    requests: 3_000_000,
    request_ms: 50,
    executions: 100,
    task_hours: 10,
    capacity_units: 2,
    releases: 3,
    release_minutes: 20,
};
/// … and compared with.
const BEST: Best = Best { cost_cents: 9_000, operations: 3 };

/// What the reference says of a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub status: Status,
    /// Leaves passed.
    pub steps: u32,
    /// The deciding leaf.
    pub leaf: String,
    /// What was bound around it.
    pub bound: Scope,
}

/// Asserts that evaluator and reference agree on status, deciding leaf and bindings.
pub fn hold(design: &Design, condition: &Condition) {
    let world = World::new(design);
    let evaluator = Evaluator::new(&world).with_figures(VOLUMES, Some(BEST));
    let reference = Reference { design, world: &world };
    let wanted = reference.eval(condition, &Scope::new(), "");
    let (status, witness) = evaluator.explain(condition);
    let got = (status, witness.leaf.as_str(), &witness.bound);
    assert_eq!(got, (wanted.status, wanted.leaf.as_str(), &wanted.bound), "{condition:?}\n{design:?}");
    assert_eq!(evaluator.status(condition), wanted.status, "{condition:?}\n{design:?}");
    let reason = &witness.reason;
    assert!(!reason.is_empty() && placeholders(reason).next().is_none(), "{reason}: {condition:?}");
}

struct Reference<'a> {
    design: &'a Design,
    world: &'a World<'a>,
}

impl<'a> Reference<'a> {
    fn eval(&self, condition: &Condition, scope: &Scope, at: &str) -> Outcome {
        let op = match condition {
            Condition::Op(op) => op.as_ref(),
            Condition::IfThen(rule) => {
                let first = self.eval(&rule.condition, scope, &format!("{at}/if"));
                return match first.status {
                    Pass => self.eval(&rule.then, scope, &format!("{at}/then")),
                    Unknown => Outcome { steps: 0, ..first },
                    Fail | NotApplicable => Outcome { status: NotApplicable, steps: 0, ..first },
                };
            }
        };
        let list = |parts: &[Condition], name: &str| -> Vec<Outcome> {
            let each = parts.iter().enumerate();
            each.map(|(index, part)| self.eval(part, scope, &format!("{at}/{name}/{index}"))).collect()
        };
        match op {
            Op::AllOf(parts) => all_of(list(parts, "allOf"), leaf(NotApplicable, scope, at, "allOf")),
            Op::AnyOf(parts) => any_of(list(parts, "anyOf"), leaf(NotApplicable, scope, at, "anyOf")),
            Op::Not(part) => not(self.eval(part, scope, &format!("{at}/not"))),
            Op::All(each) => self.quantify(each, scope, at, "all", all_of),
            Op::Any(each) => self.quantify(each, scope, at, "any", any_of),
            Op::None(each) if self.select(&each.select, scope).is_empty() => {
                leaf(on_empty(each.on_empty), scope, at, "none")
            }
            Op::None(each) => not(self.quantify(each, scope, at, "none", any_of)),
            Op::Exactly(each) => self.count(each, scope, at, "exactly", |passes, unknowns, wanted| {
                if passes > wanted || passes + unknowns < wanted {
                    Fail
                } else if unknowns > 0 {
                    Unknown
                } else {
                    Pass
                }
            }),
            Op::AtLeast(each) => self.count(each, scope, at, "atLeast", |passes, unknowns, wanted| {
                if passes >= wanted {
                    Pass
                } else if passes + unknowns < wanted {
                    Fail
                } else {
                    Unknown
                }
            }),
            Op::AtMost(each) => self.count(each, scope, at, "atMost", |passes, unknowns, wanted| {
                if passes > wanted {
                    Fail
                } else if passes + unknowns <= wanted {
                    Pass
                } else {
                    Unknown
                }
            }),
            other => {
                let (name, status) = self.leaf(other, scope);
                leaf(status, scope, at, name)
            }
        }
    }

    fn quantify(
        &self,
        each: &Quantified,
        scope: &Scope,
        at: &str,
        name: &str,
        fold: fn(Vec<Outcome>, Outcome) -> Outcome,
    ) -> Outcome {
        let candidates = self.candidates(&each.select, &each.bind, &each.hold, scope, at, name);
        if candidates.is_empty() {
            return leaf(on_empty(each.on_empty), scope, at, name);
        }
        fold(candidates, leaf(NotApplicable, scope, at, name))
    }

    fn count(
        &self,
        each: &Counted,
        scope: &Scope,
        at: &str,
        name: &str,
        judge: fn(u32, u32, u32) -> Status,
    ) -> Outcome {
        let candidates = self.candidates(&each.select, &each.bind, &each.hold, scope, at, name);
        if candidates.is_empty() {
            return leaf(on_empty(each.on_empty), scope, at, name);
        }
        let of = |status| candidates.iter().filter(|one| one.status == status).count() as u32;
        let status = if candidates.iter().all(|one| one.status == NotApplicable) {
            NotApplicable
        } else {
            judge(of(Pass), of(Unknown), each.count)
        };
        let own = leaf(status, scope, at, name);
        let decider = match status {
            Fail if of(Pass) < each.count => furthest(&candidates),
            Unknown => candidates.iter().find(|one| one.status == Unknown),
            _ => None,
        };
        match decider {
            Some(Outcome { leaf, bound, .. }) => Outcome { leaf: leaf.clone(), bound: bound.clone(), ..own },
            None => own,
        }
    }

    fn candidates(
        &self,
        select: &Selector,
        bind: &str,
        hold: &Condition,
        scope: &Scope,
        at: &str,
        name: &str,
    ) -> Vec<Outcome> {
        let selected = self.select(select, scope);
        let each = selected.iter().map(|component| {
            let mut scope = scope.clone();
            scope.insert(bind.to_owned(), component.id.clone());
            self.eval(hold, &scope, &format!("{at}/{name}/hold"))
        });
        each.collect()
    }

    fn select(&self, selector: &Selector, scope: &Scope) -> Vec<&'a Component> {
        let components = self.design.components().map(AsRef::as_ref);
        let fits = |one: &&Component| {
            selector.kind.is_none_or(|kind| one.kind == kind)
                && selector.preset.is_none_or_eq(&one.preset)
                && selector.tests.iter().all(|(prop, test)| {
                    let (value, set) = self.property(one, prop);
                    matches!(self.test(value.as_ref(), set, test, scope), Pass | NotApplicable)
                })
        };
        components.filter(fits).collect()
    }

    /// What a reference stands for, or the status of a leaf whose reference stands for nothing.
    fn resolve(&self, of: &Ref, scope: &Scope) -> Result<Vec<&'a Component>, Status> {
        match of {
            Ref::Bound(name) => {
                let id = scope.get(name.trim_start_matches('$')).ok_or(Unknown)?;
                Ok(vec![self.component(id)])
            }
            Ref::Select(selector) => {
                let selected = self.select(selector, scope);
                if selected.is_empty() { Err(Fail) } else { Ok(selected) }
            }
        }
    }

    fn component(&self, id: &ComponentId) -> &'a Component {
        self.design.component(id.as_str()).unwrap()
    }

    fn node(&self, component: &Component) -> Node<'a> {
        self.world.graph().node(component.id.as_str()).unwrap()
    }

    fn leaf(&self, op: &Op, scope: &Scope) -> (&'static str, Status) {
        let one = |of: &Ref, test: &dyn Fn(&'a Component) -> Status| match self.resolve(of, scope) {
            Ok(selected) => kleene_all(selected.into_iter().map(test)),
            Err(status) => status,
        };
        let two = |a: &Ref, b: &Ref, test: &dyn Fn(&'a Component, &'a Component) -> bool| {
            let resolved = self.resolve(a, scope).and_then(|a| Ok((a, self.resolve(b, scope)?)));
            match resolved {
                Ok((a, b)) => kleene_all(a.iter().flat_map(|a| b.iter().map(|b| truth(test(a, b))))),
                Err(status) => status,
            }
        };
        match op {
            Op::Attr(attr) => (
                "attr",
                one(&attr.of, &|component| {
                    let (value, set) = self.property(component, &attr.prop);
                    self.test(value.as_ref(), set, &attr.is, scope)
                }),
            ),
            Op::Connected(wanted) => (
                "connected",
                two(&wanted.from, &wanted.to, &|from, to| {
                    self.design.links().any(|link| {
                        link.kind == wanted.link
                            && link.from == from.id
                            && link.to == to.id
                            && wanted.tests.iter().all(|(prop, test)| {
                                let (value, set) = link_property(link, prop);
                                let status = self.test(value.as_ref(), set, test, scope);
                                matches!(status, Pass | NotApplicable)
                            })
                    })
                }),
            ),
            Op::Within(within) => {
                let places = match self.resolve(&within.container, scope) {
                    Ok(places) => places.iter().map(|place| place.id.clone()).collect::<SortedSet<_>>(),
                    Err(status) => return ("within", status),
                };
                ("within", one(&within.of, &|component| truth(self.stands(component, &places))))
            }
            Op::Path(path) => ("path", self.path(path, scope)),
            Op::Distinct(distinct) => (
                "distinct",
                match self.resolve(&distinct.of, scope) {
                    Err(status) => status,
                    Ok(selected) => {
                        let (mut values, mut absent) = (Vec::new(), 0);
                        for component in selected {
                            match self.property(component, &distinct.attr).0 {
                                Some(Value::List(items)) => values.extend(items),
                                Some(value) => values.push(value),
                                None => absent += 1,
                            }
                        }
                        let mut different: Vec<Value> = Vec::new();
                        for value in values {
                            if !different.contains(&value) {
                                different.push(value);
                            }
                        }
                        let known = different.len() as u32;
                        if known >= distinct.ge {
                            Pass
                        } else if known + absent < distinct.ge {
                            Fail
                        } else {
                            Unknown
                        }
                    }
                },
            ),
            Op::Reachable(reach) => (
                "reachable",
                two(&reach.from, &reach.to, &|from, to| {
                    let runs = |end| {
                        let workload = self.world.workload(self.node(end));
                        workload.is_none_or(|one| !one.is_idle(self.world.graph()) && !one.lacks_hosts())
                    };
                    runs(from)
                        && runs(to)
                        && self.world.route(self.node(from), self.node(to), reach.port).ok()
                }),
            ),
            Op::CanPullImage(test) => (
                "canPullImage",
                one(&test.of, &|component| {
                    self.launch(component, |world, workload, task| {
                        let images = world.graph().out(task, LinkKind::Image).len();
                        (images, world.image_pull(workload))
                    })
                }),
            ),
            Op::CanFetchSecret(test) => (
                "canFetchSecret",
                one(&test.of, &|component| {
                    self.launch(component, |world, workload, task| {
                        (world.launch_secrets(task).count(), world.secret_fetch(workload))
                    })
                }),
            ),
            Op::CanWriteLogs(test) => (
                "canWriteLogs",
                one(&test.of, &|component| {
                    self.launch(component, |world, workload, task| {
                        (world.awslogs(task).count(), world.log_writes(workload))
                    })
                }),
            ),
            Op::RoleGrants(grants) => (
                "roleGrants",
                two(&grants.role, &grants.on, &|role, on| {
                    let (role, on) = (self.node(role), self.node(on));
                    iam::grant(self.world.graph(), role, &grants.action, on).is_some()
                }),
            ),
            Op::Survives(test) => (
                "survives",
                one(&test.of, &|component| truth(self.world.survives(self.node(component), test.zone_loss))),
            ),
            Op::Cost(budget) => ("cost", self.budget(budget, true)),
            Op::Operations(budget) => ("operations", self.budget(budget, false)),
            _ => panic!("no leaf: {op:?}"),
        }
    }

    fn budget(&self, budget: &Budget, cost: bool) -> Status {
        let estimate = estimate(self.world, &VOLUMES);
        let (own, best, unit) = if cost {
            (estimate.monthly_cents as f64, BEST.cost_cents as f64, 100.0)
        } else {
            (f64::from(estimate.operations), f64::from(BEST.operations), 1.0)
        };
        let mut results = Vec::new();
        results.extend(budget.le.map(|most| truth(own <= f64::from(most) * unit)));
        results.extend(budget.le_best_percent.map(|most| truth(own * 100.0 <= best * f64::from(most))));
        results.extend((cost && !estimate.unpriced.is_empty()).then_some(Unknown));
        kleene_all(results.into_iter())
    }

    fn launch(
        &self,
        component: &Component,
        ask: impl Fn(&'a World<'a>, &'a trapwise_engine::world::Workload<'a>, Node<'a>) -> (usize, Route<'a>),
    ) -> Status {
        let Some(workload) = self.world.workload(self.node(component)) else { return Unknown };
        let Some(task) = workload.task else { return Fail };
        let (asked, route) = ask(self.world, workload, task);
        let placed = route.hops.iter().any(|hop: &Hop<'_>| matches!(hop.what, What::Way { .. }));
        truth(asked > 0 && placed && route.ok() && !workload.is_idle(self.world.graph()))
    }

    fn stands(&self, component: &Component, places: &SortedSet<ComponentId>) -> bool {
        !component.containers.is_empty()
            && component
                .containers
                .iter()
                .all(|id| places.contains(id) || self.stands(self.component(id), places))
    }

    fn path(&self, path: &PathTest, scope: &Scope) -> Status {
        let ids = |of: &Ref| {
            self.resolve(of, scope).map(|all| all.iter().map(|one| one.id.clone()).collect::<SortedSet<_>>())
        };
        let via = match path.via.as_ref().map(ids) {
            Some(Err(status)) => return status,
            other => other.and_then(Result::ok),
        };
        let avoid = match path.avoid.as_ref().map(ids) {
            Some(Err(Unknown)) => return Unknown,
            other => other.and_then(Result::ok).unwrap_or_default(),
        };
        let (starts, ends) = match (self.resolve(&path.from, scope), self.resolve(&path.to, scope)) {
            (Ok(starts), Ok(ends)) => (starts, ends),
            (Err(status), _) | (_, Err(status)) => return status,
        };
        let leads = |from: &Component, to: &Component| {
            // Everywhere one can stand, with whether `via` has been passed; grown until nothing is new.
            let mut stands = SortedSet::from([(from.id.clone(), via.is_none())]);
            loop {
                let mut next = stands.clone();
                for link in self.design.links().filter(|link| path.links.contains(&link.kind)) {
                    for passed in [false, true] {
                        if !stands.contains(&(link.from.clone(), passed)) {
                            continue;
                        }
                        if passed && link.to == to.id {
                            return true;
                        }
                        if !avoid.contains(&link.to) {
                            let passes = via.as_ref().is_some_and(|via| via.contains(&link.to));
                            next.insert((link.to.clone(), passed || passes));
                        }
                    }
                }
                if next == stands {
                    return false;
                }
                stands = next;
            }
        };
        kleene_all(starts.iter().flat_map(|from| ends.iter().map(|to| truth(leads(from, to)))))
    }

    fn property(&self, component: &Component, prop: &str) -> (Option<Value>, bool) {
        if prop.starts_with('@') {
            let attribute = Attribute::from_name(prop).unwrap();
            let value = attribute_value(attribute, self.world, self.node(component));
            return (value.clone(), value.is_some());
        }
        let Some((list, field)) = prop.split_once('.') else {
            let set = component.props.get(prop).cloned();
            let is_list =
                component.kind.spec().prop_named(prop).is_some_and(|spec| {
                    matches!(spec.ty, PropType::TextList { .. } | PropType::Records { .. })
                });
            let nothing = is_list.then(|| Value::List(Vec::new()));
            return (component.value_named(prop).or(nothing), set.is_some());
        };
        let Some(spec) = component.kind.spec().prop_named(list) else { return (None, false) };
        let PropType::Records { fields, .. } = spec.ty else { return (None, false) };
        let (name, field) = field.rsplit_once('.').map_or((None, field), |(name, field)| (Some(name), field));
        let Some(field_spec) = fields.iter().find(|spec| spec.id.as_str() == field) else {
            return (None, false);
        };
        let mut records = component.props.get(list).and_then(Value::as_list).unwrap_or_default().to_vec();
        let nobody = records.is_empty() && spec.id == prop::CONTAINERS;
        let named = |one: &Value| name.is_none_or(|name| one.field(prop::NAME) == Some(&Value::from(name)));
        let set = records.iter().any(|one| named(one) && one.field_named(field).is_some());
        if nobody {
            records.push(Value::Record([(prop::NAME.into(), Value::from("app"))].into()));
        }
        records.retain(named);
        let values = records.iter().filter_map(|one| match one.field_named(field) {
            Some(value) => Some(value.clone()),
            None => field_spec.default.to_value(),
        });
        (Some(Value::List(values.collect())), set)
    }

    fn test(&self, value: Option<&Value>, set: bool, test: &AttrTest, scope: &Scope) -> Status {
        let mut results = Vec::new();
        let mut compare = |holds: Option<bool>| {
            results.push(match (value, holds) {
                (Some(_), Some(holds)) => truth(holds),
                _ => Unknown,
            });
        };
        let items: Vec<Value> = match value {
            Some(Value::List(items)) => items.clone(),
            Some(single) => vec![single.clone()],
            None => Vec::new(),
        };
        let some_number =
            |holds: &dyn Fn(i64) -> bool| Some(items.iter().any(|item| item.as_int().is_some_and(holds)));
        let equal = |wanted: &Value| Some(value.is_some_and(|value| same(value, wanted)));
        let other = |of: &SameAs| {
            let id = scope.get(of.of.trim_start_matches('$'))?;
            self.property(self.component(id), &of.prop).0
        };
        if let Some(wanted) = &test.eq {
            compare(equal(wanted));
        }
        if let Some(wanted) = &test.ne {
            compare(equal(wanted).map(|equal| !equal));
        }
        if let Some(wanted) = &test.one_of {
            compare(Some(wanted.iter().any(|wanted| equal(wanted) == Some(true))));
        }
        if let Some(bound) = test.lt {
            compare(some_number(&|number| number < bound));
        }
        if let Some(bound) = test.le {
            compare(some_number(&|number| number <= bound));
        }
        if let Some(bound) = test.gt {
            compare(some_number(&|number| number > bound));
        }
        if let Some(bound) = test.ge {
            compare(some_number(&|number| number >= bound));
        }
        if let Some([from, to]) = test.between {
            compare(some_number(&|number| from <= number && number <= to));
        }
        if let Some(item) = &test.contains {
            compare(Some(matches!(value, Some(Value::List(_))) && items.contains(item)));
        }
        if let Some(allowed) = &test.subset_of {
            compare(Some(items.iter().all(|item| allowed.contains(item))));
        }
        if let Some(pattern) = &test.matches {
            let fits = |item: &Value| item.as_text().is_some_and(|text| glob(pattern, text));
            compare(Some(items.iter().any(fits)));
        }
        if let Some(wanted) = &test.same_as {
            compare(other(wanted).map(|other| value.is_some_and(|value| same(value, &other))));
        }
        if let Some(lookup) = &test.lookup {
            compare(other(&lookup.key).map(|key| {
                let keys = key.as_list().map_or(vec![key.clone()], <[Value]>::to_vec);
                items.iter().all(|memory| {
                    keys.iter().any(|cpu| match (cpu, memory) {
                        (Value::Int(cpu), Value::Int(memory)) => fargate_sizes::is_valid(*cpu, *memory),
                        _ => false,
                    })
                })
            }));
        }
        if let Some(wanted) = test.exists {
            results.push(truth(set == wanted));
        }
        kleene_all(results.into_iter())
    }
}

trait NoneOrEq {
    fn is_none_or_eq(&self, other: &Self) -> bool;
}

impl NoneOrEq for Option<String> {
    fn is_none_or_eq(&self, other: &Self) -> bool {
        self.is_none() || self == other
    }
}

fn link_property(link: &Link, prop: &str) -> (Option<Value>, bool) {
    let is_list =
        link.kind.spec().prop_named(prop).is_some_and(|spec| matches!(spec.ty, PropType::TextList { .. }));
    let nothing = is_list.then(|| Value::List(Vec::new()));
    (link.value_named(prop).or(nothing), link.props.contains_key(prop))
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => {
            let count = |items: &[Value], item: &Value| items.iter().filter(|other| *other == item).count();
            a.len() == b.len() && a.iter().all(|item| count(a, item) == count(b, item))
        }
        (Value::List(items), single) | (single, Value::List(items)) => items.contains(single),
        _ => a == b,
    }
}

fn glob(pattern: &str, text: &str) -> bool {
    let Some(wanted) = pattern.chars().next() else { return text.is_empty() };
    let pattern_rest = &pattern[wanted.len_utf8()..];
    let rest = text.chars().next().map(|letter| (letter, &text[letter.len_utf8()..]));
    match (wanted, rest) {
        ('*', Some((_, rest))) => glob(pattern_rest, text) || glob(pattern, rest),
        ('*', None) => glob(pattern_rest, text),
        ('?', Some((_, rest))) => glob(pattern_rest, rest),
        (wanted, Some((letter, rest))) => wanted == letter && glob(pattern_rest, rest),
        (_, None) => false,
    }
}

fn truth(holds: bool) -> Status {
    if holds { Pass } else { Fail }
}

fn kleene_all(results: impl Iterator<Item = Status>) -> Status {
    let results: Vec<_> = results.collect();
    [Fail, Unknown, Pass].into_iter().find(|status| results.contains(status)).unwrap_or(NotApplicable)
}

fn leaf(status: Status, scope: &Scope, at: &str, name: &str) -> Outcome {
    let steps = u32::from(status == Pass);
    Outcome { status, steps, leaf: format!("{at}/{name}"), bound: scope.clone() }
}

fn all_of(children: Vec<Outcome>, empty: Outcome) -> Outcome {
    let status = kleene_all(children.iter().map(|child| child.status));
    let upto = children.iter().position(|child| child.status == Fail).map_or(children.len(), |at| at + 1);
    let steps = children[..upto].iter().map(|child| child.steps).sum();
    let mut with_status = children.iter().filter(|child| child.status == status);
    let decider = if status == Pass { with_status.next_back() } else { with_status.next() };
    Outcome { status, steps, ..decider.cloned().unwrap_or(empty) }
}

fn any_of(children: Vec<Outcome>, empty: Outcome) -> Outcome {
    let has = |status| children.iter().any(|child| child.status == status);
    let status = [Pass, Unknown, Fail].into_iter().find(|status| has(*status)).unwrap_or(NotApplicable);
    let decider = match status {
        Fail => furthest(&children),
        _ => children.iter().find(|child| child.status == status),
    };
    let steps = match status {
        Pass => decider.unwrap().steps,
        _ => children.iter().map(|child| child.steps).max().unwrap_or(0),
    };
    Outcome { status, steps, ..decider.cloned().unwrap_or(empty) }
}

fn not(child: Outcome) -> Outcome {
    let status = match child.status {
        Pass => Fail,
        Fail => Pass,
        other => other,
    };
    Outcome { status, steps: u32::from(status == Pass), ..child }
}

fn furthest(children: &[Outcome]) -> Option<&Outcome> {
    let failed: Vec<_> = children.iter().filter(|child| child.status == Fail).collect();
    let most = failed.iter().map(|child| child.steps).max()?;
    failed.into_iter().find(|child| child.steps == most)
}

fn on_empty(rule: OnEmpty) -> Status {
    match rule {
        OnEmpty::Pass => Pass,
        OnEmpty::Fail => Fail,
        OnEmpty::NotApplicable => NotApplicable,
    }
}
