//! Sorting that stays small in the download.
//!
//! The standard library's sorts are made for speed and are compiled anew for each type: about 5 KB of
//! WebAssembly a type. Here one sort of places serves every type, through a `dyn` comparison.
//! `clippy.toml` keeps the others out.

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

/// For each place of the sorted list, the place of its item in the list as it is.
#[expect(clippy::disallowed_methods, reason = "the one sort that all others come down to")]
fn sorted_places(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| order(*a, *b));
    places
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
