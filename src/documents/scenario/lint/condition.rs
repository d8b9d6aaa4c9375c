//! What is wrong with a condition: names not bound, properties that the kinds at hand do not have,
//! links that cannot join them, counts that cannot be.

use trapwise_model::catalogue::LinkSpec;
use trapwise_model::diagnostic::{Anchor, Collector, excerpt, nearest, suggest};
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use super::attribute::{Owner, lint_prop, lint_tests};
use super::board::Board;
use crate::condition::{
    Attribute, Budget, Condition, Connected, Counted, OnEmpty, Op, PathTest, Ref, RoleGrants, Selector,
};
use crate::scenario::LinkSelector;

/// The kinds that something can be of; empty when that is unknown.
pub(super) type Kinds = Vec<ComponentKind>;

/// Quantifiers within each other that a condition may have without a warning: the steps of its evaluation
/// are multiplied by the number of components at each level.
const MAX_NESTED: usize = 4;

/// Walks conditions and knows what is bound.
pub(super) struct Linter<'a> {
    board: &'a Board,
    bound: Vec<Bound<'a>>,
}

/// A name that a quantifier around the place binds.
struct Bound<'a> {
    name: &'a str,
    kinds: Kinds,
    used: bool,
}

/// Whether a quantifier's count can be met.
#[derive(Clone, Copy)]
enum Bounds {
    Exactly,
    AtLeast,
    AtMost,
}

impl<'a> Linter<'a> {
    /// Nothing is bound yet.
    pub const fn new(board: &'a Board) -> Self {
        Self { board, bound: Vec::new() }
    }

    /// Notes what is wrong with a condition.
    pub fn condition(&mut self, condition: &'a Condition, at: &mut Collector) {
        match condition {
            Condition::IfThen(one) => {
                at.key("if", |at| self.condition(&one.condition, at));
                at.key("then", |at| self.condition(&one.then, at));
            }
            Condition::Op(op) => at.key(op.name(), |at| self.op(op, at)),
        }
    }

    fn op(&mut self, op: &'a Op, at: &mut Collector) {
        match op {
            // Of these, each part is examined for itself.
            Op::AllOf(all) | Op::AnyOf(all) => {
                for (index, one) in all.iter().enumerate() {
                    at.index(index, |at| self.condition(one, at));
                }
            }
            Op::Not(one) => self.condition(one, at),
            _ if !at.is_sound("") => {}
            Op::All(one) | Op::Any(one) | Op::None(one) => {
                self.quantified(&one.select, &one.bind, &one.hold, at);
            }
            Op::Exactly(one) => self.counted(one, Bounds::Exactly, at),
            Op::AtLeast(one) => self.counted(one, Bounds::AtLeast, at),
            Op::AtMost(one) => self.counted(one, Bounds::AtMost, at),
            Op::Attr(attr) => {
                let kinds = self.reference("of", &attr.of, at);
                let of = Owner::Components(kinds);
                if lint_prop(&of, &attr.prop, at, |problem| problem.on("prop")) {
                    at.key("is", |at| lint_tests(&of, &attr.prop, &attr.is, self, at));
                }
            }
            Op::Connected(connected) => self.connected(connected, at),
            Op::Within(within) => {
                let inner = self.reference("of", &within.of, at);
                let outer = self.reference("in", &within.container, at);
                if !fit(&inner, &outer, may_stand_in) {
                    let message = format!("{} never stands in {}", list(&inner), list(&outer));
                    at.error("meaningless", message).mark(Anchor::Key);
                }
            }
            Op::Path(path) => self.path(path, at),
            Op::Distinct(distinct) => {
                let of = Owner::Components(self.reference("of", &distinct.of, at));
                lint_prop(&of, &distinct.attr, at, |problem| problem.on("attr"));
            }
            Op::Reachable(reachable) => {
                self.reference("from", &reachable.from, at);
                self.reference("to", &reachable.to, at);
            }
            Op::CanPullImage(test) | Op::CanFetchSecret(test) | Op::CanWriteLogs(test) => {
                let workloads = [ComponentKind::EcsService, ComponentKind::StandaloneTask];
                self.of_kind("of", &test.of, &workloads, at);
            }
            Op::RoleGrants(grants) => self.role_grants(grants, at),
            Op::Survives(survives) => {
                let zonal = kinds_that(|kind| Attribute::Zones.applies_to(kind));
                self.of_kind("of", &survives.of, &zonal, at);
            }
            Op::Cost(budget) => self.budget(budget, 100, at),
            Op::Operations(budget) => self.budget(budget, 1, at),
        }
    }

    /// Bounds that the best reference itself breaks, and such that say nothing beside the other.
    fn budget(&self, budget: &Budget, unit: u64, at: &mut Collector) {
        if budget.le_best_percent.is_some_and(|percent| percent < 100) {
            at.error("contradiction", "no reference can come to less than the best of them")
                .on("leBestPercent")
                .help("100 is as much as the best reference");
        }
        let Some(best) = self.board.best() else { return };
        let best = if unit == 1 { u64::from(best.operations) } else { best.cost_cents };
        let Some(most) = budget.le.map(|most| u64::from(most).saturating_mul(unit)) else { return };
        if most < best {
            at.error("contradiction", "the best reference comes to more than that").on("le").warn();
        } else if budget
            .le_best_percent
            .is_some_and(|percent| best.saturating_mul(u64::from(percent)) <= most.saturating_mul(100))
        {
            at.error("contradiction", "`leBestPercent` is the narrower bound, so this says nothing")
                .on("le")
                .warn();
        }
    }

    fn quantified(&mut self, select: &'a Selector, bind: &'a str, hold: &'a Condition, at: &mut Collector) {
        let kinds = at.key("select", |at| self.selector(select, at));
        if self.bound.iter().any(|bound| bound.name == bind) {
            let message = format!("`{}` is already bound around this", excerpt(bind));
            at.error("shadowed-name", message).on("bind").help("use another name");
        }
        self.bound.push(Bound { name: bind, kinds, used: false });
        if self.bound.len() == MAX_NESTED + 1 {
            at.error("nested-quantifiers", format!("quantifiers are nested more than {MAX_NESTED} deep"))
                .on("bind")
                .warn()
                .help("on a large design such a check takes too many steps and is then unknown");
        }
        at.key("hold", |at| self.condition(hold, at));
        if self.bound.pop().is_some_and(|bound| !bound.used) {
            let message = format!("`{}` is bound but never used", excerpt(bind));
            at.error("unused-name", message).on("bind").warn().help(format!("use it as `${bind}` in `hold`"));
        }
    }

    fn counted(&mut self, one: &'a Counted, bounds: Bounds, at: &mut Collector) {
        self.quantified(&one.select, &one.bind, &one.hold, at);
        if matches!(bounds, Bounds::AtLeast) && one.count == 0 && one.on_empty == OnEmpty::Pass {
            at.error("contradiction", "at least 0 always holds").on("count");
        }
        let Some(most) = self.board.most(&one.select) else { return };
        let count = usize::try_from(one.count).unwrap_or(usize::MAX);
        match bounds {
            Bounds::Exactly | Bounds::AtLeast if count > most => {
                at.error("contradiction", format!("the palette allows {most} of these, so never {count}"))
                    .on("count");
            }
            Bounds::AtMost if count >= most => {
                at.error(
                    "contradiction",
                    format!("the palette allows {most} of these, so this always holds"),
                )
                .on("count")
                .warn();
            }
            _ => {}
        }
    }

    /// Notes what is wrong with a selector, and says of which kinds its selection is.
    pub fn selector(&mut self, selector: &'a Selector, at: &mut Collector) -> Kinds {
        let kinds = self.selected_kinds(selector, at);
        let owner = Owner::Components(kinds);
        at.key("where", |at| {
            for (prop, tests) in &selector.tests {
                at.key(prop, |at| {
                    if lint_prop(&owner, prop, at, |problem| problem.mark(Anchor::Key)) {
                        lint_tests(&owner, prop, tests, self, at);
                    }
                });
            }
        });
        owner.into_kinds()
    }

    fn selected_kinds(&self, selector: &Selector, at: &mut Collector) -> Kinds {
        if !self.board.is_known() {
            return selector.kind.into_iter().collect();
        }
        let Some(preset) = selector.preset.as_deref() else {
            let kind = selector.kind;
            if let Some(kind) = kind.filter(|kind| !self.board.has(*kind)) {
                let message = format!("no `{kind}` can ever be on this board");
                at.error("never-selected", message)
                    .on("kind")
                    .warn()
                    .help("the palette has none, and none is given");
            }
            return kind.into_iter().collect();
        };
        let of_preset: Kinds = self.board.of_preset(preset).map(|(kind, _)| kind).collect();
        if of_preset.is_empty() {
            let known = || {
                let mut known = self.board.presets().map(|(known, _)| known).collect::<Vec<_>>();
                known.dedup();
                known
            };
            at.error("unknown-preset", format!("no component has the preset `{}`", excerpt(preset)))
                .on("preset")
                .maybe_help(|| suggest(preset, known()));
            return selector.kind.into_iter().collect();
        }
        match selector.kind {
            Some(kind) if !of_preset.contains(&kind) => {
                let message = format!("`{preset}` is a preset of {}, not of `{kind}`", list(&of_preset));
                at.error("unknown-preset", message).on("preset");
                vec![kind]
            }
            Some(kind) => vec![kind],
            None => of_preset,
        }
    }

    /// Notes what is wrong with a selection of links.
    pub fn link_selector(&mut self, selector: &'a LinkSelector, at: &mut Collector) {
        let mut end = |name: &str, end: &'a Option<Selector>, at: &mut Collector| {
            end.as_ref().map(|end| at.key(name, |at| self.selector(end, at))).unwrap_or_default()
        };
        let from = end("from", &selector.from, at);
        let to = end("to", &selector.to, at);
        self.link(selector.kind, &from, &to, "kind", at);
        self.link_tests(selector.kind, &selector.tests, at);
    }

    fn connected(&mut self, connected: &'a Connected, at: &mut Collector) {
        let from = self.reference("from", &connected.from, at);
        let to = self.reference("to", &connected.to, at);
        self.link(connected.link, &from, &to, "link", at);
        self.link_tests(connected.link, &connected.tests, at);
    }

    fn link_tests(
        &mut self,
        kind: LinkKind,
        tests: &'a trapwise_model::SortedMap<String, crate::condition::AttrTest>,
        at: &mut Collector,
    ) {
        let owner = Owner::Link(kind);
        at.key("where", |at| {
            for (prop, tests) in tests {
                at.key(prop, |at| {
                    if lint_prop(&owner, prop, at, |problem| problem.mark(Anchor::Key)) {
                        lint_tests(&owner, prop, tests, self, at);
                    }
                });
            }
        });
    }

    fn link(&self, kind: LinkKind, from: &Kinds, to: &Kinds, field: &str, at: &mut Collector) {
        let spec: &LinkSpec = kind.spec();
        let joins = |from: ComponentKind, to: ComponentKind| spec.ends(from, to).is_some();
        let (known_from, known_to) = (either(from, spec, true), either(to, spec, false));
        if fit(&known_from, &known_to, joins) {
            return;
        }
        let message = format!("`{kind}` never leads from {} to {}", list(from), list(to));
        let problem = at.error("meaningless", message).on(field);
        if fit(&known_to, &known_from, joins) {
            problem.help("the other way round it does");
        } else if let Some(other) = LinkKind::ALL.iter().find(|other| {
            fit(from, to, |from, to| other.spec().ends(from, to).is_some())
                && !from.is_empty()
                && !to.is_empty()
        }) {
            problem.help(format!("`{other}` does"));
        }
    }

    fn path(&mut self, path: &'a PathTest, at: &mut Collector) {
        let from = self.reference("from", &path.from, at);
        let to = self.reference("to", &path.to, at);
        for (field, end) in [("via", &path.via), ("avoid", &path.avoid)] {
            if let Some(end) = end {
                self.reference(field, end, at);
            }
        }
        let mut touches = |kinds: &Kinds, leaves: bool| {
            let touched = path.links.iter().any(|link| !either(kinds, link.spec(), leaves).is_empty());
            if !kinds.is_empty() && !touched {
                let verb = if leaves { "leaves" } else { "reaches" };
                at.error("meaningless", format!("none of these links {verb} {}", list(kinds))).on("links");
            }
        };
        touches(&from, true);
        touches(&to, false);
    }

    fn role_grants(&mut self, grants: &'a RoleGrants, at: &mut Collector) {
        self.of_kind("role", &grants.role, &[ComponentKind::IamRole], at);
        let on = self.reference("on", &grants.on, at);
        let service = |action: &str| action.split(':').next().unwrap_or_default().to_owned();
        let services = SortedSet::from_iter(
            on.iter().flat_map(|kind| kind.spec().actions).map(|action| service(action)),
        );
        if !services.is_empty() && !services.contains(&service(&grants.action)) {
            let known = on.iter().flat_map(|kind| kind.spec().actions).copied();
            let message = format!("`{}` is no action on {}", excerpt(&grants.action), list(&on));
            at.error("meaningless", message).on("action").maybe_help(|| suggest(&grants.action, known));
        }
    }

    fn of_kind(&mut self, field: &str, of: &'a Ref, wanted: &[ComponentKind], at: &mut Collector) {
        let kinds = self.reference(field, of, at);
        if !kinds.is_empty() && !kinds.iter().any(|kind| wanted.contains(kind)) {
            let message = format!("this is asked of {}, never of {}", list(wanted), list(&kinds));
            at.error("meaningless", message).on(field);
        }
    }

    /// Notes what is wrong with a reference, and says of which kinds its components are.
    fn reference(&mut self, field: &str, of: &'a Ref, at: &mut Collector) -> Kinds {
        at.key(field, |at| match of {
            Ref::Bound(name) => self.use_name(name, at),
            Ref::Select(selector) => self.selector(selector, at),
        })
    }

    /// The kinds of what `$name` is bound to.
    pub fn use_name(&mut self, written: &str, at: &mut Collector) -> Kinds {
        let name = written.trim_start_matches('$');
        if let Some(bound) = self.bound.iter_mut().rev().find(|bound| bound.name == name) {
            bound.used = true;
            return bound.kinds.clone();
        }
        let known = || self.bound.iter().map(|bound| bound.name);
        let help = || match nearest(name, known()) {
            Some(known) => format!("did you mean `${known}`?"),
            None if self.bound.is_empty() => "nothing is bound here; only `hold` knows names".to_owned(),
            None => {
                let known = known().map(|name| format!("`${name}`")).collect::<Vec<_>>();
                format!("bound here are {}", known.join(", "))
            }
        };
        at.error("unbound-name", format!("`{}` is not bound", excerpt(written))).maybe_help(|| Some(help()));
        Vec::new()
    }
}

/// Every kind that fits.
pub(super) fn kinds_that(fits: impl Fn(ComponentKind) -> bool) -> Kinds {
    ComponentKind::ALL.iter().copied().filter(|kind| fits(*kind)).collect()
}

/// The given kinds that a link can leave (or reach); all that it can when none is given.
fn either(kinds: &Kinds, spec: &LinkSpec, leaves: bool) -> Kinds {
    let side = |kind: &ComponentKind| {
        spec.ends.iter().any(|ends| if leaves { ends.from } else { ends.to }.contains(kind))
    };
    if kinds.is_empty() { kinds_that(|kind| side(&kind)) } else { kinds.clone() }
}

/// Whether any of these goes with any of those; nothing is said where either is unknown.
fn fit(from: &Kinds, to: &Kinds, joins: impl Fn(ComponentKind, ComponentKind) -> bool) -> bool {
    from.is_empty() || to.is_empty() || from.iter().any(|from| to.iter().any(|to| joins(*from, *to)))
}

/// Whether a component of that kind may stand in one of the other, however deep.
fn may_stand_in(inner: ComponentKind, outer: ComponentKind) -> bool {
    // Kinds do not contain each other in turns.
    inner.spec().containers.iter().any(|place| place.kind == outer || may_stand_in(place.kind, outer))
}

fn list(kinds: &[ComponentKind]) -> String {
    if kinds.is_empty() {
        return "anything".to_owned();
    }
    let quoted = kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>();
    quoted.join(" or ")
}
