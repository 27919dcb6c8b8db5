//! Contrast (WCAG 2.2, 1.4.3 and 1.4.11) of the colour pairs of `tokens.css`, for every hue a brand can have.

#![allow(
    clippy::unwrap_used,
    clippy::many_single_char_names,
    reason = "a test ends where something is missing; the letters are those of the colour space"
)]

use super::*;

const TOKENS: &str = include_str!("../../front/style/tokens.css");

/// Linear sRGB of an OKLCH colour (B. Ottosson, 2020), clipped to what a screen can show.
fn linear(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
    .map(|channel| channel.clamp(0.0, 1.0))
}

/// The luminance of a token, in the light (0) or dark (1) theme.
fn luminance(token: &str, theme: usize, brand_hue: f64) -> f64 {
    let line = TOKENS.lines().find(|line| line.trim_start().starts_with(&format!("{token}:"))).unwrap();
    let colour = line.split("oklch(").nth(theme + 1).unwrap().replace("var(--brand-h)", &brand_hue.to_string());
    let parts: Vec<f64> = colour.split([' ', ')']).take(3).map(|part| part.parse().unwrap()).collect();
    let [red, green, blue] = linear(parts[0], parts[1], parts[2]);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[test]
fn every_pair_is_legible_for_every_hue_in_both_themes() {
    let grounds = ["--paper", "--surface", "--fill"];
    let mut pairs: Vec<(&str, &str, f64)> = vec![
        ("--on-brand", "--brand", 4.5),
        ("--on-brand", "--brand-strong", 4.5),
        ("--brand-ink", "--brand-tint", 4.5),
        ("--ink", "--brand-tint", 4.5),
        ("--ink-soft", "--brand-tint", 4.5),
        ("--ink", "--note", 4.5),
        ("--ink-soft", "--note", 4.5),
        ("--ink", "--bad-tint", 4.5),
        ("--good-ink", "--good-tint", 4.5),
        ("--bad-ink", "--bad-tint", 4.5),
        ("--surface", "--error-ink", 4.5),
        ("--paper", "--ink", 4.5),
    ];
    for ground in grounds {
        for text in ["--ink", "--ink-soft", "--brand-ink", "--good-ink", "--bad-ink", "--error-ink"] {
            pairs.push((text, ground, 4.5));
        }
    }
    for ground in ["--paper", "--surface"] {
        for mark in ["--brand", "--line-strong", "--felt-1", "--felt-2", "--felt-3", "--felt-4", "--felt-5"] {
            pairs.push((mark, ground, 3.0));
        }
    }
    let mut poor = Vec::new();
    for (over, under, least) in pairs {
        for theme in 0..2 {
            for hue in (0..360).map(f64::from) {
                let (one, two) = (luminance(over, theme, hue), luminance(under, theme, hue));
                let contrast = (one.max(two) + 0.05) / (one.min(two) + 0.05);
                if contrast < least {
                    poor.push(format!("{over} on {under}, theme {theme}, hue {hue}: {contrast:.2} < {least}"));
                    break;
                }
            }
        }
    }
    assert!(poor.is_empty(), "{}", poor.join("\n"));
}

#[test]
fn a_browser_that_knows_the_brand_is_told_so() {
    let brand = Brand { hue: 250, ..Brand::default() };
    let first = show(&brand, &HeaderMap::new());
    assert_eq!(first.status(), StatusCode::OK);
    let mut again = HeaderMap::new();
    again.insert(IF_NONE_MATCH, first.headers()[ETAG].clone());
    assert_eq!(show(&brand, &again).status(), StatusCode::NOT_MODIFIED);
    assert_eq!(show(&Brand::default(), &again).status(), StatusCode::OK);
    assert_eq!(Brand { hue: 610, ..Brand::default() }.stylesheet(), ":root{--brand-h:250}");
}
