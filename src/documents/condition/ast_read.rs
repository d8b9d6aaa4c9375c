//! Reading conditions: strictly, field by field.

use trapwise_model::json::Json;
use trapwise_model::read::{At, FromJson};

use super::ast::*;

impl FromJson for Condition {
    fn from_json(at: At<'_>) -> Self {
        if at.json().get("if").is_some() {
            return Self::IfThen(at.record(|at| IfThen { condition: at.need("if"), then: at.need("then") }));
        }
        Self::Op(Box::new(Op::from_json(at)))
    }
}

impl FromJson for Op {
    fn from_json(at: At<'_>) -> Self {
        let (operator, of) = at.one_key();
        match operator {
            "allOf" => Self::AllOf(Vec::from_json(of)),
            "anyOf" => Self::AnyOf(Vec::from_json(of)),
            "not" => Self::Not(Box::from_json(of)),
            "all" => Self::All(Quantified::from_json(of)),
            "any" => Self::Any(Quantified::from_json(of)),
            "none" => Self::None(Quantified::from_json(of)),
            "exactly" => Self::Exactly(Counted::from_json(of)),
            "atLeast" => Self::AtLeast(Counted::from_json(of)),
            "atMost" => Self::AtMost(Counted::from_json(of)),
            "attr" => Self::Attr(Box::from_json(of)),
            "connected" => Self::Connected(Connected::from_json(of)),
            "within" => Self::Within(Within::from_json(of)),
            "path" => Self::Path(PathTest::from_json(of)),
            "distinct" => Self::Distinct(Distinct::from_json(of)),
            "reachable" => Self::Reachable(Reachable::from_json(of)),
            "canPullImage" => Self::CanPullImage(WorkloadTest::from_json(of)),
            "canFetchSecret" => Self::CanFetchSecret(WorkloadTest::from_json(of)),
            "canWriteLogs" => Self::CanWriteLogs(WorkloadTest::from_json(of)),
            "roleGrants" => Self::RoleGrants(RoleGrants::from_json(of)),
            "survives" => Self::Survives(Survives::from_json(of)),
            "cost" => Self::Cost(Budget::from_json(of)),
            "operations" => Self::Operations(Budget::from_json(of)),
            _ => {
                at.refuse();
                Self::AllOf(Vec::new())
            }
        }
    }
}

impl FromJson for Ref {
    fn from_json(at: At<'_>) -> Self {
        match at.json() {
            Json::Text(name) => Self::Bound(name.clone()),
            _ => Self::Select(Selector::from_json(at)),
        }
    }
}

impl FromJson for Selector {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { kind: at.may("kind"), preset: at.may("preset"), tests: at.or_default("where") })
    }
}

impl FromJson for Quantified {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            select: at.need("select"),
            bind: at.need("bind"),
            on_empty: at.need("onEmpty"),
            hold: at.need("hold"),
        })
    }
}

impl FromJson for Counted {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            count: at.need("count"),
            select: at.need("select"),
            bind: at.need("bind"),
            on_empty: at.need("onEmpty"),
            hold: at.need("hold"),
        })
    }
}

impl FromJson for Attr {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { of: at.need("of"), prop: at.need("prop"), is: at.need("is") })
    }
}

impl FromJson for AttrTest {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            eq: at.may("eq"),
            ne: at.may("ne"),
            one_of: at.may("in"),
            lt: at.may("lt"),
            le: at.may("le"),
            gt: at.may("gt"),
            ge: at.may("ge"),
            between: at.may("between"),
            contains: at.may("contains"),
            subset_of: at.may("subsetOf"),
            matches: at.may("matches"),
            exists: at.may("exists"),
            same_as: at.may("sameAs"),
            lookup: at.may("lookup"),
        })
    }
}

impl FromJson for SameAs {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { of: at.need("of"), prop: at.need("prop") })
    }
}

impl FromJson for Lookup {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { table: at.need("table"), key: at.need("key") })
    }
}

impl FromJson for Connected {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            from: at.need("from"),
            link: at.need("link"),
            to: at.need("to"),
            tests: at.or_default("where"),
        })
    }
}

impl FromJson for Within {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { of: at.need("of"), container: at.need("in") })
    }
}

impl FromJson for PathTest {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            from: at.need("from"),
            to: at.need("to"),
            via: at.may("via"),
            avoid: at.may("avoid"),
            links: at.need("links"),
        })
    }
}

impl FromJson for Distinct {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { of: at.need("of"), attr: at.need("attr"), ge: at.need("ge") })
    }
}

impl FromJson for Reachable {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { from: at.need("from"), to: at.need("to"), port: at.may("port") })
    }
}

impl FromJson for WorkloadTest {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { of: at.need("of") })
    }
}

impl FromJson for RoleGrants {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { role: at.need("role"), action: at.need("action"), on: at.need("on") })
    }
}

impl FromJson for Survives {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { of: at.need("of"), zone_loss: at.need("zoneLoss") })
    }
}

impl FromJson for Budget {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { le: at.may("le"), le_best_percent: at.may("leBestPercent") })
    }
}
