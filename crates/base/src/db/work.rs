//! A closure on its way to a database thread, and its answer on the way back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::error::Error;
use super::tx::Tx;

/// One unit of work: what it returns is kept until the transaction it ran in is durable.
pub(super) trait Work: Send {
    /// Runs the closure. `true` when its changes are to be kept.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Answers who waits: with what the closure returned, or with why the transaction did not hold.
    fn answer(self: Box<Self>, outcome: Result<(), Error>);
}

/// A closure, what it returned, and who waits for it.
pub(super) struct Task<F, T, E> {
    closure: F,
    returned: Option<Result<T, E>>,
    waiting: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Task<F, T, E> {
    /// The task, and where its answer will arrive.
    pub(super) fn new(closure: F) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (waiting, answer) = oneshot::channel();
        (Self { closure, returned: None, waiting }, answer)
    }
}

impl<F, T, E> Work for Task<F, T, E>
where
    F: FnMut(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut Tx) -> bool {
        let returned = catch_unwind(AssertUnwindSafe(|| (self.closure)(tx)));
        let returned = match returned {
            // PostgreSQL keeps nothing of a transaction in which a statement failed, and its COMMIT does not say so.
            Ok(Ok(_)) if tx.failed => Err(Error::PassedOver.into()),
            Ok(returned) => returned,
            Err(_) => Err(Error::Panicked.into()),
        };
        let keep = returned.is_ok();
        self.returned = Some(returned);
        keep
    }

    fn answer(self: Box<Self>, outcome: Result<(), Error>) {
        let answer = match (outcome, self.returned) {
            (Ok(()), Some(returned)) => returned,
            // The closure's own refusal is the better answer when there is one.
            (Err(_), Some(Err(refused))) => Err(refused),
            (Err(error), _) => Err(error.into()),
            (Ok(()), None) => Err(Error::Closed.into()),
        };
        // Who asked may have gone away (a closed browser): the work is done all the same.
        let _ = self.waiting.send(answer);
    }
}
