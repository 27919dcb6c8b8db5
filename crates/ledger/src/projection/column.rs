//! The columns of up to 65,536 touchpoints.

/// Rows of a full chunk.
pub const CHUNK: usize = 1 << 16;

/// Touchpoints as columns: row `i` is the `i`-th value of each. Codes are those of the [`super::View`]; 0 stands for
/// "none" in `person`, `attributes`, `service`, `team`, `object` and `object_type`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chunk {
    /// When, UTC milliseconds.
    pub at: Vec<i64>,
    /// Whom it concerns, as recorded: [`super::View::canonical`] says who stands for them.
    pub person: Vec<u32>,
    /// Their attributes as of then.
    pub attributes: Vec<u32>,
    /// The first thing that it concerns.
    pub object: Vec<u32>,
    /// The kind.
    pub kind: Vec<u16>,
    /// The service.
    pub service: Vec<u16>,
    /// The team.
    pub team: Vec<u16>,
    /// The type of the first thing that it concerns.
    pub object_type: Vec<u8>,
    /// The channel, as its place in `Channel::ALL`.
    pub channel: Vec<u8>,
    /// The stage, as its place in `Stage::ALL`.
    pub stage: Vec<u8>,
    /// Direction (bits 0 and 1), initiator (bits 2 and 3), whether the person sees it (bit 4).
    pub manner: Vec<u8>,
    /// How we know of it, as its place in `Source::ALL`.
    pub source: Vec<u8>,
    /// Numbers of the detail, by the code of their name.
    pub numbers: Vec<Sparse>,
    /// The earliest and the latest `at`, to pass over a chunk without looking into it.
    pub span: Option<(i64, i64)>,
}

/// A column that most rows have nothing in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sparse {
    /// Rows that have a value, ascending.
    pub rows: Vec<u16>,
    /// Their values.
    pub values: Vec<f64>,
}

impl Sparse {
    /// The value of a row.
    pub fn get(&self, row: usize) -> Option<f64> {
        let row = u16::try_from(row).ok()?;
        self.rows.binary_search(&row).ok().map(|place| self.values[place])
    }
}

impl Chunk {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Whether a row may lie within `from..to`.
    pub fn touches(&self, from: i64, to: i64) -> bool {
        self.span.is_some_and(|(first, last)| first < to && last >= from)
    }

    /// Bytes held, spare room included.
    pub fn bytes(&self) -> usize {
        let sparse = |column: &Sparse| column.rows.capacity() * 2 + column.values.capacity() * 8;
        self.at.capacity() * 8
            + (self.person.capacity() + self.attributes.capacity() + self.object.capacity()) * 4
            + (self.kind.capacity() + self.service.capacity() + self.team.capacity()) * 2
            + self.object_type.capacity()
            + self.channel.capacity()
            + self.stage.capacity()
            + self.manner.capacity()
            + self.source.capacity()
            + self.numbers.iter().map(sparse).sum::<usize>()
    }

    /// Gives back the room that a full chunk no longer needs.
    pub(super) fn settle(&mut self) {
        for column in &mut self.numbers {
            column.rows.shrink_to_fit();
            column.values.shrink_to_fit();
        }
    }

    pub(super) fn spread(&mut self, at: i64) {
        self.span = Some(self.span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))));
    }
}
