//! What a server's certificate says, for people.

use base::clock::Moment;
use x509_cert::der::Decode;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

use super::shown;

/// A certificate as far as an operator wants to see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mail) struct Certificate {
    /// The names that it is for.
    pub names: Vec<String>,
    /// Who vouches for it.
    pub issuer: String,
    /// Until when.
    pub until: Moment,
}

impl Certificate {
    pub(in crate::mail) fn read(der: &[u8]) -> Option<Self> {
        let certificate = x509_cert::Certificate::from_der(der).ok()?.tbs_certificate;
        let listed = certificate.get::<SubjectAltName>().ok().flatten().map(|(_, names)| names.0).unwrap_or_default();
        let mut names: Vec<String> = listed
            .iter()
            .filter_map(|name| match name {
                GeneralName::DnsName(name) => Some(shown(name.as_str().as_bytes())),
                GeneralName::IpAddress(octets) => match octets.as_bytes() {
                    [a, b, c, d] => Some(format!("{a}.{b}.{c}.{d}")),
                    _ => None,
                },
                _ => None,
            })
            .take(5)
            .collect();
        if names.is_empty() {
            names.push(shown(certificate.subject.to_string().as_bytes()));
        }
        let until = certificate.validity.not_after.to_unix_duration().as_millis();
        Some(Self {
            names,
            issuer: shown(certificate.issuer.to_string().as_bytes()),
            until: Moment(i64::try_from(until).unwrap_or(i64::MAX)),
        })
    }
}

impl std::fmt::Display for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; {}; {}", self.names.join(", "), self.issuer, self.until)
    }
}
