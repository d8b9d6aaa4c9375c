//! What is on screen: Yew components over the pure crates.
//!
//! Contexts carry dispatchers, props carry data; effects run in hooks, never in reducers. Nothing here
//! touches `web_sys` beyond the events and element references that Yew provides: everything else of
//! the browser is [`platform`](crate::platform).

pub mod annotations;
pub mod app;
pub mod canvas;
pub mod document_loader;
pub mod editor_store;
pub mod engine;
pub mod hooks;
pub mod icon;
pub mod markdown;
pub mod pages;
pub mod panels;
pub mod parts;
pub mod router;
pub mod services;
pub mod words;
