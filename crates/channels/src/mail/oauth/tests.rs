//! Tokens, from a provider of our own on loopback.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Form, Json, Router};
use base::clock::{Clock, DAY, HOUR, MINUTE, SECOND};
use base::db::Db;
use serde_json::{Value, json};
use testkit::both_engines;

use super::*;
use crate::mail::tests::{Desk, accounts, hurry};

type Asked = std::collections::BTreeMap<String, String>;

/// A provider that answers as it is told, and remembers what it was asked.
#[derive(Clone)]
struct Provider {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
    answer: Arc<Mutex<(u16, Value)>>,
}

impl Provider {
    async fn start(status: u16, answer: Value) -> Self {
        let door = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let provider = Self {
            port: door.local_addr().unwrap().port(),
            asked: Arc::default(),
            answer: Arc::new(Mutex::new((status, answer))),
        };
        let routes = Router::new().route("/token", post(Self::give)).with_state(provider.clone());
        tokio::spawn(async move { axum::serve(door, routes).await });
        provider
    }

    async fn give(State(provider): State<Self>, Form(asked): Form<Asked>) -> (StatusCode, Json<Value>) {
        provider.asked.lock().unwrap().push(asked);
        // Long enough for everybody to come by at once.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let (status, answer) = provider.answer.lock().unwrap().clone();
        (StatusCode::from_u16(status).unwrap(), Json(answer))
    }

    fn says(&self, status: u16, answer: Value) {
        *self.answer.lock().unwrap() = (status, answer);
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    fn desk(&self, db: Db, clock: Clock, more: &str) -> Desk {
        Desk::with(db, clock, &accounts(&self.toml(more)), hurry())
    }

    fn toml(&self, more: &str) -> String {
        format!(
            "[[mail.accounts]]\naddress = \"it@desk.example\"\nauth = \"oauth2\"\n[mail.accounts.oauth]\n\
             token_url = \"http://127.0.0.1:{}/token\"\nclient_id = \"desk\"\nclient_secret = \"sesame\"\n\
             scope = \"mail offline\"\n{more}\n",
            self.port
        )
    }
}

fn tokens(access: &str, refresh: Option<&str>) -> Value {
    let mut answer = json!({ "access_token": access, "expires_in": 3600, "token_type": "Bearer" });
    if let Some(refresh) = refresh {
        answer["refresh_token"] = refresh.into();
    }
    answer
}

const GIVEN: &str = "refresh_token = \"first\"";

async fn now(desk: &Desk) -> Result<String, Trouble> {
    let account = &desk.room.accounts()[0];
    match proof(&desk.app, &desk.room, account, &Secret::default()).await? {
        Proof::Token(token) => Ok(token.expose().to_owned()),
        Proof::Password(_) => panic!("a password"),
    }
}

async fn kept(desk: &Desk) -> store::Tokens {
    desk.app.db.read(|tx| store::find(tx, "it@desk.example")).await.unwrap().unwrap()
}

both_engines! {
    async fn line_73_a_token_is_renewed_before_it_ends_and_a_new_refresh_token_takes_the_place_of_the_old(db: Db, clock: Clock) {
        let provider = Provider::start(200, tokens("one", Some("second"))).await;
        let desk = provider.desk(db, clock.clone(), GIVEN);
        assert_eq!(now(&desk).await.unwrap(), "one");
        assert_eq!(now(&desk).await.unwrap(), "one", "it is good for an hour");
        clock.advance(HOUR - 2 * MINUTE);
        provider.says(200, tokens("two", Some("third")));
        assert_eq!(now(&desk).await.unwrap(), "two", "clocks differ");
        let asked = provider.asked();
        let used: Vec<&str> = asked.iter().map(|asked| asked["refresh_token"].as_str()).collect();
        assert_eq!(used, ["first", "second"]);
        assert_eq!((asked[0]["grant_type"].as_str(), asked[0]["client_secret"].as_str()), ("refresh_token", "sesame"));
        assert_eq!(kept(&desk).await.refresh.expose(), "third");
    }

    async fn line_73_a_provider_that_gives_no_new_refresh_token_means_the_old_one(db: Db, clock: Clock) {
        let provider = Provider::start(200, tokens("one", None)).await;
        let desk = provider.desk(db, clock.clone(), GIVEN);
        now(&desk).await.unwrap();
        clock.advance(2 * HOUR);
        provider.says(200, json!({ "access_token": "two", "expires_in": "3600", "refresh_token": "" }));
        assert_eq!(now(&desk).await.unwrap(), "two");
        assert_eq!(kept(&desk).await.refresh.expose(), "first");
    }

    async fn line_73_of_sixteen_at_once_one_renews(db: Db, clock: Clock) {
        let provider = Provider::start(200, tokens("one", Some("second"))).await;
        let desk = provider.desk(db, clock.clone(), GIVEN);
        let all = futures::future::join_all((0..16).map(|_| now(&desk))).await;
        assert!(all.into_iter().all(|token| token.unwrap() == "one"));
        assert_eq!(provider.asked().len(), 1);
    }

    async fn line_73_when_consent_has_ended_nobody_asks_again(db: Db, clock: Clock) {
        let refused = json!({ "error": "invalid_grant", "error_description": "Token has been expired or revoked." });
        let provider = Provider::start(400, refused).await;
        let desk = provider.desk(db.clone(), clock.clone(), GIVEN);
        for _ in 0..3 {
            let trouble = now(&desk).await.unwrap_err();
            assert_eq!(trouble.cause, Cause::ConsentEnded);
            assert!(trouble.words.contains("revoked"), "{trouble}");
            clock.advance(DAY);
        }
        assert_eq!(provider.asked().len(), 1);
        let told = format!("{:?}", desk.room.reports());
        assert!(told.contains("consent it@desk.example") && told.contains("thedesk mail authorize"), "{told}");

        // The operator pastes a new one.
        provider.says(200, tokens("two", None));
        let desk = provider.desk(db, clock, "refresh_token = \"pasted\"");
        assert_eq!(now(&desk).await.unwrap(), "two");
        assert_eq!(provider.asked().last().unwrap()["refresh_token"], "pasted");
    }

    async fn line_73_a_provider_that_fails_is_asked_less_and_less(db: Db, clock: Clock) {
        let provider = Provider::start(503, json!({ "error": "temporarily_unavailable" })).await;
        let desk = provider.desk(db, clock.clone(), GIVEN);
        for minutes in [0, 1, 2] {
            clock.advance(minutes * MINUTE);
            assert_eq!(now(&desk).await.unwrap_err().cause, Cause::NoToken);
            assert_eq!(now(&desk).await.unwrap_err().cause, Cause::NoToken);
        }
        assert_eq!(provider.asked().len(), 3, "each time once");
        clock.advance(HOUR);
        provider.says(200, tokens("one", None));
        assert_eq!(now(&desk).await.unwrap(), "one");
        assert_eq!(kept(&desk).await.failures, 0);
    }

    async fn line_73_whoever_dies_while_renewing_is_not_waited_for_without_end(db: Db, clock: Clock) {
        let provider = Provider::start(200, tokens("one", None)).await;
        let desk = provider.desk(db, clock.clone(), GIVEN);
        let (at, given) = (clock.now(), base::id::digest("first"));
        desk.app.db.write(move |tx| {
            store::begin(tx, "it@desk.example", &Secret::new("first"), &given, at)?;
            store::set_renewing(tx, "it@desk.example", at.plus(LEASE))
        }).await.unwrap();
        let waiting = tokio::time::timeout(Duration::from_millis(500), now(&desk)).await;
        assert!(waiting.is_err(), "somebody renews it");
        clock.advance(LEASE + SECOND);
        assert_eq!(now(&desk).await.unwrap(), "one");
    }

    async fn line_73_that_consent_ends_is_said_before(db: Db, clock: Clock) {
        let mut answer = tokens("one", None);
        answer["refresh_token_expires_in"] = (30 * DAY / SECOND).into();
        let provider = Provider::start(200, answer).await;
        let desk = provider.desk(db, clock.clone(), GIVEN);
        now(&desk).await.unwrap();
        assert!(!format!("{:?}", desk.room.reports()).contains("consent ends at"));
        // From here on the provider does not say it again.
        provider.says(200, tokens("two", None));
        clock.advance(20 * DAY);
        now(&desk).await.unwrap();
        now(&desk).await.unwrap();
        let told = format!("{:?}", desk.room.reports());
        assert!(told.contains("consent ends at"), "{told}");
    }

    async fn line_73_consent_days_tell_when_it_ends(db: Db, clock: Clock) {
        let provider = Provider::start(200, tokens("one", None)).await;
        let desk = provider.desk(db, clock.clone(), &format!("{GIVEN}\nconsent_days = 90"));
        now(&desk).await.unwrap();
        assert_eq!(kept(&desk).await.consent_until, Some(clock.now().plus(90 * DAY)));
    }

    async fn line_73_a_token_that_a_mail_server_refused_is_not_used_again(db: Db, clock: Clock) {
        let provider = Provider::start(200, tokens("one", None)).await;
        let desk = provider.desk(db, clock, GIVEN);
        let account = desk.room.accounts()[0].clone();
        let used = proof(&desk.app, &desk.room, &account, &Secret::default()).await.unwrap();
        refused(&desk.app, &account, &used).await.unwrap();
        provider.says(200, tokens("two", None));
        assert_eq!(now(&desk).await.unwrap(), "two");
    }

    async fn line_73_somebody_consents_in_a_browser(db: Db, clock: Clock) {
        let provider = Provider::start(200, tokens("one", Some("consented"))).await;
        let desk = provider.desk(db, clock, "authorize_url = \"https://login.example.org/authorize\"");
        assert_eq!(now(&desk).await.unwrap_err().cause, Cause::ConsentEnded, "nobody has consented yet");
        let (tell, shown) = tokio::sync::oneshot::channel();
        let account = desk.room.accounts()[0].clone();
        let consenting = authorize(&desk.app, &account, move |url| tell.send(url.to_owned()).unwrap());
        let visiting = async {
            let url = shown.await.unwrap();
            assert!(url.starts_with("https://login.example.org/authorize?response_type=code&client_id=desk&"), "{url}");
            assert!(url.contains("code_challenge_method=S256"), "{url}");
            let part = |key: &str| url.split(&['?', '&']).find_map(|pair| pair.strip_prefix(key)).unwrap().to_owned();
            let port: u16 = part("redirect_uri=http%3A%2F%2F127.0.0.1%3A").parse().unwrap();
            // A page that knows nothing of the state gets nothing.
            for (query, status) in [("state=wrong&code=evil", "404"), (&format!("code=a%2Fb&state={}", part("state=")), "200")] {
                use tokio::io::{AsyncReadExt, AsyncWriteExt};
                let mut browser = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                browser.write_all(format!("GET /?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").as_bytes()).await.unwrap();
                let mut page = String::new();
                browser.read_to_string(&mut page).await.unwrap();
                assert!(page.starts_with(&format!("HTTP/1.1 {status}")), "{page}");
            }
        };
        let (consented, ()) = tokio::join!(consenting, visiting);
        consented.unwrap();
        let asked = provider.asked();
        assert_eq!((asked.len(), asked[0]["code"].as_str(), asked[0]["grant_type"].as_str()), (1, "a/b", "authorization_code"));
        assert!(asked[0]["code_verifier"].len() >= 43);
        assert_eq!(now(&desk).await.unwrap(), "one", "it came with the consent");
        assert_eq!(kept(&desk).await.refresh.expose(), "consented");
    }
}

#[tokio::test]
async fn line_73_no_secret_is_told() {
    let provider = Provider::start(400, json!({ "error": "invalid_grant" })).await;
    let database = testkit::database::Database::sqlite();
    let desk = provider.desk(database.db(), Clock::System, GIVEN);
    let told = format!("{} {:?}", now(&desk).await.unwrap_err(), desk.room.reports());
    assert!(!told.contains("first") && !told.contains("sesame"), "{told}");
    let proof = Proof::Token(Secret::new("hush"));
    assert!(!format!("{proof:?}").contains("hush"));
}
