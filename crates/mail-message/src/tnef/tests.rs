//! A TNEF built piece by piece, whole and broken.

use super::*;

fn attribute(level: u8, id: u32, data: &[u8]) -> Vec<u8> {
    let mut out = vec![level];
    out.extend(id.to_le_bytes());
    out.extend((data.len() as u32).to_le_bytes());
    out.extend(data);
    out.extend(data.iter().fold(0u16, |sum, byte| sum.wrapping_add(u16::from(*byte))).to_le_bytes());
    out
}

fn property(kind: u16, id: u16, value: &[u8]) -> Vec<u8> {
    let mut out = kind.to_le_bytes().to_vec();
    out.extend(id.to_le_bytes());
    out.extend(1u32.to_le_bytes());
    out.extend((value.len() as u32).to_le_bytes());
    out.extend(value);
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

fn properties(list: &[Vec<u8>]) -> Vec<u8> {
    let mut out = (list.len() as u32).to_le_bytes().to_vec();
    out.extend(list.concat());
    out
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

fn tnef(attributes: &[Vec<u8>]) -> Vec<u8> {
    [SIGNATURE, &[1, 0], &attributes.concat()].concat()
}

fn with_file() -> Vec<u8> {
    let long_name = properties(&[property(0x1f, properties::ATTACH_LONG_FILENAME, &utf16("Kündigung März.pdf"))]);
    tnef(&[
        attribute(1, OEM_CODEPAGE, &[0xe4, 4, 0, 0, 0, 0, 0, 0]),
        attribute(1, ATT_SUBJECT, b"Gr\xfc\xdfe\0"),
        attribute(1, ATT_BODY, b"Text\0"),
        attribute(2, ATTACH_BEGINS, &[0; 14]),
        attribute(2, ATTACH_TITLE, b"KNDIGU~1.PDF\0"),
        attribute(2, ATTACH_DATA, b"%PDF"),
        attribute(2, ATTACH_PROPERTIES, &long_name),
    ])
}

#[test]
fn files_come_out_with_their_long_names() {
    let opened = read(&with_file(), 0);
    assert!(opened.whole);
    assert_eq!((opened.subject.as_deref(), opened.text.as_deref()), (Some("Grüße"), Some("Text")));
    let file = &opened.files[0];
    assert_eq!((file.name.as_str(), file.content_type.as_str()), ("Kündigung März.pdf", "application/pdf"));
    assert_eq!(file.bytes, b"%PDF");
}

#[test]
fn what_stands_in_one_line_holds_no_line_end() {
    let list = properties(&[
        property(0x1f, properties::ATTACH_MIME_TAG, &utf16("Text/\r\nX: Plain")),
        property(0x1f, properties::ATTACH_CONTENT_ID, &utf16("<a\n@b>")),
    ]);
    let opened = read(
        &tnef(&[
            attribute(1, ATT_SUBJECT, b"Hello\r\nBcc: ann@example.org\0"),
            attribute(2, ATTACH_BEGINS, &[0; 14]),
            attribute(2, ATTACH_DATA, b"x"),
            attribute(2, ATTACH_PROPERTIES, &list),
        ]),
        0,
    );
    assert_eq!(opened.subject.as_deref(), Some("HelloBcc: ann@example.org"));
    let file = &opened.files[0];
    assert_eq!((file.content_type.as_str(), file.content_id.as_deref()), ("text/xplain", Some("a@b")));
}

#[test]
fn a_message_within_gives_its_text_and_files() {
    let object = [&[0; 16][..], &with_file()].concat();
    let attached = properties(&[property(0x0d, properties::ATTACH_DATA, &object)]);
    let opened = read(&tnef(&[attribute(2, ATTACH_BEGINS, &[0; 14]), attribute(2, ATTACH_PROPERTIES, &attached)]), 0);
    let names: Vec<&str> = opened.files.iter().map(|file| file.name.as_str()).collect();
    assert!(opened.whole);
    assert_eq!(names, ["Grüße.txt", "Kündigung März.pdf"]);
}

#[test]
fn what_is_broken_is_said_wherever_it_breaks() {
    let whole = with_file();
    let end = whole.len();
    for cut in 0..end {
        // An attribute that ends exactly here leaves a shorter TNEF that is whole.
        let opened = read(&whole[..cut], 0);
        assert!(opened.files.len() <= 1);
    }
    assert!(!read(&whole[..end - 1], 0).whole);
    assert!(!read(b"not this", 0).whole);
    let mut damaged = whole;
    damaged[30] ^= 0x55;
    assert!(!read(&damaged, 0).whole);
}
