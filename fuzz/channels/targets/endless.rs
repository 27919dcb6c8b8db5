#![no_main]

#[global_allocator]
static MEMORY: fuzz_channels::endless::Counted = fuzz_channels::endless::Counted;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz_channels::endless::endless(data));
