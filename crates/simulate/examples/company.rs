//! Prints what a simulated year looks like, and two tickets as people lived them.
//!
//! `cargo run --release -p simulate --example company [people] [months] [seed]`
#![allow(clippy::print_stdout, reason = "printing is what this example is for")]

use simulate::person::Role;
use simulate::survey::Survey;
use simulate::ticket::{State, Ticket, What};
use simulate::{Company, Settings};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::time::Instant;

fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let mut next = |default| arguments.next().unwrap_or(default);
    // 2026-11-22 08:00 UTC.
    let settings =
        Settings { people: next(2_000) as usize, months: next(12) as u32, seed: next(7), end: 1_795_334_400_000 };
    let begun = Instant::now();
    let company = Company::new(settings);
    println!("made in {:.0} ms", begun.elapsed().as_secs_f64() * 1e3);
    summary(&company);
    let told =
        |ticket: &&Ticket| matches!(&ticket.survey, Survey::Invited { answer: Some(a), .. } if a.comment.is_some());
    let mut tickets: Vec<&Ticket> = company.tickets().iter().filter(told).collect();
    tickets.sort_by_key(|ticket| (ticket.events.len() as i64 - 9).abs());
    let skip = next(0) as usize;
    for ticket in tickets.iter().skip(skip).take(2) {
        story(&company, ticket);
    }
}

fn summary(company: &Company) {
    let truth = company.truth();
    let agents = company.people().iter().filter(|person| matches!(person.role, Role::Agent(_))).count();
    let outside = company.people().iter().filter(|person| person.is_external()).count();
    println!("{} people: {agents} agents, {outside} customers outside", company.people().len());
    let events: usize = company.tickets().iter().map(|ticket| ticket.events.len()).sum();
    println!(
        "{} needs, {} tickets with {events} events, {} other touchpoints",
        company.journeys().len(),
        company.tickets().len(),
        company.touches().len()
    );
    count("first", company.journeys().iter().map(|need| need.first));
    count("outcome", company.journeys().iter().map(|need| need.outcome));
    count("channel", company.tickets().iter().map(|ticket| ticket.channel));
    count("service", company.tickets().iter().map(|ticket| ticket.service));
    count(
        "month back",
        company.tickets().iter().map(|ticket| (company.settings().end - ticket.opened) / 2_629_800_000),
    );
    count("open now", company.tickets().iter().map(|ticket| ticket.state).filter(|state| *state < State::Resolved));
    let kind = |debug: String| debug.split(['(', ' ', '{']).next().unwrap_or_default().to_owned();
    count("events", company.tickets().iter().flat_map(|ticket| &ticket.events).map(|e| kind(format!("{:?}", e.what))));
    count("touches", company.touches().iter().map(|touch| kind(format!("{:?}", touch.kind))));
    count(
        "surveys",
        company.tickets().iter().map(|ticket| match &ticket.survey {
            Survey::Invited { answer: Some(_), .. } => "answered".to_owned(),
            Survey::Invited { .. } => "silent".to_owned(),
            other => kind(format!("{other:?}")),
        }),
    );
    count(
        "said",
        company.tickets().iter().filter_map(|ticket| match &ticket.survey {
            Survey::Invited { answer: Some(answer), .. } => Some(answer.satisfaction),
            _ => None,
        }),
    );
    let mut waits: Vec<i64> = company
        .tickets()
        .iter()
        .filter_map(|t| {
            t.events.iter().find(|e| matches!(e.what, What::Replied { .. })).map(|e| (e.at - t.opened) / 60_000)
        })
        .collect();
    waits.sort_unstable();
    let n = waits.len().max(1);
    println!("first answer, minutes: median {}, p90 {}", waits[n / 2], waits[n * 9 / 10]);
    println!("went around {:.1}%", truth.around.value() * 100.0);
    for (department, rate) in &truth.around_by_department {
        println!("  {:<16} {:>5.1}% of {}", department.name(), rate.value() * 100.0, rate.whole);
    }
    println!(
        "satisfied, truth {:.1}%, answers {:.1}%",
        truth.satisfied.value() * 100.0,
        truth.satisfied_among_answers.value() * 100.0
    );
    println!(
        "spared by suggestion {:.1}%, outage tickets {}",
        truth.spared_by_suggestion.value() * 100.0,
        truth.outage_tickets.len()
    );
    for improvement in company.improvements() {
        println!(
            "  {:<46} {:?}, {} raisers",
            improvement.story.title,
            improvement.story.ending,
            improvement.raisers.len()
        );
    }
    println!("{} follow-ups", company.follow_ups().len());
}

fn count<T: Ord + Debug>(name: &str, items: impl Iterator<Item = T>) {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_insert(0u32) += 1;
    }
    let list: Vec<String> = counts.iter().map(|(item, count)| format!("{item:?} {count}")).collect();
    println!("{name}: {}", list.join(", "));
}

fn story(company: &Company, ticket: &Ticket) {
    let person = company.person(ticket.person);
    let name = |id| company.person(id).name();
    println!(
        "\n===== {} ({}, {}), by {:?}, needed {:?}",
        person.name(),
        person.title,
        person.site.name(),
        ticket.channel,
        ticket.needed_by
    );
    println!("      {}\n{}\n", ticket.subject, ticket.body);
    for event in &ticket.events {
        let hours = (event.at - ticket.opened) as f64 / 3_600_000.0;
        let what = match &event.what {
            What::Assigned { agent, team } => format!("taken by {} ({})", name(*agent), team.name()),
            What::HandedOver { to, team, .. } => format!("handed over to {} ({})", name(*to), team.name()),
            What::Replied { agent, text } => format!("{} writes:\n{text}", name(*agent)),
            What::Noted { agent, text } => format!("{} notes: {text}", name(*agent)),
            What::Said { text } | What::Chased { text } => format!("{} says: {text}", person.given),
            other => format!("{other:?}"),
        };
        println!("+{hours:.1} h  {what}");
    }
    println!("survey: {:?}", ticket.survey);
}
