//! Puts a `winmail.dat` together.

/// The first bytes of every TNEF, and its key.
pub(crate) const SIGNATURE: &[u8] = &[0x78, 0x9f, 0x3e, 0x22, 1, 0];

/// A mail with a file.
pub(crate) fn as_attachment(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "From: a@b.c\nContent-Type: multipart/mixed; boundary=border\n\n--border\nContent-Type: application/ms-tnef\n\
        Content-Disposition: attachment; filename=\"{name}\"\nContent-Transfer-Encoding: binary\n\n"
    );
    [head.as_bytes(), bytes, b"\n--border--\n"].concat()
}

/// An attribute with its sum.
pub(crate) fn attribute(level: u8, id: u32, data: &[u8]) -> Vec<u8> {
    let sum = data.iter().fold(0u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
    [&[level][..], &id.to_le_bytes(), &(data.len() as u32).to_le_bytes(), data, &sum.to_le_bytes()].concat()
}
