//! A request, as far as people are concerned: who asks, in which language, for a whole page or a part of one.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use base::text::{Lang, Words};
use ledger::person::PersonId;

use super::role::{Role, Roles};
use crate::page::{ActorView, Flash, Page, Place, Section, Theme};
use crate::session;
use crate::{App, Nav};

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Who, never a merged record.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they may be.
    pub roles: Roles,
    /// The team they work in.
    pub team: Option<String>,
    /// The language they read.
    pub lang: Lang,
}

/// One request.
pub struct Visit {
    /// Who asks; nobody known when empty.
    pub actor: Option<Actor>,
    /// Texts in the reader's language.
    pub words: Words,
    /// The reader's language.
    pub lang: Lang,
    /// The path asked for.
    pub path: String,
    /// Path and query, to come back to.
    pub target: String,
    /// Whether a part of a page is asked for (by htmx), not a whole one.
    pub is_part: bool,
    pub(crate) theme: Option<Theme>,
    flash: Option<Flash>,
}

impl Visit {
    /// The frame for a page of this section.
    pub fn page(&self, app: &App, title: &str, section: Section) -> Page {
        let now = app.clock.now().0;
        Page {
            title: title.to_owned(),
            section,
            actor: self
                .actor
                .as_ref()
                .map(|actor| ActorView { name: actor.name.clone(), sections: sections_of(actor.roles) }),
            simulated: app.site.simulated,
            alerts: self.alerts(app, section),
            places: self.places(app, section),
            flash: self.flash.clone(),
            path: self.path.clone(),
            theme: self.theme,
            ..Page::new(self.words.clone(), Arc::clone(&app.brand), app.site.zone.clone(), now)
        }
    }

    /// What is wrong now; the portal's visitors have no use for it.
    fn alerts(&self, app: &App, section: Section) -> Vec<(String, Option<&'static str>)> {
        let Some(roles) = self.actor.as_ref().map(|actor| actor.roles) else { return Vec::new() };
        let (works, administers) = (roles.is_agent(), roles.has(Role::Admin));
        if !matches!(section, Section::Desk | Section::Admin) || !(works || administers) {
            return Vec::new();
        }
        let now = app.clock.now();
        let said = |alert: crate::alert::Alert| {
            let href = (administers && self.path != alert.href).then_some(alert.href);
            (alert.said(&self.words, now, &app.site.zone), href)
        };
        app.alerts.all().into_iter().map(said).collect()
    }

    /// Where one can go within a section; the place one is in is the one whose path this one continues furthest.
    fn places(&self, app: &App, section: Section) -> Vec<Place> {
        let roles = self.actor.as_ref().map(|actor| actor.roles);
        let open: Vec<&Nav> = app.nav.iter().filter(|nav| nav.section == section && (nav.may)(roles)).collect();
        let here =
            open.iter().filter(|nav| self.is_within(nav.href)).max_by_key(|nav| nav.href.len()).map(|nav| nav.href);
        let place = |nav: &&Nav| Place {
            href: nav.href.to_owned(),
            label: self.words.t(nav.key),
            icon: nav.icon,
            count: None,
            current: here == Some(nav.href),
        };
        open.iter().map(place).collect()
    }

    fn is_within(&self, href: &str) -> bool {
        self.path == href || (href != "/" && self.path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
    }

    /// The section that the path lies in.
    pub fn section(&self) -> Section {
        let first = self.path.trim_start_matches('/').split('/').next().unwrap_or_default();
        match first {
            "desk" => Section::Desk,
            "programme" => Section::Programme,
            "admin" => Section::Admin,
            "account" | "sign-in" => Section::Account,
            _ => Section::Portal,
        }
    }

    /// Where to sign in and come back from.
    pub fn sign_in_path(&self) -> String {
        format!("/sign-in?next={}", crate::form::url_encoded(&self.target))
    }
}

fn sections_of(roles: Roles) -> Vec<Section> {
    let mut sections = vec![Section::Portal];
    if roles.is_agent() {
        sections.push(Section::Desk);
    }
    if roles.sees_programme() {
        sections.push(Section::Programme);
    }
    if roles.has(Role::Admin) {
        sections.push(Section::Admin);
    }
    sections
}

/// Middleware: finds out who asks, once for each request.
pub async fn arrive(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let actor = match session::token_of(&app, &jar) {
        Some(token) => session::actor_of(&app, token).await,
        None => None,
    };
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let lang =
        actor.as_ref().map_or_else(|| Lang::from_accept_language(accepted.unwrap_or_default()), |actor| actor.lang);
    let words = app.catalogue.words(lang);
    let is_part = request.headers().contains_key("hx-request") && !request.headers().contains_key("hx-boosted");
    let uri = request.uri();
    let visit = Visit {
        actor,
        flash: crate::form::flash_of(&jar, &words),
        words,
        lang,
        path: uri.path().to_owned(),
        target: uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string),
        is_part,
        theme: match jar.get("theme").map(axum_extra::extract::cookie::Cookie::value) {
            Some("light") => Some(Theme::Light),
            Some("dark") => Some(Theme::Dark),
            _ => None,
        },
    };
    let said = visit.flash.is_some() && !visit.is_part;
    request.extensions_mut().insert(Arc::new(visit));
    let mut response = next.run(request).await;
    if said {
        crate::form::forget_flash(&mut response);
    }
    response
}
