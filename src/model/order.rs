//! Sorting that stays small in the download.
//!
//! The standard library's sorts are made for speed and are compiled anew for each type: about 5 KB of
//! WebAssembly a type. Here one sort of places serves every type, through a `dyn` comparison, and is a
//! plain merge sort. `clippy.toml` keeps the others out.

use std::cmp::Ordering;

/// Sorts, keeping equals in their order. O(n log n).
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key, keeping equals in their order. O(n log n) comparisons of keys that lie side by side:
/// each is made once, so that comparing does not go where the items point to.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let places = sorted_places(items.len(), &|a, b| keys.get(a).cmp(&keys.get(b)));
    arrange(places, &mut |a, b| items.swap(a, b));
}

/// Sorts by an order, keeping equals in theirs. O(n log n).
pub fn sort_by<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    let places = sorted_places(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => order(a, b),
        _ => Ordering::Equal,
    });
    arrange(places, &mut |a, b| items.swap(a, b));
}

/// Runs of so many items are sorted by insertion, which needs no second list. Most lists are no longer.
const FEW: usize = 16;

/// For each place of the sorted list, the place of its item in the list as it is. Short runs are sorted by
/// insertion, and merged in pairs.
fn sorted_places(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    for run in places.chunks_mut(FEW) {
        insert(run, order);
    }
    let mut length = FEW;
    while length < count {
        let mut merged = Vec::with_capacity(count);
        for pair in places.chunks(2 * length) {
            let left = pair.get(..length).unwrap_or(pair);
            let right = pair.get(length..).unwrap_or_default();
            merge(left, right, order, &mut merged);
        }
        places = merged;
        length *= 2;
    }
    places
}

/// Sorts a short run: each item goes down past those that it comes before.
fn insert(run: &mut [usize], order: &dyn Fn(usize, usize) -> Ordering) {
    for end in 1..run.len() {
        for at in (0..end).rev() {
            let Some([a, b]) = run.get_mut(at..=at + 1) else { break };
            if order(*a, *b) != Ordering::Greater {
                break;
            }
            std::mem::swap(a, b);
        }
    }
}

/// Appends two sorted runs as one, the left before what equals it. One comparison where they are in order.
fn merge(
    mut left: &[usize],
    mut right: &[usize],
    order: &dyn Fn(usize, usize) -> Ordering,
    merged: &mut Vec<usize>,
) {
    let in_order = |a: &usize, b: &usize| order(*a, *b) != Ordering::Greater;
    let is_sorted = left.last().zip(right.first()).is_none_or(|(a, b)| in_order(a, b));
    while !is_sorted && let ([a, others @ ..], [b, rest @ ..]) = (left, right) {
        if in_order(a, b) {
            merged.push(*a);
            left = others;
        } else {
            merged.push(*b);
            right = rest;
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
}

/// Swaps items until each stands at its place: along every cycle once.
fn arrange(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        while let Some(place) = places.get_mut(at) {
            let next = std::mem::replace(place, at);
            if next == start || next == at {
                break;
            }
            swap(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[expect(clippy::disallowed_methods, reason = "the peer to agree with")]
        #[test]
        fn sorts_as_the_standard_library_does(items: Vec<(u8, u8)>) {
            let mut ours = items.clone();
            let mut theirs = items.clone();
            sort_by_key(&mut ours, |item| item.0 % 8);
            theirs.sort_by_key(|item| item.0 % 8);
            prop_assert_eq!(&ours, &theirs);
            sort(&mut ours);
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }
    }
}
