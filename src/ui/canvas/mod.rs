//! Stands in until the editing surface is here.
