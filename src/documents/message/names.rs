//! How components, presets and properties are written.

use trapwise_model::ComponentId;

/// Writes what messages name, as Markdown. Everything is code unless the reader knows a better name.
pub trait Names {
    /// A component.
    fn component(&self, id: &ComponentId) -> String {
        self.code(id.as_str())
    }

    /// What the palette offers by this name.
    fn preset(&self, preset: &str) -> String {
        self.code(preset)
    }

    /// A property, and whose it is where that is known.
    fn property(&self, name: &str, of: Option<&ComponentId>) -> String {
        let _ = of;
        self.code(name)
    }

    /// A word of the AWS API or of documents.
    fn code(&self, word: &str) -> String {
        format!("`{word}`")
    }
}

/// Everything by its id: the names of the command line.
#[derive(Clone, Copy, Debug)]
pub struct Ids;

impl Names for Ids {}
