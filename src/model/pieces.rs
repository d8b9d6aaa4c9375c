//! A large sorted map in pieces: a change moves one piece and not the whole, and copies share the others.

use std::sync::Arc;

/// A piece of this many entries is cut in two.
const MOST: usize = 128;

/// Entries in the order of their keys, each key once.
#[derive(Clone, Debug)]
pub(crate) struct Pieces<K, V> {
    /// None is empty.
    pieces: Vec<Arc<Vec<(K, V)>>>,
    len: usize,
}

impl<K: Ord + Clone, V: Clone> Pieces<K, V> {
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn values(&self) -> Values<'_, K, V> {
        Values { pieces: self.pieces.iter(), piece: [].iter(), left: self.len }
    }

    /// O(log n).
    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
    {
        let piece = self.pieces.get(self.piece_of(key))?;
        let at = piece.binary_search_by(|(other, _)| other.borrow().cmp(key)).ok()?;
        piece.get(at).map(|(_, value)| value)
    }

    /// O(log n), and a copy of the piece if it is shared.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let index = self.piece_of(key);
        let piece = self.pieces.get_mut(index)?;
        let at = piece.binary_search_by(|(other, _)| other.cmp(key)).ok()?;
        Arc::make_mut(piece).get_mut(at).map(|(_, value)| value)
    }

    /// Sets the value of a key.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        let index = self.piece_of(&key);
        let Some(piece) = self.pieces.get_mut(index) else {
            self.pieces.push(Arc::new(vec![(key, value)]));
            self.len += 1;
            return;
        };
        let piece = Arc::make_mut(piece);
        match piece.binary_search_by(|(other, _)| other.cmp(&key)) {
            Ok(at) => {
                if let Some((_, old)) = piece.get_mut(at) {
                    *old = value;
                }
            }
            Err(at) => {
                piece.insert(at, (key, value));
                self.len += 1;
                if piece.len() >= MOST {
                    let rest = piece.split_off(MOST / 2);
                    self.pieces.insert(index + 1, Arc::new(rest));
                }
            }
        }
    }

    /// Takes a key away and returns its value.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let index = self.piece_of(key);
        let piece = self.pieces.get_mut(index)?;
        let at = piece.binary_search_by(|(other, _)| other.cmp(key)).ok()?;
        let (_, value) = Arc::make_mut(piece).remove(at);
        self.len -= 1;
        if piece.is_empty() {
            self.pieces.remove(index);
        }
        Some(value)
    }

    /// The piece in which a key is or would be.
    fn piece_of<Q: Ord + ?Sized>(&self, key: &Q) -> usize
    where
        K: std::borrow::Borrow<Q>,
    {
        let starts_by =
            |piece: &Arc<Vec<(K, V)>>| piece.first().is_some_and(|(first, _)| first.borrow() <= key);
        self.pieces.partition_point(starts_by).saturating_sub(1)
    }
}

impl<K, V> Default for Pieces<K, V> {
    fn default() -> Self {
        Self { pieces: Vec::new(), len: 0 }
    }
}

impl<K: Ord + Clone, V: Clone + PartialEq> PartialEq for Pieces<K, V> {
    /// By the values, which hold their keys.
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.values().eq(other.values())
    }
}

impl<K: Ord + Clone, V: Clone + Eq> Eq for Pieces<K, V> {}

/// The values in the order of their keys.
#[derive(Debug)]
pub(crate) struct Values<'p, K, V> {
    pieces: std::slice::Iter<'p, Arc<Vec<(K, V)>>>,
    piece: std::slice::Iter<'p, (K, V)>,
    left: usize,
}

impl<K, V> Clone for Values<'_, K, V> {
    fn clone(&self) -> Self {
        Self { pieces: self.pieces.clone(), piece: self.piece.clone(), left: self.left }
    }
}

impl<'p, K, V> Iterator for Values<'p, K, V> {
    type Item = &'p V;

    fn next(&mut self) -> Option<&'p V> {
        loop {
            if let Some((_, value)) = self.piece.next() {
                self.left -= 1;
                return Some(value);
            }
            self.piece = self.pieces.next()?.iter();
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<K, V> ExactSizeIterator for Values<'_, K, V> {}

#[cfg(test)]
mod tests {

    use proptest::prelude::*;

    use super::*;
    use crate::SortedMap;

    proptest! {
        #[test]
        fn is_as_the_standard_library_s(entries: Vec<(u16, u8)>, gone: Vec<u16>, asked: u16) {
            let mut ours = Pieces::default();
            let mut theirs = SortedMap::new();
            // Enough that there are several pieces.
            for (key, value) in (0..400).map(|key| (key * 7 % 400, 0)).chain(entries) {
                ours.insert(key, value);
                theirs.insert(key, value);
            }
            let before = ours.clone();
            for key in gone.iter().copied().chain(100..300) {
                prop_assert_eq!(ours.remove(&key), theirs.remove(&key));
            }
            prop_assert_eq!(ours.get(&asked), theirs.get(&asked));
            prop_assert_eq!(ours.get_mut(&asked), theirs.get_mut(&asked));
            prop_assert_eq!(ours.len(), theirs.len());
            prop_assert_eq!(ours.values().len(), theirs.len());
            prop_assert!(ours.values().eq(theirs.values()));
            prop_assert!(before != ours && before.len() >= 400);
        }
    }
}
