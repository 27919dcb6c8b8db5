//! How many answers it takes, and how small a change so many can see.
//!
//! Ask before the project: most desks can see only large changes in a quarter, and a plan that cannot find what it
//! looks for should not begin. `level` is that of the interval that will be shown (0.95), `power` how often a change of
//! that size should be found (0.8). All numbers are answers *per group*, before and after each; answers of the same
//! people count less ([`with_clusters`]), and answers that will not come must be asked for in addition.

use crate::distribution::{critical_normal, normal_cdf, normal_quantile, root};
use crate::error::{Error, Result, fraction, positive};

/// Answers per group to tell two shares apart, such as 0.8 and 0.9.
///
/// Source: J. Fleiss, Statistical Methods for Rates and Proportions (1981), formula 3.14, without continuity
/// correction.
///
/// # Errors
/// When an argument is not between 0 and 1, or the shares are equal.
///
/// ```
/// assert_eq!(statistics::power::two_shares(0.80, 0.90, 0.95, 0.8)?, 199);
/// assert_eq!(statistics::power::two_shares(0.80, 0.85, 0.95, 0.8)?, 906);
/// # Ok::<(), statistics::Error>(())
/// ```
pub fn two_shares(before: f64, after: f64, level: f64, power: f64) -> Result<u64> {
    let (z, b) = normals(level, power)?;
    let (p, q) = (fraction("share before", before)?, fraction("share after", after)?);
    let change = different(q - p)?;
    let middle = f64::midpoint(p, q);
    let spread = z * (2.0 * middle * (1.0 - middle)).sqrt() + b * (p * (1.0 - p) + q * (1.0 - q)).sqrt();
    Ok(whole((spread / change).powi(2)))
}

/// Answers per group to tell two means apart that lie `change` apart, when answers have the standard deviation
/// `deviation`.
///
/// Source: W. Guenther, Sample size formulas for normal theory t tests, The American Statistician 35 (1981): the normal
/// formula plus z^2 / 4, which makes up for the t distribution.
///
/// # Errors
/// When the deviation is not positive, the change is zero or not finite, or a fraction is not between 0 and 1.
pub fn two_means(deviation: f64, change: f64, level: f64, power: f64) -> Result<u64> {
    let (z, b) = normals(level, power)?;
    let effect = different(change)? / positive("deviation", deviation)?;
    Ok(whole(2.0 * ((z + b) / effect).powi(2) + z * z / 4.0))
}

/// Answers per group to tell two net scores apart that lie `change` apart (0.1 is ten points), when the shares of the
/// pleased and the displeased are about these. The variance of an answer is p + d - (p - d)^2.
///
/// Source: the variance of a difference of two shares of the same answers, as for [`crate::interval::net`].
///
/// # Errors
/// When the shares are not between 0 and 1 or exceed 1 together, the change is zero, or a fraction is not one.
pub fn two_nets(pleased: f64, displeased: f64, change: f64, level: f64, power: f64) -> Result<u64> {
    let (z, b) = normals(level, power)?;
    let variance = net_variance(pleased, displeased)?;
    Ok(whole(2.0 * variance * ((z + b) / different(change)?).powi(2)))
}

/// The smallest rise of a share from `before` that `n` answers per group find with this power: `None` when not even a
/// rise to 1 would be found. For falls, ask about 1 - `before`.
///
/// # Errors
/// When `n` is 0, or an argument is not between 0 and 1.
pub fn smallest_rise(n: u64, before: f64, level: f64, power: f64) -> Result<Option<f64>> {
    let (z, b) = normals(level, power)?;
    let p = fraction("share before", before)?;
    let n = answers(n)?;
    let found = |q: f64| {
        let middle = f64::midpoint(p, q);
        let spread = z * (2.0 * middle * (1.0 - middle)).sqrt() + b * (p * (1.0 - p) + q * (1.0 - q)).sqrt();
        (q - p) * n.sqrt() - spread
    };
    Ok((found(1.0) >= 0.0).then(|| root(p, 1.0, found) - p))
}

/// The smallest change of a mean that `n` answers per group find with this power, in the unit of the `deviation`.
///
/// # Errors
/// When `n` is too small for any (3), the deviation is not positive, or a fraction is not one.
pub fn smallest_change(n: u64, deviation: f64, level: f64, power: f64) -> Result<f64> {
    let (z, b) = normals(level, power)?;
    let room = answers(n)? - z * z / 4.0;
    if room < 2.0 {
        return Err(Error::TooFew { have: n as usize, needed: (2.0 + z * z / 4.0).ceil() as usize });
    }
    Ok(positive("deviation", deviation)? * (z + b) * (2.0 / room).sqrt())
}

/// The smallest change of a net score that `n` answers per group find with this power.
///
/// # Errors
/// As for [`two_nets`].
pub fn smallest_net_change(n: u64, pleased: f64, displeased: f64, level: f64, power: f64) -> Result<f64> {
    let (z, b) = normals(level, power)?;
    Ok((z + b) * (2.0 * net_variance(pleased, displeased)? / answers(n)?).sqrt())
}

/// How often `n` answers per group find the change of a share from `before` to `after`.
///
/// # Errors
/// As for [`two_shares`], and when `n` is 0.
pub fn of_two_shares(n: u64, before: f64, after: f64, level: f64) -> Result<f64> {
    let z = critical_normal(fraction("level", level)?);
    let (p, q) = (fraction("share before", before)?, fraction("share after", after)?);
    let middle = f64::midpoint(p, q);
    let away = different(q - p)?.abs() * answers(n)?.sqrt() - z * (2.0 * middle * (1.0 - middle)).sqrt();
    Ok(normal_cdf(away / (p * (1.0 - p) + q * (1.0 - q)).sqrt()))
}

/// As many answers as `n` independent ones are worth, when people answer `per_person` times on average and their
/// answers have this correlation within people: n (1 + (m - 1) ICC), the design effect turned around.
///
/// Source: L. Kish, Survey Sampling (1965), section 5.4; see [`crate::cluster::effective_n`].
///
/// # Errors
/// When `per_person` is below 1 or `icc` is outside 0 to 1.
pub fn with_clusters(n: u64, per_person: f64, icc: f64) -> Result<u64> {
    let worth = crate::cluster::effective_n(1.0, per_person, icc)?;
    Ok(whole(n as f64 / worth))
}

fn normals(level: f64, power: f64) -> Result<(f64, f64)> {
    Ok((critical_normal(fraction("level", level)?), normal_quantile(fraction("power", power)?)))
}

fn net_variance(pleased: f64, displeased: f64) -> Result<f64> {
    for (name, value) in [("pleased", pleased), ("displeased", displeased), ("both together", pleased + displeased)] {
        if !(0.0..=1.0).contains(&value) {
            return Err(Error::NotAFraction { name, value });
        }
    }
    let variance = pleased + displeased - (pleased - displeased).powi(2);
    if variance > 0.0 { Ok(variance) } else { Err(Error::NoSpread { name: "the answers" }) }
}

fn different(change: f64) -> Result<f64> {
    let wanted = "the smallest change that would matter, other than 0";
    if change.is_finite() && change != 0.0 {
        Ok(change)
    } else {
        Err(Error::OutOfRange { name: "change", value: change, wanted })
    }
}

fn answers(n: u64) -> Result<f64> {
    if n > 0 { Ok(n as f64) } else { Err(Error::TooFew { have: 0, needed: 1 }) }
}

/// Rounded up, but not for a rounding error.
fn whole(n: f64) -> u64 {
    (n - 1e-9).ceil().max(2.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// MEASURES 2.7. By hand for 80 to 90: (1.95996 sqrt(2 * 0.85 * 0.15) + 0.84162 sqrt(0.16 + 0.09))^2 / 0.1^2 =
    /// (0.98975 + 0.42081)^2 / 0.01 = 198.97. For the net score with 70/20/10: 0.44 * 2 * 7.8489 / 0.01 = 690.7.
    #[test]
    fn the_figures_of_the_plan() {
        assert_eq!(two_shares(0.8, 0.9, 0.95, 0.8), Ok(199));
        assert_eq!(two_shares(0.8, 0.85, 0.95, 0.8), Ok(906));
        assert_eq!(two_shares(0.9, 0.8, 0.95, 0.8), Ok(199));
        assert_eq!(two_nets(0.7, 0.1, 0.1, 0.95, 0.8), Ok(691));
        assert_eq!(two_nets(0.7, 0.1, 0.2, 0.95, 0.8), Ok(173));
    }

    /// J. Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), table 2.4.1, two-sided 0.05 and power
    /// 0.80: 64 per group for d = 0.5 and 26 for d = 0.8.
    #[test]
    fn means_agree_with_cohen() {
        assert_eq!(two_means(1.0, 0.5, 0.95, 0.8), Ok(64));
        assert_eq!(two_means(2.0, 1.6, 0.95, 0.8), Ok(26));
        assert_eq!(two_means(1.0, -0.5, 0.95, 0.8), Ok(64));
    }

    /// By hand: three answers a person with the correlation 0.3 need 1.6 times as many, 199 * 1.6 = 318.4.
    #[test]
    fn people_who_answer_often_cost_more() {
        assert_eq!(with_clusters(199, 3.0, 0.3), Ok(319));
        assert_eq!(with_clusters(199, 1.0, 0.3), Ok(199));
    }

    #[test]
    fn what_has_no_answer_is_refused() {
        assert!(two_shares(0.8, 0.8, 0.95, 0.8).is_err() && two_shares(80.0, 90.0, 0.95, 0.8).is_err());
        assert!(two_nets(0.7, 0.4, 0.1, 0.95, 0.8).is_err() && two_nets(1.0, 0.0, 0.1, 0.95, 0.8).is_err());
        assert!(two_means(0.0, 1.0, 0.95, 0.8).is_err() && two_means(1.0, f64::NAN, 0.95, 0.8).is_err());
        assert!(smallest_rise(0, 0.8, 0.95, 0.8).is_err() && smallest_change(2, 1.0, 0.95, 0.8).is_err());
        assert_eq!(smallest_rise(5, 0.8, 0.95, 0.8), Ok(None));
    }

    proptest! {
        /// What n can just see needs n: the two directions agree.
        #[test]
        fn size_and_change_are_each_others_inverse(n in 20u64..5_000, before in 0.05..0.9f64) {
            let rise = smallest_rise(n, before, 0.95, 0.8).unwrap();
            if let Some(rise) = rise.filter(|rise| before + rise < 1.0) {
                let needed = two_shares(before, before + rise, 0.95, 0.8).unwrap();
                prop_assert!(needed.abs_diff(n) <= 1);
                prop_assert!((of_two_shares(n, before, before + rise, 0.95).unwrap() - 0.8).abs() < 1e-6);
            }
            let change = smallest_change(n, 2.0, 0.95, 0.8).unwrap();
            prop_assert!(two_means(2.0, change, 0.95, 0.8).unwrap().abs_diff(n) <= 1);
            let change = smallest_net_change(n, 0.6, 0.2, 0.95, 0.8).unwrap();
            prop_assert!(two_nets(0.6, 0.2, change, 0.95, 0.8).unwrap().abs_diff(n) <= 1);
        }
    }
}
