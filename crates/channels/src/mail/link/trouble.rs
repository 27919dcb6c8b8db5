//! What can stand between the desk and a mail server, and the advice that goes with each.

use std::time::Duration;

use super::shown;

/// What went wrong, and what the server or the system said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mail) struct Trouble {
    pub cause: Cause,
    /// One line; never a password or a token.
    pub words: String,
}

base::code::define! {
    /// What went wrong.
    pub(in crate::mail) enum Cause {
        /// No such host.
        NameUnknown = "name-unknown",
        /// Nobody listens at this port.
        Refused = "refused",
        /// There is no way to the host.
        Unreachable = "unreachable",
        /// No answer in time.
        Silent = "silent",
        /// The server hung up.
        Closed = "closed",
        /// There is no TLS at this port.
        NoTlsHere = "no-tls-here",
        /// There is TLS at this port, and we spoke without.
        TlsHere = "tls-here",
        /// Nobody whom we trust vouches for the certificate.
        CertificateUntrusted = "certificate-untrusted",
        /// The certificate is for another name.
        CertificateName = "certificate-name",
        /// The certificate is too old, or too young.
        CertificateExpired = "certificate-expired",
        /// TLS failed otherwise.
        Tls = "tls",
        /// The file with certificates cannot be read.
        CaFile = "ca-file",
        /// The server does not offer STARTTLS.
        NoStarttls = "no-starttls",
        /// The server, or somebody on the way, spoke before it was its turn.
        OutOfTurn = "out-of-turn",
        /// What the server says makes no sense, or is too long.
        Garbled = "garbled",
        /// The server refuses user and password.
        LoginRefused = "login-refused",
        /// The server wants a password that is made for programs.
        AppPassword = "app-password",
        /// The server wants tokens and no passwords.
        TokenWanted = "token-wanted",
        /// The server refuses to hear a password without TLS.
        TlsWanted = "tls-wanted",
        /// The server refuses the token.
        TokenRefused = "token-refused",
        /// The provider gives no tokens any more until somebody consents again.
        ConsentEnded = "consent-ended",
        /// No token could be had.
        NoToken = "no-token",
        /// There is no such folder.
        FolderMissing = "folder-missing",
        /// The server has too much to do, or we ask too much.
        Busy = "busy",
        /// The server does not take mail from this address.
        SenderRefused = "sender-refused",
        /// The server said no to something else.
        SaidNo = "said-no",
}
}

impl Trouble {
    pub(in crate::mail) fn new(cause: Cause, words: impl std::fmt::Display) -> Self {
        Self { cause, words: shown(words.to_string().as_bytes()) }
    }

    pub(in crate::mail) fn silent(patience: Duration) -> Self {
        Self::new(Cause::Silent, format!("no answer within {} s", patience.as_secs_f32().ceil()))
    }

    /// The server hung up, in the middle of these words.
    pub(in crate::mail) fn closed(words: &[u8]) -> Self {
        Self { cause: Cause::Closed, words: shown(words) }
    }

    pub(in crate::mail) fn broken(error: &std::io::Error) -> Self {
        let cause = if error.kind() == std::io::ErrorKind::TimedOut { Cause::Silent } else { Cause::Closed };
        Self::new(cause, error)
    }

    pub(in crate::mail) fn connecting(error: &std::io::Error) -> Self {
        let cause = match error.kind() {
            std::io::ErrorKind::ConnectionRefused => Cause::Refused,
            std::io::ErrorKind::TimedOut => Cause::Silent,
            _ => Cause::Unreachable,
        };
        Self::new(cause, error)
    }

    /// Whether the server itself, or the way to it, is the reason, and not one mail.
    pub(in crate::mail) fn may_be_a_mail(&self) -> bool {
        matches!(self.cause, Cause::Silent | Cause::Closed | Cause::Garbled | Cause::SaidNo)
    }

    /// The key of the text that says what to do.
    pub(in crate::mail) fn advice(&self) -> &'static str {
        self.cause.advice()
    }
}

impl Cause {
    /// The key of the text that says what to do.
    pub(in crate::mail) fn advice(self) -> &'static str {
        match self {
            Self::NameUnknown => "mail-advice-name-unknown",
            Self::Refused => "mail-advice-refused",
            Self::Unreachable => "mail-advice-unreachable",
            Self::Silent => "mail-advice-silent",
            Self::Closed => "mail-advice-closed",
            Self::NoTlsHere => "mail-advice-no-tls-here",
            Self::TlsHere => "mail-advice-tls-here",
            Self::CertificateUntrusted => "mail-advice-certificate-untrusted",
            Self::CertificateName => "mail-advice-certificate-name",
            Self::CertificateExpired => "mail-advice-certificate-expired",
            Self::Tls => "mail-advice-tls",
            Self::CaFile => "mail-advice-ca-file",
            Self::NoStarttls => "mail-advice-no-starttls",
            Self::OutOfTurn => "mail-advice-out-of-turn",
            Self::Garbled => "mail-advice-garbled",
            Self::LoginRefused => "mail-advice-login-refused",
            Self::AppPassword => "mail-advice-app-password",
            Self::TokenWanted => "mail-advice-token-wanted",
            Self::TlsWanted => "mail-advice-tls-wanted",
            Self::TokenRefused => "mail-advice-token-refused",
            Self::ConsentEnded => "mail-advice-consent-ended",
            Self::NoToken => "mail-advice-no-token",
            Self::FolderMissing => "mail-advice-folder-missing",
            Self::Busy => "mail-advice-busy",
            Self::SenderRefused => "mail-advice-sender-refused",
            Self::SaidNo => "mail-advice-said-no",
        }
    }

    /// What a server's no to signing in means, from its own words.
    pub(in crate::mail) fn of_refused_login(words: &str, with_token: bool) -> Self {
        let words = words.to_lowercase();
        let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
        if says(&["throttl", "too many", "try again later", "[limit]", "[unavailable]", "temporar"]) {
            Self::Busy
        } else if says(&["[privacyrequired]", "plaintext authentication disallowed", "must issue a starttls"])
            || says(&["encryption required", "requires tls", "needs tls", "secure connection"])
        {
            Self::TlsWanted
        } else if with_token {
            Self::TokenRefused
        } else if says(&["application-specific", "app password", "app-specific", "application password"]) {
            Self::AppPassword
        } else if says(&["basic authentication is disabled", "basicauthblocked", "oauth", "web login required"])
            || says(&["log in via your web browser", "logondenied-basic", "5.7.139"])
        {
            Self::TokenWanted
        } else {
            Self::LoginRefused
        }
    }
}

impl std::error::Error for Trouble {}

impl std::fmt::Display for Trouble {
    /// For logs and reports: what, the server's words, and what to do.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (what, advice) = match self.cause {
            Cause::NameUnknown => ("the host's name is unknown", "check host"),
            Cause::Refused => ("nobody listens there", "check host and port"),
            Cause::Unreachable => ("there is no way to the server", "check host and the network"),
            Cause::Silent => ("the server did not answer in time", ""),
            Cause::Closed => ("the server closed the connection", ""),
            Cause::NoTlsHere => ("this port does not speak TLS", "check port, or set tls to \"starttls\""),
            Cause::TlsHere => ("this port does not speak in the clear", "check port, or set tls to \"implicit\""),
            Cause::CertificateUntrusted => {
                ("the certificate is from nobody whom the desk trusts", "name the authority in ca_file")
            }
            Cause::CertificateName => ("the certificate is for another name", "check host"),
            Cause::CertificateExpired => ("the certificate is not valid now", "renew it, or set the clock"),
            Cause::Tls => ("TLS failed", "check port and tls"),
            Cause::CaFile => ("ca_file cannot be read", "it must be a file of certificates in PEM"),
            Cause::NoStarttls => ("the server does not offer STARTTLS", "check port and tls"),
            Cause::OutOfTurn => ("somebody spoke before TLS began", "the connection may be tampered with"),
            Cause::Garbled => ("the server's answer cannot be understood", ""),
            Cause::LoginRefused => ("the server refused user and password", "check user and password of this mailbox"),
            Cause::AppPassword => ("the server wants a password for programs", "make an app password there"),
            Cause::TokenWanted => ("the server takes no passwords", "set auth to \"oauth2\""),
            Cause::TlsWanted => ("the server wants TLS", "set tls to \"starttls\" or \"implicit\""),
            Cause::TokenRefused => ("the server refused the token", "check user and scope"),
            Cause::ConsentEnded => ("consent has ended", "run thedesk mail authorize for this address"),
            Cause::NoToken => ("no token could be had", "check the section oauth of this mailbox"),
            Cause::FolderMissing => ("there is no such folder", "check folder"),
            Cause::Busy => ("the server asks for patience", ""),
            Cause::SenderRefused => ("the server takes no mail from this address", "check user and address"),
            Cause::SaidNo => ("the server refused", ""),
        };
        f.write_str(what)?;
        if !self.words.is_empty() {
            write!(f, " ({})", self.words)?;
        }
        if !advice.is_empty() {
            write!(f, ": {advice}")?;
        }
        Ok(())
    }
}
