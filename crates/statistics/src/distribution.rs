//! The distributions that the formulas need, as plain functions of checked arguments, and a root finder.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::{beta_reg, inv_beta_reg};
use statrs::function::gamma::gamma_lr;

/// P(Z <= z) of the standard normal distribution.
pub(crate) fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// P(Z > z), precise far out where 1 - P(Z <= z) would be rounded to nothing.
pub(crate) fn normal_tail(z: f64) -> f64 {
    Normal::standard().sf(z)
}

/// The z below which the share `p` of the standard normal distribution lies.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// The two-sided critical value of the standard normal distribution: 1.96 at level 0.95.
pub(crate) fn critical_normal(level: f64) -> f64 {
    normal_quantile(0.5 + level / 2.0)
}

/// P(|T| > |t|) of Student's t with `freedom` > 0 degrees of freedom.
pub(crate) fn student_two_sided(t: f64, freedom: f64) -> f64 {
    beta_reg(freedom / 2.0, 0.5, freedom / (freedom + t * t))
}

/// P(T <= t) of Student's t with `freedom` > 0 degrees of freedom.
pub(crate) fn student_cdf(t: f64, freedom: f64) -> f64 {
    let beyond = student_two_sided(t, freedom) / 2.0;
    if t < 0.0 { beyond } else { 1.0 - beyond }
}

/// The two-sided critical value of Student's t with `freedom` > 0 degrees of freedom: 2.776 at level 0.95 and 4.
pub(crate) fn critical_student(level: f64, freedom: f64) -> f64 {
    // Beyond a hundred million degrees t is normal to twelve digits, and the beta function loses them.
    if freedom > 1e8 {
        return critical_normal(level);
    }
    let y = inv_beta_reg(freedom / 2.0, 0.5, 1.0 - level);
    (freedom * (1.0 - y) / y).sqrt()
}

/// The quantile `p` of the beta distribution with positive shapes.
pub(crate) fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    root(0.0, 1.0, |x| beta_reg(a, b, x) - p)
}

/// P(X <= k) of a binomial with `n` trials, for k < n and 0 < p < 1.
pub(crate) fn binomial_cdf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n { 1.0 } else { beta_reg((n - k) as f64, k as f64 + 1.0, 1.0 - p) }
}

/// The quantile `p` of the gamma distribution with a positive shape and rate 1.
pub(crate) fn gamma_quantile(shape: f64, p: f64) -> f64 {
    let mut high = shape + 1.0;
    while gamma_lr(shape, high) < p {
        high *= 2.0;
    }
    root(0.0, high, |x| if x > 0.0 { gamma_lr(shape, x) - p } else { -p })
}

/// Where the rising function `f` crosses zero between `low` and `high`, to the last digit.
pub(crate) fn root(low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    crossing(low, high, 0.0, f)
}

/// Where the rising function `f` crosses zero between `low` and `high`, to `within`, by halving: it cannot fail to
/// converge.
pub(crate) fn crossing(mut low: f64, mut high: f64, within: f64, f: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if high - low <= within || middle <= low || middle >= high {
            break;
        }
        if f(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, table: f64, within: f64) {
        assert!((value - table).abs() <= within, "{value} is not near {table}");
    }

    /// Critical values as printed in every t table.
    #[test]
    fn critical_values_agree_with_the_table() {
        for (freedom, expected) in [(1.0, 12.706), (4.0, 2.776), (9.0, 2.262), (30.0, 2.042), (1e9, 1.960)] {
            near(critical_student(0.95, freedom), expected, 6e-4);
        }
        near(critical_student(0.99, 10.0), 3.169, 6e-4);
        near(critical_normal(0.95), 1.959_964, 1e-6);
    }

    /// P(|T| > critical value) gives the level back; one degree of freedom is Cauchy's: P(|T| > 1) = 1/2.
    #[test]
    fn tails_of_t() {
        near(student_two_sided(1.0, 1.0), 0.5, 1e-12);
        near(student_two_sided(-critical_student(0.95, 7.0), 7.0), 0.05, 1e-9);
        near(student_cdf(1.0, 1.0), 0.75, 1e-12);
        near(student_cdf(-critical_student(0.95, 7.0), 7.0), 0.025, 1e-9);
    }

    /// The chi-squared table: 95th percentile with 2 degrees 5.991, with 10 degrees 18.307 (twice a gamma of half).
    #[test]
    fn gamma_agrees_with_the_chi_squared_table() {
        near(2.0 * gamma_quantile(1.0, 0.95), 5.991, 6e-4);
        near(2.0 * gamma_quantile(5.0, 0.95), 18.307, 6e-4);
        near(gamma_quantile(1.0, 0.025), -(0.975f64.ln()), 1e-9);
    }

    /// By hand: P(X <= 1) of 3 tosses is 1/8 + 3/8; the median of beta(1, 1) is 1/2, of beta(1, 2) 1 - sqrt(1/2).
    #[test]
    fn binomial_and_beta_by_hand() {
        near(binomial_cdf(1, 3, 0.5), 0.5, 1e-12);
        near(binomial_cdf(3, 3, 0.5), 1.0, 0.0);
        near(beta_quantile(1.0, 1.0, 0.5), 0.5, 1e-12);
        near(beta_quantile(1.0, 2.0, 0.5), 1.0 - 0.5f64.sqrt(), 1e-12);
    }
}
