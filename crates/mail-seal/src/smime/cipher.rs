//! The content of locked data, opened with its key.

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockDecryptMut as _, KeyIvInit as _};
use aes_gcm::aead::consts::{U12, U16};

use super::ber::{OCTETS, SEQUENCE};
use super::envelope::{AES, Envelope};
use crate::seal::Note;

const TRIPLE_DES: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 3, 7];

impl Envelope<'_> {
    /// How long the key of the content is.
    pub(super) fn key_length(&self) -> usize {
        match self.algorithm.strip_prefix(&AES) {
            Some([2 | 6]) => 16,
            Some([22 | 26]) => 24,
            Some([42 | 46]) => 32,
            _ if self.algorithm == TRIPLE_DES => 24,
            _ => 0,
        }
    }

    pub(super) fn open(&self, key: &[u8]) -> Result<Vec<u8>, Note> {
        if let Some((covered, proof)) = &self.authenticated {
            return self.open_authenticated(key, covered, proof);
        }
        let start = self.parameters.filter(|value| value.tag == OCTETS).map_or(&[][..], |value| value.content);
        let opened = match (self.algorithm.strip_prefix(&AES), key.len()) {
            (Some([2]), 16) => chained::<aes::Aes128>(key, start, &self.content),
            (Some([22]), 24) => chained::<aes::Aes192>(key, start, &self.content),
            (Some([42]), 32) => chained::<aes::Aes256>(key, start, &self.content),
            // Only to read what was locked long ago.
            (None, 24) if self.algorithm == TRIPLE_DES => chained::<des::TdesEde3>(key, start, &self.content),
            (Some([2 | 22 | 42]), _) => None,
            _ => return Err(Note::NotSupported),
        };
        opened.ok_or(Note::Damaged)
    }

    fn open_authenticated(&self, key: &[u8], covered: &[u8], proof: &[u8]) -> Result<Vec<u8>, Note> {
        let parameters = self.parameters.filter(|value| value.tag == SEQUENCE).ok_or(Note::Damaged)?;
        let nonce = parameters.items().next_of(OCTETS).ok_or(Note::Damaged)?.content;
        let opened = match (self.algorithm.strip_prefix(&AES), key.len(), proof.len()) {
            (Some([6]), 16, 16) => {
                proven::<aes_gcm::AesGcm<aes::Aes128, U12, U16>>(key, nonce, covered, &self.content, proof)
            }
            (Some([26]), 24, 16) => {
                proven::<aes_gcm::AesGcm<aes::Aes192, U12, U16>>(key, nonce, covered, &self.content, proof)
            }
            (Some([46]), 32, 16) => {
                proven::<aes_gcm::AesGcm<aes::Aes256, U12, U16>>(key, nonce, covered, &self.content, proof)
            }
            (Some([6]), 16, 12) => {
                proven::<aes_gcm::AesGcm<aes::Aes128, U12, U12>>(key, nonce, covered, &self.content, proof)
            }
            (Some([46]), 32, 12) => {
                proven::<aes_gcm::AesGcm<aes::Aes256, U12, U12>>(key, nonce, covered, &self.content, proof)
            }
            (Some([6 | 26 | 46]), ..) => None,
            _ => return Err(Note::NotSupported),
        };
        opened.ok_or(Note::Damaged)
    }
}

/// Blocks in a chain.
fn chained<C>(key: &[u8], start: &[u8], content: &[u8]) -> Option<Vec<u8>>
where
    C: aes::cipher::BlockCipher + aes::cipher::BlockDecryptMut + aes::cipher::KeyInit,
{
    let chain = cbc::Decryptor::<C>::new_from_slices(key, start).ok()?;
    chain.decrypt_padded_vec_mut::<Pkcs7>(content).ok()
}

/// Blocks with a proof of their integrity, which is checked before anything comes out.
fn proven<C>(key: &[u8], nonce: &[u8], covered: &[u8], content: &[u8], proof: &[u8]) -> Option<Vec<u8>>
where
    C: aes_gcm::aead::KeyInit + aes_gcm::aead::AeadInPlace + aes_gcm::aead::AeadCore<NonceSize = U12>,
{
    if nonce.len() != 12 {
        return None;
    }
    let cipher = C::new_from_slice(key).ok()?;
    let mut opened = content.to_vec();
    let tag = aes_gcm::aead::Tag::<C>::from_slice(proof);
    cipher.decrypt_in_place_detached(nonce.into(), covered, &mut opened, tag).ok()?;
    Some(opened)
}
