//! Rectangles in lines: those with the same top and bottom stand in one (or, for columns, with the same
//! sides), so that what a piece of a way crosses is counted by searching and not by looking at each.

/// Lines of rectangles that do not overlap each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lines {
    lines: Vec<Line>,
    /// No line is thicker.
    thickest: f32,
}

#[derive(Clone, Debug, PartialEq)]
struct Line {
    from: f32,
    to: f32,
    /// Where its rectangles start and end along it, in order.
    spans: Vec<(f32, f32)>,
}

impl Lines {
    /// Of rectangles as `[from, to, start, end]`: across the line, and along it.
    pub(super) fn of(mut rects: Vec<[f32; 4]>) -> Self {
        rects.sort_by(|a, b| {
            let [a, b] = [a, b].map(|rect| rect.iter().copied());
            a.zip(b)
                .map(|(a, b)| a.total_cmp(&b))
                .find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let mut lines: Vec<Line> = Vec::new();
        let mut thickest: f32 = 0.0;
        for [from, to, start, end] in rects {
            thickest = thickest.max(to - from);
            match lines.last_mut() {
                Some(line) if (line.from, line.to) == (from, to) => line.spans.push((start, end)),
                _ => lines.push(Line { from, to, spans: vec![(start, end)] }),
            }
        }
        Self { lines, thickest }
    }

    /// How many share more than an edge with what lies there.
    pub(super) fn crossed(&self, across: (f32, f32), along: (f32, f32)) -> usize {
        self.near(across).map(|line| line.crossed(along)).sum()
    }

    /// Whether any does.
    pub(super) fn are_crossed(&self, across: (f32, f32), along: (f32, f32)) -> bool {
        self.near(across).any(|line| line.crossed(along) > 0)
    }

    /// How far it is free along there, before the first place and after the second.
    pub(super) fn reach(&self, across: (f32, f32), before: f32, after: f32) -> (f32, f32) {
        let mut reach = (f32::NEG_INFINITY, f32::INFINITY);
        for line in self.near(across) {
            let next = line.spans.partition_point(|span| span.0 < after);
            if let Some(span) = line.spans.get(next) {
                reach.1 = reach.1.min(span.0);
            }
            let last = line.spans.partition_point(|span| span.1 <= before);
            if let Some(span) = last.checked_sub(1).and_then(|last| line.spans.get(last)) {
                reach.0 = reach.0.max(span.1);
            }
        }
        reach
    }

    /// The lines that share more than an edge with that stripe.
    fn near(&self, across: (f32, f32)) -> impl Iterator<Item = &Line> {
        let first = self.lines.partition_point(|line| line.from <= across.0 - self.thickest);
        let near = self.lines.get(first..).unwrap_or_default().iter();
        near.take_while(move |line| line.from < across.1).filter(move |line| line.to > across.0)
    }
}

impl Line {
    fn crossed(&self, along: (f32, f32)) -> usize {
        let before = self.spans.partition_point(|span| span.1 <= along.0);
        let up_to = self.spans.partition_point(|span| span.0 < along.1);
        up_to.saturating_sub(before)
    }
}
