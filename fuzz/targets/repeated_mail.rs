#![no_main]

use mail_message::{Message, Own, classify, thread};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fuzz::repeated::linear(data, |mail| {
        let message = Message::read(mail);
        classify::classify(&message);
        thread::evidence(
            &message,
            &Own { address_local_part: "desk", domain: "example.org", number_pattern: "[D-{number}]" },
        );
    });
});
