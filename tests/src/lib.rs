//! Stories told to the whole desk over its socket, and who tells them: a [`client::Client`].
//!
//! The stories are the integration tests beside this folder; `benches` measures with the same client.

pub mod client;
