//! Where people work, and as what.

use jiff::tz::TimeZone;

/// A site of the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Site {
    /// Headquarters.
    Hamburg,
    /// The larger plant.
    Leipzig,
    /// Sales, marketing, shared services.
    Lisbon,
    /// The smaller plant.
    Porto,
    /// Sales and field service for the north.
    Leeds,
    /// Engineering and finance.
    Krakow,
}

impl Site {
    /// All sites.
    pub const ALL: [Self; 6] = [Self::Hamburg, Self::Leipzig, Self::Lisbon, Self::Porto, Self::Leeds, Self::Krakow];

    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hamburg => "Hamburg",
            Self::Leipzig => "Leipzig",
            Self::Lisbon => "Lisbon",
            Self::Porto => "Porto",
            Self::Leeds => "Leeds",
            Self::Krakow => "Kraków",
        }
    }

    /// IANA name of the time zone.
    pub fn time_zone(self) -> &'static str {
        match self {
            Self::Hamburg | Self::Leipzig => "Europe/Berlin",
            Self::Lisbon | Self::Porto => "Europe/Lisbon",
            Self::Leeds => "Europe/London",
            Self::Krakow => "Europe/Warsaw",
        }
    }

    pub(crate) fn winter_offset_hours(self) -> i64 {
        match self {
            Self::Hamburg | Self::Leipzig | Self::Krakow => 1,
            Self::Lisbon | Self::Porto | Self::Leeds => 0,
        }
    }

    /// Rooms that people book, and complain about.
    pub(crate) fn rooms(self) -> &'static [&'static str] {
        match self {
            Self::Hamburg => &["Alster", "Elbe", "Bille", "Speicher 2", "Michel"],
            Self::Leipzig => &["Pleiße", "Auwald", "Connewitz", "Halle B"],
            Self::Lisbon => &["Tejo", "Alfama", "Graça", "Belém"],
            Self::Porto => &["Douro", "Ribeira", "Foz"],
            Self::Leeds => &["Aire", "Headingley", "Kirkstall"],
            Self::Krakow => &["Wisła", "Wawel", "Kazimierz"],
        }
    }
}

/// A department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Department {
    /// Assembly and calibration lines.
    Production,
    /// Product development.
    Engineering,
    /// Selling.
    Sales,
    /// Engineers at customers' laboratories.
    FieldService,
    /// Money.
    Finance,
    /// Hiring, payroll, people.
    HumanResources,
    /// Warehouse and shipping.
    Logistics,
    /// Being known.
    Marketing,
    /// Buildings.
    Facilities,
    /// The desk and those behind it.
    It,
    /// Not an employee.
    Customers,
}

impl Department {
    /// All departments.
    pub const ALL: [Self; 11] = [
        Self::Production,
        Self::Engineering,
        Self::Sales,
        Self::FieldService,
        Self::Finance,
        Self::HumanResources,
        Self::Logistics,
        Self::Marketing,
        Self::Facilities,
        Self::It,
        Self::Customers,
    ];

    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Production => "Production",
            Self::Engineering => "Engineering",
            Self::Sales => "Sales",
            Self::FieldService => "Field service",
            Self::Finance => "Finance",
            Self::HumanResources => "Human resources",
            Self::Logistics => "Logistics",
            Self::Marketing => "Marketing",
            Self::Facilities => "Facilities",
            Self::It => "IT",
            Self::Customers => "Customers",
        }
    }

    /// The habit: how many of 100 needs go around the desk before any experience with it changes that.
    pub fn habit_of_going_around(self) -> f64 {
        match self {
            Self::Finance => 0.10,
            Self::HumanResources => 0.13,
            Self::Customers => 0.08,
            Self::Facilities => 0.20,
            Self::Logistics => 0.22,
            Self::Marketing => 0.27,
            Self::Production => 0.33,
            Self::Sales => 0.38,
            Self::FieldService => 0.45,
            Self::It => 0.50,
            Self::Engineering => 0.60,
        }
    }

    pub(crate) fn titles(self) -> &'static [&'static str] {
        match self {
            Self::Production => &["Assembler", "Calibration technician", "Shift lead", "Quality inspector", "Planner"],
            Self::Engineering => &["Firmware engineer", "Mechanical engineer", "Test engineer", "Physicist"],
            Self::Sales => &["Account manager", "Inside sales", "Regional lead", "Tender specialist"],
            Self::FieldService => &["Service engineer", "Dispatcher", "Installation engineer"],
            Self::Finance => &["Accountant", "Controller", "Accounts payable", "Credit manager"],
            Self::HumanResources => &["HR partner", "Recruiter", "Payroll specialist"],
            Self::Logistics => &["Warehouse clerk", "Shipping coordinator", "Customs specialist"],
            Self::Marketing => &["Product marketer", "Event coordinator", "Technical writer", "Designer"],
            Self::Facilities => &["Facility technician", "Reception", "Site coordinator"],
            Self::It => &["System administrator", "Developer", "Data analyst"],
            Self::Customers => &["Laboratory manager", "Purchasing", "Quality officer", "Research scientist"],
        }
    }
}

/// A team of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Team {
    /// Takes what comes, knows a little of everything.
    FirstLine,
    /// Devices, rooms, networks, buildings' technology.
    Workplace,
    /// ERP, payroll, portal, customers' systems.
    Business,
}

impl Team {
    /// All teams.
    pub const ALL: [Self; 3] = [Self::FirstLine, Self::Workplace, Self::Business];

    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstLine => "First line",
            Self::Workplace => "Workplace",
            Self::Business => "Business systems",
        }
    }
}

/// The time zone of central Europe as a rule spelled out, not looked up: the machine's time zone files do not matter.
pub fn central_zone() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC)
}
