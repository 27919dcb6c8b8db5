#![no_main]

// What reads keys and packets beneath is not ours, and its panics are caught.
libfuzzer_sys::fuzz_target!(init: fuzz::mind_own_panics(), |data: &[u8]| {
    fuzz::seal::seal(data);
    fuzz::seal::keys(data);
});
