//! Numbers as tables have them: with a point or a comma, and thousands that are set apart.

/// What stands before the part of a number below one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Decimal {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

/// Larger numbers are no answers, and their sums would not be exact.
const LARGEST: f64 = 1e15;

impl Decimal {
    /// The number in a cell.
    pub(super) fn read(self, cell: &str) -> Option<f64> {
        let (decimal, thousands) = match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        };
        let (whole, part) = cell.split_once(decimal).unwrap_or((cell, ""));
        let digits = whole.strip_prefix(['-', '+']).unwrap_or(whole);
        let mut groups = digits.split([thousands, '\'', ' ', '\u{a0}', '\u{202f}']);
        let first = groups.next().unwrap_or_default();
        let mut is_apart = false;
        let is_grouped = groups.all(|group| {
            is_apart = true;
            group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit())
        });
        if !is_grouped || (is_apart && !(1..=3).contains(&first.len())) || part.contains(decimal) {
            return None;
        }
        let plain: String =
            whole.chars().filter(|letter| letter.is_ascii_alphanumeric() || "+-".contains(*letter)).collect();
        let text = if cell.contains(decimal) { format!("{plain}.{part}") } else { plain };
        text.parse::<f64>().ok().filter(|number| number.abs() <= LARGEST)
    }

    /// How the numbers of a column are written, by what stands in it: its rows and their cells.
    pub(super) fn of<'c>(cells: impl Iterator<Item = (u64, &'c str)>) -> Result<Self, String> {
        let (mut point, mut comma, mut either) = (None, None, None);
        for (row, cell) in cells {
            match (Self::Point.read(cell), Self::Comma.read(cell)) {
                (Some(_), None) => point = point.or(Some((row, cell))),
                (None, Some(_)) => comma = comma.or(Some((row, cell))),
                // A point with three digits after it is a point; a comma may be either.
                (Some(one), Some(two)) if one != two && cell.contains(',') => either = either.or(Some((row, cell))),
                _ => {}
            }
        }
        match (point, comma, either) {
            (Some((row, one)), Some((other, two)), _) => {
                Err(format!("row {row} holds {one:?} and row {other} {two:?}: write all numbers in one way"))
            }
            (None, Some(_), _) => Ok(Self::Comma),
            (None, None, Some((row, cell))) => Err(format!(
                "row {row} holds {cell:?}, which may be thousands or a part below one: say --decimal point or --decimal comma"
            )),
            _ => Ok(Self::Point),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_and_parts_are_told_apart() {
        for (cell, point, comma) in [
            ("12", Some(12.0), Some(12.0)),
            ("-3", Some(-3.0), Some(-3.0)),
            ("4.5", Some(4.5), None),
            ("4,5", None, Some(4.5)),
            ("1,200", Some(1_200.0), Some(1.2)),
            ("1,000.5", Some(1_000.5), None),
            ("1.000,5", None, Some(1_000.5)),
            ("1 234 567", Some(1_234_567.0), Some(1_234_567.0)),
            ("1e3", Some(1_000.0), Some(1_000.0)),
            ("12,34,567", None, None),
            ("1200,300", None, Some(1_200.3)),
            ("", None, None),
            ("-", None, None),
            ("nan", None, None),
            ("inf", None, None),
            ("1e16", None, None),
            ("5 stars", None, None),
        ] {
            assert_eq!((Decimal::Point.read(cell), Decimal::Comma.read(cell)), (point, comma), "{cell:?}");
        }
    }

    #[test]
    fn a_column_is_read_in_one_way_or_not_at_all() {
        let of = |cells: &[&str]| Decimal::of((1..).zip(cells.iter().copied()));
        assert_eq!(of(&["3", "4.250", "x"]), Ok(Decimal::Point));
        assert_eq!(of(&["3", "4,2"]), Ok(Decimal::Comma));
        assert_eq!(of(&["1,200", "3.5"]), Ok(Decimal::Point));
        assert_eq!(of(&["1,200", "3,5"]), Ok(Decimal::Comma));
        assert!(of(&["1,200", "1,500", "1200"]).is_err_and(|why| why.contains("--decimal")));
        assert!(of(&["4.5", "4,5"]).is_err_and(|why| why.contains("row 1") && why.contains("row 2")));
    }
}
