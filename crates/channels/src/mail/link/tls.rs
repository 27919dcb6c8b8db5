//! TLS for both sides of mail: names are checked, against the public authorities and those that the operator names.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};

use super::{Cause, Certificate, Place, Stream, Trouble};

/// The largest file with certificates that is read, bytes.
const FILE: u64 = 4_000_000;

/// TLS over this stream, and the certificate that the server showed, whether or not it was trusted.
pub(super) async fn connect(
    stream: Box<dyn Stream>,
    place: Place<'_>,
    patience: Duration,
) -> Result<(Box<dyn Stream>, Option<Certificate>), (Trouble, Option<Certificate>)> {
    let (config, looking) = config(place).map_err(|trouble| (trouble, None))?;
    let name = ServerName::try_from(place.host.to_owned())
        .map_err(|error| (Trouble::new(Cause::CertificateName, error), None))?;
    let shaking = TlsConnector::from(Arc::new(config)).connect(name, stream);
    let ended = tokio::time::timeout(patience, shaking).await;
    let seen = looking.seen.lock().unwrap_or_else(PoisonError::into_inner).take();
    let certificate = seen.and_then(|seen| Certificate::read(&seen));
    match ended {
        Ok(Ok(stream)) => Ok((Box::new(stream), certificate)),
        Ok(Err(error)) => Err((trouble(&error), certificate)),
        Err(_) => Err((Trouble::silent(patience), certificate)),
    }
}

fn config(place: Place<'_>) -> Result<(ClientConfig, Arc<Looking>), Trouble> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = place.ca_file {
        let unreadable = |why: String| Trouble::new(Cause::CaFile, format!("{}: {why}", file.display()));
        let length = std::fs::metadata(file).map_err(|error| unreadable(error.to_string()))?.len();
        if length > FILE {
            return Err(unreadable(format!("{length} bytes are too many")));
        }
        let mut found = 0;
        let listed = CertificateDer::pem_file_iter(file).map_err(|error| unreadable(error.to_string()))?;
        for certificate in listed {
            let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
            roots.add(certificate).map_err(|error| unreadable(error.to_string()))?;
            found += 1;
        }
        if found == 0 {
            return Err(unreadable("no certificate in it".to_owned()));
        }
    }
    let provider = Arc::new(ring::default_provider());
    let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .build()
        .map_err(|error| Trouble::new(Cause::Tls, error))?;
    let looking = Arc::new(Looking { inner, seen: Mutex::default(), provider: Arc::clone(&provider) });
    // "Dangerous" is what can be done here; this one only looks at what the usual verifier is shown.
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Trouble::new(Cause::Tls, error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(&looking) as Arc<dyn ServerCertVerifier>)
        .with_no_client_auth();
    Ok((config, looking))
}

/// The usual verifier, and what it was shown: of a certificate that is refused, an operator wants to see whose it is.
#[derive(Debug)]
struct Looking {
    inner: Arc<WebPkiServerVerifier>,
    seen: Mutex<Option<CertificateDer<'static>>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Looking {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(end_entity.clone().into_owned());
        self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn trouble(error: &std::io::Error) -> Trouble {
    let Some(said) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) else {
        return Trouble::broken(error);
    };
    let cause = match said {
        Error::InvalidMessage(_) => Cause::NoTlsHere,
        Error::InvalidCertificate(why) => match why {
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Cause::CertificateName
            }
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => Cause::CertificateExpired,
            _ => Cause::CertificateUntrusted,
        },
        _ => Cause::Tls,
    };
    Trouble::new(cause, said)
}
