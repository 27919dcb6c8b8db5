//! Serving: the socket, the runtime, the tasks beside the pages, and stopping in good order.

use std::net::{SocketAddr, TcpListener};

use axum::serve::ListenerExt;
use base::config::Config;
use tokio::sync::watch;

use crate::house::House;
use crate::{chores, follow, indexing, reactions, routes};

/// Takes the address, before anything else is done.
///
/// # Errors
/// A sentence that says what to do when it is taken or cannot be.
pub(crate) fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!(
                "{address} is in use: another program listens there. Stop it, or give another address with --listen"
            )
        }
        _ => format!("cannot listen on {address} ({error}): give another address with --listen"),
    })?;
    listener.set_nonblocking(true).map_err(|error| error.to_string())?;
    Ok(listener)
}

/// Serves until the process is asked to stop, then lets requests and tasks finish.
pub(crate) fn run(house: House, config: &Config, listener: TcpListener) -> Result<(), String> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| error.to_string())?;
    runtime.block_on(serve(house, config, listener))
}

async fn serve(house: House, config: &Config, listener: TcpListener) -> Result<(), String> {
    let listener = tokio::net::TcpListener::from_std(listener).map_err(|error| error.to_string())?;
    let listener = listener.tap_io(|stream| {
        // An answer is written at once: it is complete when it is written.
        let _ = stream.set_nodelay(true);
    });
    let (stop, stopping) = watch::channel(false);
    let app = house.app.clone();
    let mut tasks = vec![
        tokio::spawn(follow::publish(app.clone(), stopping.clone())),
        tokio::spawn(reactions::run(house.clone(), stopping.clone())),
        tokio::spawn(chores::run(house.clone(), stopping.clone())),
    ];
    for follower in [
        follow::behind("indexer", {
            let (app, stopping) = (app.clone(), stopping.clone());
            move || indexing::run(app, stopping)
        }),
        follow::behind("projection", {
            let (house, stopping) = (house.clone(), stopping.clone());
            move || measure(house, stopping)
        }),
    ] {
        tasks.push(follower.map_err(|error| error.to_string())?);
    }
    tasks.extend(channels::mail::start(&app, &house.room, &stopping));
    tracing::info!("listening on http://{}", config.listen);
    let router = routes::all(&house).into_make_service_with_connect_info::<SocketAddr>();
    let mut asked = stopping.clone();
    let served = axum::serve(listener, router).with_graceful_shutdown(async move {
        let _ = asked.wait_for(|stop| *stop).await;
    });
    tokio::spawn(async move {
        signal().await;
        tracing::info!("stopping");
        let _ = stop.send(true);
    });
    // Open live pages would keep the server up for ever: after a moment they are cut.
    let mut cut = stopping.clone();
    tokio::select! {
        result = served => result.map_err(|error| error.to_string())?,
        () = async {
            let _ = cut.wait_for(|stop| *stop).await;
            tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        } => {}
    }
    for task in tasks {
        let _ = task.await;
    }
    Ok(())
}

/// Waits for Ctrl-C or SIGTERM.
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}

/// Lets the columns follow the ledger until the end, and then keeps them for the next start.
async fn measure(house: House, mut stopping: watch::Receiver<bool>) {
    tokio::select! {
        () = house.projection.follow() => {}
        _ = stopping.wait_for(|stop| *stop) => {}
    }
    if let Err(error) = house.projection.snapshot() {
        tracing::warn!("the columns were not kept for the next start, which builds them again: {error}");
    }
}
