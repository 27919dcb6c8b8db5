use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};

/// An authority of our own that vouches for the servers of a test.
#[derive(Debug)]
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// What a server shows, and the key that goes with it, both as PEM.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The certificate.
    pub certificate: String,
    /// Its key.
    pub key: String,
}

impl Authority {
    /// A new one, whom nobody knows yet.
    ///
    /// # Panics
    /// When no key can be made.
    pub fn new() -> Authority {
        let mut about = CertificateParams::default();
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        about.distinguished_name.push(DnType::CommonName, "An authority for tests");
        let key = KeyPair::generate().expect("a key can be made");
        Authority { issuer: CertifiedIssuer::self_signed(about, key).expect("an authority can sign for itself") }
    }

    /// Its own certificate as PEM: what goes into `ca_file`.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A certificate for these names, valid now or no longer.
    ///
    /// # Panics
    /// When a name is none.
    pub fn issue(&self, names: &[&str], valid: bool) -> Certificate {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let mut about = CertificateParams::new(names).expect("names of hosts");
        about.distinguished_name.push(DnType::CommonName, "A server for tests");
        about.not_before = date_time_ymd(2020, 1, 1);
        about.not_after = date_time_ymd(if valid { 2120 } else { 2021 }, 1, 1);
        let key = KeyPair::generate().expect("a key can be made");
        let certificate = about.signed_by(&key, &self.issuer).expect("an authority can sign");
        Certificate { certificate: certificate.pem(), key: key.serialize_pem() }
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}
