//! Column names: what programs call the case, the activity and the time.

use hashbrown::{HashMap, HashSet};

use super::super::ReadError;

/// What a column is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The case.
    Case,
    /// The activity.
    Activity,
    /// The time.
    Time,
    /// Who did it.
    Resource,
    /// `start`, `complete`, ...
    Lifecycle,
}

impl Role {
    /// Its name in plans and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Activity => "activity",
            Self::Time => "time",
            Self::Resource => "resource",
            Self::Lifecycle => "lifecycle",
        }
    }

    /// Usual names, best first, lower case without anything but letters and digits.
    fn usual(self) -> &'static [&'static str] {
        match self {
            Self::Case => &[
                "caseconceptname",
                "casekey",
                "caseid",
                "case",
                "casename",
                "casenumber",
                "caseidentifier",
                "caseref",
                "traceid",
                "trace",
                "ticketid",
                "ticketnumber",
                "ticketno",
                "ticket",
                "incidentid",
                "incidentnumber",
                "incident",
                "srnumber",
                "servicerequestid",
                "requestid",
                "requestnumber",
                "request",
                "issueid",
                "issuekey",
                "issue",
                "taskid",
                "number",
                "orderid",
                "ordernumber",
                "order",
                "objectid",
                "documentnumber",
                "salesdocument",
                "purchasingdocument",
                "vbeln",
                "ebeln",
                "belnr",
                "aufnr",
                "qmnum",
                "key",
                "fallid",
                "fall",
                "dossier",
                "idcaso",
                "caso",
                "processo",
                "pratica",
                "zaaknummer",
                "zaakid",
                "zaak",
                "vorgangsnummer",
                "id",
            ],
            Self::Activity => &[
                "conceptname",
                "eventconceptname",
                "activity",
                "activityname",
                "activityen",
                "activityde",
                "activityid",
                "activitytype",
                "incidentactivitytype",
                "task",
                "taskname",
                "event",
                "eventname",
                "eventtype",
                "action",
                "incidentstate",
                "ticketstate",
                "state",
                "status",
                "step",
                "operation",
                "changetype",
                "transactioncode",
                "tcode",
                "aktivitat",
                "aktivität",
                "tatigkeit",
                "tätigkeit",
                "activite",
                "activité",
                "actividad",
                "atividade",
                "attivita",
                "attività",
                "activiteit",
                "stepname",
                "actiontaken",
                "vorgangsschritt",
                "schritt",
            ],
            Self::Time => &[
                "timetimestamp",
                "eventtimetimestamp",
                "completetimestamp",
                "timestamp",
                "endtimestamp",
                "completiontime",
                "completetime",
                "eventtime",
                "eventtimestamp",
                "datestamp",
                "datetime",
                "sysupdatedat",
                "sysupdatedon",
                "changedatetime",
                "changedate",
                "changedat",
                "updatedat",
                "updated",
                "occurredat",
                "time",
                "endtime",
                "enddate",
                "end",
                "finished",
                "finishedat",
                "completedat",
                "completed",
                "endzeit",
                "ende",
                "date",
                "starttimestamp",
                "starttime",
                "startdate",
                "start",
                "startzeit",
                "beginn",
                "createdat",
                "syscreatedat",
                "created",
                "changedon",
                "createdon",
                "udate",
                "aedat",
                "erdat",
                "cpudt",
                "zeitstempel",
                "zeitpunkt",
                "zeit",
                "datum",
                "horodatage",
                "dateheure",
                "fechahora",
                "fecha",
                "marcadetiempo",
                "datahora",
                "dataora",
                "data",
                "tijdstip",
                "tijd",
            ],
            Self::Resource => &[
                "orgresource",
                "eventorgresource",
                "resource",
                "resourceid",
                "sysupdatedby",
                "updatedby",
                "changedby",
                "user",
                "username",
                "agent",
                "employee",
                "owner",
                "assignedto",
                "assignee",
                "originator",
                "performer",
                "usnam",
                "aenam",
                "ernam",
                "bearbeiter",
                "utilisateur",
                "usuario",
                "recurso",
                "utente",
                "risorsa",
                "medewerker",
                "gebruiker",
                "ressource",
            ],
            Self::Lifecycle => {
                &["lifecycletransition", "eventlifecycletransition", "lifecycle", "lifecycleid", "transition"]
            }
        }
    }
}

/// Header names made different from each other, with notes about those that were not.
pub(super) fn unique(header: &[String]) -> (Vec<String>, Vec<String>) {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    let mut taken: HashSet<String> = HashSet::new();
    // How often each name came, so that the tenth needs not try the nine before it again.
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut notes = Vec::new();
    for (number, name) in header.iter().enumerate() {
        let name = name.trim();
        let mut unique = if name.is_empty() { format!("column {}", number + 1) } else { name.to_owned() };
        if !taken.insert(unique.clone()) {
            let count = counts.entry(name).or_insert(1);
            while !taken.insert(unique.clone()) {
                *count += 1;
                unique = format!("{name} ({count})");
            }
            notes.push(format!("column {} repeats the name \"{name}\"; it is called \"{unique}\"", number + 1));
        }
        names.push(unique);
    }
    (names, notes)
}

/// The column for a role: the one that was asked for, else by usual name if it `may_be` one, else by what it `holds`,
/// else by usual name in spite of what it holds, so that there is something to say about it.
pub(super) fn wanted(
    role: Role,
    asked: Option<&str>,
    names: &[String],
    taken: &[usize],
    may_be: impl Fn(usize) -> bool,
    holds: impl Fn(usize) -> bool,
) -> Result<Option<usize>, ReadError> {
    if let Some(asked) = asked {
        let by_name = names.iter().position(|name| name == asked.trim());
        let loosely = || names.iter().position(|name| plain(name) == plain(asked) && !plain(asked).is_empty());
        let by_number = || asked.trim().parse::<usize>().ok().filter(|n| (1..=names.len()).contains(n)).map(|n| n - 1);
        // `Variant#2` is the second column of that name, which is called `Variant (2)`.
        let of_several = || {
            let (name, number) = asked.trim().rsplit_once('#')?;
            let number = number.parse::<usize>().ok().filter(|number| *number > 0)?;
            let called = if number == 1 { name.to_owned() } else { format!("{name} ({number})") };
            names.iter().position(|known| *known == called)
        };
        return match by_name.or_else(of_several).or_else(loosely).or_else(by_number) {
            Some(column) => Ok(Some(column)),
            None => {
                Err(ReadError::ColumnMissing { role: role.name(), name: asked.to_owned(), columns: names.to_vec() })
            }
        };
    }
    let free = |column: &usize| !taken.contains(column);
    let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let usual = || {
        role.usual().iter().flat_map(|usual| {
            plain.iter().enumerate().filter(move |(_, name)| name == usual).map(|(column, _)| column).filter(free)
        })
    };
    let found = usual().find(|&column| may_be(column));
    Ok(found.or_else(|| (0..names.len()).filter(free).find(|&column| holds(column))).or_else(|| usual().next()))
}

/// Lower case, letters and digits only.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
