//! How a command gets onto the command line: a struct with its arguments that implements [`Run`], and a row in a list.

use chrono::{DateTime, Utc};

use super::reply::{Failure, Reply};

/// The arguments of a command, as typed.
pub trait Run {
    /// Does the work of the command. `clock` is the current time, which `--now` may replace.
    ///
    /// # Errors
    /// Anything that keeps the command from doing its work.
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure>;
}

/// Declares a list of commands, one row each: the module and the name of the struct that holds the command's arguments.
/// The name is also the word to type, and the struct's documentation is the command's help. The list itself gets none,
/// because clap would show it as the help of the command above.
macro_rules! commands {
    ($list:ident: $($module:ident::$command:ident,)+) => {
        #[derive(Debug, clap::Subcommand)]
        pub enum $list {
            $($command($module::$command),)+
        }

        impl $crate::cli::registry::Run for $list {
            fn run(
                &self,
                clock: chrono::DateTime<chrono::Utc>,
            ) -> Result<$crate::cli::reply::Reply, $crate::cli::reply::Failure> {
                match self {
                    $(Self::$command(arguments) => arguments.run(clock),)+
                }
            }
        }
    };
}

pub(super) use commands;
