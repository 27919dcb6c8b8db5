#![no_main]

use web::foreign::{Wanted, clean, prose, says_more};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fuzz::repeated::linear(data, |html| {
        let html = String::from_utf8_lossy(html);
        clean(&html, Wanted { fold: Some("Earlier".to_owned()), ..Wanted::default() });
        says_more(&html, "text");
        prose(&html);
    });
});
