//! The browser: the only home of `web_sys` effects.
