#![no_main]

// What speaks SMTP beneath is not ours, and its panics are caught.
libfuzzer_sys::fuzz_target!(init: fuzz::mind_own_panics(), |data: &[u8]| fuzz_channels::dialogue::dialogue(data));
