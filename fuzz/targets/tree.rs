#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::mail::mail(&fuzz::tree::mail(data)));
