#![no_main]

use mining::read::{Options, open};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fuzz::repeated::linear(data, |log| {
        let Ok(mut reader) = open(log, Options { attributes: true, partial: true, ..Options::default() }) else {
            return;
        };
        while let Ok(Some(_)) = reader.next_event() {}
    });
});
