//! The language of checks: closed, written in JSON, understood before it is run.
//!
//! The grammar is [`Condition`]; here is what it means. The tests hold the evaluator to a slow, literal
//! transcription of these rules.
//!
//! # Truth
//! Pass (P), fail (F), unknown (U), not applicable (N). What is not applicable drops out of its parent;
//! the rest is Kleene's logic.
//!
//! | | is |
//! |---|---|
//! | `allOf` | F if any is F, else U if any is U, else P; N when nothing is left |
//! | `anyOf` | P if any is P, else U if any is U, else F; N when nothing is left |
//! | `not` | swaps P and F, keeps U and N |
//! | `if`/`then` | condition P: as `then`; U: U; F or N: N |
//! | `all`, `any` | `allOf`, `anyOf` over the components selected |
//! | `none` | `not` of `any` |
//! | `exactly` n | with p passes and u unknowns: F if p > n or p + u < n, else U if u > 0, else P |
//! | `atLeast` n | P if p ≥ n, F if p + u < n, else U |
//! | `atMost` n | F if p > n, P if p + u ≤ n, else U |
//!
//! A count over components that are all not applicable is not applicable. A quantifier that selects
//! nothing has the status of its `onEmpty`.
//!
//! # Components
//! A selector selects, by id, the components of its kind and preset all of whose `where` tests pass
//! (an unknown test does not). In a leaf, `"$name"` is the component bound, and an inline selector
//! stands for *every* component it selects: the leaf is an `allOf` over them (over every pair, where it
//! has two), and fails where one selects nothing. Three places read a selection as a set instead:
//! `within.in` (each place has to lie in *one* of them), `path.via` (through one) and `path.avoid`
//! (through none).
//!
//! # Properties
//! `prop` is a property of the kind, a field of a record list (`containers.gpu`: the list of that
//! field's values; `containers.app.gpu`: of the container `app` alone; a task definition without
//! containers has one named `app`), or [derived](Attribute) (`@zones`). An absent property has AWS's default; an absent list is empty; a comparison with one
//! that has neither is unknown. Every test given must pass (an `allOf`).
//!
//! | | passes when |
//! |---|---|
//! | `eq`, `sameAs` | equal; two lists: the same items in any order; a list and a single value: some item is equal |
//! | `ne` | `eq` does not |
//! | `in` | `eq` one of them |
//! | `lt` `le` `gt` `ge` `between` | a number in that range; for a list, some item |
//! | `contains` | the list has this item |
//! | `subsetOf` | no item of the list is missing there; a single value: it is there |
//! | `matches` | a text the whole of which fits, `*` any run, `?` one character; for a list, some item |
//! | `lookup` | the value is in the table's row for the key's value; for a list, every item |
//! | `exists` | it was set (true) or was not (false); never unknown |
//!
//! # The graph
//! - `connected`: a link of that kind leads from one to the other, and its `where` tests pass.
//! - `within`: it stands in something, and every place it stands in is, or stands within, one of those
//!   named.
//! - `path`: one or more links of those kinds lead there, each in its own direction; what lies between
//!   the ends includes one of `via` and none of `avoid`.
//! - `distinct`: so many different values; every item of a list counts. Components whose value is not
//!   known make it unknown where they could tip it.
//!
//! # Derived relations
//! `reachable`, `canPullImage`, `canFetchSecret`, `canWriteLogs`, `roleGrants`, `survives` ask the
//! [`World`](crate::world::World). Over several placements they mean every one. A workload with no
//! image, no secret or no log group does not pass the question about it, and one that runs nowhere
//! passes none.
//!
//! # Cost and operations
//! `cost` and `operations` ask for the [estimate](crate::cost) of the whole design, with the volumes of
//! the scenario. `le` is a bound in whole US dollars a month, or in points; `leBestPercent` one in percent
//! of the figure that the best reference has, which the scenario states as `best` and `verify` holds to
//! be true: unknown where it is not stated. A cost within its bounds is unknown as long as some component
//! has no price.
//!
//! # Steps
//! A check that takes more than [`MAX_STEPS`] is unknown, with that as the reason. Where only finding the
//! witness takes more, the result stays and the witness says so.
//!
//! # Witness
//! Every condition has one deciding leaf, found by going down to one child after another:
//! - `allOf`, `all`: the first child with that status, in document order, components by id; when all
//!   pass, the last that does;
//! - `anyOf`, `any`: the first child with that status; a failed one is decided by the child that got
//!   *furthest*: the most leaves passed before it failed, the first of equals;
//! - `not`, `none`: what decides the negated condition; `if`/`then`: its `then` if the condition
//!   passes, else its condition;
//! - a count with too few: the failing component that got furthest; unknown: the first unknown one;
//!   otherwise the quantifier itself; so is one over nothing.
//!
//! Leaves passed: a leaf 1 if it passes, else 0; `allOf`/`all`: the sum up to the first failure;
//! `anyOf`/`any`: that of the first to pass, else the greatest; `if`/`then`: that of `then`, 0 when it
//! does not come to it; `not`, `none`, counts and quantifiers over nothing: as a leaf.

mod attribute;
mod budget;
mod decide;
mod explain;
mod leaf;
mod operator;
mod paths;
mod property;
mod reason;
mod relation;
mod select;

pub use attribute::attribute_value;
pub(crate) use decide::Tally;
pub use decide::{Evaluator, MAX_STEPS};
pub use select::{link_passes, selected};
pub use trapwise_documents::condition::*;
