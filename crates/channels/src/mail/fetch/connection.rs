//! A signed-in IMAP connection: plain, with TLS from the first byte, or with STARTTLS.

use std::sync::Arc;
use std::time::Duration;

use async_imap::Client;
use base::config::{Imap, Tls};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{FetchError, within};

/// What an IMAP session runs over.
pub(in crate::mail) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Stream for T {}

/// A signed-in connection.
pub(in crate::mail) type Session = async_imap::Session<Box<dyn Stream>>;

/// Connects and signs in.
pub(super) async fn open(imap: &Imap, patience: Duration) -> Result<Session, FetchError> {
    let connecting = TcpStream::connect((imap.host.as_str(), imap.port()));
    let plain = match tokio::time::timeout(patience, connecting).await {
        Ok(connected) => connected.map_err(|error| FetchError::Connect(error.to_string()))?,
        Err(_) => return Err(FetchError::Silent(patience.as_secs())),
    };
    let client = match imap.tls {
        Tls::None => greeted(Box::new(plain), patience).await?,
        Tls::Implicit => greeted(encrypted(plain, &imap.host, patience).await?, patience).await?,
        Tls::Starttls => {
            let mut client = greeted(Box::new(plain), patience).await?;
            within(patience, client.run_command_and_check_ok("STARTTLS", None)).await?;
            // The greeting was before; the server says nothing more by itself.
            Client::new(encrypted(client.into_inner(), &imap.host, patience).await?)
        }
    };
    match tokio::time::timeout(patience, client.login(&imap.user, imap.password.expose())).await {
        Ok(Ok(session)) => Ok(session),
        Ok(Err((error, _))) => Err(FetchError::Login(error.to_string())),
        Err(_) => Err(FetchError::Silent(patience.as_secs())),
    }
}

async fn greeted(stream: Box<dyn Stream>, patience: Duration) -> Result<Client<Box<dyn Stream>>, FetchError> {
    let mut client = Client::new(stream);
    match tokio::time::timeout(patience, client.read_response()).await {
        Ok(Ok(Some(_))) => Ok(client),
        Ok(Ok(None)) => Err(FetchError::Connect("the server closed the connection".to_owned())),
        Ok(Err(error)) => Err(FetchError::Connect(error.to_string())),
        Err(_) => Err(FetchError::Silent(patience.as_secs())),
    }
}

async fn encrypted<S: Stream + 'static>(
    plain: S,
    host: &str,
    patience: Duration,
) -> Result<Box<dyn Stream>, FetchError> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).map_err(|error| FetchError::Connect(error.to_string()))?;
    let connecting = TlsConnector::from(Arc::new(config)).connect(name, plain);
    match tokio::time::timeout(patience, connecting).await {
        Ok(Ok(stream)) => Ok(Box::new(stream)),
        Ok(Err(error)) => Err(FetchError::Connect(error.to_string())),
        Err(_) => Err(FetchError::Silent(patience.as_secs())),
    }
}
