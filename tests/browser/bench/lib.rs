//! What `cargo xtask bench` times in a browser: the samples of the native benchmark, built like the
//! page. It has no clock; the page that loads it measures.

use trapwise_engine::sample::{Form, Sample};
use trapwise_engine::texts;
use wasm_bindgen::prelude::*;

/// A board to evaluate and explain again and again.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Board(Sample);

#[wasm_bindgen]
impl Board {
    /// A board of that many components, 33 or more.
    ///
    /// # Errors
    /// When the form is neither `clean` nor `broken`.
    #[wasm_bindgen(constructor)]
    pub fn new(components: usize, form: &str) -> Result<Self, JsError> {
        let form = match form {
            "clean" => Form::Clean,
            "broken" => Form::Broken,
            other => return Err(JsError::new(&format!("there is no form `{other}`"))),
        };
        Sample::new(components, form, texts::embedded()).map(Self).map_err(|why| JsError::new(&why))
    }

    /// Evaluates and explains once; the number of findings.
    #[must_use]
    pub fn run(&self) -> usize {
        self.0.run().1
    }

    /// The design document.
    ///
    /// # Errors
    /// When it cannot be written, which is not to happen.
    pub fn design(&self) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.0.design)?)
    }
}
