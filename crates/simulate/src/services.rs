//! What the desk offers: the catalogue, and the articles that explain it.

use crate::places::Team;

/// A service of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "ServiceInfo says in two languages what each one is")]
pub enum Service {
    Access,
    Vpn,
    Laptop,
    Mail,
    Phone,
    Printing,
    Network,
    Files,
    Software,
    Rooms,
    Badge,
    Terminals,
    Payroll,
    Erp,
    Starters,
    CustomerPortal,
    Calibration,
    Repairs,
}

/// Everything the catalogue says about a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceInfo {
    /// Which.
    pub service: Service,
    /// Stable, lower case.
    pub key: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// German name.
    pub name_de: &'static str,
    /// One English sentence.
    pub summary_en: &'static str,
    /// One German sentence.
    pub summary_de: &'static str,
    /// Who does the work.
    pub team: Team,
    /// For customers outside rather than for employees.
    pub external: bool,
}

/// An article of the knowledge base.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Article {
    /// What it is about.
    pub service: Service,
    /// English title.
    pub title_en: &'static str,
    /// German title.
    pub title_de: &'static str,
    /// How many of 100 readers it really helps (truth).
    pub helps: f64,
}

impl Service {
    /// The entry of the catalogue.
    pub fn info(self) -> &'static ServiceInfo {
        &SERVICES[self as usize]
    }
}

macro_rules! service {
    ($service:ident, $key:literal, $team:ident, $external:literal, $en:literal, $de:literal, $about:literal, $ueber:literal) => {
        ServiceInfo {
            service: Service::$service,
            key: $key,
            name_en: $en,
            name_de: $de,
            summary_en: $about,
            summary_de: $ueber,
            team: Team::$team,
            external: $external,
        }
    };
}

/// The catalogue, in the order of [`Service`].
pub static SERVICES: [ServiceInfo; 18] = [
    service!(
        Access,
        "access",
        FirstLine,
        false,
        "Accounts and access",
        "Konten und Zugänge",
        "Passwords, sign-in codes, shared mailboxes, rights.",
        "Passwörter, Anmeldecodes, gemeinsame Postfächer, Rechte."
    ),
    service!(
        Vpn,
        "vpn",
        FirstLine,
        false,
        "Remote access (VPN)",
        "Fernzugang (VPN)",
        "Work from home or on the road as if you were at your desk.",
        "Von zu Hause oder unterwegs arbeiten wie am Schreibtisch."
    ),
    service!(
        Laptop,
        "laptop",
        Workplace,
        false,
        "Laptops and workstations",
        "Laptops und Arbeitsplätze",
        "Devices, docking stations, screens, replacements.",
        "Geräte, Dockingstationen, Bildschirme, Ersatz."
    ),
    service!(
        Mail,
        "mail",
        FirstLine,
        false,
        "Mail and calendar",
        "Mail und Kalender",
        "Mailboxes, calendars, distribution lists, spam.",
        "Postfächer, Kalender, Verteiler, Spam."
    ),
    service!(
        Phone,
        "phone",
        Workplace,
        false,
        "Phones and mobiles",
        "Telefon und Mobil",
        "Desk phones, mobiles, roaming, voicemail.",
        "Tischtelefone, Handys, Roaming, Anrufbeantworter."
    ),
    service!(
        Printing,
        "printing",
        Workplace,
        false,
        "Printing and scanning",
        "Drucken und Scannen",
        "Printers, labels, scanning to mail.",
        "Drucker, Etiketten, Scannen per Mail."
    ),
    service!(
        Network,
        "network",
        Workplace,
        false,
        "Wi-Fi and network",
        "WLAN und Netz",
        "Wi-Fi at all sites, guest access, sockets.",
        "WLAN an allen Standorten, Gastzugang, Netzwerkdosen."
    ),
    service!(
        Files,
        "files",
        FirstLine,
        false,
        "Shared files",
        "Gemeinsame Dateien",
        "Team folders, restoring files, sharing outside.",
        "Teamordner, Dateien wiederherstellen, nach außen teilen."
    ),
    service!(
        Software,
        "software",
        FirstLine,
        false,
        "Software requests",
        "Software anfordern",
        "Programs and licences you need for your work.",
        "Programme und Lizenzen für die Arbeit."
    ),
    service!(
        Rooms,
        "rooms",
        Workplace,
        false,
        "Meeting rooms",
        "Besprechungsräume",
        "Booking, screens and sound in meeting rooms.",
        "Buchung, Bild und Ton in Besprechungsräumen."
    ),
    service!(
        Badge,
        "badge",
        Workplace,
        false,
        "Badge and doors",
        "Ausweis und Türen",
        "Badges, doors, parking, visitors.",
        "Ausweise, Türen, Parkplatz, Besuch."
    ),
    service!(
        Terminals,
        "terminals",
        Workplace,
        false,
        "Shop-floor terminals",
        "Terminals in der Fertigung",
        "Terminals, scanners and label printers on the lines.",
        "Terminals, Scanner und Etikettendrucker an den Linien."
    ),
    service!(
        Payroll,
        "payroll",
        Business,
        false,
        "Payroll portal",
        "Gehaltsportal",
        "Payslips, leave, expenses, personal data.",
        "Abrechnung, Urlaub, Spesen, persönliche Daten."
    ),
    service!(
        Erp,
        "erp",
        Business,
        false,
        "ERP",
        "ERP",
        "Orders, stock, bookings, reports.",
        "Aufträge, Bestand, Buchungen, Berichte."
    ),
    service!(
        Starters,
        "starters",
        FirstLine,
        false,
        "Joining and leaving",
        "Eintritt und Austritt",
        "Everything a new colleague needs on the first day.",
        "Alles, was neue Kolleginnen und Kollegen am ersten Tag brauchen."
    ),
    service!(
        CustomerPortal,
        "customer-portal",
        Business,
        true,
        "Customer portal",
        "Kundenportal",
        "Your instruments, orders and documents online.",
        "Ihre Geräte, Bestellungen und Dokumente online."
    ),
    service!(
        Calibration,
        "calibration",
        Business,
        true,
        "Calibration certificates",
        "Kalibrierscheine",
        "Certificates, due dates, on-site appointments.",
        "Kalibrierscheine, Fristen, Termine vor Ort."
    ),
    service!(
        Repairs,
        "repairs",
        Business,
        true,
        "Spare parts and repairs",
        "Ersatzteile und Reparatur",
        "Parts, returns, loan instruments.",
        "Teile, Rücksendungen, Leihgeräte."
    ),
];

macro_rules! article {
    ($service:ident, $helps:literal, $en:literal, $de:literal) => {
        Article { service: Service::$service, title_en: $en, title_de: $de, helps: $helps }
    };
}

/// The knowledge base. Some services have no article, which people notice.
pub static ARTICLES: [Article; 24] = [
    article!(Access, 0.45, "I forgot my password", "Ich habe mein Passwort vergessen"),
    article!(Access, 0.30, "A new phone and the sign-in app", "Neues Handy und die Anmelde-App"),
    article!(Access, 0.20, "Asking for rights in a shared mailbox", "Rechte für ein gemeinsames Postfach anfordern"),
    article!(Vpn, 0.35, "VPN: first steps", "VPN: die ersten Schritte"),
    article!(Vpn, 0.22, "When the VPN drops", "Wenn das VPN abbricht"),
    article!(Laptop, 0.30, "The docking station does not wake up", "Die Dockingstation wacht nicht auf"),
    article!(Laptop, 0.18, "My laptop is slow", "Mein Laptop ist langsam"),
    article!(Mail, 0.40, "My mailbox is full", "Mein Postfach ist voll"),
    article!(Mail, 0.38, "Sharing your calendar", "Den Kalender freigeben"),
    article!(Phone, 0.30, "Travelling with your mobile", "Mit dem Handy auf Reisen"),
    article!(Printing, 0.35, "Adding a printer", "Einen Drucker hinzufügen"),
    article!(Printing, 0.25, "Scanning to your mailbox", "Ins eigene Postfach scannen"),
    article!(Network, 0.40, "Guest Wi-Fi for visitors", "Gäste-WLAN für Besuch"),
    article!(Files, 0.42, "Restoring a deleted file", "Eine gelöschte Datei zurückholen"),
    article!(Files, 0.25, "Sending large files to somebody outside", "Große Dateien nach außen schicken"),
    article!(Software, 0.20, "What you may install yourself", "Was Sie selbst installieren dürfen"),
    article!(Rooms, 0.28, "Sound and picture in meeting rooms", "Bild und Ton im Besprechungsraum"),
    article!(Badge, 0.30, "I left my badge at home", "Ich habe meinen Ausweis zu Hause vergessen"),
    article!(Payroll, 0.38, "Where to find your payslip", "Wo Sie Ihre Abrechnung finden"),
    article!(Payroll, 0.25, "Handing in travel expenses", "Reisekosten einreichen"),
    article!(Erp, 0.15, "Quarter end: what closes when", "Quartalsabschluss: was wann schließt"),
    article!(
        Starters,
        0.22,
        "A new colleague: checklist for managers",
        "Neue Kollegin, neuer Kollege: Liste für Vorgesetzte"
    ),
    article!(CustomerPortal, 0.35, "Signing in to the customer portal", "Anmelden im Kundenportal"),
    article!(Calibration, 0.40, "Downloading a calibration certificate", "Einen Kalibrierschein herunterladen"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_in_the_order_of_its_names() {
        for (index, info) in SERVICES.iter().enumerate() {
            assert_eq!(info.service as usize, index, "{}", info.key);
        }
    }
}
