//! The token of an address that only we could have given, wherever a mail carries it.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use mail_message::{Message, Own, thread};

const OWN: Own<'_> = Own { address_local_part: "desk", domain: "example.org", number_pattern: "[D-{number}]" };

#[test]
fn line_09_a_token_counts_in_every_header_of_delivery() {
    for name in ["token-in-to", "token-in-cc", "token-in-delivered-to", "token-in-x-original-to"] {
        let path = format!("{}/tests/conformance/009-{name}.eml", env!("CARGO_MANIFEST_DIR"));
        let message = Message::read(&std::fs::read(path).unwrap());
        assert_eq!(thread::evidence(&message, &OWN).token.as_deref(), Some("Qx7-t0k.N_1"), "{name}");
    }
}

#[test]
fn line_09_what_is_not_our_address_gives_no_token() {
    let others = [
        "To: desk+abc@example.com",
        "To: desk+abc@example.org.evil.example",
        "To: =?utf-8?Q?desk+abc=40example=2Eorg?= <ann@example.net>",
        "To: \"desk+abc@example.org\" <ann@example.net>",
        "Delivered-To: \"desk+a;touch x\"@example.org",
        "Delivered-To: desk+$(id)@example.org",
        "Cc: desk+@example.org, +abc@example.org",
        "X-Token: desk+abc@example.org",
        "Bcc: desk+abc@example.org",
    ];
    for header in others {
        let message = Message::read(format!("{header}\nSubject: x\n\nHello.\n").as_bytes());
        assert_eq!(thread::evidence(&message, &OWN).token, None, "{header}");
    }
}
