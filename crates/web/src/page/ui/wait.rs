//! Waiting: the time gone by against what was promised.

use super::Given;
use crate::page::Page;
use askama::Template;

/// A slim bar that fills, with its words.
#[derive(Template, Debug, Clone)]
#[template(
    source = r#"<span class="wait{% if let Some(class) = class %} {{ class }}{% endif %}"{% if let Some(spoken) = spoken %} title="{{ spoken }}"{% endif %}>{{ words }}{% if spoken.is_some() %}<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width="{{ filled }}" height="4"/></svg>{% endif %}</span>"#,
    ext = "html"
)]
pub struct Wait {
    words: String,
    spoken: Option<String>,
    class: Option<&'static str>,
    filled: i64,
}

/// The wait so far and, where something was promised, how long in all: both in milliseconds of the time that counts
/// (the desk's working hours, if the promise is in those).
pub fn wait(page: &Page, elapsed: impl Given<i64>, promised: impl Given<Option<i64>>) -> Wait {
    let elapsed = elapsed.given().max(0);
    let Some(promised) = promised.given().filter(|promised| *promised > 0) else {
        let words = page.t1("wait-alone", "elapsed", page.duration(elapsed));
        return Wait { words, spoken: None, class: None, filled: 0 };
    };
    let filled = elapsed.saturating_mul(100).checked_div(promised).unwrap_or(100).min(100);
    let late = elapsed > promised;
    let words = if late {
        page.t1("wait-late", "over", page.duration(elapsed - promised))
    } else {
        page.t1("wait-left", "left", page.duration(promised - elapsed))
    };
    let spoken = page.t2("wait-spoken", "elapsed", page.duration(elapsed), "promised", page.duration(promised));
    let class = if late { Some("wait-late") } else { (filled >= 80).then_some("wait-near") };
    Wait { words, spoken: Some(spoken), class, filled }
}
