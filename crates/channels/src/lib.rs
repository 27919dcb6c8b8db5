//! The ways in and out: mail, and later chat, calls, visits and the API.
