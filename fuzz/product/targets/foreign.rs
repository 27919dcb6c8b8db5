#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz_product::foreign::foreign(data));
