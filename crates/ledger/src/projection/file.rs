//! The snapshot file: a header with the version, the columns as little-endian arrays, and a checksum at the end.
//!
//! It is written beside its place and then moved there, so that it is whole or absent. It says nothing that the ledger
//! does not say, so whatever is wrong with it, the answer is to build again.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;

use super::column::{CHUNK, Chunk, Sparse};
use super::names::{Grown, Names};
use super::view::{Sum, View};
use crate::touchpoint::Cursor;

/// The first bytes; the digit is the version of everything below.
const MAGIC: &[u8; 8] = b"DESKCOL1";

/// Writes the view.
pub(super) fn write(path: &Path, view: &View) -> io::Result<()> {
    let beside = path.with_extension("new");
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut out = Out { to: BufWriter::with_capacity(1 << 20, File::create(&beside)?), sum: Sum::default() };
    out.to.write_all(MAGIC)?;
    out.number(view.fingerprint)?;
    out.number(view.cursor.position.cast_unsigned())?;
    out.number(view.cursor.id.cast_unsigned())?;
    for names in [&view.kinds, &view.services, &view.teams, &view.object_types, &view.numbers] {
        out.texts(names.len(), names.iter())?;
    }
    out.array(view.people.iter().map(|id| id.to_le_bytes()), view.people.len())?;
    out.array(view.objects.iter().map(|id| id.to_le_bytes()), view.objects.len())?;
    let sets: Vec<String> = view.attributes().map(|set| serde_json::to_string(set).unwrap_or_default()).collect();
    out.texts(sets.len(), sets.iter().map(String::as_str))?;
    out.number(view.chunks().count() as u64)?;
    for chunk in view.chunks() {
        out.chunk(chunk)?;
    }
    let sum = out.sum.value();
    out.to.write_all(&sum.to_le_bytes())?;
    let file = out.to.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    if let Some(folder) = path.parent() {
        // So that the new name is on the disk as well.
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Reads a view with the columns of `empty`; `None` when there is no file.
pub(super) fn read(path: &Path, empty: &View) -> io::Result<Option<View>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    let mut from = In { from: BufReader::with_capacity(1 << 20, file), sum: Sum::default(), left: length };
    let mut magic = [0; 8];
    from.from.read_exact(&mut magic)?;
    if &magic != MAGIC {
        return Err(broken("it was written by another version"));
    }
    if from.number()? != empty.fingerprint {
        return Err(broken("it has other columns than the kinds of touchpoint need now"));
    }
    let cursor = Cursor { position: from.number()?.cast_signed(), id: from.number()?.cast_signed() };
    let mut names = || from.texts().map(Names::of);
    let (kinds, services, teams, object_types, numbers) = (names()?, names()?, names()?, names()?, names()?);
    let (people, objects) = (from.grown()?, from.grown()?);
    let mut attributes = Grown::default();
    for set in from.texts()? {
        attributes.push(Arc::new(serde_json::from_str(&set).map_err(io::Error::other)?));
    }
    let mut chunks = Vec::new();
    for _ in 0..from.number()? {
        chunks.push(Arc::new(from.chunk()?));
    }
    let (expected, mut sum) = (from.sum.value(), [0; 8]);
    from.from.read_exact(&mut sum)?;
    if u64::from_le_bytes(sum) != expected {
        return Err(broken("its checksum is wrong"));
    }
    let rows = chunks.iter().map(|chunk| chunk.len()).sum();
    let tail = if chunks.last().is_some_and(|last| last.len() < CHUNK) { chunks.pop() } else { None };
    let (tail, merged, fingerprint) = (tail.unwrap_or_default(), Arc::default(), empty.fingerprint);
    let view = View {
        chunks,
        tail,
        rows,
        cursor,
        kinds,
        services,
        teams,
        object_types,
        numbers,
        people,
        objects,
        attributes,
        merged,
        past: 0,
        fingerprint,
    };
    Ok(Some(view))
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

struct Out {
    to: BufWriter<File>,
    sum: Sum,
}

impl Out {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.bytes(bytes);
        self.to.write_all(bytes)
    }

    fn number(&mut self, number: u64) -> io::Result<()> {
        self.bytes(&number.to_le_bytes())
    }

    fn array<const N: usize>(&mut self, values: impl Iterator<Item = [u8; N]>, len: usize) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(len * N);
        values.for_each(|value| bytes.extend_from_slice(&value));
        self.number(bytes.len() as u64)?;
        self.bytes(&bytes)
    }

    fn texts<'t>(&mut self, len: usize, texts: impl Iterator<Item = &'t str>) -> io::Result<()> {
        self.number(len as u64)?;
        for text in texts {
            self.number(text.len() as u64)?;
            self.bytes(text.as_bytes())?;
        }
        Ok(())
    }

    fn chunk(&mut self, chunk: &Chunk) -> io::Result<()> {
        let len = chunk.len();
        self.array(chunk.at.iter().map(|value| value.to_le_bytes()), len)?;
        for column in [&chunk.person, &chunk.attributes, &chunk.object] {
            self.array(column.iter().map(|value| value.to_le_bytes()), len)?;
        }
        for column in [&chunk.kind, &chunk.service, &chunk.team] {
            self.array(column.iter().map(|value| value.to_le_bytes()), len)?;
        }
        for column in [&chunk.object_type, &chunk.channel, &chunk.stage, &chunk.manner, &chunk.source] {
            self.number(len as u64)?;
            self.bytes(column)?;
        }
        self.number(chunk.numbers.len() as u64)?;
        for column in &chunk.numbers {
            self.array(column.rows.iter().map(|value| value.to_le_bytes()), column.rows.len())?;
            self.array(column.values.iter().map(|value| value.to_le_bytes()), column.values.len())?;
        }
        Ok(())
    }
}

struct In {
    from: BufReader<File>,
    sum: Sum,
    /// Bytes that the file can still hold: no length in it may be larger.
    left: u64,
}

impl In {
    fn bytes(&mut self, len: u64) -> io::Result<Vec<u8>> {
        self.left = self.left.checked_sub(len).ok_or_else(|| broken("a length in it is larger than the file"))?;
        let mut bytes = vec![0; len as usize];
        self.from.read_exact(&mut bytes)?;
        self.sum.bytes(&bytes);
        Ok(bytes)
    }

    fn number(&mut self) -> io::Result<u64> {
        let bytes = self.bytes(8)?;
        Ok(u64::from_le_bytes(bytes.try_into().expect("eight bytes were read")))
    }

    fn array<T, const N: usize>(&mut self, value: impl Fn([u8; N]) -> T) -> io::Result<Vec<T>> {
        let len = self.number()?;
        let bytes = self.bytes(len)?;
        let parts = bytes.chunks_exact(N);
        Ok(parts.map(|part| value(part.try_into().expect("chunks_exact gives N bytes"))).collect())
    }

    fn texts(&mut self) -> io::Result<Vec<String>> {
        let count = self.number()?;
        if count > self.left {
            return Err(broken("a length in it is larger than the file"));
        }
        let mut texts = Vec::new();
        for _ in 0..count {
            let len = self.number()?;
            texts.push(String::from_utf8(self.bytes(len)?).map_err(io::Error::other)?);
        }
        Ok(texts)
    }

    fn grown(&mut self) -> io::Result<Grown<i64>> {
        let mut list = Grown::default();
        self.array(i64::from_le_bytes)?.into_iter().for_each(|id| list.push(id));
        Ok(list)
    }

    fn chunk(&mut self) -> io::Result<Chunk> {
        let at: Vec<i64> = self.array(i64::from_le_bytes)?;
        let span = at.iter().min().copied().zip(at.iter().max().copied());
        let mut chunk = Chunk {
            at,
            person: self.array(u32::from_le_bytes)?,
            attributes: self.array(u32::from_le_bytes)?,
            object: self.array(u32::from_le_bytes)?,
            kind: self.array(u16::from_le_bytes)?,
            service: self.array(u16::from_le_bytes)?,
            team: self.array(u16::from_le_bytes)?,
            object_type: self.array(|[byte]| byte)?,
            channel: self.array(|[byte]| byte)?,
            stage: self.array(|[byte]| byte)?,
            manner: self.array(|[byte]| byte)?,
            source: self.array(|[byte]| byte)?,
            numbers: Vec::new(),
            span,
        };
        for _ in 0..self.number()? {
            chunk
                .numbers
                .push(Sparse { rows: self.array(u16::from_le_bytes)?, values: self.array(f64::from_le_bytes)? });
        }
        Ok(chunk)
    }
}
