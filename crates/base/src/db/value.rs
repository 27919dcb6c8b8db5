//! What goes into a statement and comes out of a row: four portable types.

use crate::clock::Moment;

/// A value bound to `$1`, `$2` ...
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Param<'a> {
    /// SQL NULL.
    Null,
    /// BIGINT: ids, UTC milliseconds, flags 0 and 1.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// TEXT, JSON too.
    Text(&'a str),
}

/// What can be bound to a statement.
pub trait ToParam {
    /// The value, borrowed.
    fn to_param(&self) -> Param<'_>;
}

/// One column of one row, as the engine gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Column<'a> {
    /// SQL NULL.
    Null,
    /// Any integer type.
    Int(i64),
    /// Any floating type.
    Real(f64),
    /// Text.
    Text(&'a str),
}

/// What can be read from a column. `None` when the column holds something else.
pub trait FromColumn: Sized {
    /// The value of the column.
    fn from_column(column: Column<'_>) -> Option<Self>;
}

/// Binds values in order: `params![id, name, at]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::db::ToParam::to_param(&$value)),*] };
}
pub use params;

impl ToParam for Param<'_> {
    fn to_param(&self) -> Param<'_> {
        *self
    }
}

impl ToParam for i64 {
    fn to_param(&self) -> Param<'_> {
        Param::Int(*self)
    }
}

impl ToParam for bool {
    fn to_param(&self) -> Param<'_> {
        Param::Int(i64::from(*self))
    }
}

impl ToParam for f64 {
    fn to_param(&self) -> Param<'_> {
        Param::Real(*self)
    }
}

impl ToParam for str {
    fn to_param(&self) -> Param<'_> {
        Param::Text(self)
    }
}

impl ToParam for String {
    fn to_param(&self) -> Param<'_> {
        Param::Text(self)
    }
}

impl ToParam for Moment {
    fn to_param(&self) -> Param<'_> {
        Param::Int(self.0)
    }
}

impl<T: ToParam> ToParam for Option<T> {
    fn to_param(&self) -> Param<'_> {
        self.as_ref().map_or(Param::Null, ToParam::to_param)
    }
}

impl<T: ToParam + ?Sized> ToParam for &T {
    fn to_param(&self) -> Param<'_> {
        (**self).to_param()
    }
}

impl FromColumn for i64 {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Int(value) => Some(value),
            _ => None,
        }
    }
}

impl FromColumn for bool {
    fn from_column(column: Column<'_>) -> Option<Self> {
        i64::from_column(column).map(|value| value != 0)
    }
}

impl FromColumn for f64 {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Real(value) => Some(value),
            Column::Int(value) => Some(value as Self),
            _ => None,
        }
    }
}

impl FromColumn for String {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Text(value) => Some(value.to_owned()),
            _ => None,
        }
    }
}

impl FromColumn for Moment {
    fn from_column(column: Column<'_>) -> Option<Self> {
        i64::from_column(column).map(Self)
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Null => Some(None),
            other => T::from_column(other).map(Some),
        }
    }
}
