#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use super::*;
use axum::body::Body;
use axum::http::Request;
use axum::http::header::ACCEPT_ENCODING;
use tower::ServiceExt;

async fn get(path: &str, accept: &str) -> Response {
    let request = Request::get(path).header(ACCEPT_ENCODING, accept).body(Body::empty()).unwrap();
    routes::<()>().oneshot(request).await.unwrap()
}

#[tokio::test]
async fn assets_are_kept_for_a_year_and_come_compressed() {
    for asset in ASSETS {
        let response = get(asset.url, "gzip, deflate, br").await;
        assert_eq!(response.headers()[CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
        let plain = get(asset.url, "br;q=0, identity").await;
        assert!(plain.headers().get(CONTENT_ENCODING).is_none());
        assert_eq!(get(asset.url, "gzip").await.headers()[CONTENT_ENCODING], "gzip");
    }
    assert_eq!(get("/assets/style.css", "br").await.status(), StatusCode::NOT_FOUND);
}

/// A page weighs what its reader pays: DESIGN.md section 6 allows 60 kB for a cold first load, of which the page itself
/// wants its part.
#[test]
fn the_front_stays_light() {
    let total: usize = ASSETS.iter().map(|asset| asset.brotli.len()).sum();
    assert!(total <= 42_000, "style, scripts and icons are {total} bytes over the wire");
}

#[test]
fn the_style_sheet_asks_no_other_host() {
    let style = ASSETS.iter().find(|asset| asset.name == "style.css").unwrap();
    let text = String::from_utf8(style.plain.to_vec()).unwrap();
    assert!(!text.contains("http://") && !text.contains("https://"), "the style sheet asks another host for something");
}

/// Everything that npm brings into the build, by name. A new name is a decision: who keeps it, under which licence,
/// what it does here; write it down by adding it.
#[test]
fn only_chosen_packages_come_from_npm() {
    let lock: serde_json::Value = serde_json::from_str(include_str!("../../package-lock.json")).unwrap();
    for (path, package) in lock["packages"].as_object().unwrap() {
        let Some(name) = path.strip_prefix("node_modules/") else {
            assert!(path.is_empty(), "{path} is not a plain package");
            continue;
        };
        let chosen = matches!(name, "esbuild" | "htmx.org" | "lucide-static") || name.starts_with("@esbuild/");
        assert!(chosen, "{name} came into package-lock.json without a decision");
        assert!(package["integrity"].as_str().is_some_and(|hash| hash.starts_with("sha512-")), "{name} is not pinned");
        assert!(
            package.get("resolved").is_none(),
            "{name} names a registry; install with --omit-lockfile-registry-resolved"
        );
    }
}
