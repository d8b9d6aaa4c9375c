//! Collecting that stays small in the download.
//!
//! The standard library's `collect` asks an iterator for its first item apart from the others, so that all
//! that makes an item is compiled twice over or kept out of line, at some 200 bytes of WebAssembly a call.

/// Iterators whose items can be listed.
pub trait Listed: Iterator + Sized {
    /// Its items: what `collect` gives, in less code.
    fn listed(self) -> Vec<Self::Item> {
        let mut list = Vec::with_capacity(self.size_hint().0);
        self.for_each(|item| list.push(item));
        list
    }
}

impl<I: Iterator> Listed for I {}
