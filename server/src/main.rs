//! Förmågekartan's server: one program, one database, one command.

mod api;
mod calendar;
mod config;
mod demo;
mod error;
mod form;
mod import;
mod letters;
mod link;
mod live;
mod material;
mod page;
mod password;
mod records;
mod reports;
mod results;
mod routes;
mod security;
mod serve;
mod site;
mod state;
mod visitor;

use std::process::ExitCode;

use clap::Parser;
use config::{Cli, Command};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("FORMAGEKARTAN_LOG")
                .unwrap_or_else(|_| "warn,server=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    any_spawner::Executor::init_tokio().expect("nothing has set the executor before");
    let outcome = match cli.command {
        Command::Serve(options) => serve::serve(options).await,
        Command::Link(options) => serve::print_link(options).await,
        Command::Backup(options) => records::command::backup(options).await,
        Command::Export(options) => records::command::export(options).await,
        Command::Import(options) => records::command::import(options).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
