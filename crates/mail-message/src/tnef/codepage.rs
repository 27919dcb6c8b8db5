//! Windows code pages, by the labels that the rest of the crate knows.

use crate::charset;

/// Decodes `bytes` in `codepage`; zero bytes at the end belong to the format.
pub(crate) fn decode(bytes: &[u8], codepage: u32) -> String {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    charset::decode(&bytes[..end], Some(&label(codepage)), &mut Vec::new())
}

/// The charset of a code page; empty, which lets the bytes decide, for one that is none.
pub(crate) fn label(codepage: u32) -> String {
    match codepage {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 | 54936 => "gb18030".to_owned(),
        949 | 51949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        51932 => "euc-jp".to_owned(),
        50220..=50222 => "iso-2022-jp".to_owned(),
        10000 => "macintosh".to_owned(),
        20866 => "koi8-r".to_owned(),
        21866 => "koi8-u".to_owned(),
        874 | 1250..=1258 => format!("windows-{codepage}"),
        28591..=28606 => format!("iso-8859-{}", codepage - 28590),
        437 | 850 | 852 | 855 | 857 | 866 => format!("ibm{codepage}"),
        _ => String::new(),
    }
}
