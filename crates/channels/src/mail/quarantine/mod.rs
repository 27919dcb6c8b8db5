//! The quarantine: mails that could not be taken in, and why; what was dropped, so that nobody has to believe it; and
//! every mail that ever came, to be found. An agent looks at the raw mail as text, has it taken in again, makes a ticket
//! of it as it is, or puts it aside. All of that is recorded.
//!
//! | file | what it does |
//! |---|---|
//! | `list` | what is held back, left out, put aside; several at once |
//! | `show` | one mail: what it is, what was made of it, its raw form as text (`raw`) or as a file |
//! | `act` | taking in, a ticket as it is, putting aside, taking back |
//! | `all` | any mail, by who sent it, its subject or its Message-ID |
//! | `again` | after an upgrade, what failed is tried again by itself |

mod act;
mod again;
mod all;
mod list;
mod raw;
mod show;
mod store;

use axum::routing::{get, post};
use axum::{Extension, Router};
use base::text::Texts;
use web::App;

use super::mailroom::Mailroom;

pub(super) use act::admitted;
pub(super) use again::after_upgrade;
pub(super) use store::{set_version, tried};

/// The texts of the quarantine.
pub const TEXTS: Texts = Texts { en: include_str!("texts.en.ftl"), de: include_str!("texts.de.ftl") };

/// The pages of the quarantine, which take mails in again through this mailroom.
pub(super) fn routes(room: &Mailroom) -> Router<App> {
    Router::new()
        .route("/desk/quarantine", get(list::index))
        .route("/desk/quarantine/admissions", post(list::create_admissions))
        .route("/desk/quarantine/discards", post(list::create_discards))
        .route("/desk/quarantine/{id}", get(show::show))
        .route("/desk/quarantine/{id}/raw", get(show::raw))
        .route("/desk/quarantine/{id}/admission", post(act::create_admission))
        .route("/desk/quarantine/{id}/ticket", post(act::create_ticket))
        .route("/desk/quarantine/{id}/discard", post(act::create_discard))
        .route("/desk/quarantine/{id}/restoration", post(act::create_restoration))
        .route("/desk/mails", get(all::index))
        .layer(Extension(room.clone()))
        .merge(super::why::routes())
}

/// Lines on a page.
const LINES: usize = 40;
/// Later than any mail.
const LATEST: super::MailId = super::MailId(i64::MAX);

/// A size as people read it.
fn size(page: &web::page::Page, bytes: i64) -> String {
    match bytes {
        bytes if bytes < 1_000 => page.t1("mail-bytes", "n", bytes),
        bytes if bytes < 1_000_000 => format!("{}\u{a0}kB", bytes / 1_000),
        bytes => format!("{}\u{a0}MB", page.words.number(bytes as f64 / 1e6, 1)),
    }
}
